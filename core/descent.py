"""The fast loop of training: gradient descent from one state through the next ones.

It does what stepping with `forward` and `backward` does, bit for bit, and saves time by writing into
buffers, by making every view and looking up every function once, and by carrying the negated inputs
so that e^-logit needs no negation. Three things are as they are because the last bits depend on them:
the transposed inputs stay a view, the weights stay two-dimensional, and the products and sums are
taken in the order of `forward` and `backward`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import TypeAlias

import numpy as np

from core.arrays import Array, Weights
from core.experiment import Experiment
from core.objectives import OBJECTIVES

Product: TypeAlias = Callable[[Array, Array], object]


@dataclass(frozen=True, eq=False)
class Block:
    """Room for the consecutive states of some epochs, and views of each state.

    After the axis of states, all arrays may have one of seeds.
    """

    weights: Weights  # (epochs + 1, …, inputs, units) a layer
    negated_logits: Array  # (epochs + 1, …, rows, 1), of the output layer
    weight_views: tuple[list[Array], ...]
    transposed_views: list[Array]  # (…, 1, units) of the last layer, if there is one before it
    logit_views: list[Array]

    @staticmethod
    def starting_at(start: Weights, experiment: Experiment, epochs: int) -> "Block":
        """Make room for `epochs` updates from the weights `start`, (…, inputs, units) a layer."""
        weights = tuple(np.empty((epochs + 1, *layer.shape)) for layer in start)
        for states, layer in zip(weights, start, strict=True):
            states[0] = layer
        logits = np.empty((epochs + 1, *start[0].shape[:-2], len(experiment.dataset.targets), 1))
        transposed = list(weights[-1].mT) if len(weights) > 1 else []
        return Block(weights, logits, tuple(list(states) for states in weights), transposed, list(logits))


def descend(experiment: Experiment, block: Block, updates: int) -> None:
    """Make `updates` updates from the block's state 0: fill in the states and logits that follow."""
    with np.errstate(over="ignore"):  # e^710 is infinite in float64, and 1 / (1 + inf) is the right 0
        if experiment.hidden_units:
            _descend_two_layers(experiment, block, updates)
        else:
            _descend_one_layer(experiment, block, updates)


def _descend_one_layer(experiment: Experiment, block: Block, updates: int) -> None:
    exp, add, reciprocal, subtract, multiply = np.exp, np.add, np.reciprocal, np.subtract, np.multiply
    inputs, targets = experiment.dataset.inputs, experiment.dataset.targets[:, np.newaxis]
    one, rate = np.array(1.0), np.array(experiment.learning_rate)
    sloped, scaled = OBJECTIVES[experiment.objective].delta_has_slope, experiment.learning_rate != 1
    output, slope, delta = (np.empty_like(block.logit_views[0]) for _ in range(3))
    update = np.empty_like(block.weight_views[0][0])
    to_negated_logit, to_update = (_product(left, update) for left in (-inputs, inputs.T))

    views = block.weight_views[0]
    for weights, next_weights, logit in zip(views, islice(views, 1, updates + 1), block.logit_views, strict=False):
        to_negated_logit(weights, logit)
        exp(logit, output)
        add(output, one, output)
        reciprocal(output, output)
        subtract(targets, output, delta)
        if sloped:
            subtract(one, output, slope)
            multiply(output, slope, slope)
            multiply(delta, slope, delta)
        to_update(delta, update)
        if scaled:
            multiply(rate, update, update)
        add(weights, update, next_weights)


def _descend_two_layers(experiment: Experiment, block: Block, updates: int) -> None:
    exp, add, reciprocal, subtract, multiply = np.exp, np.add, np.reciprocal, np.subtract, np.multiply
    negative = np.negative
    inputs, targets = experiment.dataset.inputs, experiment.dataset.targets[:, np.newaxis]
    one, rate = np.array(1.0), np.array(experiment.learning_rate)
    sloped, scaled = OBJECTIVES[experiment.objective].delta_has_slope, experiment.learning_rate != 1
    output, slope, delta = (np.empty_like(block.logit_views[0]) for _ in range(3))
    hidden_update, output_update = (np.empty_like(views[0]) for views in block.weight_views)
    hidden_shape = (*output.shape[:-1], experiment.hidden_units)
    hidden, hidden_slope, hidden_delta = (np.empty(hidden_shape) for _ in range(3))
    to_negated_hidden_logit, to_logit, to_hidden_error, to_hidden_update, to_output_update = (
        _product(left, output) for left in (-inputs, hidden, delta, inputs.T, hidden.mT)
    )

    hidden_views, output_views = block.weight_views
    for hidden_weights, next_hidden_weights, output_weights, transposed_weights, next_output_weights, logit in zip(
        hidden_views,
        islice(hidden_views, 1, updates + 1),
        output_views,
        block.transposed_views,
        islice(output_views, 1, updates + 1),
        block.logit_views,
        strict=False,
    ):
        to_negated_hidden_logit(hidden_weights, hidden)
        exp(hidden, hidden)
        add(hidden, one, hidden)
        reciprocal(hidden, hidden)
        to_logit(output_weights, logit)
        negative(logit, logit)
        exp(logit, output)
        add(output, one, output)
        reciprocal(output, output)

        subtract(targets, output, delta)
        if sloped:
            subtract(one, output, slope)
            multiply(output, slope, slope)
            multiply(delta, slope, delta)
        to_hidden_error(transposed_weights, hidden_delta)
        subtract(one, hidden, hidden_slope)
        multiply(hidden, hidden_slope, hidden_slope)
        multiply(hidden_delta, hidden_slope, hidden_delta)

        to_output_update(delta, output_update)
        to_hidden_update(hidden_delta, hidden_update)
        if scaled:
            multiply(rate, output_update, output_update)
            multiply(rate, hidden_update, hidden_update)
        add(output_weights, output_update, next_output_weights)
        add(hidden_weights, hidden_update, next_hidden_weights)


def _product(left: Array, like: Array) -> Product:
    """Return `product(right, out)`, out = left · right: for one network the faster `dot`, same bits."""
    return left.dot if like.ndim == 2 else partial(np.matmul, left)

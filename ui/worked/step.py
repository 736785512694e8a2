"""One update looked into: the passes forward and back in one state, and the row and the neuron chosen.

The numbers are those of `forward` and `backward`; here they get their names.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Final

import numpy as np

from core import Experiment, Run, backward, forward
from core.arrays import Array, Rows, Weights
from core.network import BackwardLayer, ForwardLayer
from ui.names import neuron_names, node_names
from ui.view import Neuron, Place
from ui.worked.number import PRIME, Symbol, quoted

LETTERS: Final = "wvut"  # of the weights, layer by layer
BIAS_LETTER: Final = "b"
OTHERS: Final = ("y", "z", "a", "e", "s", "δ")  # what else of a step has a letter


@dataclass(frozen=True, eq=False)
class Step:
    """The passes forward and back in state k, what they change, and the row and the neuron to look at."""

    run: Run
    k: int
    row: int  # from 0
    neuron: Neuron
    table: Array  # (rows, features): the inputs as the table has them
    forward: tuple[ForwardLayer, ...]
    backward: tuple[BackwardLayer, ...]  # none for a row without a target
    batch: Rows  # of the table that the update learns from
    updates: tuple[Array, ...]  # what each layer's weights change by (inputs, units)

    @property
    def is_output(self) -> bool:
        """Tell whether the neuron is an output."""
        return self.neuron[0] == len(self.forward) - 1

    @property
    def ahead(self) -> ForwardLayer:
        """The neuron's layer on the way forward."""
        return self.forward[self.neuron[0]]

    @property
    def behind(self) -> BackwardLayer:
        """The neuron's layer on the way back."""
        return self.backward[self.neuron[0]]

    @property
    def weights(self) -> Array:
        """The neuron's weights (inputs,), its bias the last."""
        return self.ahead.weights[:, self.neuron[1]]

    @property
    def has_bias(self) -> bool:
        """Tell whether the last weight is a bias."""
        return self.run.experiment.has_biases

    @property
    def has_fixed_bias(self) -> bool:
        """Tell whether the last weight is a bias that is never updated."""
        return self.run.experiment.biases == "fixed"

    @property
    def update(self) -> Array:
        """What the neuron's weights change by (inputs,)."""
        return self.updates[self.neuron[0]][:, self.neuron[1]]

    @property
    def products(self) -> Array:
        """The input × delta of each row of the batch (rows, inputs), of which an update is the sum."""
        return (self.ahead.inputs * self.behind.delta[:, [self.neuron[1]]])[self.batch]

    @property
    def inputs(self) -> list[Symbol]:
        """What the neuron's inputs are called; that of a bias is 1.

        That of the table is in quotes where something else of the step is called so, too.
        """
        names = list(node_names(self.run.experiment)[self.neuron[0]])
        if self.neuron[0] == 0:
            names = [f"{name}{PRIME if is_scaled else ''}" for name, is_scaled in zip(names, self.scaled, strict=True)]
            names = [quoted(name) if self.is_taken(name) else name for name in names]
        if self.has_bias:
            names.append("1")
        return [Symbol(name, "input") for name in names]

    def is_taken(self, name: str) -> bool:
        """Tell whether something of the step that is no column is called so, but for quotes: a, w1, h1."""
        name = name.strip(quoted(""))
        symbol = Symbol(name, "input").letter_and_index
        is_weight = symbol is not None and symbol[0] in LETTERS + BIAS_LETTER and not symbol[2]
        hidden = chain(*neuron_names(self.run.experiment.sizes)[:-1])
        of_bias = {BIAS_LETTER, "1"} if self.has_bias else set()
        return is_weight or name in {*OTHERS, *hidden} | of_bias

    @property
    def scaled(self) -> list[bool]:
        """Which of the table's inputs are standardised."""
        scaling = self.run.experiment.scaling
        return scaling.changes.tolist() if scaling else [False] * self.table.shape[1]

    def weight_symbol(self, place: int) -> Symbol:
        """Return what one of the neuron's weights, counted from 0, is called.

        That is w1 …, between several neurons w1,2 from 1 to 2, and v1 … in the next layer; a bias is b, or b2.
        """
        layer, unit = self.neuron
        is_only = self.is_output and self.ahead.weights.shape[1] == 1
        if self.has_bias and place == len(self.weights) - 1:
            return Symbol(BIAS_LETTER if is_only else f"{BIAS_LETTER}{unit + 1}", "weight")
        return Symbol(f"{LETTERS[layer]}{place + 1}{'' if is_only else f',{unit + 1}'}", "weight")


def neurons(experiment: Experiment) -> dict[str, Neuron]:
    """Return the neurons by name, the outputs first."""
    layers = list(enumerate(neuron_names(experiment.sizes)))
    return {name: (layer, unit) for layer, names in reversed(layers) for unit, name in enumerate(names)}


def step_at(run: Run, place: Place) -> Step:
    """Propagate all rows forward and back in a state, and those of its batch to what they change."""
    experiment, weights = run.experiment, run.weights_after(place.k)
    table, batch = experiment.dataset.inputs, experiment.training_rows[experiment.batch(place.k)]
    layers, steps = _passes(experiment, weights, np.arange(len(table)))
    learned = steps if len(batch) == len(table) else _passes(experiment, weights, batch)[1]
    updates = tuple(step.update for step in learned)
    return Step(run, place.k, place.row, place.neuron, table, layers, steps, batch, updates)


def _passes(
    experiment: Experiment, weights: Weights, rows: Rows
) -> tuple[tuple[ForwardLayer, ...], tuple[BackwardLayer, ...]]:
    dataset = experiment.dataset
    layers = forward(experiment.given(dataset.inputs[rows]), weights)
    targets, fixed_biases = dataset.target_columns[rows], experiment.biases == "fixed"
    steps = backward(layers, targets, experiment.objective, experiment.learning_rate, fixed_biases=fixed_biases)
    return layers, steps


def question_step(run: Run, inputs: Sequence[float]) -> Step:
    """Propagate a row (inputs,) that need not be in the table forward with the final weights; look at its output."""
    experiment, table = run.experiment, np.array([inputs])
    layers = forward(experiment.given(table), run.weights)
    return Step(run, experiment.updates, 0, (len(layers) - 1, 0), table, layers, (), np.arange(0), ())

"""The fast way through training: the arithmetic of `forward` and `backward`, prepared once and played again.

A tape holds a few states in a row and the operations that lead from each to the next: on fixed buffers, with
every view made and every function looked up. The weights it leaves are bit for bit those of stepping with
`forward` and `backward`, but for the sign of a 0, as long as an update learns from no more than `WHOLE_ROWS`
rows. Of larger batches, one block of rows after the other, small enough for the processor's cache, goes forward,
into the losses and back.

The last bits depend on this: transposed arrays stay views, the weights of one network stay two-dimensional,
products and sums keep the order of `forward` and `backward`. That logits, activations and changes are kept
negated changes none, since numbers are rounded alike on both sides of 0, and saves an operation a layer.
"""

import math
from collections.abc import Callable, Iterator
from functools import partial
from itertools import cycle, pairwise
from typing import TypeAlias

import numpy as np

from core.arrays import Array, Weights
from core.experiment import Experiment
from core.network import ForwardLayer, forward, with_ones
from core.objectives import OBJECTIVES, Losses, loss_sums, rough_loss_sums

Operations: TypeAlias = list[Callable[[], object]]
Product: TypeAlias = Callable[[Array, Array], object]  # of a left factor that stays: (right, out)

WHOLE_ROWS = 4096  # of a batch that is taken at once
BLOCK_ROWS = 12288  # of a larger one, at a time
STATE_NUMBERS = 2**14  # of the states whose losses are computed together
MINUS_ONE = np.array(-1.0)


class Tape:
    """Some states in a row, and the way from each to the next; arrays may have an axis of seeds after the first."""

    def __init__(self, experiment: Experiment, start: Weights, updates: int, first: int) -> None:
        """Prepare `updates` updates from state `first`, whose weights are `start`, (…, inputs, units) a layer."""
        self._states = np.empty((updates + 1, sum(layer.size for layer in start)))
        self._weights = _layers(self._states, start)
        for states, layer in zip(self._weights, start, strict=True):
            np.add(layer, 0.0, states[0])  # -0.0 becomes 0.0, as it does by adding 0, but not by subtracting it
        self._experiment = experiment
        self._has_batches = experiment.updates_per_epoch > 1
        self._keeps_logits = not self._has_batches and len(experiment.inputs) <= WHOLE_ROWS
        self._workspace = _Workspace(experiment, start, kept=updates if self._keeps_logits else 1)
        batches = [experiment.batch(first + k) for k in range(min(updates, experiment.updates_per_epoch))]
        self._blocks = [self._workspace.blocks(batch) for batch in batches]
        self._losses: Losses = {name: np.empty((updates, *start[0].shape[:-2])) for name in OBJECTIVES}
        self._updates = list(self._prepared())

    def record(self, updates: int) -> tuple[Weights, Losses]:
        """Make `updates` more updates, the tape played as often as it takes.

        Return the weights (updates + 1, …, inputs, units) a layer of all states, and both losses (updates, …) of all
        but the last, at which the tape stands afterwards.
        """
        block = self._blocks[0][0]
        numbers = (block.negated_logits, block.odds) if self._keeps_logits else tuple(self._losses.values())
        states = np.empty((updates + 1, self._states.shape[1]))
        recorded = tuple(np.empty((updates, *array.shape[1:])) for array in numbers)
        with np.errstate(over="ignore"):  # e^710 is infinite in float64, and 1 / (1 + inf) is the right 0
            for done in range(0, updates, len(self._updates)):
                played = min(len(self._updates), updates - done)
                self._play(played)
                states[done : done + played + 1] = self._states[: played + 1]
                self._states[0] = self._states[played]
                for whole, part in zip(recorded, numbers, strict=True):
                    whole[done : done + played] = part[:played]
        weights = _layers(states, tuple(layer[0] for layer in self._weights))
        return weights, self._losses_of(weights, recorded)

    def _play(self, updates: int) -> None:
        if not self._keeps_logits:
            for losses in self._losses.values():
                losses.fill(0)
        for operations in self._updates[:updates]:
            for operation in operations:
                operation()

    def _losses_of(self, weights: Weights, recorded: tuple[Array, ...]) -> Losses:
        if self._has_batches:
            made_of = tuple(states[:-1] for states in weights)
            return losses_of(self._experiment.inputs, self._experiment.target_columns, made_of)
        if not self._keeps_logits:
            return dict(zip(OBJECTIVES, recorded, strict=True))
        negated_logits, odds = recorded
        sums = loss_sums(negated_logits, odds, self._blocks[0][0].targets)
        return {name: sum_ / len(self._experiment.inputs) for name, sum_ in sums.items()}

    def _prepared(self) -> Iterator[Operations]:
        states, layers = pairwise(self._states), zip(*self._weights, strict=True)
        for k, ((now, after), weights, blocks) in enumerate(zip(states, layers, cycle(self._blocks), strict=False)):
            operations, given = self._workspace.given(weights)
            for block in blocks:
                operations += block.forward(given, k if self._keeps_logits else 0)
                if not self._keeps_logits and not self._has_batches:
                    operations.append(partial(self._add_losses, k, block))
                operations += block.backward(weights)
            yield operations + self._workspace.update(now, after)

    def _add_losses(self, k: int, block: "_Block") -> None:
        negated_logits, output = block.negated_logits[0], block.negated_output
        sums = rough_loss_sums(negated_logits, output, block.error, block.misses) if output.ndim == 2 else None
        if sums is None:
            sums = loss_sums(negated_logits, block.odds[0], block.targets, block.error)
        for name in OBJECTIVES:
            self._losses[name][k] += sums[name] / len(self._experiment.inputs)


def _layers(numbers: Array, like: Weights) -> Weights:
    """Return views of `numbers` (states, numbers), a layer each: (states, …) of the shape of one `like` it."""
    layers, end = [], 0
    for layer in like:
        first, end = end, end + layer.size
        layers.append(numbers[:, first:end].reshape(-1, *layer.shape))
    return tuple(layers)


def losses_of(inputs: Array, targets: Array, weights: Weights) -> Losses:
    """Return both losses (states, …) for `weights` (states, …, inputs, units) a layer.

    They are those of all rows of `inputs` (rows, features), as a network is given them, and `targets` (rows, outputs).
    """
    losses: Losses = {name: np.zeros(weights[0].shape[:-2]) for name in OBJECTIVES}
    for some, block, layer in passes(inputs, weights):
        for name, sums in _sums_of(layer, targets[block], is_large=len(inputs) > WHOLE_ROWS).items():
            losses[name][some] += sums / len(targets)
    return losses


def _sums_of(layer: ForwardLayer, targets: Array, *, is_large: bool) -> Losses:
    negated_logits = -layer.logit
    if is_large and layer.logit.size == targets.size:
        sums = rough_loss_sums(negated_logits, -layer.activation, targets - layer.activation, targets - 1)
        if sums is not None:
            return sums
    with np.errstate(over="ignore"):
        odds = np.exp(negated_logits)
    return loss_sums(negated_logits, odds, targets)


def passes(inputs: Array, weights: Weights) -> Iterator[tuple[slice, slice, ForwardLayer]]:
    """Yield some states and some rows, and the last layer of their forward pass, (states, …, rows, outputs) each."""
    rows, units = min(len(inputs), WHOLE_ROWS), sum(layer.shape[-1] for layer in weights)
    networks = math.prod(weights[0].shape[1:-2])
    states = max(1, STATE_NUMBERS // (networks * rows * units))
    for first in range(0, len(weights[0]), states):
        some = slice(first, first + states)
        for row in range(0, len(inputs), rows):
            block = slice(row, row + rows)
            yield some, block, forward(inputs[block], tuple(layer[some] for layer in weights))[-1]


class _Workspace:
    """What all updates of a tape share: the data, buffers for the rows, and each layer's change."""

    def __init__(self, experiment: Experiment, start: Weights, kept: int) -> None:
        self.inputs = with_ones(experiment.inputs) if experiment.has_biases else experiment.inputs
        self.targets = experiment.target_columns
        self.delta_has_slope = OBJECTIVES[experiment.objective].delta_has_slope
        self._numbers = change, part = np.empty((2, sum(layer.size for layer in start)))
        self.changes, self.parts = zip(*_layers(self._numbers, start), strict=True)
        self.has_negated_inputs = len(self.inputs) <= WHOLE_ROWS  # a copy of a large table is not worth it
        self._negated_first = np.empty(start[0].shape)
        self._start, self._kept, self._buffers = start, kept, dict[int, _Buffers]()
        self.add_part: Operations = [partial(np.add, change, part, change)]
        self._last: Operations = []
        if not self.has_negated_inputs:
            self._last.append(partial(np.negative, self.changes[0], self.changes[0]))
        if experiment.learning_rate != 1:
            self._last.append(partial(np.multiply, np.array(experiment.learning_rate), change, change))
        if experiment.biases == "fixed":
            self._last += [partial(layer[..., -1, :].fill, 0.0) for layer in self.changes]

    def given(self, weights: Weights) -> tuple[Operations, Weights]:
        """Return weights that make logits negated ones, as the inputs may, too, and what makes the weights so."""
        if self.has_negated_inputs:
            return [], weights
        return [partial(np.negative, weights[0], self._negated_first)], (self._negated_first, *weights[1:])

    def product(self, left: Array) -> Product:
        """Return `product(right, out)`, out = left · right: for one network the faster `dot`, same bits."""
        return left.dot if self._start[0].ndim == 2 else partial(np.matmul, left)

    def buffers(self, rows: int) -> "_Buffers":
        """Return the buffers that all blocks of so many rows use."""
        if rows not in self._buffers:
            self._buffers[rows] = _Buffers(self._start, rows, self._kept)
        return self._buffers[rows]

    def blocks(self, batch: slice) -> list["_Block"]:
        """Cut a batch into blocks: one, unless it is large."""
        end = min(batch.stop, len(self.inputs))
        size = end - batch.start if end - batch.start <= WHOLE_ROWS else BLOCK_ROWS
        return [_Block(self, batch, slice(row, min(row + size, end))) for row in range(batch.start, end, size)]

    def update(self, now: Array, after: Array) -> Operations:
        """Return what leads from the changes of all blocks to the next state."""
        return [*self._last, partial(np.subtract, now, self._numbers[0], after)]


class _Buffers:
    """Where the numbers of so many rows go, layer by layer."""

    def __init__(self, start: Weights, rows: int, kept: int) -> None:
        *networks, _, _ = start[0].shape
        units = [layer.shape[-1] for layer in start]
        self.negated_logits, self.odds = (np.zeros((kept, *networks, rows, units[-1])) for _ in range(2))
        self.places = list(zip(self.negated_logits, self.odds, strict=True))
        self.inputs = [np.full((*networks, rows, layer.shape[-2]), -1.0) for layer in start[1:]]
        self.activations = [inputs[..., :n] for inputs, n in zip(self.inputs, units, strict=False)]
        self.activations.append(np.empty((*networks, rows, units[-1])))
        self.slopes, self.deltas = ([np.empty((*networks, rows, n)) for n in units] for _ in range(2))


class _Block:
    """Some rows of a batch on their way forward and back."""

    def __init__(self, workspace: _Workspace, batch: slice, rows: slice) -> None:
        inputs, self.targets = workspace.inputs[rows], workspace.targets[rows]
        self.misses = self.targets - 1
        self._buffers = buffers = workspace.buffers(len(inputs))
        self.negated_logits, self.odds, self.error = buffers.negated_logits, buffers.odds, buffers.deltas[-1]
        self._is_first = batch.start == rows.start
        lefts = (-inputs if workspace.has_negated_inputs else inputs, *buffers.inputs)
        self._to_logit = [workspace.product(left) for left in lefts]
        self._to_error = [workspace.product(delta) for delta in buffers.deltas]
        self._squash: list[Operations] = [
            [*self._odds(index, *room), partial(np.reciprocal, room[1], room[1])]
            for index, room in enumerate(zip(buffers.slopes, buffers.activations, strict=True))
        ]
        self.negated_output = output = buffers.activations[-1]
        self._answer: Operations = [
            partial(np.reciprocal, output, output),
            partial(np.add, self.targets, output, self.error),
        ]
        changes = workspace.changes if self._is_first else workspace.parts
        self._learn: list[Operations] = [
            [*self._to_delta(workspace, index), partial(workspace.product(left.mT), buffers.deltas[index], change)]
            for index, (left, change) in enumerate(zip(lefts, changes, strict=True))
        ]
        self._add_part = Operations() if self._is_first else workspace.add_part

    def forward(self, weights: Weights, place: int) -> Operations:
        """Return what leads to the outputs' error; logits and odds of the last layer go to `place`."""
        *before, last = self._to_logit
        operations: Operations = []
        for index, to_logit in enumerate(before):
            operations += partial(to_logit, weights[index], self._buffers.slopes[index]), *self._squash[index]
        negated_logit, odds = self._buffers.places[place]
        to_odds = self._odds(len(before), negated_logit, odds)
        return [*operations, partial(last, weights[-1], negated_logit), *to_odds, *self._answer]

    def backward(self, weights: Weights) -> Operations:
        """Return what leads from the outputs' error to every layer's change."""
        operations = self._learn[-1].copy()
        for index in reversed(range(len(weights) - 1)):
            delta = self._buffers.deltas[index]
            onward = weights[index + 1][..., : delta.shape[-1], :].mT
            operations.append(partial(self._to_error[index + 1], onward, delta))
            operations += self._learn[index]
        return operations + self._add_part

    def _odds(self, index: int, negated_logit: Array, odds: Array) -> Operations:
        """Return what leads from a layer's logit to -1 - e^-logit: 1 over it is the negated activation."""
        to_odds: Operations = [
            partial(np.exp, negated_logit, odds),
            partial(np.subtract, MINUS_ONE, odds, self._buffers.activations[index]),
        ]
        return to_odds

    def _to_delta(self, workspace: _Workspace, index: int) -> Operations:
        """Return what leads from a layer's error to its delta: the product with the slope."""
        buffers = self._buffers
        activation, slope, delta = buffers.activations[index], buffers.slopes[index], buffers.deltas[index]
        times_slope: Operations = [
            partial(np.subtract, MINUS_ONE, activation, slope),
            partial(np.multiply, activation, slope, slope),
            partial(np.multiply, delta, slope, delta),
        ]
        return times_slope if workspace.delta_has_slope or delta is not self.error else []

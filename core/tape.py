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
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import cycle, pairwise

import numpy as np

from core.arrays import WHOLE_ROWS, Array, Operations, Weights, product
from core.experiment import Experiment
from core.network import ForwardLayer, forward, with_ones
from core.objectives import OBJECTIVES, Losses, loss_sums
from core.quick_losses import QuickLosses, quick_sums

BLOCK_ROWS = 8192  # of a batch beyond `WHOLE_ROWS`, taken at a time
STATE_NUMBERS = 2**14  # of the states whose losses are computed together
ONE, MINUS_ONE = np.array(1.0), np.array(-1.0)


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
        logits, losses = self._blocks[0][0].buffers.negated_logits, self._losses.values()
        numbers = (logits,) if self._keeps_logits else tuple(losses)
        states = np.empty((updates + 1, self._states.shape[1]))
        recorded = tuple(np.empty((updates, *array.shape[1:])) for array in numbers)
        with np.errstate(over="ignore"):  # e^710 is infinite in float64, and 1 / (1 + inf) is the right 0
            for done in range(0, updates, len(self._updates)):
                played = min(len(self._updates), updates - done)
                for operations in self._updates[:played]:
                    for operation in operations:
                        operation()
                states[done : done + played + 1] = self._states[: played + 1]
                self._states[0] = self._states[played]
                for whole, part in zip(recorded, numbers, strict=True):
                    whole[done : done + played] = part[:played]
        weights = _layers(states, tuple(layer[0] for layer in self._weights))
        return weights, self._losses_of(weights, recorded)

    def losses(self) -> Losses:
        """Return both losses (1, …) of the state at which the tape stands."""
        stands_at = self._states[0].copy()
        losses = self.record(1)[1]
        self._states[0] = stands_at
        return losses

    def _losses_of(self, weights: Weights, recorded: tuple[Array, ...]) -> Losses:
        if self._has_batches:
            made_of = tuple(states[:-1] for states in weights)
            return losses_of(self._experiment.inputs, self._experiment.target_columns, made_of)
        if not self._keeps_logits:
            return dict(zip(OBJECTIVES, recorded, strict=True))
        sums = loss_sums(recorded[0], self._experiment.target_columns)
        return {name: sum_ / len(self._experiment.inputs) for name, sum_ in sums.items()}

    def _prepared(self) -> Iterator[Operations]:
        states, layers = pairwise(self._states), zip(*self._weights, strict=True)
        losses = None
        if not self._keeps_logits and not self._has_batches:
            losses = QuickLosses(self._weights[0].shape[1:-2], [block.targets.size for block in self._blocks[0]])
        for k, ((now, after), weights, blocks) in enumerate(zip(states, layers, cycle(self._blocks), strict=False)):
            operations, negating = self._workspace.negating(weights)
            for index, block in enumerate(blocks):
                operations += block.forward(negating, k if self._keeps_logits else 0)
                if losses:
                    operations += losses.operations(index, *block.buffers.last_layer, block.targets)
                operations += block.backward(weights)
            if losses:
                operations.append(partial(self._measure, k, losses))
            yield operations + self._workspace.update(len(blocks), now, after)

    def _measure(self, k: int, losses: QuickLosses) -> None:
        """Put together the losses of state k, all of whose blocks are done."""
        inputs, targets, sums = self._experiment.inputs, self._experiment.target_columns, losses.sums()
        if sums is None:
            values = losses_of(inputs, targets, tuple(states[k : k + 1] for states in self._weights))
        else:
            values = {name: sum_ / len(inputs) for name, sum_ in sums.items()}
        for name in OBJECTIVES:
            self._losses[name][k : k + 1] = values[name]


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
        sums = quick_sums(layer, targets[block]) if len(inputs) > WHOLE_ROWS else None
        if sums is None:
            sums = loss_sums(-layer.logit, targets[block])
        for name in OBJECTIVES:
            losses[name][some] += sums[name] / len(targets)
    return losses


def passes(inputs: Array, weights: Weights) -> Iterator[tuple[slice, slice, ForwardLayer]]:
    """Yield some states and some rows, and the last layer of their forward pass, (states, …, rows, outputs) each."""
    rows, units = min(len(inputs), BLOCK_ROWS), sum(layer.shape[-1] for layer in weights)
    networks = math.prod(weights[0].shape[1:-2])
    states = max(1, STATE_NUMBERS // (networks * rows * units))
    for first in range(0, len(weights[0]), states):
        some = slice(first, first + states)
        for row in range(0, len(inputs), rows):
            block = slice(row, row + rows)
            yield some, block, forward(inputs[block], tuple(layer[some] for layer in weights))[-1]


class _Workspace:
    """What all updates of a tape share: the data, buffers for the rows, and what each block of these changes."""

    def __init__(self, experiment: Experiment, start: Weights, kept: int) -> None:
        self._experiment, self._start, self._kept = experiment, start, kept
        self._has_negated_inputs = len(experiment.inputs) <= WHOLE_ROWS  # a copy of a large table is not worth it
        self._negated_first = np.empty(start[0].shape)
        self._buffers = dict[int, _Buffers]()
        blocks = len(self._cut(experiment.batch(0)))  # the first batch is as large as any
        self._numbers = np.empty((blocks, sum(layer.size for layer in start)))
        self._changes = _layers(self._numbers, start)

    def negating(self, weights: Weights) -> tuple[Operations, Weights]:
        """Return weights that make logits negated ones, as the inputs may, too, and what makes the weights so."""
        if self._has_negated_inputs:
            return [], weights
        return [partial(np.negative, weights[0], self._negated_first)], (self._negated_first, *weights[1:])

    def blocks(self, batch: slice) -> list["_Block"]:
        """Cut a batch into blocks: one, unless it is large."""
        blocks, targets = [], self._experiment.target_columns
        for rows, *changes in zip(self._cut(batch), *self._changes, strict=False):
            inputs = self._experiment.inputs[rows]
            buffers = self._buffers_of(len(inputs))
            blocks.append(_Block(buffers, *self._given(inputs, buffers), targets[rows], changes))
        return blocks

    def _given(self, inputs: Array, buffers: "_Buffers") -> tuple[Operations, Array]:
        """Return `inputs` as the first layer is given them, and what makes them so before each forward pass."""
        if not self._experiment.has_biases:
            return [], -inputs if self._has_negated_inputs else inputs
        if self._has_negated_inputs:
            return [], -with_ones(inputs)
        if not buffers.with_ones.size:
            buffers.with_ones = with_ones(inputs)
        return [partial(np.copyto, buffers.with_ones[:, :-1], inputs)], buffers.with_ones

    def update(self, blocks: int, now: Array, after: Array) -> Operations:
        """Return what leads from the changes of so many blocks to the next state."""
        change, rate = self._numbers[0], self._experiment.learning_rate
        operations: Operations = []
        if blocks > 1:
            operations.append(partial(np.add.reduce, self._numbers[:blocks], 0, None, change))
        if not self._has_negated_inputs:
            operations.append(partial(np.negative, self._changes[0][0], self._changes[0][0]))
        if rate != 1:
            operations.append(partial(np.multiply, np.array(rate), change, change))
        if self._experiment.biases == "fixed":
            operations += [partial(layer[0][..., -1, :].fill, 0.0) for layer in self._changes]
        return [*operations, partial(np.subtract, now, change, after)]

    def _cut(self, batch: slice) -> list[slice]:
        end = min(batch.stop, len(self._experiment.inputs))
        size = end - batch.start if end - batch.start <= WHOLE_ROWS else BLOCK_ROWS
        return [slice(row, min(row + size, end)) for row in range(batch.start, end, size)]

    def _buffers_of(self, rows: int) -> "_Buffers":
        """Return the buffers that all blocks of so many rows use."""
        if rows not in self._buffers:
            has_slope = OBJECTIVES[self._experiment.objective].delta_has_slope
            self._buffers[rows] = _Buffers(self._start, rows, self._kept, has_slope=has_slope)
        return self._buffers[rows]


class _Buffers:
    """Where the numbers of so many rows go, layer by layer, and what is done to them, whichever rows they are of."""

    def __init__(self, start: Weights, rows: int, kept: int, *, has_slope: bool) -> None:
        *self.networks, _, _ = start[0].shape
        units = [layer.shape[-1] for layer in start]
        self.negated_logits = np.zeros((kept, *self.networks, rows, units[-1]))
        self.with_ones = np.empty(0)  # the data set's inputs, where biases need a last 1, of large tables
        self.inputs = [np.full((*self.networks, rows, layer.shape[-2]), -1.0) for layer in start[1:]]
        activations = [inputs[..., :n] for inputs, n in zip(self.inputs, units, strict=False)]
        activations.append(np.empty((*self.networks, rows, units[-1])))
        self.slopes, self.deltas = ([np.empty((*self.networks, rows, n)) for n in units] for _ in range(2))
        self.last_layer = self.negated_logits[0], activations[-1], self.deltas[-1]  # -z, -a and y - a
        self.squash = [_squash(slope, slope, out) for slope, out in zip(self.slopes, activations, strict=True)]
        self.squash_last = [_squash(logit, self.slopes[-1], activations[-1]) for logit in self.negated_logits]
        self.to_delta = [_times_slope(*layer) for layer in zip(activations, self.slopes, self.deltas, strict=True)]
        if not has_slope:
            self.to_delta[-1] = []


def _squash(negated_logit: Array, odds: Array, negated_activation: Array) -> Operations:
    """Return what leads from -z over e^-z to 1 / (-1 - e^-z)."""
    return [
        partial(np.exp, negated_logit, odds),
        partial(np.subtract, MINUS_ONE, odds, negated_activation),
        partial(np.divide, ONE, negated_activation, negated_activation),  # faster than the reciprocal of many
    ]


def _times_slope(negated_activation: Array, slope: Array, delta: Array) -> Operations:
    """Return what leads from a layer's error, in the place of its delta, to this: the product with the slope."""
    return [
        partial(np.subtract, MINUS_ONE, negated_activation, slope),
        partial(np.multiply, negated_activation, slope, slope),
        partial(np.multiply, delta, slope, delta),
    ]


class _Block:
    """Some rows of a batch on their way forward and back."""

    def __init__(
        self, buffers: _Buffers, to_inputs: Operations, inputs: Array, targets: Array, changes: Sequence[Array]
    ) -> None:
        networks, lefts = buffers.networks, (inputs, *buffers.inputs)
        self.buffers, self.targets, self._to_inputs = buffers, targets, to_inputs
        self._to_logit = [product(left, networks) for left in lefts]
        self._to_error = [product(delta, networks) for delta in buffers.deltas]
        self._to_error_of_last = partial(np.add, targets, *buffers.last_layer[1:])
        self._learn: list[Operations] = [
            [*to_delta, partial(product(left.mT, networks), delta, change)]
            for to_delta, left, delta, change in zip(buffers.to_delta, lefts, buffers.deltas, changes, strict=True)
        ]

    def forward(self, weights: Weights, place: int) -> Operations:
        """Return what leads to the outputs' error; the last layer's logits go to `place`."""
        *before, last = self._to_logit
        operations = self._to_inputs.copy()
        for index, to_logit in enumerate(before):
            operations += partial(to_logit, weights[index], self.buffers.slopes[index]), *self.buffers.squash[index]
        to_last = partial(last, weights[-1], self.buffers.negated_logits[place])
        return [*operations, to_last, *self.buffers.squash_last[place], self._to_error_of_last]

    def backward(self, weights: Weights) -> Operations:
        """Return what leads from the outputs' error to every layer's change."""
        operations = self._learn[-1].copy()
        for index in reversed(range(len(weights) - 1)):
            delta = self.buffers.deltas[index]
            onward = weights[index + 1][..., : delta.shape[-1], :].mT
            operations.append(partial(self._to_error[index + 1], onward, delta))
            operations += self._learn[index]
        return operations

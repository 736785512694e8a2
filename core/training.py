"""From an experiment to its run: gradient descent, batch by batch. State k is the state after k updates."""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np

from core.arrays import Array, Weights, read_only
from core.experiment import Experiment
from core.network import backward, forward
from core.objectives import OBJECTIVES, Losses, ObjectiveName
from core.tape import STATE_NUMBERS, Tape, losses_of

Progress: TypeAlias = Callable[[int], None]

TAPE_UPDATES = 64  # that a tape is made for at most
BLOCK_UPDATES = 1024  # after which, at most, losses are computed and progress is told
LONGEST_TAPE = 4096  # updates, of an epoch that makes so many
TAPE_REPLAYS = 10  # that are worth making one
KEPT_NUMBERS = 2**21  # weights that a run keeps, 16 MiB; beyond, states are kept at even spaces


class StopTraining(Exception):
    """What `progress` raises to end the training where it is; any other exception cancels it."""


@dataclass(frozen=True, eq=False)
class Run:
    """What comes out of training an experiment. All arrays are read-only."""

    experiment: Experiment
    losses: Losses  # (updates + 1,) each, of state 0 … updates
    held_out_losses: Losses  # likewise, of the rows held out; empty if none are
    kept_weights: Weights  # (states kept, inputs, units) a layer: states 0, spacing, 2 · spacing, …
    last_weights: Weights  # (2, inputs, units) a layer: states updates - 1 and updates
    spacing: int

    @property
    def loss(self) -> Array:
        """The loss (updates + 1,) that is descended, in state 0 … updates."""
        return self.losses[self.experiment.objective]

    @property
    def cross_entropy(self) -> Array:
        """The mean binary cross-entropy (updates + 1,) in state 0 … updates."""
        return self.losses["cross_entropy"]

    @property
    def squared_error(self) -> Array:
        """The mean ½(y - a)² (updates + 1,) in state 0 … updates."""
        return self.losses["squared_error"]

    def weights_after(self, k: int) -> Weights:
        """Return the weights of state k, one array (inputs, units) a layer.

        A state that was not kept is computed again from the last kept one before it.
        Raises `IndexError` unless 0 <= k <= updates.
        """
        last = self.experiment.updates
        if not 0 <= k <= last:
            raise IndexError(f"state {k} does not exist: this run has states 0 to {last}")
        if k >= last - 1:
            return tuple(layer[k - last + 1] for layer in self.last_weights)
        kept, updates = divmod(k, self.spacing)
        weights = tuple(layer[kept] for layer in self.kept_weights)
        if not updates:
            return weights
        for states, _, _ in states_from(self.experiment, weights, k - updates, k):
            weights = tuple(read_only(layer[-1].copy()) for layer in states)
        return weights

    def outputs_after(self, k: int) -> Array:
        """Return the outputs in state k, (rows,) or for several (rows, outputs), by one forward pass.

        They are those of all rows of the data set, of rows held out, too.
        Raises `IndexError` unless 0 <= k <= updates.
        """
        outputs = outputs_of(self.experiment, self.weights_after(k))
        return read_only(outputs.reshape(self.experiment.dataset.targets.shape))

    @property
    def weights(self) -> Weights:
        """The final weights, those of the last state."""
        return self.weights_after(self.experiment.updates)

    @property
    def before(self) -> Array:
        """The outputs before training, in state 0; shapes as in `outputs_after`."""
        return self.outputs_after(0)

    @property
    def last_pass(self) -> Array:
        """The outputs of the last forward pass, in state updates - 1: one update before `after`."""
        return self.outputs_after(self.experiment.updates - 1)

    @property
    def after(self) -> Array:
        """The outputs with the final weights, in state updates."""
        return self.outputs_after(self.experiment.updates)


def outputs_of(experiment: Experiment, weights: Weights) -> Array:
    """Return the outputs (…, rows, outputs) of all rows of the data set, for `weights` (…, inputs, units) a layer."""
    outputs = forward(experiment.inputs, weights)[-1].activation
    if not experiment.held_out:
        return outputs
    of_all = np.empty((*outputs.shape[:-2], *experiment.dataset.target_columns.shape))
    of_all[..., experiment.training_rows, :] = outputs
    of_all[..., experiment.held_out_rows, :] = forward(experiment.held_out_inputs, weights)[-1].activation
    return of_all


def train(experiment: Experiment, progress: Progress | None = None) -> Run:
    """Train an experiment.

    `progress(updates_done)` is called now and then, and at the end; what it raises cancels the training,
    but for `StopTraining`: then the run is that of the experiment with as many epochs as were reached.
    """
    start = experiment.weights_before
    spacing = state_spacing(experiment)
    kept = tuple(np.empty((experiment.updates // spacing + 1, *layer.shape)) for layer in start)

    def keep(states: Weights, done: int) -> None:
        first = -(-done // spacing)
        for layer, filled in zip(kept, states, strict=True):
            these = filled[first * spacing - done :: spacing]
            layer[first : first + len(these)] = these

    experiment, losses, held_out, last = train_in_blocks(experiment, start, progress, keep)
    reached = tuple(read_only(layer[: experiment.updates // spacing + 1]) for layer in kept)
    return Run(experiment, losses, held_out, reached, last, spacing)


def state_spacing(experiment: Experiment) -> int:
    """Return how many updates apart the kept states of a run are: 1 as far as memory is reasonable."""
    return -(-experiment.weight_count * (experiment.updates + 1) // KEPT_NUMBERS)


def update_from(experiment: Experiment, weights: Weights, k: int, objective: ObjectiveName | None = None) -> Weights:
    """Return what the update of state k, whose weights are given, adds to them, one array (inputs, units) a layer.

    It descends the experiment's objective, or another in its place.
    """
    batch, are_fixed = experiment.batch(k), experiment.biases == "fixed"
    layers, targets = forward(experiment.inputs[batch], weights), experiment.target_columns[batch]
    objective = objective or experiment.objective
    steps = backward(layers, targets, objective, experiment.learning_rate, fixed_biases=are_fixed)
    return tuple(step.update for step in steps)


def spread_states(last: int, most: int) -> list[int]:
    """Choose at most `most` states from 0 to `last`, the closer the earlier: each step adds the same share."""
    states = np.expm1(np.linspace(0, np.log1p(last), most)).round().astype(int)
    return [int(k) for k in np.unique(states)]


def tape_updates(experiment: Experiment, updates: int, networks: int = 1) -> int:
    """Return for how many updates a tape is made, of `updates`: of whole epochs, unless one is very long."""
    per_epoch = experiment.updates_per_epoch
    logits = len(experiment.inputs) * experiment.sizes[-1] if per_epoch == 1 else 0
    numbers = networks * (logits + experiment.weight_count)
    most = max(1, min(TAPE_UPDATES, updates // TAPE_REPLAYS, STATE_NUMBERS // numbers))
    if per_epoch * networks * experiment.weight_count > KEPT_NUMBERS or per_epoch > LONGEST_TAPE:
        return TAPE_UPDATES
    return -(-most // per_epoch) * per_epoch


def block_updates(experiment: Experiment, on_tape: int, networks: int = 1) -> int:
    """Return after how many updates losses are computed: as often as a tape of `on_tape` may be played till then."""
    numbers = networks * (experiment.target_columns.size + experiment.weight_count)
    return max(1, min(BLOCK_UPDATES, STATE_NUMBERS // numbers) // on_tape) * on_tape


def states_from(
    experiment: Experiment, start: Weights, first: int, last: int
) -> Iterator[tuple[Weights, Losses, Tape]]:
    """Yield weights and losses of some states after others, from state `first`, whose weights are `start`, to `last`.

    The first state of each is the last of the one before. The last has no losses yet: they are those of the tape,
    which stands there.
    """
    networks = math.prod(start[0].shape[:-2])
    on_tape = min(tape_updates(experiment, last - first, networks), last - first)
    again = on_tape % experiment.updates_per_epoch == 0  # the same batches come
    tape, most = (
        Tape(experiment, start, on_tape, first),
        block_updates(experiment, on_tape, networks) if again else on_tape,
    )
    while first < last:
        updates = min(most, last - first)
        weights, losses = tape.record(updates)
        yield weights, losses, tape
        first += updates
        if first < last and not again:
            tape = Tape(experiment, tuple(states[-1] for states in weights), on_tape, first)


def train_in_blocks(
    experiment: Experiment,
    start: Weights,
    progress: Progress | None,
    keep: Callable[[Weights, int], None] | None = None,
) -> tuple[Experiment, Losses, Losses, Weights]:
    """Train from `start`, (…, inputs, units) a layer, one tape after the other.

    `keep(states, done)` is shown the weights of the states from `done` on. Return the experiment, its epochs those
    that were reached, the losses (…, updates + 1), those of the rows held out, and the last two states' weights.
    """
    losses, held_out = _no_losses(experiment, start), Losses()
    if experiment.held_out:
        held_out = _no_losses(experiment, start)
        unseen = experiment.held_out_inputs, experiment.dataset.target_columns[experiment.held_out_rows]
    done, is_stopped = 0, False
    for states, values, tape in states_from(experiment, start, 0, experiment.updates):
        first, done = done, done + len(states[0]) - 1
        _fill(losses, slice(first, done), values)
        if held_out:
            _fill(held_out, slice(first, done), losses_of(*unseen, tuple(layer[:-1] for layer in states)))
        if keep:
            keep(states, first)
        last, losses_of_last = tuple(read_only(layer[-2:].copy()) for layer in states), tape.losses
        is_stopped = is_stopped or (progress is not None and _is_stopped(progress, done))
        if is_stopped and done % experiment.updates_per_epoch == 0:
            break
    _fill(losses, slice(done, done + 1), losses_of_last())
    if held_out:
        _fill(held_out, slice(done, done + 1), losses_of(*unseen, tuple(layer[1:] for layer in last)))
    reached, reached_held_out = (
        {name: read_only(values[: done + 1].T) for name, values in numbers.items()} for numbers in (losses, held_out)
    )
    if done < experiment.updates:
        experiment = replace(experiment, epochs=done // experiment.updates_per_epoch)
    return experiment, reached, reached_held_out, last


def _no_losses(experiment: Experiment, start: Weights) -> Losses:
    return {name: np.empty((experiment.updates + 1, *start[0].shape[:-2])) for name in OBJECTIVES}


def _fill(losses: Losses, states: slice, values: Losses) -> None:
    for name in OBJECTIVES:
        losses[name][states] = values[name]


def _is_stopped(progress: Progress, updates_done: int) -> bool:
    try:
        progress(updates_done)
    except StopTraining:
        return True
    return False

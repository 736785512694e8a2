"""From an experiment to its run: full-batch gradient descent, every epoch one update.

State k is the state after k updates, as everywhere.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np

from core.arrays import Array, Weights, read_only
from core.descent import Block, descend
from core.experiment import Experiment
from core.network import forward
from core.objectives import OBJECTIVES, ObjectiveName

Losses: TypeAlias = dict[ObjectiveName, Array]  # of each objective, in each state
Progress: TypeAlias = Callable[[int], None]

BLOCK_EPOCHS = 1024  # after at most as many epochs, losses are computed and progress is told
BLOCK_ACTIVATIONS = 2**16  # and after at most as many activations, so that larger tables tell it as often
KEPT_NUMBERS = 2**21  # weights that a run keeps, 16 MiB; beyond, states are kept at even spaces


class StopTraining(Exception):
    """What `progress` raises to end the training where it is; any other exception cancels it."""


@dataclass(frozen=True, eq=False)
class Run:
    """What comes out of training an experiment. All arrays are read-only."""

    experiment: Experiment
    losses: Losses  # (epochs + 1,) each, of state 0 … epochs
    kept_weights: Weights  # (states kept, inputs, units) a layer: states 0, spacing, 2 · spacing, …
    last_weights: Weights  # (2, inputs, units) a layer: states epochs - 1 and epochs
    spacing: int

    @property
    def loss(self) -> Array:
        """The loss (epochs + 1,) that is descended, in state 0 … epochs."""
        return self.losses[self.experiment.objective]

    @property
    def cross_entropy(self) -> Array:
        """The mean binary cross-entropy (epochs + 1,) in state 0 … epochs."""
        return self.losses["cross_entropy"]

    @property
    def squared_error(self) -> Array:
        """The mean ½(y - a)² (epochs + 1,) in state 0 … epochs."""
        return self.losses["squared_error"]

    def weights_after(self, k: int) -> Weights:
        """Return the weights of state k, one array (inputs, units) a layer.

        A state that was not kept is computed again from the last kept one before it.
        Raises `IndexError` unless 0 <= k <= epochs.
        """
        epochs = self.experiment.epochs
        if not 0 <= k <= epochs:
            raise IndexError(f"state {k} does not exist: this run has states 0 to {epochs}")
        if k >= epochs - 1:
            return tuple(layer[k - epochs + 1] for layer in self.last_weights)
        kept, updates = divmod(k, self.spacing)
        weights = tuple(layer[kept] for layer in self.kept_weights)
        if not updates:
            return weights
        block = Block.starting_at(weights, self.experiment, updates)
        descend(self.experiment, block, updates)
        return tuple(read_only(states[updates]) for states in block.weights)

    def outputs_after(self, k: int) -> Array:
        """Return the outputs (rows,) in state k, by one forward pass: rows × epochs are never stored.

        Raises `IndexError` unless 0 <= k <= epochs.
        """
        layers = forward(self.experiment.dataset.inputs, self.weights_after(k))
        return read_only(layers[-1].activation[:, 0])

    @property
    def weights(self) -> Weights:
        """The final weights, those of state epochs."""
        return self.weights_after(self.experiment.epochs)

    @property
    def before(self) -> Array:
        """The outputs (rows,) before training, in state 0."""
        return self.outputs_after(0)

    @property
    def last_pass(self) -> Array:
        """The outputs (rows,) of the last forward pass, in state epochs - 1: one update before `after`."""
        return self.outputs_after(self.experiment.epochs - 1)

    @property
    def after(self) -> Array:
        """The outputs (rows,) with the final weights, in state epochs."""
        return self.outputs_after(self.experiment.epochs)


def train(experiment: Experiment, progress: Progress | None = None) -> Run:
    """Train an experiment.

    `progress(updates_done)` is called now and then, and at the end; what it raises cancels the training,
    but for `StopTraining`: then the run is that of the experiment with as many epochs as were reached.
    """
    start = experiment.weights_before
    spacing = state_spacing(experiment)
    kept = tuple(np.empty((experiment.epochs // spacing + 1, *layer.shape)) for layer in start)

    def keep(block: Block, done: int, updates: int) -> None:
        first, end = -(-done // spacing), (done + updates) // spacing + 1
        for layer, states in zip(kept, block.weights, strict=True):
            layer[first:end] = states[first * spacing - done : updates + 1 : spacing]

    experiment, losses, last = train_in_blocks(experiment, start, progress, keep)
    reached = tuple(read_only(layer[: experiment.epochs // spacing + 1]) for layer in kept)
    return Run(experiment, losses, reached, last, spacing)


def state_spacing(experiment: Experiment) -> int:
    """Return how many updates apart the kept states of a run are: 1 as far as memory is reasonable."""
    return -(-experiment.weight_count * (experiment.epochs + 1) // KEPT_NUMBERS)


def block_epochs(experiment: Experiment, networks: int = 1) -> int:
    """Return how many epochs are trained between two calls of `progress`."""
    activations = networks * len(experiment.dataset.targets) * sum(experiment.sizes[1:])
    return max(1, min(experiment.epochs, BLOCK_EPOCHS, BLOCK_ACTIVATIONS // activations))


def train_in_blocks(
    experiment: Experiment,
    start: Weights,
    progress: Progress | None,
    keep: Callable[[Block, int, int], None] | None = None,
) -> tuple[Experiment, Losses, Weights]:
    """Train from `start`, (…, inputs, units) a layer, as many epochs at a time as a block holds.

    `keep(block, done, updates)` is shown the states done … done + updates in places 0 … updates.
    Return the experiment, its epochs those that were reached, the losses (…, epochs + 1) and the last two
    states' weights.
    """
    inputs, targets = experiment.dataset.inputs, experiment.dataset.targets
    seeds = start[0].shape[:-2]
    losses = {name: np.empty((experiment.epochs + 1, *seeds)) for name in OBJECTIVES}
    size = block_epochs(experiment, networks=math.prod(seeds))
    block = Block.starting_at(start, experiment, size)
    done, is_stopped = 0, False
    while done < experiment.epochs and not is_stopped:
        updates = min(size, experiment.epochs - done)
        descend(experiment, block, updates)
        logits = -block.negated_logits[:updates, ..., 0]
        for name, objective in OBJECTIVES.items():
            losses[name][done : done + updates] = objective.loss(logits, targets)
        if keep:
            keep(block, done, updates)
        last = tuple(read_only(layer[updates - 1 : updates + 1].copy()) for layer in block.weights)
        for layer, ending in zip(block.weights, last, strict=True):
            layer[0] = ending[1]
        done += updates
        is_stopped = progress is not None and _is_stopped(progress, done)
    logits = forward(inputs, tuple(layer[1] for layer in last))[-1].logit[..., 0]
    for name, objective in OBJECTIVES.items():
        losses[name][done] = objective.loss(logits, targets)
    reached = {name: read_only(np.moveaxis(values[: done + 1], 0, -1)) for name, values in losses.items()}
    return experiment if done == experiment.epochs else replace(experiment, epochs=done), reached, last


def _is_stopped(progress: Progress, updates_done: int) -> bool:
    try:
        progress(updates_done)
    except StopTraining:
        return True
    return False

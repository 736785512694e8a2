"""Was it luck? Where the runs of many seeds go, and where they end; memory is bounded however many they are."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from core.arrays import Array, Rows, Weights, read_only
from core.cost import SPREAD_ROWS, SPREAD_STATES, seeds_at_once
from core.experiment import Experiment
from core.many_seeds import checked_seeds, starts
from core.metrics import right
from core.tape import passes
from core.training import Progress, outputs_of, states_from

NEVER = -1
Counts: TypeAlias = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Spread:
    """What is kept of one experiment's runs from the starts of many seeds. All arrays are read-only."""

    experiment: Experiment
    seeds: tuple[int, ...]
    states: Counts  # (states,): all, or some that are evenly spread, the first and the last among them
    cross_entropy: Array  # (seeds, states)
    rows: Rows  # (rows,) of the data set, counted from 0: all, or some that are evenly spread
    outputs: Array  # (seeds, rows, outputs) in the last state
    rows_right: Counts  # (seeds,), of the rows that are learned from, in the last state
    learned_after: Counts  # (seeds,): updates after which all of these are right and stay so, or NEVER

    @property
    def final_loss(self) -> Array:
        """The cross-entropy (seeds,) in the last state."""
        return self.cross_entropy[:, -1]

    @property
    def learned(self) -> npt.NDArray[np.bool_]:
        """Whether all rows are right in the last state (seeds,)."""
        return np.asarray(self.learned_after != NEVER)

    @property
    def ranking(self) -> Counts:
        """The seeds' positions (seeds,) by their final loss, the smallest first; equal ones in their order."""
        return np.argsort(self.final_loss, kind="stable")

    @property
    def median(self) -> int:
        """The position of the seed in the middle of the ranking, of two the better one."""
        return int(self.ranking[(len(self.seeds) - 1) // 2])


def spread_of(experiment: Experiment, seeds: Sequence[int], progress: Progress | None = None) -> Spread:
    """Train an experiment once for each seed, as `train` with that seed does, and keep how it went.

    `progress` is told now and then how many updates were made of all seeds together; what it raises cancels. Raises
    `InvalidExperiment` for a seed out of range, for no seed at all, and for several that draw nothing: where starting
    weights are given and no row is held out.
    """
    seeds = checked_seeds(experiment, seeds)
    start = starts(experiment, seeds)
    states, rows = _some(experiment.updates + 1, SPREAD_STATES), _some(len(experiment.dataset.targets), SPREAD_ROWS)
    at_once, groups = seeds_at_once(experiment, len(seeds)), []
    done = 0

    def tell(updates: int) -> None:
        nonlocal done
        done += updates
        if progress:
            progress(done)

    for first in range(0, len(seeds), at_once):
        group = tuple(layer[first : first + at_once] for layer in start)
        of_group = replace(experiment, seed=seeds[first]) if experiment.held_out else experiment
        groups.append(_train_group(of_group, group, states, rows, tell))
    losses, outputs, right_rows, learned = zip(*groups, strict=True)
    return Spread(
        experiment,
        seeds,
        states,
        read_only(np.concatenate(losses)),
        rows,
        read_only(np.concatenate(outputs)),
        read_only(np.concatenate(right_rows)),
        read_only(np.concatenate(learned)),
    )


def _some(count: int, most: int) -> Counts:
    """Return at most `most` of `count` positions, evenly spread."""
    return read_only(np.unique(np.linspace(0, count - 1, min(count, most)).round().astype(np.int64)))


def _train_group(
    experiment: Experiment, start: Weights, states: Counts, rows: Rows, tell: Progress
) -> tuple[Array, Array, Counts, Counts]:
    """Train from `start` (seeds, inputs, units) a layer; return what a `Spread` keeps, with tell(updates made)."""
    seeds, last_state = len(start[0]), experiment.updates
    losses = np.empty((seeds, len(states)))
    last_wrong = np.full(seeds, -1)
    done = 0
    for weights, values, tape in states_from(experiment, start, 0, last_state):
        first, done = done, done + len(weights[0]) - 1
        drawn = (first <= states) & (states < done)
        losses[:, drawn] = values["cross_entropy"][states[drawn] - first].T
        is_wrong = _rows_right(experiment, tuple(layer[:-1] for layer in weights)) < len(experiment.inputs)
        latest = done - 1 - np.argmax(is_wrong[::-1], axis=0)
        last_wrong = np.where(is_wrong.any(axis=0), latest, last_wrong)
        tell(seeds * (done - first))
        final, losses_of_last = tuple(layer[-1:] for layer in weights), tape.losses
    losses[:, -1] = losses_of_last()["cross_entropy"][0]
    (right_rows,) = _rows_right(experiment, final)
    alone = zip(*(layer[0] for layer in final), strict=True)  # all rows of one network at a time
    outputs = np.stack([outputs_of(experiment, network)[rows] for network in alone])
    learned = np.where(right_rows == len(experiment.inputs), last_wrong + 1, NEVER)
    return losses, outputs, right_rows, learned


def _rows_right(experiment: Experiment, weights: Weights) -> Counts:
    """Count the rows that are right, (states, seeds), with `weights` (states, seeds, inputs, units) a layer."""
    counts = np.zeros(weights[0].shape[:-2], np.int64)
    if experiment.scale_targets:  # amounts, which ask for no side of one half
        return counts + len(experiment.inputs)
    for some, rows, layer in passes(experiment.inputs, weights):
        counts[some] += right(layer.activation, experiment.target_columns[rows]).all(axis=-1).sum(axis=-1)
    return counts

"""One experiment from the starts of many seeds, trained side by side."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from core.arrays import Array, Weights
from core.experiment import Experiment, InvalidExperiment
from core.network import draw_weights
from core.training import Progress, train_in_blocks


@dataclass(frozen=True, eq=False)
class Runs:
    """What comes out of training one experiment from the starts of many seeds. All arrays are read-only."""

    experiment: Experiment
    seeds: tuple[int, ...]
    weights: Weights  # final: (seeds, inputs, units) a layer
    cross_entropy: Array  # (seeds, updates + 1)
    squared_error: Array  # (seeds, updates + 1)


def train_many(experiment: Experiment, seeds: Sequence[int], progress: Progress | None = None) -> Runs:
    """Train an experiment once for each seed, all together; each ends as `train` with that seed does.

    `progress` is as in `train`. Raises `InvalidExperiment` for a seed out of range, for no seed at all,
    for several where starting weights are given, since no seed would change the run, and for an experiment that
    holds out rows, which every seed draws anew.
    """
    if experiment.held_out:
        raise InvalidExperiment("held_out is not 0, so every seed would learn from other rows; set it to 0.")
    seeds = checked_seeds(experiment, seeds)
    experiment, losses, _, last = train_in_blocks(experiment, starts(experiment, seeds), progress)
    return Runs(experiment, seeds, tuple(layer[1] for layer in last), **losses)


def checked_seeds(experiment: Experiment, seeds: Sequence[int]) -> tuple[int, ...]:
    """Return the seeds as whole numbers.

    Raises `InvalidExperiment` for a seed out of range, for no seed at all, and for several that draw nothing.
    """
    if not len(seeds):
        raise InvalidExperiment("seeds is empty; it must hold at least one.")
    if len(seeds) > 1 and not experiment.has_draws:
        raise InvalidExperiment("starting_weights are given, so every seed gives the same run; leave them out.")
    return tuple(replace(experiment, seed=seed).seed for seed in seeds)


def starts(experiment: Experiment, seeds: Sequence[int]) -> Weights:
    """Return the starting weights that are given, or that the seeds draw, (seeds, inputs, units) a layer."""
    if experiment.starting_weights is not None:
        return tuple(np.repeat(layer[np.newaxis], len(seeds), axis=0) for layer in experiment.starting_weights)
    generator = np.random.RandomState(0)
    drawn = []
    for seed in seeds:
        generator.seed(seed)
        drawn.append(draw_weights(generator, experiment.sizes, biases=experiment.has_biases))
    return tuple(np.stack(layers) for layers in zip(*drawn, strict=True))

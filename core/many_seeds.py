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
    for an experiment whose starting weights are given, since no seed would change its run, and for one that
    holds out rows, which every seed draws anew.
    """
    if experiment.held_out:
        raise InvalidExperiment("held_out is not 0, so every seed would learn from other rows; set it to 0.")
    if experiment.starting_weights is not None:
        raise InvalidExperiment("starting_weights are given, so every seed gives the same run; leave them out.")
    seeds = tuple(replace(experiment, seed=seed).seed for seed in seeds)
    if not seeds:
        raise InvalidExperiment("seeds is empty; it must hold at least one.")
    generator = np.random.RandomState(0)
    starts = []
    for seed in seeds:
        generator.seed(seed)
        starts.append(draw_weights(generator, experiment.sizes, biases=experiment.has_biases))
    start = tuple(np.stack(layers) for layers in zip(*starts, strict=True))
    experiment, losses, _, last = train_in_blocks(experiment, start, progress)
    return Runs(experiment, seeds, tuple(layer[1] for layer in last), **losses)

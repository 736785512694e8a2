"""The losses over one weight or two, while the others stay as they are: the ground that descent goes down.

A weight's place is where it stands among all weights, counted from 0, in the order of the arrays, as in `flat`.
To look at a loss along a few directions of many is I. Goodfellow's, O. Vinyals' and A. Saxe's way in "Qualitatively
characterizing neural network optimization problems" (2015); here the directions are weights.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from core.arrays import Array, Weights, flat, read_only
from core.cost import row_seconds
from core.experiment import Experiment
from core.network import backward, forward
from core.objectives import OBJECTIVES, Losses, ObjectiveName, losses
from core.training import Run, spread_states, state_spacing, update_from

MOST_POINTS = {1: 241, 2: 61}  # along an axis, by the number of axes
LEAST_POINTS = 15  # along an axis; fewer show no shape
PICTURE_LIMIT = 0.5  # seconds on a slow core, for all points, those of the path among them
MOST_STATES = 400  # of a path
BLOCK_NUMBERS = 2**17  # of a layer, computed at once
MARGIN = 0.3  # of a path's width, shown on each side of it
LEAST_REACH = 1.0  # from the middle of an axis to its ends, however short the path is,
LEAST_SHARE = 1e-3  # and of a weight's size, so that an axis has different points


@dataclass(frozen=True, eq=False)
class Landscape:
    """Both losses where one weight or two take any value and the others those of state k.

    A loss is the mean over the training rows. The run's way is projected on it: of each state of the path only the
    chosen weights count.
    """

    run: Run
    k: int
    places: tuple[int, ...]  # of the chosen weights
    axes: tuple[Array, ...]  # the values of each that are looked at, rising
    heights: Losses  # (values of the first,) or (values of the first, values of the second) each
    states: npt.NDArray[np.int64]  # (states,) of the path: the run's first and last, and some between
    path: Array  # (states, chosen): the chosen weights in them
    under_path: Losses  # (states,) each: the losses there, with the other weights those of state k

    @property
    def here(self) -> Array:
        """The chosen weights (chosen,) in state k."""
        return flat(self.run.weights_after(self.k))[list(self.places)]

    def gradient(self, objective: ObjectiveName) -> Array:
        """Return the derivatives (chosen,) of a loss, in state k, by the chosen weights, whether or not they learn."""
        experiment = self.run.experiment
        layers = forward(experiment.inputs, self.run.weights_after(self.k))
        steps = backward(layers, experiment.target_columns, objective)
        return -flat(tuple(step.update for step in steps))[list(self.places)] / len(experiment.inputs)

    def step(self, objective: ObjectiveName) -> Array:
        """Return what the update of state k adds to the chosen weights (chosen,) if it descends this objective."""
        update = update_from(self.run.experiment, self.run.weights_after(self.k), self.k, objective)
        return flat(update)[list(self.places)]


def landscape(run: Run, k: int, places: Sequence[int]) -> Landscape | None:
    """Compute the losses around a run's way, over the weights at one or two different `places`.

    Return None if even the fewest points would take longer than `PICTURE_LIMIT`.
    """
    experiment, weights = run.experiment, run.weights_after(k)
    points = points_along(experiment, len(places))
    if points is None:
        return None
    states, path = way(run, places)
    axes = tuple(read_only(np.linspace(*ends, points)) for ends in _ends(path))
    grid = np.stack(np.meshgrid(*axes, indexing="ij"), axis=-1)
    values = losses_at(experiment, weights, places, grid.reshape(-1, len(places)))
    heights: Losses = {name: read_only(values[name].reshape(grid.shape[:-1])) for name in OBJECTIVES}
    return Landscape(run, k, tuple(places), axes, heights, states, path, losses_at(experiment, weights, places, path))


def losses_at(experiment: Experiment, weights: Weights, places: Sequence[int], points: Array) -> Losses:
    """Return both losses (points,) of networks that differ in the weights at `places` only: means over training rows.

    These are `points` (points, places), the others those of `weights`. Rows and points go forward in blocks, so that
    no more than `BLOCK_NUMBERS` numbers of a layer are in memory at once.
    """
    widest = max(experiment.sizes) + 1
    rows_at_once = max(1, BLOCK_NUMBERS // widest)
    points_at_once = max(1, BLOCK_NUMBERS // (widest * min(rows_at_once, len(experiment.inputs))))
    sums: Losses = {name: np.zeros(len(points)) for name in OBJECTIVES}
    for first in range(0, len(points), points_at_once):
        some = slice(first, first + points_at_once)
        networks = _with(weights, places, points[some])
        for row in range(0, len(experiment.inputs), rows_at_once):
            inputs = experiment.inputs[row : row + rows_at_once]
            logits = forward(inputs, networks)[-1].logit
            for name, values in losses(logits, experiment.target_columns[row : row + rows_at_once]).items():
                sums[name][some] += values * (len(inputs) / len(experiment.inputs))
    return {name: read_only(values) for name, values in sums.items()}


def points_along(experiment: Experiment, axes: int) -> int | None:
    """Return how many points along each of one or two `axes` are computed within the limit; None if too few."""
    of_ground = PICTURE_LIMIT / _point_seconds(experiment) - _path_points(experiment)
    within = int(max(0.0, of_ground) ** (1 / axes))
    return min(MOST_POINTS[axes], within) if within >= LEAST_POINTS else None


def picture_seconds(experiment: Experiment, points: int) -> float:
    """Estimate how many seconds the losses at `points` points, and at those of the path, take on a slow core."""
    return (points + _path_points(experiment)) * _point_seconds(experiment)


def _path_points(experiment: Experiment) -> int:
    return len(_path_states(experiment.updates, state_spacing(experiment)))


def _point_seconds(experiment: Experiment) -> float:
    return len(experiment.inputs) * row_seconds(experiment)


def way(run: Run, places: Sequence[int]) -> tuple[npt.NDArray[np.int64], Array]:
    """Return states of a run (states,), the first and the last among them, and the weights at `places` in each."""
    states = _path_states(run.experiment.updates, run.spacing)
    weights = [run.weights_after(int(k)) for k in states]
    return states, read_only(np.stack([flat(layers)[list(places)] for layers in weights]))


def _path_states(updates: int, spacing: int) -> npt.NDArray[np.int64]:
    """Return the first state and the last, and some between of those that are kept, `spacing` updates apart."""
    return np.unique([*(spacing * number for number in spread_states(updates // spacing, MOST_STATES)), updates])


def most_moved(run: Run) -> list[int]:
    """Return the places of all weights, those first whose values in the run lie furthest apart."""
    apart = [np.ptp(np.concatenate(parts), axis=0) for parts in zip(run.kept_weights, run.last_weights, strict=True)]
    return [int(place) for place in np.argsort(-flat(tuple(apart)), kind="stable")]


def _ends(path: Array) -> list[tuple[float, float]]:
    """Return where the axes begin and end: of one length, so that the way down is straight across the contours."""
    lowest, highest = path.min(axis=0), path.max(axis=0)
    width = float((highest - lowest).max())
    reach = max((0.5 + MARGIN) * width, LEAST_REACH, LEAST_SHARE * float(np.abs(path).max()))
    return [(middle - reach, middle + reach) for middle in (lowest / 2 + highest / 2).tolist()]


def _with(weights: Weights, places: Sequence[int], points: Array) -> Weights:
    """Return weights with those at `places` set to each of `points`: (points, inputs, units) the layers that differ."""
    ends = np.cumsum([layer.size for layer in weights])
    layers = list(weights)
    for place, values in zip(places, points.T, strict=True):
        number = int(np.searchsorted(ends, place, side="right"))
        if layers[number] is weights[number]:
            layers[number] = np.repeat(weights[number][np.newaxis], len(points), axis=0)
        layers[number].reshape(len(points), -1)[:, place - ends[number]] = values
    return tuple(layers)

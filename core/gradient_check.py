"""Is the update really the gradient? Each weight is nudged a little, and the losses are asked.

Minus the derivative of a loss by a weight w is close to the central finite difference

    (loss(w - h) - loss(w + h)) / 2h

It is off by about h² from the curve's bend and by about ε / h from rounding, so the best h is near
the cube root of float64's ε (W. Press et al., "Numerical Recipes", section 5.7). Here h is told by
how far it moves a logit, since the curves of all logits bend alike.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from core.arrays import Array, Weights, flat, read_only
from core.experiment import Experiment, InvalidExperiment
from core.network import ForwardLayer, backward, forward
from core.objectives import OBJECTIVES, ObjectiveName

EPSILON = float(np.finfo(np.float64).eps)
LEAST_STEP = 2**10 * EPSILON  # of a weight, or the nudge would be lost in the rounding of the weight itself
ROUNDING = 4 * EPSILON  # of the numbers summed: more than a loss and the logits in it are off by
BEND = 0.14  # its square is above a sixth of the third derivative of a row's loss by any logit


@dataclass(frozen=True, eq=False)
class GradientCheck:
    """Updates beside finite differences: everything is summed over the rows, for a learning rate of 1."""

    update: Weights  # one array (inputs, units) a layer, as are the differences
    differences: dict[ObjectiveName, Weights]  # minus the finite difference of each objective
    largest_gap: dict[ObjectiveName, float]  # the largest |update - difference| of all weights
    tolerance: dict[ObjectiveName, float]  # a gap up to this may come from the differences alone

    def agrees(self, objective: ObjectiveName) -> bool:
        """Tell whether the update is minus the gradient of an objective, as far as rounding lets tell."""
        return self.largest_gap[objective] <= self.tolerance[objective]


def check_gradient(experiment: Experiment, weights: Weights, update: Weights | None = None) -> GradientCheck:
    """Compare the update of `weights` with finite differences of both objectives.

    `weights`, and `update` if it is given, are one array (inputs, units) a layer. The default is what
    `backward` adds at a learning rate of 1; an update that is given is divided by the experiment's.
    Raises `InvalidExperiment` if the shapes are not those of the experiment's network.
    """
    dataset, rows = experiment.dataset, len(experiment.dataset.targets)
    _check_shapes("weights", weights, experiment)
    layers = forward(dataset.inputs, weights)
    if update is None:
        flat_update = flat(tuple(layer.update for layer in backward(layers, dataset.targets, experiment.objective)))
    else:
        _check_shapes("update", update, experiment)
        flat_update = flat(update) / experiment.learning_rate

    start, logit_size, sensitivity = flat(weights), _logit_size(layers), _sensitivity(layers)
    best_steps = np.cbrt(EPSILON * np.maximum(1, logit_size.max())) / sensitivity
    steps = np.maximum(best_steps, LEAST_STEP * np.abs(start))
    bends = rows * sensitivity * np.minimum(1, BEND * steps * sensitivity) ** 2
    differences = {name: np.empty_like(start) for name in OBJECTIVES}
    tolerance = dict.fromkeys(OBJECTIVES, 0.0)
    for index, step in enumerate(steps):
        nudged = np.stack([start, start])
        nudged[:, index] += -step, step
        width = nudged[1, index] - nudged[0, index]
        logits = forward(dataset.inputs, _layers(nudged, experiment))[-1].logit[..., 0]
        for name, objective in OBJECTIVES.items():
            below, above = rows * objective.loss(logits, dataset.targets)
            differences[name][index] = (below - above) / width
            rounding = ROUNDING * (below + above + logit_size.sum()) / width
            tolerance[name] = max(tolerance[name], bends[index] + rounding)

    gap = {name: float(np.abs(flat_update - values).max()) for name, values in differences.items()}
    layered = {name: _layers(values, experiment) for name, values in differences.items()}
    return GradientCheck(_layers(flat_update, experiment), layered, gap, tolerance)


def _check_shapes(name: str, layers: Weights, experiment: Experiment) -> None:
    shapes, expected = [np.shape(layer) for layer in layers], list(pairwise(experiment.sizes))
    if shapes != expected:
        raise InvalidExperiment(f"{name} has the shapes {shapes}; this network needs {expected}.")


def _logit_size(layers: Sequence[ForwardLayer]) -> Array:
    """Return for each output logit (rows,) the sum of its summands' sizes: it is only good to ε times that."""
    size = np.abs(layers[0].inputs)
    for layer in layers:
        logit_size = size @ np.abs(layer.weights)
        size = layer.activation + layer.activation * (1 - layer.activation) * logit_size
    return logit_size[:, 0]


def _sensitivity(layers: Sequence[ForwardLayer]) -> Array:
    """Return for each weight how far one unit of it may move the logits after it, at least 1."""
    first = np.maximum(1, np.abs(layers[0].inputs).max(axis=0))[:, np.newaxis]
    if len(layers) == 1:
        return flat((first,))
    onward = np.maximum(1, np.abs(layers[1].weights))
    return flat((first * onward.T, np.ones_like(onward)))


def _layers(weights: Array, experiment: Experiment) -> Weights:
    """Cut the last axis of `weights` into the layers of the network."""
    shapes = list(pairwise(experiment.sizes))
    parts = np.split(weights, np.cumsum([inputs * units for inputs, units in shapes])[:-1], axis=-1)
    return tuple(
        read_only(part.reshape(*weights.shape[:-1], *shape)) for part, shape in zip(parts, shapes, strict=True)
    )

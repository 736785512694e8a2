"""Is the update really the gradient? Each weight is nudged a little, and the losses are asked.

Minus the derivative of a loss by a weight w is close to the central finite difference

    (loss(w - h) - loss(w + h)) / 2h

It is off by about h² from the curve's bend and by about ε / h from rounding, so the best h is near
the cube root of float64's ε (W. Press et al., "Numerical Recipes", section 5.7). Here h is told by
how far it moves a logit, since the curves of all logits bend alike.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from core.arrays import Array, Weights, flat, read_only
from core.experiment import Experiment, InvalidExperiment
from core.network import ForwardLayer, backward, forward, with_ones
from core.objectives import OBJECTIVES, ObjectiveName, losses

EPSILON = float(np.finfo(np.float64).eps)
LEAST_STEP = 2**10 * EPSILON  # of a weight, or the nudge would be lost in the rounding of the weight itself
ROUNDING = 4 * EPSILON  # of the numbers summed: more than a loss and the logits in it are off by
BEND = 0.14  # its square is above a sixth of the third derivative of a row's loss by any logit


@dataclass(frozen=True, eq=False)
class GradientCheck:
    """Updates beside finite differences: all is summed over the rows of a batch, for a learning rate of 1."""

    update: Weights  # one array (inputs, units) a layer, as are the differences
    differences: dict[ObjectiveName, Weights]  # minus the finite difference of each objective
    largest_gap: dict[ObjectiveName, float]  # the largest |update - difference| of all weights
    tolerance: dict[ObjectiveName, float]  # a gap up to this may come from the differences alone

    def agrees(self, objective: ObjectiveName) -> bool:
        """Tell whether the update is minus the gradient of an objective, as far as rounding lets tell."""
        return self.largest_gap[objective] <= self.tolerance[objective]


def check_gradient(
    experiment: Experiment, weights: Weights, update: Weights | None = None, k: int = 0
) -> GradientCheck:
    """Compare the update of `weights` with finite differences of both objectives, over the batch of state `k`.

    `weights`, and `update` if it is given, are one array (inputs, units) a layer. The default is what
    `backward` adds at a learning rate of 1; an update that is given is divided by the experiment's. Biases that
    are fixed are not nudged: their update and differences are 0.
    Raises `InvalidExperiment` if the shapes are not those of the experiment's network.
    """
    inputs, targets = experiment.inputs[experiment.batch(k)], experiment.target_columns[experiment.batch(k)]
    _check_shapes("weights", weights, experiment)
    layers = forward(inputs, weights)
    if update is None:
        steps = backward(layers, targets, experiment.objective, fixed_biases=experiment.biases == "fixed")
        flat_update = flat(tuple(step.update for step in steps))
    else:
        _check_shapes("update", update, experiment)
        flat_update = flat(update) / experiment.learning_rate

    start, logit_size, sensitivity = flat(weights), _logit_size(layers), _sensitivity(layers)
    best_steps = np.cbrt(EPSILON * np.maximum(1, logit_size.max())) / sensitivity
    sizes = np.maximum(best_steps, LEAST_STEP * np.abs(start))
    bends = len(inputs) * sensitivity * np.minimum(1, BEND * sizes * sensitivity) ** 2
    differences = {name: np.zeros_like(start) for name in OBJECTIVES}
    tolerance = dict.fromkeys(OBJECTIVES, 0.0)
    for index in _learning(experiment):
        nudged = np.stack([start, start])
        nudged[:, index] += -sizes[index], sizes[index]
        width = nudged[1, index] - nudged[0, index]
        for name, values in losses(forward(inputs, _layers(nudged, experiment))[-1].logit, targets).items():
            below, above = len(inputs) * values
            differences[name][index] = (below - above) / width
            rounding = ROUNDING * (below + above + logit_size.sum()) / width
            tolerance[name] = max(tolerance[name], bends[index] + rounding)

    gap = {name: float(np.abs(flat_update - values).max()) for name, values in differences.items()}
    layered = {name: _layers(values, experiment) for name, values in differences.items()}
    return GradientCheck(_layers(flat_update, experiment), layered, gap, tolerance)


def _check_shapes(name: str, layers: Weights, experiment: Experiment) -> None:
    shapes, expected = [np.shape(layer) for layer in layers], experiment.shapes
    if shapes != expected:
        raise InvalidExperiment(f"{name} has the shapes {shapes}; this network needs {expected}.")


def _learning(experiment: Experiment) -> npt.NDArray[np.int_]:
    """Return the places of the weights that learn: all but biases that are fixed."""
    learns = [np.ones(shape, dtype=bool) for shape in experiment.shapes]
    if experiment.biases == "fixed":
        for layer in learns:
            layer[-1] = False
    return np.flatnonzero(np.concatenate([layer.ravel() for layer in learns]))


def _logit_size(layers: Sequence[ForwardLayer]) -> Array:
    """Return for each output logit (rows, outputs) its summands' sizes, summed: it is only good to ε times that."""
    size = np.abs(layers[0].inputs)
    for layer in layers:
        if len(layer.weights) > size.shape[1]:
            size = with_ones(size)
        logit_size = size @ np.abs(layer.weights)
        size = layer.activation + layer.activation * (1 - layer.activation) * logit_size
    return np.asarray(logit_size)


def _sensitivity(layers: Sequence[ForwardLayer]) -> Array:
    """Return for each weight how far one unit of it may move the logits after it, at least 1."""
    onward, sensitivity = np.ones(layers[-1].logit.shape[1]), []
    for layer in reversed(layers):
        size = np.maximum(1, np.abs(layer.inputs).max(axis=0))
        onward = onward[: layer.logit.shape[1]]  # without the bias of the layer after, which is not this one's
        sensitivity.append(size[:, np.newaxis] * onward)
        onward = np.maximum(1, np.abs(layer.weights) @ onward)
    return flat(tuple(reversed(sensitivity)))


def _layers(weights: Array, experiment: Experiment) -> Weights:
    """Cut the last axis of `weights` into the layers of the network."""
    shapes = experiment.shapes
    parts = np.split(weights, np.cumsum([math.prod(shape) for shape in shapes])[:-1], axis=-1)
    return tuple(
        read_only(part.reshape(*weights.shape[:-1], *shape)) for part, shape in zip(parts, shapes, strict=True)
    )

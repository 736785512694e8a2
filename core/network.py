"""The whole idea: how a network of sigmoid neurons answers, and how it learns from its errors.

Forward propagation carries the inputs to the output, layer by layer. Backward propagation carries
the error back the same way and says how to change each weight. Layers are fully connected. A layer
whose weights have one row more than it has inputs has a bias: the last row, of an input that is always 1.

The formulas are those of A. Trask, "A Neural Network in 11 lines of Python" (2015).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
from numpy.random.bit_generator import ISeedSequence

from core.arrays import Array, Weights
from core.objectives import OBJECTIVES, ObjectiveName


def sigmoid(logit: npt.ArrayLike) -> Array:
    """Squash any number into the range from 0 to 1: 1 / (1 + e^-logit), elementwise."""
    with np.errstate(over="ignore"):  # e^710 is infinite in float64, and 1 / (1 + inf) is the right 0
        return np.asarray(1 / (1 + np.exp(-np.asarray(logit, dtype=np.float64))))


def initial_weights(seed: int, sizes: Sequence[int], *, biases: bool = False) -> Weights:
    """Draw starting weights, uniform in [-1, 1), from NumPy's legacy random stream for the seed.

    `sizes` counts the inputs and then each layer's units: (3, 1) is one neuron with three inputs,
    (3, 4, 1) has a hidden layer of four. One array (inputs, units) a layer, first layer first; with `biases`,
    (inputs + 1, units), so that a bias is drawn with its layer, as its last row.
    """
    generator = np.random.RandomState(np.random.MT19937(_Unseeded()))  # type: ignore[arg-type] # as NumPy documents
    generator.seed(seed)
    return draw_weights(generator, sizes, biases=biases)


class _Unseeded(ISeedSequence):
    """A seed that costs nothing, for a generator that is given the legacy stream's own afterwards."""

    def generate_state(self, n_words: int, dtype: npt.DTypeLike = np.uint32) -> npt.NDArray[Any]:  # noqa: ARG002
        """Return `n_words` zeros: they are taken one by one, from a list in a tenth of the time."""
        return [0] * n_words  # type: ignore[return-value]


def draw_weights(generator: np.random.RandomState, sizes: Sequence[int], *, biases: bool) -> Weights:
    """Draw starting weights from a generator that is already seeded; see `initial_weights`."""
    return tuple(2 * generator.random_sample((inputs + biases, units)) - 1 for inputs, units in pairwise(sizes))


@dataclass(frozen=True)
class ForwardLayer:
    """What one layer did with what it was given."""

    inputs: Array  # (rows, inputs): the data set's or the layer before's activation, and a last 1 for a bias
    weights: Array  # (inputs, units)
    logit: Array  # (rows, units): the total input, inputs · weights
    activation: Array  # (rows, units): sigmoid(logit), what the layer passes on


def forward(inputs: npt.ArrayLike, weights: Weights) -> tuple[ForwardLayer, ...]:
    """Propagate `inputs` (rows, features) through the layers and keep every intermediate.

    The last layer's `activation` (rows, outputs) is the network's output. Weights with a leading axis, for
    many networks at once, give intermediates with the same leading axis.
    """
    layers = []
    activation = np.asarray(inputs, dtype=np.float64)
    for layer_weights in weights:
        if np.shape(layer_weights)[-2] == activation.shape[-1] + 1:
            activation = with_ones(activation)
        logit = activation @ layer_weights
        layers.append(ForwardLayer(activation, layer_weights, logit, sigmoid(logit)))
        activation = layers[-1].activation
    return tuple(layers)


def with_ones(inputs: Array) -> Array:
    """Return `inputs` (..., rows, inputs) with one more that is always 1, for the biases."""
    return np.concatenate([inputs, np.ones((*inputs.shape[:-1], 1))], axis=-1)


@dataclass(frozen=True)
class BackwardLayer:
    """What one layer learns from the rows it got wrong."""

    error: Array  # (rows, units): by how much each output should rise; a hidden layer's comes from the next
    slope: Array  # (rows, units): the sigmoid's derivative at the logit, activation · (1 - activation)
    delta: Array  # (rows, units): how strongly, and in which direction, to move the logit
    update: Array  # (inputs, units): what the weights are to change by, summed over the rows


def backward(
    layers: Sequence[ForwardLayer],
    targets: npt.ArrayLike,
    objective: ObjectiveName = "squared_error",
    learning_rate: float = 1.0,
    *,
    fixed_biases: bool = False,
) -> tuple[BackwardLayer, ...]:
    """Propagate the error of a forward pass back, and keep every intermediate, first layer first.

    `targets` is (rows,) or (rows, outputs). Each `update` is minus the learning rate times the gradient of
    the objective, summed over the rows: adding it to the weights makes one step of gradient descent.
    With `fixed_biases`, where every layer has a bias, the biases' updates are 0.
    """
    backward_layers: list[BackwardLayer] = []
    for index in reversed(range(len(layers))):
        layer = layers[index]
        slope = layer.activation * (1 - layer.activation)
        if index == len(layers) - 1:
            error = np.asarray(targets, dtype=np.float64).reshape(slope.shape[-2:]) - layer.activation
            delta = OBJECTIVES[objective].delta(error, slope)
        else:
            units = layer.activation.shape[-1]  # a bias passes no error back
            error = backward_layers[-1].delta @ layers[index + 1].weights[..., :units, :].mT
            delta = error * slope
        update = learning_rate * (layer.inputs.mT @ delta)
        if fixed_biases:
            update[..., -1, :] = 0
        backward_layers.append(BackwardLayer(error, slope, delta, update))
    return tuple(reversed(backward_layers))

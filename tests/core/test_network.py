"""One pass forward and one back, with numbers that can be checked by hand."""

import math
from itertools import pairwise

import numpy as np
import plain
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import experiments, seeds

from core import backward, forward, initial_weights, sigmoid

LN_3 = math.log(3)  # sigmoid(ln 3) = 3/4

# Two rows through one neuron.
NEURON_INPUTS = [[0, 1], [1, 1]]
NEURON_WEIGHTS = (np.array([[LN_3], [0]]),)

# One row through two hidden units, whose activations 1/2 and 3/4 the output weighs so that they cancel.
HIDDEN_WEIGHTS = (np.array([[0, LN_3]]), np.array([[3.0], [-2.0]]))


def close(numbers):
    """Expect `numbers` but for rounding."""
    return pytest.approx(np.array(numbers), rel=1e-15, abs=1e-16)


@pytest.mark.parametrize(
    ("logit", "value"),
    [
        (0, 0.5),
        (LN_3, 0.75),
        (-LN_3, 0.25),
        (1, math.e / (1 + math.e)),
        (-37, math.exp(-37)),
        (-700, math.exp(-700)),
        (40, 1),
        (1000, 1),
        (-1000, 0),
        (math.inf, 1),
        (-math.inf, 0),
    ],
)
def test_the_sigmoid_has_its_closed_form(logit, value):
    """From one half at 0 to 0 and 1 at the ends, in full precision and without a warning."""
    assert sigmoid(logit) == pytest.approx(value, rel=1e-15, abs=0)


@given(st.floats(-1000, 1000))
def test_the_sigmoid_is_symmetric(logit):
    """What it takes from 1 on one side it gives on the other."""
    assert sigmoid(-logit) == pytest.approx(1 - sigmoid(logit), abs=1e-15)


@given(st.floats(-1000, 1000), st.floats(-1000, 1000))
def test_the_sigmoid_never_falls(one, other):
    assert sigmoid(min(one, other)) <= sigmoid(max(one, other))


def test_the_sigmoid_keeps_the_shape():
    """It works on every element of an array, and on whole numbers."""
    assert sigmoid([[0, 1000, -1000]]).tolist() == [[0.5, 1.0, 0.0]]


@given(seeds, st.lists(st.integers(1, 6), min_size=2, max_size=4))
def test_starting_weights_are_the_legacy_stream_layer_by_layer(seed, sizes):
    """Each layer takes its numbers, row by row, where the layer before it stopped."""
    weights = initial_weights(seed, sizes)
    numbers = np.concatenate([layer.ravel() for layer in weights])
    assert [layer.shape for layer in weights] == list(pairwise(sizes))
    assert np.array_equal(numbers, 2 * np.random.RandomState(seed).random_sample(numbers.size) - 1)


def test_drawing_weights_leaves_the_global_random_stream_alone():
    """A program that draws from `np.random` gets the same numbers as without it."""
    before = np.random.RandomState()
    before.set_state(np.random.get_state())  # noqa: NPY002 - the global stream is what this is about
    initial_weights(1, (3, 4, 1))
    assert np.random.random_sample() == before.random_sample()  # noqa: NPY002


def test_one_neuron_forward():
    """The total input is inputs · weights, the output its sigmoid."""
    (layer,) = forward(NEURON_INPUTS, NEURON_WEIGHTS)
    assert layer.inputs.tolist() == NEURON_INPUTS
    assert layer.weights is NEURON_WEIGHTS[0]
    assert layer.logit == close([[0], [LN_3]])
    assert layer.activation == close([[1 / 2], [3 / 4]])


@pytest.mark.parametrize(
    ("objective", "delta", "update"),
    [
        ("squared_error", [[-1 / 8], [3 / 64]], [[6 / 64], [-10 / 64]]),
        ("cross_entropy", [[-1 / 2], [1 / 4]], [[1 / 2], [-1 / 2]]),
    ],
)
def test_one_neuron_backward(objective, delta, update):
    """Squared error weighs each error with the slope, cross-entropy does not; the updates sum over the rows."""
    (layer,) = backward(forward(NEURON_INPUTS, NEURON_WEIGHTS), [0, 1], objective, learning_rate=2)
    assert layer.error == close([[-1 / 2], [1 / 4]])
    assert layer.slope == close([[1 / 4], [3 / 16]])
    assert layer.delta == close(delta)
    assert layer.update == close(update)


def test_a_hidden_layer_forward():
    """What the hidden layer puts out is what the output layer takes in."""
    hidden, output = forward([[1]], HIDDEN_WEIGHTS)
    assert hidden.logit == close([[0, LN_3]])
    assert hidden.activation == close([[1 / 2, 3 / 4]])
    assert output.inputs is hidden.activation
    assert output.logit == close([[0]])
    assert output.activation == close([[1 / 2]])


def test_a_hidden_layer_backward():
    """The output's delta comes back through its weights and, times the slope, changes the hidden ones."""
    hidden, output = backward(forward([[1]], HIDDEN_WEIGHTS), [1])
    assert output.error == close([[1 / 2]])
    assert output.slope == close([[1 / 4]])
    assert output.delta == close([[1 / 8]])
    assert output.update == close([[1 / 16], [3 / 32]])
    assert hidden.error == close([[3 / 8, -1 / 4]])
    assert hidden.slope == close([[1 / 4, 3 / 16]])
    assert hidden.delta == close([[3 / 32, -3 / 64]])
    assert hidden.update == close([[3 / 32, -3 / 64]])


@pytest.mark.parametrize("targets", [[0, 1], [[0], [1]], np.array([0, 1])])
def test_targets_may_be_flat_or_a_column(targets):
    """Either shape is one target a row."""
    (layer,) = backward(forward(NEURON_INPUTS, NEURON_WEIGHTS), targets)
    assert layer.error == close([[-1 / 2], [1 / 4]])


@given(experiments())
def test_every_intermediate_has_its_shape(experiment):
    """(rows, inputs), (inputs, units) or (rows, units), layer by layer."""
    rows, weights = len(experiment.dataset.targets), experiment.weights_before
    layers = forward(experiment.dataset.inputs, weights)
    for layer, back, (inputs, units) in zip(
        layers, backward(layers, experiment.dataset.targets), [layer.shape for layer in weights], strict=True
    ):
        assert layer.inputs.shape == (rows, inputs)
        assert layer.logit.shape == layer.activation.shape == (rows, units)
        assert back.error.shape == back.slope.shape == back.delta.shape == (rows, units)
        assert back.update.shape == (inputs, units)


@given(experiments(), st.lists(seeds, min_size=1, max_size=4))
def test_many_networks_go_forward_together(experiment, seeds):
    """Weights with a leading axis give what each network gives alone."""
    alone = [initial_weights(seed, experiment.sizes) for seed in seeds]
    together = forward(experiment.dataset.inputs, tuple(map(np.stack, zip(*alone, strict=True))))
    expected = [forward(experiment.dataset.inputs, weights)[-1].activation for weights in alone]
    assert np.array_equal(together[-1].activation, expected)


@given(seeds, st.lists(st.integers(1, 4), min_size=2, max_size=4))
def test_a_bias_is_drawn_with_its_layer_as_its_last_row(seed, sizes):
    weights = initial_weights(seed, sizes, biases=True)
    numbers = np.concatenate([layer.ravel() for layer in weights])
    assert [layer.shape for layer in weights] == [(inputs + 1, units) for inputs, units in pairwise(sizes)]
    assert np.array_equal(numbers, 2 * np.random.RandomState(seed).random_sample(numbers.size) - 1)


@given(
    seeds,
    st.lists(st.integers(1, 3), min_size=2, max_size=4),
    st.booleans(),
    st.sampled_from(["squared_error", "cross_entropy"]),
)
def test_any_network_agrees_with_a_plain_loop_and_its_complex_steps(seed, sizes, biases, objective):
    """The outputs are the loop's; each update is minus the derivative of the loop's loss, without cancellation."""
    numbers = np.random.RandomState(seed)
    inputs, targets = numbers.uniform(-2, 2, (3, sizes[0])), numbers.random_sample((3, sizes[-1]))
    weights = initial_weights(seed, sizes, biases=biases)
    layers = forward(inputs, weights)
    expected = np.array([plain.outputs(row, weights) for row in inputs])
    assert layers[-1].activation == pytest.approx(expected.real, rel=1e-13)
    for index, back in enumerate(backward(layers, targets, objective)):
        for place in np.ndindex(back.update.shape):
            nudged = [layer.astype(complex) for layer in weights]
            nudged[index][place] += 1e-30j
            slope = plain.loss(inputs, targets, nudged, objective).imag / 1e-30
            assert back.update[place] == pytest.approx(-slope, rel=1e-10, abs=1e-13)

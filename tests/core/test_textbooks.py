"""Numbers that textbooks and posts print of networks with biases, several outputs or hidden layers, to their digits."""

import numpy as np
import pytest

from core import Dataset, Experiment, forward, train

MAZUR = Experiment(
    Dataset([[0.05, 0.10]], [[0.01, 0.99]]),
    epochs=10_000,
    learning_rate=0.5,
    hidden_units=2,
    starting_weights=(
        np.array([[0.15, 0.25], [0.20, 0.30], [0.35, 0.35]]),
        np.array([[0.40, 0.50], [0.45, 0.55], [0.60, 0.60]]),
    ),
    biases="fixed",
)
TEXTBOOK = Experiment(
    Dataset([[1, 0, 1]], [1]),
    epochs=1,
    learning_rate=0.9,
    hidden_units=2,
    starting_weights=(
        np.array([[0.2, -0.3], [0.4, 0.1], [-0.5, 0.2], [-0.4, 0.2]]),
        np.array([[-0.3], [-0.2], [0.1]]),
    ),
    biases="learned",
)
SPENCER_HARPER = Experiment(
    Dataset([[0, 0, 1], [0, 1, 1], [1, 0, 1], [0, 1, 0], [1, 0, 0], [1, 1, 1], [0, 0, 0]], [0, 1, 1, 1, 1, 0, 0]),
    epochs=60_000,
    hidden_units=4,
)


def test_mazurs_first_update():
    """M. Mazur, "A Step by Step Backpropagation Example" (2015): outputs, error and weights; its biases stay."""
    run = train(MAZUR)
    hidden, output = run.weights_after(1)
    assert run.before == pytest.approx(np.array([[0.75136507, 0.772928465]]), abs=5e-9)
    assert run.squared_error[0] == pytest.approx(0.298371109, abs=5e-10)
    assert hidden[:2].T.ravel() == pytest.approx([0.149780716, 0.19956143, 0.24975114, 0.29950229], abs=5e-9)
    assert output[:2].T.ravel() == pytest.approx([0.35891648, 0.408666186, 0.511301270, 0.561370121], abs=5e-9)
    assert [hidden[2].tolist(), output[2].tolist()] == [[0.35, 0.35], [0.60, 0.60]]


def test_mazurs_ten_thousand_updates():
    """The error after 9,999 is its; that "after the first round" and the outputs come of weights updated too early."""
    run = train(MAZUR)
    assert run.squared_error[1] == pytest.approx(0.291027774, abs=5e-10)
    assert run.squared_error[9_999] == pytest.approx(0.0000351085, abs=5e-11)
    assert run.after != pytest.approx(np.array([[0.015912196, 0.984065734]]), abs=1e-7)


def test_the_3_2_1_example():
    """One row of three inputs, two hidden units and an output, biases learned: three digits after one update."""
    hidden, output = train(TEXTBOOK).weights
    assert np.round(train(TEXTBOOK).before, 3).tolist() == [0.474]
    assert np.round(hidden, 3).tolist() == [[0.192, -0.306], [0.4, 0.1], [-0.508, 0.194], [-0.408, 0.194]]
    assert np.round(output, 3).tolist() == [[-0.261], [-0.138], [0.218]]


def test_spencer_harpers_multi_layer_network():
    """M. Spencer-Harper (2015): the answer to the new situation [1, 1, 0], and what the hidden units say to it."""
    hidden, output = forward([[1, 1, 0]], train(SPENCER_HARPER).weights)
    assert output.activation[0, 0] == pytest.approx(0.0078876, abs=5e-8)
    assert hidden.activation[0] == pytest.approx([0.62457573, 0.01517649, 0.0000044747, 0.01272796], abs=5e-9)

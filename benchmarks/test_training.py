"""`train` beside the loops that it is bit for bit equal to, the loss of every epoch kept on both sides."""

from dataclasses import replace

import numpy as np
import pytest

from core import NOTEBOOK, Dataset, Experiment, train

# Whole numbers, as in the notebook and in Trask's text.
INPUTS = np.array([[0, 0, 1], [0, 1, 1], [1, 0, 1], [1, 1, 1]])
TARGETS = np.array([[0, 0, 1, 1]]).T
XOR_TARGETS = np.array([[0, 1, 1, 0]]).T
XOR = Experiment(Dataset(INPUTS, XOR_TARGETS), hidden_units=4)


def sigmoid(x, backprop=False):  # noqa: FBT002 - as the notebook has it
    if backprop:
        return x * (1 - x)
    return 1 / (1 + np.exp(-x))


def notebook_loop(epochs):
    np.random.seed(1)  # noqa: NPY002
    weights = 2 * np.random.random((3, 1)).clip(0, 1) - 1  # noqa: NPY002
    loss = []
    for _ in range(epochs):
        output = sigmoid(np.dot(INPUTS, weights))
        delta = (TARGETS - output) * sigmoid(output, backprop=True)
        loss.append(np.mean(np.log(1 - output) * (TARGETS - 1) - np.log(output) * TARGETS))
        weights += np.dot(INPUTS.T, delta)
    return weights, loss


def three_layer_loop(epochs):
    np.random.seed(1)  # noqa: NPY002
    first, second = 2 * np.random.random((3, 4)) - 1, 2 * np.random.random((4, 1)) - 1  # noqa: NPY002
    loss = []
    for _ in range(epochs):
        hidden = sigmoid(np.dot(INPUTS, first))
        output = sigmoid(np.dot(hidden, second))
        delta = (XOR_TARGETS - output) * sigmoid(output, backprop=True)
        hidden_delta = delta.dot(second.T) * sigmoid(hidden, backprop=True)
        loss.append(np.mean(np.log(1 - output) * (XOR_TARGETS - 1) - np.log(output) * XOR_TARGETS))
        second += hidden.T.dot(delta)
        first += INPUTS.T.dot(hidden_delta)
    return (first, second), loss


@pytest.mark.parametrize("epochs", [200, 10_000])
@pytest.mark.parametrize(
    ("experiment", "loop", "name"),
    [(NOTEBOOK, notebook_loop, "the notebook's loop"), (XOR, three_layer_loop, "the three-layer loop")],
    ids=["3-1", "3-4-1"],
)
def test_train(ratio, experiment, loop, name, epochs):
    experiment = replace(experiment, epochs=epochs)
    ratio(
        lambda: train(experiment),
        lambda: loop(epochs),
        f"train, {'-'.join(map(str, experiment.sizes))}, {epochs:,} epochs: {{:.1f}} times as fast as {name}",
    )

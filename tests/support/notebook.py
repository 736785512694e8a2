"""The published loops and formulas, transcribed: what `core` is checked against, and nothing of it."""

from decimal import Decimal, localcontext
from typing import NamedTuple

import numpy as np

INPUTS = np.array([[0, 0, 1], [0, 1, 1], [1, 0, 1], [1, 1, 1]])
TARGETS = np.array([0, 0, 1, 1])
XOR_TARGETS = np.array([0, 1, 1, 0])


class Loop(NamedTuple):
    """What a published loop leaves behind."""

    states: tuple[np.ndarray, ...]  # (epochs + 1, inputs, units) a layer: the weights before each epoch and at the end
    outputs: np.ndarray  # (epochs, rows): of each forward pass
    losses: np.ndarray  # (epochs,): the mean binary cross-entropy, which the notebook plots


def notebook_loop(inputs, targets, seed, epochs):
    """Train one neuron as the notebook does; numbers of any type in, `targets` (rows,)."""
    targets = targets[:, np.newaxis]
    weights = 2 * np.random.RandomState(seed).random_sample((inputs.shape[1], 1)).clip(0, 1) - 1
    states, outputs = [weights.copy()], []
    for _ in range(epochs):
        output = _sigmoid(np.dot(inputs, weights))
        weights += np.dot(inputs.T, (targets - output) * _slope(output))
        states.append(weights.copy())
        outputs.append(output)
    return _loop([states], outputs, targets)


def three_layer_loop(inputs, targets, seed, hidden_units, epochs):
    """Train a hidden layer and an output as Trask does, the weights drawn layer by layer."""
    targets = targets[:, np.newaxis]
    stream = np.random.RandomState(seed)
    first = 2 * stream.random_sample((inputs.shape[1], hidden_units)) - 1
    second = 2 * stream.random_sample((hidden_units, 1)) - 1
    first_states, second_states, outputs = [first.copy()], [second.copy()], []
    for _ in range(epochs):
        hidden = _sigmoid(np.dot(inputs, first))
        output = _sigmoid(np.dot(hidden, second))
        delta = (targets - output) * _slope(output)
        hidden_delta = delta.dot(second.T) * _slope(hidden)
        second += hidden.T.dot(delta)
        first += inputs.T.dot(hidden_delta)
        first_states.append(first.copy())
        second_states.append(second.copy())
        outputs.append(output)
    return _loop([first_states, second_states], outputs, targets)


def exact_losses(logit, target):
    """Return cross-entropy and ½(y - a)² of one row by their definitions, exact to a float for logits to ±1000."""
    with localcontext(prec=500):
        target = Decimal(target)
        output = 1 / (1 + (-Decimal(logit)).exp())
        cross_entropy = -target * output.ln() - (1 - target) * (1 - output).ln()
        return float(cross_entropy), float((target - output) ** 2 / 2)


def _sigmoid(logit):
    with np.errstate(over="ignore"):
        return 1 / (1 + np.exp(-logit))


def _slope(output):
    return output * (1 - output)


def _loop(states, outputs, targets):
    outputs = np.array(outputs)
    with np.errstate(divide="ignore", invalid="ignore"):  # where outputs saturate, the notebook's loss is nan
        losses = np.mean(np.log(1 - outputs) * (targets - 1) - np.log(outputs) * targets, axis=(1, 2))
    return Loop(tuple(map(np.array, states)), outputs[..., 0], losses)

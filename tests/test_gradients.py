"""Every update is minus the learning rate times the gradient, measured by nudging each weight."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from notebook import INPUTS, XOR_TARGETS
from strategies import datasets, experiments

from core import Dataset, Experiment, backward, forward

NUDGE = 1e-5


def updates(experiment):
    """Return what backward propagation would add to the starting weights, an array a layer."""
    dataset = experiment.dataset
    layers = backward(
        forward(dataset.inputs, experiment.weights_before),
        dataset.targets,
        experiment.objective,
        experiment.learning_rate,
    )
    return [layer.update for layer in layers]


def total_loss(experiment, weights):
    """Sum the objective over the rows by the textbook's formula, good while no output saturates."""
    targets, outputs = experiment.dataset.targets, forward(experiment.dataset.inputs, weights)[-1].activation[:, 0]
    if experiment.objective == "squared_error":
        return np.sum((targets - outputs) ** 2) / 2
    return -np.sum(targets * np.log(outputs) + (1 - targets) * np.log(1 - outputs))


def gradient(experiment):
    """Measure the gradient at the starting weights by central differences, an array a layer."""
    weights = [layer.copy() for layer in experiment.weights_before]
    slopes = [np.empty_like(layer) for layer in weights]
    for layer, layer_slopes in zip(weights, slopes, strict=True):
        for place in np.ndindex(layer.shape):
            weight = layer[place]
            layer[place] = weight + NUDGE
            above = total_loss(experiment, weights)
            layer[place] = weight - NUDGE
            below = total_loss(experiment, weights)
            layer[place] = weight
            layer_slopes[place] = (above - below) / (2 * NUDGE)
    return slopes


def descends(updates, experiment):
    """Tell whether `updates` follow the gradient down."""
    return all(
        np.allclose(update / experiment.learning_rate, -slopes, rtol=1e-6, atol=1e-6)
        for update, slopes in zip(updates, gradient(experiment), strict=True)
    )


@given(experiments(datasets(st.floats(-2, 2), most_features=3)))
def test_every_update_follows_the_gradient_down(experiment):
    """For both objectives, with and without hidden units, at any learning rate."""
    assert descends(updates(experiment), experiment)


@pytest.mark.parametrize("hidden_units", [0, 4])
@pytest.mark.parametrize(
    ("objective", "other"), [("squared_error", "cross_entropy"), ("cross_entropy", "squared_error")]
)
def test_the_check_catches_a_slope_dropped_or_added(objective, other, hidden_units):
    """The updates of one objective do not descend the other."""
    dataset = Dataset(INPUTS, XOR_TARGETS)
    wrong = updates(Experiment(dataset, objective=other, hidden_units=hidden_units))
    assert not descends(wrong, Experiment(dataset, objective=objective, hidden_units=hidden_units))


@pytest.mark.parametrize("layer", [0, 1])
@pytest.mark.parametrize("factor", [-1, 0, 1.001])
def test_the_check_catches_one_wrong_layer(layer, factor):
    """Whether an update is turned round, missing or slightly too long."""
    experiment = Experiment(Dataset(INPUTS, XOR_TARGETS), hidden_units=4)
    wrong = updates(experiment)
    wrong[layer] = factor * wrong[layer]
    assert not descends(wrong, experiment)

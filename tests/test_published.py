"""The numbers printed in the notebook and in the texts that it draws on, to the digits printed."""

import math

import numpy as np
import pytest
from notebook import INPUTS, TARGETS, XOR_TARGETS

from core import NOTEBOOK, Dataset, Experiment, forward, train, train_many
from core.objectives import OBJECTIVES

# Launch temperature in °F and O-ring distress of 23 flights: Dalal, Fowlkes and Hoadley (1989).
TEMPERATURES = [66, 70, 69, 68, 67, 72, 73, 70, 57, 63, 70, 78, 67, 53, 67, 75, 70, 81, 76, 79, 75, 76, 58]
DISTRESS = [0, 1, 0, 0, 0, 0, 0, 0, 1, 1, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, 0, 1]


def nielsens_neuron(start, objective="squared_error"):
    """Train chapter 3's neuron, a weight and a bias starting at `start`, for its 300 epochs."""
    weights = (np.array([[start[0]], [start[1]]]),)
    dataset = Dataset([[1, 1]], [0])
    return train(Experiment(dataset, epochs=300, learning_rate=0.15, objective=objective, starting_weights=weights))


def test_the_notebooks_experiment_is_the_notebooks():
    """Its table, seed and epochs are the defaults of everything else."""
    assert Experiment(Dataset(INPUTS, TARGETS), seed=1, epochs=200, learning_rate=1, hidden_units=0) == NOTEBOOK
    assert NOTEBOOK.objective == "squared_error"


def test_the_notebooks_outputs():
    """Before training, of the last forward pass, and one update later with the final weights."""
    run = train(NOTEBOOK)
    assert run.before.round(8).tolist() == [0.2689864, 0.36375058, 0.23762817, 0.3262757]
    assert run.last_pass.round(8).tolist() == [0.07553274, 0.06168483, 0.95008079, 0.93870164]
    assert run.after.round(8).tolist() == [0.07532702, 0.06151182, 0.95022027, 0.93886839]


def test_the_notebooks_weights():
    """Those that the seed draws, and those that it prints after training."""
    run = train(NOTEBOOK)
    assert run.weights_after(0)[0].round(8).tolist() == [[-0.16595599], [0.44064899], [-0.99977125]]
    assert run.weights[0].round(8).tolist() == [[5.45668723], [-0.21743969], [-2.50760127]]


def test_the_notebooks_loss_ends_before_the_last_update():
    """The 200 values that it plots are those of its forward passes; ours add the state after the last update."""
    losses = train(NOTEBOOK).cross_entropy
    plotted = losses[:-1]
    assert len(plotted) == 200
    assert plotted[[0, -1]].round(8).tolist() == [0.83063713, 0.06416822]
    assert losses[-1] < plotted[-1]


def test_trasks_two_layers():
    """10,000 iterations of the same neuron."""
    run = train(Experiment(NOTEBOOK.dataset, epochs=10_000))
    assert run.last_pass.round(8).tolist() == [0.00966449, 0.00786506, 0.99358898, 0.99211957]


def test_spencer_harpers_neuron_answers_a_new_situation():
    """His 9 lines train the same neuron and then ask it about [1, 0, 0]."""
    weights = train(Experiment(NOTEBOOK.dataset, epochs=10_000)).weights
    assert weights[0].round(8).tolist() == [[9.67299303], [-0.2078435], [-4.62963669]]
    assert forward([[1, 0, 0]], weights)[-1].activation.round(8) == 0.99993704


def test_trasks_three_layers_learn_xor():
    """The mean error that he prints every 10,000 iterations, to its 12 digits."""
    run = train(Experiment(Dataset(INPUTS, XOR_TARGETS), epochs=60_000, hidden_units=4))
    errors = [np.mean(np.abs(XOR_TARGETS - run.outputs_after(k))) for k in range(0, 60_000, 10_000)]
    assert [format(error, ".12g") for error in errors] == [
        "0.496410031903",
        "0.00858452565325",
        "0.00578945986251",
        "0.00462917677677",
        "0.00395876528027",
        "0.00351012256786",
    ]


@pytest.mark.parametrize("objective", OBJECTIVES)
def test_a_single_neuron_cannot_learn_xor(objective):
    """From every start its outputs go to one half, and its loss to ln 2."""
    runs = train_many(Experiment(Dataset(INPUTS, XOR_TARGETS), epochs=1_000, objective=objective), range(10))
    outputs = forward(INPUTS, runs.weights)[-1].activation
    assert outputs == pytest.approx(np.full((10, 4, 1), 0.5))
    assert runs.cross_entropy[:, -1] == pytest.approx(math.log(2))


def test_nielsens_neuron_learns_from_a_moderate_start():
    """From 0.82 it falls to about 0.09 in 300 epochs."""
    run = nielsens_neuron((0.6, 0.9))
    assert run.before.round(2) == 0.82
    assert run.after.round(2) == 0.09


def test_nielsens_neuron_learns_slowly_when_it_is_badly_wrong():
    """From 0.98 the squared error hardly falls in 150 epochs, and steepest long after its beginning."""
    run = nielsens_neuron((2, 2))
    steps = -np.diff(run.squared_error)
    assert run.before.round(2) == 0.98
    assert run.outputs_after(150) > 0.9
    assert steps[:150].max() < steps.max() / 2
    assert steps.argmax() > 150


def test_with_cross_entropy_nielsens_neuron_learns_fastest_when_it_is_most_wrong():
    """From the same bad start every update is smaller than the one before it."""
    run = nielsens_neuron((2, 2), "cross_entropy")
    weights = np.array([run.weights_after(k)[0][0, 0] for k in range(301)])
    assert run.before.round(2) == 0.98
    assert np.all(np.diff(weights) < 0)
    assert np.all(np.diff(weights, 2) > 0)
    assert run.after < 0.09


def test_the_neuron_finds_the_published_fit_of_the_challengers_o_rings():
    """Descending cross-entropy, with the scaling undone: 15.0429 - 0.2322 · temperature."""
    temperatures = np.array(TEMPERATURES)
    mean, deviation = temperatures.mean(), temperatures.std()
    inputs = np.column_stack([(temperatures - mean) / deviation, np.ones(23)])
    run = train(Experiment(Dataset(inputs, DISTRESS), epochs=1_000, learning_rate=0.1, objective="cross_entropy"))
    slope, intercept = run.weights[0][:, 0]
    assert round(slope / deviation, 4) == -0.2322
    assert round(intercept - slope * mean / deviation, 4) == 15.0429

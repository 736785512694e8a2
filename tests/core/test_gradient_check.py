"""The gradient check: it agrees with exact derivatives, and catches an update that is not the gradient."""

from dataclasses import replace

import numpy as np
import plain
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import datasets, experiments, networks, tables

from core import NOTEBOOK, Dataset, Experiment, InvalidExperiment, backward, check_gradient, forward, train
from core.arrays import LARGEST_NUMBER
from core.examples import XOR
from core.objectives import OBJECTIVES

fractions = st.floats(0, 1)
neurons_and_hidden = [Experiment(XOR), Experiment(XOR, hidden_units=4)]


def state(experiment, fraction):
    """Return the weights after a fraction of the epochs."""
    return train(experiment).weights_after(round(fraction * experiment.epochs))


def update(experiment, weights, objective=None):
    """Return what backward propagation adds to `weights`, an array a layer."""
    dataset = experiment.dataset
    steps = backward(
        forward(dataset.inputs, weights),
        dataset.targets,
        objective or experiment.objective,
        experiment.learning_rate,
    )
    return [step.update for step in steps]


def textbook_loss(experiment, weights, objective):
    """Sum an objective over the rows by the textbook's formulas, for complex weights too."""
    targets, activation = experiment.dataset.targets, experiment.dataset.inputs
    for layer in weights:
        activation = 1 / (1 + np.exp(-(activation @ layer)))
    outputs = activation[:, 0]
    if objective == "squared_error":
        return np.sum((targets - outputs) ** 2) / 2
    return -np.sum(targets * np.log(outputs) + (1 - targets) * np.log(1 - outputs))


def exact_gradient(experiment, weights, objective):
    """Return the derivatives of the textbook's loss, an array a layer, with no difference taken.

    The imaginary part of loss(w + ih) is h times the derivative, for h so small that h² is nothing
    (W. Squire and G. Trapp, "Using Complex Variables to Estimate Derivatives of Real Functions", 1998).
    """
    nudge = 1e-30
    gradient = [np.empty(layer.shape) for layer in weights]
    for number, layer in enumerate(weights):
        for place in np.ndindex(layer.shape):
            nudged = [each.astype(complex) for each in weights]
            nudged[number][place] += nudge * 1j
            gradient[number][place] = textbook_loss(experiment, nudged, objective).imag / nudge
    return gradient


def furthest(layers, others):
    """Return the largest distance between the numbers of two lists of layers."""
    return max(np.abs(layer - other).max() for layer, other in zip(layers, others, strict=True))


def wrong(experiment, weights, update):
    """Tell whether the check reports an update."""
    return not check_gradient(experiment, weights, tuple(update)).agrees(experiment.objective)


@given(experiments(datasets(st.floats(-2, 2), most_features=3)), fractions)
def test_every_update_follows_the_gradient_down(experiment, fraction):
    """In any state, for both objectives, with and without hidden units, at any learning rate."""
    weights = state(experiment, fraction)
    check = check_gradient(experiment, weights)
    assert check.agrees(experiment.objective)
    assert furthest(check.update, [layer / experiment.learning_rate for layer in update(experiment, weights)]) < 1e-12


@given(networks(tables(st.floats(-2, 2))), fractions)
def test_every_update_of_any_network_follows_the_gradient_of_its_batch(experiment, fraction):
    """Biases that are fixed are left out."""
    k = round(fraction * (experiment.updates - 1))
    run = train(experiment)
    made = tuple(after - before for before, after in zip(run.weights_after(k), run.weights_after(k + 1), strict=True))
    check = check_gradient(experiment, run.weights_after(k), k=k)
    assert check.agrees(experiment.objective)
    assert furthest(check.update, [layer / experiment.learning_rate for layer in made]) < 1e-9


@given(networks(tables(st.floats(-1, 1), most_rows=4)))
def test_the_differences_of_any_network_are_as_close_as_their_tolerance(experiment):
    experiment = replace(experiment, epochs=1, learning_rate=1, batch_size=None)
    check, changed = check_gradient(experiment, experiment.weights_before), plain.trained(experiment)
    gradient = [after - before for before, after in zip(experiment.weights_before, changed, strict=True)]
    assert furthest(check.differences[experiment.objective], gradient) <= check.tolerance[experiment.objective] < 1e-6


@given(experiments(datasets(st.floats(-2, 2), most_features=3), learning_rates=st.just(1.0)))
def test_the_differences_are_minus_the_exact_gradient(experiment):
    """Of both objectives, whichever is descended; the tolerance covers how far they are off, and little more."""
    weights = experiment.weights_before
    check = check_gradient(experiment, weights)
    for objective in OBJECTIVES:
        gradient = [-layer for layer in exact_gradient(experiment, weights, objective)]
        assert furthest(check.differences[objective], gradient) <= check.tolerance[objective] < 1e-7
        assert furthest(update(experiment, weights, objective), gradient) < 1e-13


def test_without_a_state_the_batch_is_the_first():
    experiment = replace(NOTEBOOK, batch_size=1)
    checks = [check_gradient(experiment, experiment.weights_before, k=k) for k in (0, 1)]
    default = check_gradient(experiment, experiment.weights_before)
    assert [np.array_equal(default.update, check.update) for check in checks] == [True, False]


@pytest.mark.parametrize("objective", OBJECTIVES)
@pytest.mark.parametrize("k", [0, 1, 100, 200])
def test_the_notebooks_update_descends_squared_error_and_not_cross_entropy(objective, k):
    """And the other way round when cross-entropy is descended."""
    experiment = replace(NOTEBOOK, objective=objective)
    check = check_gradient(experiment, train(experiment).weights_after(k))
    assert {other: check.agrees(other) for other in OBJECTIVES} == {other: other == objective for other in OBJECTIVES}
    assert check.largest_gap == {other: furthest(check.update, check.differences[other]) for other in OBJECTIVES}


@pytest.mark.parametrize("experiment", neurons_and_hidden)
@pytest.mark.parametrize(
    ("objective", "other"), [("squared_error", "cross_entropy"), ("cross_entropy", "squared_error")]
)
def test_a_slope_dropped_or_added_is_reported(experiment, objective, other):
    """The updates of one objective do not descend the other."""
    weights = experiment.weights_before
    assert wrong(replace(experiment, objective=objective), weights, update(experiment, weights, other))


@pytest.mark.parametrize("layer", [0, 1])
@pytest.mark.parametrize("factor", [-1, 0, 1.001])
def test_a_wrong_layer_is_reported(layer, factor):
    """Whether its update is turned round, missing or slightly too long."""
    experiment = Experiment(XOR, hidden_units=4)
    changed = update(experiment, experiment.weights_before)
    changed[layer] = factor * changed[layer]
    assert wrong(experiment, experiment.weights_before, changed)


@pytest.mark.parametrize("experiment", [NOTEBOOK, *neurons_and_hidden])
def test_one_weight_a_thousandth_off_is_reported(experiment):
    """Whichever it is."""
    weights = experiment.weights_before
    for layer in range(len(weights)):
        for place in np.ndindex(weights[layer].shape):
            changed = [each.copy() for each in update(experiment, weights)]
            changed[layer][place] *= 1.001
            assert wrong(experiment, weights, changed)


def test_a_small_weights_error_is_not_lost_beside_a_large_update():
    """One input is a thousand times the other, and so is its weight's update."""
    experiment = Experiment(Dataset([[1000, 1]], [1]), starting_weights=([[0.001], [0]],))
    weights = experiment.weights_before
    large, small = update(experiment, weights)[0]
    assert not wrong(experiment, weights, [np.array([large, small])])
    assert wrong(experiment, weights, [np.array([large, 1.001 * small])])


def test_an_update_that_is_given_is_one_of_the_experiments_learning_rate():
    """It is divided by the learning rate before it is compared."""
    experiment = replace(NOTEBOOK, learning_rate=0.25)
    weights = experiment.weights_before
    assert not wrong(experiment, weights, update(experiment, weights))
    assert wrong(experiment, weights, update(NOTEBOOK, weights))


@given(
    experiments(
        datasets(st.floats(-1000, 1000) | st.sampled_from([-1000.0, 1000.0, 1.0, 0.0])),
        learning_rates=st.sampled_from([1e-320, 0.1, 1.0, 1000.0]),
    ),
    fractions,
)
def test_a_right_gradient_is_right_where_neurons_saturate(experiment, fraction):
    """Large inputs, saturated outputs and tiny learning rates are no error, and give no warning."""
    assert check_gradient(experiment, state(experiment, fraction)).agrees(experiment.objective)


@given(
    experiments(
        datasets(st.floats(-LARGEST_NUMBER, LARGEST_NUMBER)), learning_rates=st.sampled_from([1.0, LARGEST_NUMBER])
    ),
    fractions,
)
def test_a_right_gradient_is_right_up_to_the_largest_numbers(experiment, fraction):
    """Nothing overflows, and what cannot be measured is not called wrong."""
    assert check_gradient(experiment, state(experiment, fraction)).agrees(experiment.objective)


@pytest.mark.parametrize("objective", OBJECTIVES)
@pytest.mark.parametrize("size", [1e3, 1e6, 1e9])
@pytest.mark.parametrize("hidden_units", [0, 2])
def test_a_right_gradient_is_right_where_large_numbers_cancel(size, hidden_units, objective):
    """The summands of a logit are large and the logit is not, so that its curve bends sharply."""
    inputs, weights = [[size, size + 1, 0.4]], [[[1.1], [-1.1], [0.7]]]
    if hidden_units:
        inputs, weights = [[1, 0.3]], [[[0.5, 0.5], [0.1, 0.1 + 1 / size]], [[size], [-size]]]
    experiment = Experiment(
        Dataset(inputs, [0.3]), objective=objective, hidden_units=hidden_units, starting_weights=weights
    )
    check = check_gradient(experiment, experiment.weights_before)
    assert check.agrees(objective)
    assert not check_gradient(experiment, experiment.weights_before, tuple(-layer for layer in check.update)).agrees(
        objective
    )


@pytest.mark.parametrize("objective", OBJECTIVES)
@pytest.mark.parametrize("size", [1e12, 1e13, 1e14, 1e16, LARGEST_NUMBER])
@pytest.mark.parametrize("inputs", [[1, 1], [LARGEST_NUMBER, LARGEST_NUMBER]])
@pytest.mark.parametrize("hidden_units", [0, 2])
def test_a_right_gradient_is_right_where_weights_are_too_large_to_nudge_a_little(inputs, size, hidden_units, objective):
    """The next larger weight is so far away that the logit goes from one end of its curve to the other."""
    column = np.array([[size], [-size]])
    weights = (np.hstack([column, column]), column) if hidden_units else (column,)
    experiment = Experiment(
        Dataset([inputs], [0.3]), objective=objective, hidden_units=hidden_units, starting_weights=weights
    )
    assert check_gradient(experiment, experiment.weights_before).agrees(objective)


def test_what_is_returned_has_the_shapes_of_the_weights_and_is_read_only():
    """The update and the differences of each objective."""
    experiment = Experiment(XOR, hidden_units=4)
    check = check_gradient(experiment, experiment.weights_before)
    for layers in (check.update, *check.differences.values()):
        assert [layer.shape for layer in layers] == [(3, 4), (4, 1)]
        assert not any(layer.flags.writeable for layer in layers)


@pytest.mark.parametrize(
    ("weights", "shapes"),
    [
        ((np.zeros((2, 1)),), r"\[\(2, 1\)\]"),
        ((np.zeros(3),), r"\[\(3,\)\]"),
        ((np.zeros((3, 4)), np.zeros((4, 1))), r"\[\(3, 4\), \(4, 1\)\]"),
        ((), r"\[\]"),
    ],
)
def test_shapes_of_another_network_are_refused(weights, shapes):
    """Of the weights and of the update, with a message that says which and what is needed."""
    with pytest.raises(InvalidExperiment, match=rf"^weights has the shapes {shapes}; this network needs \[\(3, 1\)\]"):
        check_gradient(NOTEBOOK, weights)
    with pytest.raises(InvalidExperiment, match=rf"^update has the shapes {shapes}; this network needs \[\(3, 1\)\]"):
        check_gradient(NOTEBOOK, NOTEBOOK.weights_before, weights)

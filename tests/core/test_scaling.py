"""Standardised inputs, and the weights that come out when the scaling is undone."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import networks, tables

from core import EXAMPLES, forward
from core.scaling import Scaling, are_far_from_0, are_large, largest_varying


@given(networks(tables(st.floats(-1e3, 1e3).map(lambda number: round(number, 3)))))
def test_undone_weights_give_the_logits_of_the_first_layer(experiment):
    """From the table's own numbers, as its weights do from standardised ones; with a bias row or without."""
    scaling, inputs = Scaling.of(experiment.dataset.inputs), experiment.dataset.inputs
    weights = experiment.weights_before[0]
    per_unit, constant = scaling.undo(weights)
    sizes = np.abs(inputs) @ np.abs(per_unit) + np.abs(constant) + 1
    logit = forward(scaling.apply(inputs), (weights,))[0].logit
    assert per_unit.shape == (inputs.shape[1], weights.shape[1])
    assert constant.shape == (weights.shape[1],)
    assert np.all(np.abs(inputs @ per_unit + constant - logit) <= 1e-12 * sizes)


def test_undone_by_hand():
    """10 and 30 have mean 20 and deviation 10: a weight of 3 is 0.3 a unit, and takes 6 from the bias."""
    scaling = Scaling.of(np.array([[10.0, 7.0], [30.0, 7.0]]))
    per_unit, constant = scaling.undo(np.array([[3.0], [2.0], [1.0]]))
    assert per_unit.tolist() == [[0.3], [2.0]]
    assert constant.tolist() == [-5.0]
    per_unit, constant = scaling.undo(np.array([[3.0], [2.0]]))
    assert constant.tolist() == [-6.0]


def test_columns_that_are_changed_are_told():
    """Those of another mean than 0, of another deviation than 1, or of both; not those that are constant or scaled."""
    inputs = np.array([[0, -2, 10, 7, -1], [2, 2, 30, 7, 1]], dtype=float)
    assert Scaling.of(inputs).changes.tolist() == [True, True, True, False, False]


def test_columns_that_hardly_differ_have_infinite_weights_a_unit():
    """Without a warning, and the constant is what it is."""
    per_unit, constant = Scaling.of(np.array([[0.0], [2e-300]])).undo(np.array([[1e50], [0.5]]))
    assert per_unit.tolist() == [[np.inf]]
    assert constant == pytest.approx([-1e50])


@pytest.mark.parametrize("key", EXAMPLES)
def test_inputs_of_examples_are_off_order_one_where_these_standardise_them(key):
    """What is published for others is of inputs as they are."""
    experiment = EXAMPLES[key].experiment
    inputs = experiment.dataset.inputs
    assert (are_large(inputs) or are_far_from_0(inputs)) == experiment.standardise


@pytest.mark.parametrize(
    ("column", "large", "far"),
    [
        ([5.5, 7.5, 9.5], True, True),
        ([0, 4, 8], True, False),
        ([-9, 0, 9], True, False),
        ([1.62, 1.75, 1.8], False, True),
        ([-1.8, -1.7], False, True),
        ([0, 1, 1, 1, 1, 1, 1, 1, 1, 1], False, False),
        ([-1, 1], False, False),
        ([1, 2], False, False),
        ([-2, 0.5, 2], False, False),
        ([500, 500], False, False),
    ],
)
def test_inputs_are_off_order_one_where_they_are_large_or_far_from_0(column, large, far):
    inputs = np.array([column, np.zeros(len(column))], dtype=float).T
    assert (are_large(inputs), are_far_from_0(inputs)) == (large, far)


def test_many_small_inputs_are_not_large():
    """A row of thirty ones is of order one, as each number in it."""
    assert not are_large(np.eye(30)[::-1].cumsum(axis=0))


def test_a_constant_column_makes_no_inputs_large():
    inputs = np.array([[0.25, 500.0], [-0.5, 500.0]])
    assert not are_large(inputs)
    assert largest_varying(inputs) == 0.5
    assert largest_varying(inputs[:1]) == 0

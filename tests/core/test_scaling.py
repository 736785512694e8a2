"""Standardised inputs, and the weights that come out when the scaling is undone."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import networks, tables

from core import EXAMPLES, forward
from core.scaling import Scaling, are_large, largest_varying


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


@pytest.mark.parametrize(
    ("key", "large"), [("notebook", False), ("xor-hidden", False), ("iris", True), ("challenger", True)]
)
def test_inputs_are_large_where_a_rows_numbers_add_up(key, large):
    """None of the irises' is larger than 8, and four of them together make any sigmoid flat."""
    assert are_large(EXAMPLES[key].experiment.dataset.inputs) == large


def test_many_rows_make_no_inputs_large():
    assert not are_large(np.tile([[1.0, 0.0], [0.0, 9.0]], (50, 1)))


def test_a_constant_column_makes_no_inputs_large():
    inputs = np.array([[0.25, 500.0], [-0.5, 500.0]])
    assert not are_large(inputs)
    assert largest_varying(inputs) == 0.5
    assert largest_varying(inputs[:1]) == 0

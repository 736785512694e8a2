"""Amounts as targets: scaled to 0 … 1 for the network, and back to their units for the reader."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from core import Dataset, Experiment, InvalidDataset, diagnose, mean_errors, train

AMOUNTS = st.floats(-1e50, 1e50) | st.sampled_from([0.0, 5e-324, 1.18, -273.15, 1e50, -1e50])
PRICES = Dataset([[62], [120], [88]], [181_000, 352_000, 249_000], ["area"], "price", scale_targets=True)


def test_the_least_target_becomes_0_and_the_largest_1():
    """Each column by itself; the others lie as far on the way as they did."""
    dataset = Dataset([[0], [0], [0]], [[10, -1], [20, 1], [12.5, 0.5]], scale_targets=True)
    assert dataset.targets.tolist() == [[0, 0], [1, 1], [0.25, 0.75]]
    assert dataset.target_range.tolist() == [[10, -1], [20, 1]]
    assert dataset.given_targets.tolist() == [[10, -1], [20, 1], [12.5, 0.5]]


@given(st.integers(1, 3).flatmap(lambda outputs: arrays(float, (4, outputs), elements=AMOUNTS)))
def test_scaled_targets_go_back_to_the_units_they_came_in(targets):
    """But for rounding, that of the column's largest number; also where all of a column are one."""
    dataset = Dataset(np.zeros((4, 1)), targets, scale_targets=True)
    assert np.all((dataset.targets >= 0) & (dataset.targets <= 1))
    largest = np.abs(targets).max()
    assert dataset.in_units(dataset.targets) == pytest.approx(dataset.given_targets, rel=1e-12, abs=1e-14 * largest)


def test_targets_that_are_not_scaled_stay_as_they_are():
    dataset = Dataset([[1], [2]], [0, 1])
    assert not dataset.scale_targets
    assert dataset.in_units(np.array([0.25, 0.5])).tolist() == [0.25, 0.5]
    assert dataset.given_targets.tolist() == dataset.targets.tolist()


def test_data_sets_differ_in_whether_their_targets_are_scaled():
    as_given, scaled = Dataset([[1], [2]], [0, 1]), Dataset([[1], [2]], [0, 1], scale_targets=True)
    assert as_given != scaled
    assert scaled == Dataset([[1], [2]], [0, 1], scale_targets=True)
    assert hash(scaled) != hash(as_given)


def test_a_target_that_is_no_amount_is_named():
    with pytest.raises(InvalidDataset, match=r"Row 2, column “y”: the target 1e\+51 is too large"):
        Dataset([[1], [2]], [0, 1e51], scale_targets=True)


def test_the_mean_error_is_in_the_units_of_the_targets():
    """Of some of the rows, by hand."""
    outputs = np.array([0.1, 0.9, 0.5])
    assert mean_errors(PRICES, outputs, np.array([0, 2])) == pytest.approx([(17_100 + 17_500) / 2])


def test_every_output_has_a_mean_error_of_its_own():
    dataset = Dataset([[1], [2]], [[0, 1], [1, 1]])
    assert mean_errors(dataset, np.array([[0.5, 1], [0.5, 0.5]]), np.array([0, 1])).tolist() == [0.5, 0.25]
    assert dataset.given_target_columns.tolist() == [[0, 1], [1, 1]]


def test_amounts_are_on_no_side_of_one_half():
    """So none is wrong, where the same numbers from 0 to 1 have rows that no neuron gets right."""
    inputs, amounts = [[1, 1], [1, 1], [0, 1], [2, 1]], [0, 100, 60, 40]
    as_shares = Experiment(Dataset(inputs, np.array(amounts) / 100), epochs=3000)
    assert [finding.kind for finding in diagnose(train(as_shares))] == ["contradiction"]
    assert not diagnose(train(Experiment(Dataset(inputs, amounts, scale_targets=True), epochs=3000)))

"""Published numbers beside a run's: how many digits agree, and what a changed experiment no longer has."""

from dataclasses import replace
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from strategies import experiments, targets

from core import EXAMPLES, Comparison, Dataset, compare, train
from core.objectives import OBJECTIVES

COMPARABLE = [example for example in EXAMPLES.values() if example.published]


@pytest.mark.parametrize(
    ("printed", "computed", "digits", "agrees"),
    [
        ("0.07553274", 0.07553274, 7, True),
        ("0.07553274", 0.075532744, 7, True),
        ("0.07553274", 0.075532746, 6, False),
        ("0.07553274", 0.0766, 1, False),
        ("0.00786506", 0.001, 0, False),
        ("-0.2322", -0.23216274, 4, True),
        ("-0.2322", -0.2321, 3, False),
        ("-0.2322", 0.2322, 0, False),
        ("15.0429", 15.042901, 6, True),
        ("15.0429", 15.04, 4, False),
        ("15.0429", 15.6, 1, False),
        ("15.0429", 14.4, 0, False),
        ("0.9999", 1.0, 3, False),
        ("0.09", 0.0939, 1, True),
        ("0.90", 0.9049, 2, True),
        ("0.90", 0.9051, 1, False),
        ("1", 1.4, 1, True),
        ("0.00", 0.004, 1, True),
        ("0.00", -0.006, 0, False),
        ("0.12", 0.125, 2, True),
        ("0.13", 0.125, 1, False),
        ("0.38", 0.375, 2, True),
        ("0.37", 0.375, 1, False),
        ("0.09", 1e300, 0, False),
        ("0.09", None, 0, False),
    ],
)
def test_the_digits_that_agree(printed, computed, digits, agrees):
    """Significant ones, each compared with its number rounded at that place, half to even."""
    comparison = Comparison("", printed, computed)
    assert comparison.digits == digits
    assert comparison.agrees == agrees


@given(st.floats(-100, 100), st.floats(-1e-6, 1e-6), st.integers(0, 12))
def test_a_number_agrees_if_it_would_be_printed_the_same(value, difference, decimals):
    """As Python's own formatting prints it; -0.00 is 0.00."""
    printed, again = (f"{number:.{decimals}f}" for number in (value, value + difference))
    assert Comparison("", printed, value).agrees
    assert Comparison("", printed, value + difference).agrees == (Decimal(printed) == Decimal(again))


@pytest.mark.parametrize("example", COMPARABLE, ids=lambda example: example.key)
def test_from_another_start_and_after_one_epoch_nothing_agrees(example):
    """Every published number is looked up in the run that is given."""
    zeros = tuple(np.zeros_like(layer) for layer in example.experiment.weights_before)
    comparisons = compare(example, train(replace(example.experiment, starting_weights=zeros, epochs=1)))
    assert len(comparisons) == len(example.published)
    assert not any(comparison.agrees for comparison in comparisons)


def test_what_was_printed_before_training_survives_a_change_of_the_training():
    """With the other objective the notebook's first outputs are the same, and nothing after them is."""
    example = EXAMPLES["notebook"]
    comparisons = compare(example, train(replace(example.experiment, objective="cross_entropy")))
    assert [comparison.agrees for comparison in comparisons] == 4 * [True] + 7 * [False]


def test_a_shorter_run_lacks_the_later_numbers():
    """Half-way through Trask's third 10,000 iterations, three of his six errors are there."""
    example = EXAMPLES["xor-hidden"]
    comparisons = compare(example, train(replace(example.experiment, epochs=25_000)))
    assert [comparison.agrees for comparison in comparisons] == 3 * [True] + 3 * [False]
    assert [comparison.computed for comparison in comparisons[3:]] == 3 * [None]


@pytest.mark.parametrize(
    "change",
    [
        {"dataset": Dataset([[0, 0, 1], [1, 1, 1]], [0, 1])},
        {"dataset": Dataset([[0, 0], [0, 1], [1, 0], [1, 1]], [0, 0, 1, 1])},
        {"hidden_units": 1},
    ],
    ids=["rows", "inputs", "hidden units"],
)
def test_a_run_of_other_sizes_has_none_of_the_numbers(change):
    """Its rows and weights are not those that were printed."""
    example = EXAMPLES["notebook"]
    comparisons = compare(example, train(replace(example.experiment, **change)))
    assert {comparison.computed for comparison in comparisons} == {None}


@given(experiments())
def test_any_experiment_can_be_compared_with_any_example(experiment):
    """Every published number is answered, whatever the reader has changed."""
    run = train(experiment)
    for example in EXAMPLES.values():
        assert len(compare(example, run)) == len(example.published)


@given(st.sampled_from(COMPARABLE), st.data())
def test_any_numbers_in_an_examples_table_can_be_compared(example, data):
    """The table's size is the example's, its numbers and the settings are not."""
    inputs, targets_of_rows = example.experiment.dataset.inputs, example.experiment.dataset.targets
    cells = st.sampled_from([0.0, 1.0, -1000.0, 1e50]) | st.floats(-3, 3)
    changed = replace(
        example.experiment,
        dataset=Dataset(
            data.draw(arrays(float, inputs.shape, elements=cells)),
            data.draw(arrays(float, targets_of_rows.shape, elements=targets)),
        ),
        epochs=data.draw(st.integers(1, 12)),
        learning_rate=data.draw(st.sampled_from([1e-3, 1.0, 1e50])),
        objective=data.draw(st.sampled_from(list(OBJECTIVES))),
    )
    comparisons = compare(example, train(changed))
    assert all(
        (comparison.computed is None) == (number.state > changed.updates)
        for comparison, number in zip(comparisons, example.published, strict=True)
    )
    assert all(0 <= comparison.digits <= comparison.printed_digits for comparison in comparisons)

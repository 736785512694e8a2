"""Rows right, the confusion matrix, and how soon a loss is small."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import targets

from core import NOTEBOOK, class_confusion, confusion, rows_right, tells_classes, train, updates_to_reach
from core.metrics import leads

rows = st.lists(st.tuples(st.floats(0, 1) | st.just(0.5), targets | st.just(0.5)), min_size=1, max_size=30)


@pytest.mark.parametrize(
    ("output", "target", "right"),
    [
        (0.9, 1, True),
        (0.1, 1, False),
        (0.1, 0, True),
        (0.9, 0, False),
        (0.51, 0.9, True),
        (0.49, 0.51, False),
        (0.5, 1, False),
        (0.5, 0, False),
        (np.nextafter(0.5, 1), 1, True),
        (np.nextafter(0.5, 0), 0, True),
        (0.9, 0.5, True),
        (0.5, 0.5, True),
    ],
)
def test_a_row_is_right_on_its_targets_side_of_one_half(output, target, right):
    """An output on the fence is wrong; a target on the fence asks for neither side."""
    assert rows_right(np.array([output]), np.array([target])).tolist() == [right]


def test_the_notebook_starts_with_half_its_rows_right_and_ends_with_all():
    """Before training, every output is below one half."""
    run, asked = train(NOTEBOOK), NOTEBOOK.dataset.targets
    assert rows_right(run.before, asked).tolist() == [True, True, False, False]
    assert confusion(run.before, asked).tolist() == [[2, 0], [2, 0]]
    assert rows_right(run.after, asked).tolist() == [True, True, True, True]
    assert confusion(run.after, asked).tolist() == [[2, 0], [0, 2]]


def test_the_confusion_matrix_is_indexed_by_target_and_then_by_output():
    outputs = np.array([0.1] + 2 * [0.9] + 3 * [0.1] + 4 * [0.9])
    asked = np.array(3 * [0] + 7 * [1])
    assert confusion(outputs, asked).tolist() == [[1, 2], [3, 4]]


@given(rows)
def test_the_diagonal_counts_the_rows_right(pairs):
    """Of the rows that have a side; all counts together are these rows."""
    outputs, asked = np.array(pairs).T
    counts, sided = confusion(outputs, asked), asked != 0.5
    assert np.trace(counts) == rows_right(outputs, asked)[sided].sum()
    assert counts.sum() == sided.sum()


@pytest.mark.parametrize(
    ("level", "updates"), [(1.0, 0), (0.8, 0), (0.79, 2), (0.3, 2), (0.29, 4), (0.1, 4), (0.09, None)]
)
def test_the_first_state_at_a_level_counts(level, updates):
    """Even if the loss rises again; reaching the level exactly will do, and some never do."""
    assert updates_to_reach(np.array([0.8, 0.9, 0.3, 0.5, 0.1]), level) == updates


def test_the_notebook_reaches_a_level_in_the_state_told():
    """There the loss is at most the level; a state earlier it was above it."""
    losses = train(NOTEBOOK).cross_entropy
    k = updates_to_reach(losses, 0.1)
    assert losses[k] <= 0.1 < losses[k - 1]


def test_a_row_of_several_outputs_is_right_where_all_are():
    outputs, targets = np.array([[0.9, 0.1], [0.9, 0.9], [0.2, 0.5]]), np.array([[1, 0], [1, 0], [0.5, 0.5]])
    assert rows_right(outputs, targets).tolist() == [True, False, True]
    assert confusion(outputs, targets).tolist() == [[1, 1], [0, 2]]


@given(st.lists(st.lists(st.floats(0, 1), min_size=3, max_size=3), min_size=1, max_size=5))
def test_an_output_leads_by_what_it_is_above_the_highest_other(rows):
    """Behind the highest it trails by the same; of two that share the first place none leads."""
    expected = [[row[i] - max(row[:i] + row[i + 1 :]) for i in range(len(row))] for row in rows]
    assert np.array_equal(leads(np.array(rows)), expected)


@given(st.lists(st.tuples(st.integers(0, 2), st.tuples(*[st.floats(0, 1)] * 3)), min_size=1))
def test_every_row_counts_once_in_the_confusion_of_classes(rows):
    """In the line of its class, under the first of its largest outputs."""
    outputs = np.array([answer for _, answer in rows])
    targets = np.eye(3)[[asked for asked, _ in rows]]
    expected = np.zeros((3, 3))
    for asked, answer in rows:
        expected[asked, max(range(3), key=answer.__getitem__)] += 1
    assert np.array_equal(class_confusion(outputs, targets), expected)


@pytest.mark.parametrize(
    ("targets", "are_classes"),
    [
        ([0, 1, 1], False),
        ([[0, 1], [1, 0]], True),
        ([[0, 1], [1, 1]], False),
        ([[0, 0], [0, 1]], False),
        ([[0.5, 1]], False),
    ],
)
def test_targets_tell_classes_where_each_row_has_one(targets, are_classes):
    assert tells_classes(np.array(targets)) == are_classes

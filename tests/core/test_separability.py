"""Whether some weights put every row on its side: never a wrong answer, and always one for small tables."""

import math

import numpy as np
import pytest
from exact import some_weights_work
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from core.arrays import LARGEST_NUMBER
from core.separability import separable

AND, XOR = [-1, -1, -1, 1], [-1, 1, 1, -1]
TWO_BITS = [[0, 0, 1], [0, 1, 1], [1, 0, 1], [1, 1, 1]]
whole = st.integers(-3, 3).map(float)
sizes = st.tuples(st.integers(1, 6), st.integers(1, 3))
huge_and_tiny = st.sampled_from([0.0, 1.0, -1.0, 3.0, 1e50, -1e50, 1e-300, -1e-300, 5e-324, 0.1, 1 + 2**-52])


def tables(numbers):
    """Draw inputs of `numbers`, and sides."""
    return sizes.flatmap(
        lambda size: st.tuples(
            arrays(float, size, elements=numbers), arrays(float, size[0], elements=st.sampled_from([1.0, -1.0, 0.0]))
        )
    )


@pytest.mark.parametrize(
    ("inputs", "sides", "answer"),
    [
        (TWO_BITS, AND, True),
        (TWO_BITS, XOR, False),
        ([[1], [2]], [1, 1], True),
        ([[1], [2]], [1, -1], False),
        ([[1, 1], [2, 1]], [1, -1], True),
        ([[0, 0], [1, 1]], [1, 1], False),
        ([[0, 0], [1, 1]], [0, 1], True),
        ([[0, 0]], [0], True),
        ([[0.3, 0.2], [0, 0], [0.3 + 2**-54, 0.2]], [1, 1, -1], False),
        ([[1, 1], [1, 1]], [1, -1], False),
        ([[5, 1], [5.001, 1]], [1, -1], True),
        ([[1, 1], [1 + 2**-52, 1]], [1, -1], True),
        ([[0, 1], [1, 1], [math.nextafter(1, 2), 1]], [1, -1, 1], False),
        ([[1e50, 1e-300], [1e50, 5e-324]], [1, -1], True),
        ([[1e50, 1e-300], [-1e50, 1e-300], [0, -5e-324]], [1, 1, 1], False),
    ],
)
def test_small_tables_are_decided(inputs, sides, answer):
    assert separable(np.array(inputs, dtype=float), np.array(sides, dtype=float)) is answer


@given(tables(whole) | tables(st.floats(-10, 10)) | tables(huge_and_tiny))
def test_every_small_table_is_decided_as_elimination_does(table):
    assert separable(*table) is some_weights_work(*table)


@given(tables(st.floats(-LARGEST_NUMBER, LARGEST_NUMBER)), st.integers(1, 40))
def test_tables_of_any_floats_are_decided_as_elimination_does(table, digit):
    """One row is put a few last digits beside another, on the other side."""
    inputs, sides = table
    beside = inputs[:1] * (1 + digit * 2**-52)
    inputs, sides = np.vstack([inputs, beside]), np.append(sides, -sides[0])
    assert separable(inputs, sides) is some_weights_work(inputs, sides)


def nearly_coincident(generator):
    """Return rows with a bias that some cut parts, though two on different sides are closer than their digits show."""
    rows, features = generator.integers(2, 8), generator.integers(1, 4)
    inputs = np.round(generator.normal(scale=5, size=(rows, features)), 2)
    inputs[1] = inputs[0]
    inputs[1, 0] += 10.0 ** -generator.integers(2, 15)
    cut = generator.normal(size=features)
    sides = np.where((inputs - (inputs[0] + inputs[1]) / 2) @ cut > 0, 1.0, -1.0)
    return np.column_stack([inputs, np.ones(rows)]), sides


def test_nearly_coincident_rows_are_decided_as_elimination_does():
    generator = np.random.default_rng(1)
    answers = []
    for _ in range(200):
        inputs, sides = nearly_coincident(generator)
        answers.append(separable(inputs, sides))
        assert answers[-1] is some_weights_work(inputs, sides)
    assert answers.count(True) > 150


def widest_margin(inputs, sides):
    """Return the largest t with side · (inputs · w) ≥ t for every row and some w in [-1, 1], as a linear program."""
    from scipy.optimize import linprog  # noqa: PLC0415 - takes a second in every process that collects this file

    rows, features = inputs.shape
    constraints = np.hstack([-sides[:, np.newaxis] * inputs, np.ones((rows, 1))])
    goal = np.append(np.zeros(features), -1)
    bounds = [*[(-1, 1)] * features, (0, None)]
    return -linprog(goal, constraints, np.zeros(rows), bounds=bounds).fun


@pytest.mark.parametrize(("rows", "features"), [(12, 4), (30, 8), (60, 8), (200, 16), (400, 3)])
@pytest.mark.parametrize("labels", ["of a cut", "of a cut, one changed", "drawn"])
def test_larger_tables_are_decided_as_a_linear_program_does(rows, features, labels):
    """Of whole numbers, so that a margin is either 0 or far from it."""
    generator = np.random.default_rng(rows)
    for _ in range(5):
        inputs = generator.integers(-4, 5, (rows, features)).astype(float)
        cut = generator.integers(-4, 5, features) + 0.5
        sides = np.where(inputs @ cut > 0, 1.0, -1.0) if labels != "drawn" else generator.choice([1.0, -1.0], rows)
        if "changed" in labels:
            sides[0] *= -1
        assert separable(inputs, sides) is (widest_margin(inputs, sides) > 1e-7)


@pytest.mark.parametrize("features", [3, 32])
def test_ten_thousand_rows_are_decided(features):
    generator = np.random.default_rng(features)
    inputs = generator.standard_normal((10_000, features))
    sides = np.sign(inputs @ generator.standard_normal(features))
    assert separable(inputs, sides) is True
    sides[:100] *= -1
    assert separable(inputs, sides) is False


def test_where_floats_are_too_coarse_a_large_table_is_not_decided():
    """Two rows, parted only in their last digit, among a thousand: no proof, no answer, and little work."""
    generator = np.random.default_rng(0)
    inputs = np.column_stack([generator.standard_normal((1_000, 3)), np.ones(1_000)])
    inputs[1] = inputs[0]
    inputs[1, 0] = math.nextafter(inputs[0, 0], 10)
    sides = np.where(inputs[:, 0] > inputs[0, 0], 1.0, -1.0)
    assert separable(inputs, sides) is None
    assert some_weights_work(inputs[:2], sides[:2])

"""Slices of what a network may be asked: where they lie, and what is computed over them."""

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from plain import outputs
from strategies import is_moderate, networks, tables

from core import EXAMPLES, NOTEBOOK, Dataset, Experiment, forward
from core.scaling import varies
from core.slices import FARTHEST, MARGIN, slice_of, telling_inputs


@example(Experiment(Dataset([[6e-304], [0]], [0, 0]), standardise=True), None)
@given(networks().filter(is_moderate), st.data())
def test_every_point_is_answered_as_by_a_plain_loop(experiment, data):
    """Over a line and a plane: the inputs that vary at the point's values, the others as held, in the table's units."""
    dataset = experiment.dataset
    features = dataset.inputs.shape[1]
    several = st.lists(st.integers(0, features - 1), min_size=1, max_size=min(2, features), unique=True)
    columns = data.draw(several) if data else [0]
    held = dataset.inputs[data.draw(st.integers(0, len(dataset.inputs) - 1)) if data else 0]
    over, weights = slice_of(dataset, columns, held, 3), experiment.weights_before
    computed = forward(experiment.given(over.rows), weights)[-1].activation
    for place in np.ndindex(computed.shape[:-1]):
        row = held.copy()
        row[columns] = [axis[point] for axis, point in zip(over.axes, reversed(place), strict=True)]
        expected = outputs(experiment.given(row), weights)
        assert computed[place] == pytest.approx(np.real(expected), abs=1e-12)


@example(Dataset([[5e-324], [0]], [0, 1]), None)
@example(Dataset([[1], [1 + 2**-52]], [0, 1]), None)
@given(tables(), st.data())
def test_a_slice_reaches_a_little_beyond_the_table(dataset, data):
    """On both sides of every row, evenly spread, however little the input varies."""
    column = data.draw(st.integers(0, dataset.inputs.shape[1] - 1)) if data else 0
    (axis,) = slice_of(dataset, [column], dataset.inputs[0], 5).axes
    values = dataset.inputs[:, column]
    assert axis[0] < values.min() <= values.max() < axis[-1]
    assert np.diff(axis) == pytest.approx(np.full(4, (axis[-1] - axis[0]) / 4))


FLIGHTS = EXAMPLES["challenger"].experiment.dataset


def ends(asked):
    """Return the ends of a slice along the temperature that may reach as far as one that is asked about."""
    (axis,) = slice_of(FLIGHTS, [0], FLIGHTS.inputs[0], 2, beyond=np.array([asked])).axes
    return axis.tolist()


def test_a_slice_takes_in_what_is_asked_about():
    """The launch at 31 °F lies beyond the table's 53 to 81; one thousands of degrees away would squeeze the rest."""
    margin = MARGIN * (81 - 53)
    table = pytest.approx([53 - margin, 81 + margin])
    assert ends(70) == table
    assert ends(31) == pytest.approx([31 - margin, 81 + margin])
    assert ends(53 - FARTHEST * (81 - 53)) == pytest.approx([53 - FARTHEST * (81 - 53) - margin, 81 + margin])
    assert ends(81 + FARTHEST * (81 - 53)) == pytest.approx([53 - margin, 81 + FARTHEST * (81 - 53) + margin])
    assert ends(-9_000) == ends(1e50) == table


def test_an_input_that_does_not_vary_is_varied_by_its_size():
    """So that a table of one row has a picture, too."""
    dataset = Dataset([[0.5, -20]], [1])
    axes = slice_of(dataset, [0, 1], dataset.inputs[0], 2).axes
    assert [axis.mean() for axis in axes] == pytest.approx([0.5, -20])
    assert [np.ptp(axis) for axis in axes] == pytest.approx([2 * (1 + 2 * MARGIN), 40 * (1 + 2 * MARGIN)])


def test_what_a_row_has_to_do_with_a_slice():
    """It is spanned where its varying inputs are between the ends, and departs where others are held elsewhere."""
    over = slice_of(NOTEBOOK.dataset, [0, 1], NOTEBOOK.dataset.inputs[0], 5)
    assert over.departures(np.array([9.0, 9, 1])) == []
    assert over.departures(np.array([1.0, 0, 0])) == [2]
    assert over.spans(np.array([1.1, 0, 5]))
    assert not over.spans(np.array([1.3, 0, 1]))


@given(tables())
def test_telling_inputs_are_those_that_vary(dataset):
    """Each once; all where none does."""
    columns = np.flatnonzero(varies(dataset.inputs)).tolist() or list(range(dataset.inputs.shape[1]))
    assert sorted(telling_inputs(dataset)) == columns


def test_inputs_are_ordered_by_what_they_tell():
    """The petals tell the irises, as is well known; in XOR no input tells anything, and the order stays."""
    iris = EXAMPLES["iris"].experiment.dataset
    assert [iris.input_names[column] for column in telling_inputs(iris)] == [
        *("petal length", "petal width", "sepal length", "sepal width")
    ]
    assert telling_inputs(EXAMPLES["xor-neuron"].experiment.dataset) == [0, 1]


@given(tables(st.sampled_from([-1e50, 0, 1e-300, 1, 1e50])))
def test_numbers_of_any_size_make_a_slice(dataset):
    """Without an overflow on the way, which would be an error here."""
    columns = telling_inputs(dataset)[:2]
    over = slice_of(dataset, columns, dataset.inputs[0], 3, beyond=dataset.inputs[-1])
    assert np.isfinite(over.rows).all()

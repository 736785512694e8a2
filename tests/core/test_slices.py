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


@st.composite
def places(draw, experiments):
    """Draw an experiment, one or two of its inputs, and one of its rows."""
    experiment = draw(experiments)
    rows, features = experiment.dataset.inputs.shape
    several = st.lists(st.integers(0, features - 1), min_size=1, max_size=min(2, features), unique=True)
    return experiment, draw(several), draw(st.integers(0, rows - 1))


@example((Experiment(Dataset([[6e-304], [0]], [0, 0]), standardise=True), [0], 0))
@given(places(networks().filter(is_moderate)))
def test_every_point_is_answered_as_by_a_plain_loop(place):
    """Over a line and a plane: the inputs that vary at the point's values, the others as held, in the table's units."""
    experiment, columns, row = place
    dataset = experiment.dataset
    held = dataset.inputs[row]
    over, weights = slice_of(dataset, columns, held, 3), experiment.weights_before
    computed = forward(experiment.given(over.rows), weights)[-1].activation
    for point in np.ndindex(computed.shape[:-1]):
        inputs = held.copy()
        inputs[columns] = [axis[k] for axis, k in zip(over.axes, reversed(point), strict=True)]
        expected = outputs(experiment.given(inputs), weights)
        assert computed[point] == pytest.approx(np.real(expected), abs=1e-12)


@example(Dataset([[5e-324], [0]], [0, 1]))
@example(Dataset([[1], [1 + 2**-52]], [0, 1]))
@given(tables())
def test_a_slice_reaches_a_little_beyond_the_table(dataset):
    """On both sides of every row, evenly spread, however little the input varies."""
    for column, values in enumerate(dataset.inputs.T):
        (axis,) = slice_of(dataset, [column], dataset.inputs[0], 5).axes
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

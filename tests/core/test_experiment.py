"""Data sets and experiments: checked and normalised once, then frozen."""

import re
from dataclasses import FrozenInstanceError, replace
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from notebook import INPUTS, TARGETS
from strategies import experiments, networks, tables

from core import NOTEBOOK, Dataset, Experiment, InvalidDataset, InvalidExperiment, train
from core.arrays import WHOLE_ROWS
from core.dataset import column_name

numbers = st.one_of(st.integers(), st.floats(), st.decimals(), st.fractions(), st.booleans())
texts = st.text(max_size=4) | st.sampled_from([" 1 ", "1e60", "nan", "-inf", "0,5"])
oddities = st.one_of(st.none(), st.complex_numbers(), st.binary(max_size=2), st.dates(), st.just(10**400))
cells = st.one_of(st.sampled_from([0, 1, "0.5"]), numbers, texts, oddities)
nests = st.recursive(cells, lambda values: st.lists(values, max_size=4), max_leaves=12)


def rectangles(width):
    """Draw rows of `width` cells of any kind."""
    return st.lists(st.lists(cells, min_size=width, max_size=width), min_size=1, max_size=3)


def parts(rows):
    """Split rows into inputs and targets."""
    return [row[:-1] for row in rows], [row[-1] for row in rows]


def only(cell):
    """Return inputs of this one cell, which NumPy does not look into."""
    inputs = np.empty((1, 1), object)
    inputs[0, 0] = cell
    return inputs


@pytest.mark.parametrize(
    ("inputs", "targets"),
    [
        ([[0, 1], [1, 1]], [0, 1]),
        (((0.0, 1.0), (1.0, 1.0)), [[0], [1]]),
        ([["0", " 1 "], ["1e0", "1.0"]], ["0", "1"]),
        ([[False, True], [True, True]], [False, True]),
        ([[Fraction(0), Decimal(1)], [1, b"1"]], [Decimal(0), Fraction(1)]),
        (np.array([[0, 1], [1, 1]], np.uint8), np.array([0, 1], np.float32)),
        (np.asfortranarray([[0.0, 1.0], [1.0, 1.0]]), np.array([[0.0, 9.0], [1.0, 9.0]])[:, :1]),
        (pd.DataFrame({"a": ["0", "1"], "b": [1.0, 1.0]}), pd.Series([0, 1])),
        ([[-0.0, 1], ["1", 1]], ["-0", 1]),
    ],
)
def test_cells_may_be_anything_that_reads_as_a_number(inputs, targets):
    """However a table is given, it is kept as contiguous float64, and equal tables are equal."""
    dataset = Dataset(inputs, targets)
    assert dataset == Dataset(np.array([[0.0, 1.0], [1.0, 1.0]]), np.array([0.0, 1.0]))
    assert dataset.inputs.dtype == dataset.targets.dtype == np.float64
    assert (dataset.inputs.shape, dataset.targets.shape) == ((2, 2), (2,))
    assert dataset.inputs.flags.c_contiguous
    assert dataset.targets.flags.c_contiguous


@pytest.mark.parametrize("cell", [True, 1, "1", 1.0])
def test_a_cell_is_read_the_same_whatever_is_beside_it(cell):
    """NumPy would turn a row of mixed types into text."""
    assert Dataset([[cell, "0.5"]], [1]).inputs.tolist() == [[1.0, 0.5]]


def test_columns_without_names_are_numbered():
    """Inputs are x1, x2 and so on, the target is y; given names are kept."""
    unnamed, named = Dataset(INPUTS, TARGETS), Dataset(INPUTS, TARGETS, ["a", "b", "c"], "d")
    assert (unnamed.input_names, unnamed.target_name) == (("x1", "x2", "x3"), "y")
    assert (named.input_names, named.target_name) == (("a", "b", "c"), "d")


@pytest.mark.parametrize(
    ("inputs", "targets", "message"),
    [
        ([], [], "There is no row. Add at least one."),
        (np.empty((0, 3)), [], "There is no row. Add at least one."),
        ([[], []], [0, 1], "There is no input column. Add at least one."),
        ([1, 2], [0, 1], "The inputs have shape (2,). Give a list of rows of equal length, each a list of numbers."),
        ("12", [0, 1], "The inputs have shape (). Give a list of rows of equal length, each a list of numbers."),
        ([[1], [1, 2]], [0, 1], "The rows differ in length. Give every row one value a column."),
        ([[1, [2]]], [0], "The rows differ in length. Give every row one value a column."),
        (
            [[1], [2], [3]],
            [0, 1],
            "There are 3 rows of inputs but the targets have shape (2, 1). Give one target a row.",
        ),
        ([[1], [2]], [[], []], "There are 2 rows of inputs but the targets have shape (2, 0). Give one target a row."),
        (
            [[1], [2]],
            [[[0]], [[1]]],
            "There are 2 rows of inputs but the targets have shape (2, 1, 1). Give one target a row.",
        ),
        ([[1], [2]], 0, "There are 2 rows of inputs but the targets have shape (). Give one target a row."),
    ],
)
def test_a_table_of_the_wrong_shape_is_explained(inputs, targets, message):
    """The message says what the shape is and what it should be."""
    with pytest.raises(InvalidDataset, match=f"^{re.escape(message)}$"):
        Dataset(inputs, targets)


@pytest.mark.parametrize("blank", [None, "", " \t", float("nan"), np.float32("nan"), Decimal("nan"), pd.NaT, pd.NA])
def test_a_blank_cell_is_explained(blank):
    """Whatever stands for nothing, the message names its row and column and the remedy."""
    message = "Row 2, column “x1”: the cell is blank. Type a number, or delete the row."
    with pytest.raises(InvalidDataset, match=f"^{message}$"):
        Dataset([[1], [blank]], [0, 1])


@pytest.mark.parametrize(
    ("inputs", "shown"),
    [
        ([["0,5"]], "0,5"),
        ([["nan"]], "nan"),
        ([[1j]], "1j"),
        ([[{1}]], "{1}"),
        (only([1, 2]), "[1, 2]"),
        (np.array([["2020-01-01"]], "datetime64[D]"), "2020-01-01"),
    ],
)
def test_a_cell_that_is_not_a_number_is_explained(inputs, shown):
    """The message quotes the cell and shows how a number is written."""
    message = f"Row 1, column “x1”: “{shown}” is not a number. Type one, with a point for decimals, such as 0.5."
    with pytest.raises(InvalidDataset, match=f"^{re.escape(message)}$"):
        Dataset(inputs, [0])


@pytest.mark.parametrize("target", [-0.1, 1.5, np.nextafter(1, 2), 1e60, float("inf"), "2", -5e-324])
def test_a_target_outside_0_to_1_is_explained(target):
    """The message names row, column, value and range."""
    message = f"Row 2, column “y”: the target {target} is outside 0 to 1. Type a number from 0 to 1."
    with pytest.raises(InvalidDataset, match=f"^{re.escape(message)}$"):
        Dataset([[1], [2]], [0, target])


@pytest.mark.parametrize("number", [1.1e50, -1.1e50, float("inf"), "-1e60", 10**400, Decimal("1e999")])
def test_an_input_that_is_too_large_is_explained(number):
    """The message names row, column and range."""
    with pytest.raises(InvalidDataset, match=r"^Row 1, column “b”: .* Type a number between -1e50 and 1e50\.$"):
        Dataset([[1, number]], [0], ["a", "b"])


def test_the_largest_numbers_are_accepted():
    """The range includes its ends."""
    assert Dataset([[1e50, -1e50]], [0]).inputs.tolist() == [[1e50, -1e50]]
    with pytest.raises(InvalidDataset, match=r"^Row 2"):
        Dataset([[1e50], ["x"]], [0, 1])
    start = Experiment(Dataset([[1, 1]], [0]), starting_weights=[[[1e50], [-1e50]]]).starting_weights
    assert start[0].tolist() == [[1e50], [-1e50]]


@pytest.mark.parametrize(
    ("inputs", "targets", "more"),
    [
        ([["", 1], [1, 1]], [0, 1], "."),
        ([["", "x"], [1, 1]], [0, 1], ". (1 more cell needs mending.)"),
        ([["", "x"], ["1e99", 1]], [2, 1], ". (3 more cells need mending.)"),
    ],
)
def test_the_first_wrong_cell_is_named_and_the_others_counted(inputs, targets, more):
    """Row by row, the target last."""
    message = "Row 1, column “x1”: the cell is blank. Type a number, or delete the row"
    with pytest.raises(InvalidDataset, match=f"^{re.escape(message + more)}$"):
        Dataset(inputs, targets)


@pytest.mark.parametrize(
    ("given", "name"),
    [
        (" a  b\t", "a b"),
        ("a\n\x00\x85\u2028b", "a b"),
        ("a\u00a0\u3000b", "a b"),
        ("a\u200bb\ufeff", "ab"),
        ("\u202eab\u202c\u200f", "ab"),
        ("e\u0301", "\u00e9"),
        ("\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645", "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"),
        ("👩\u200d🚀", "👩\u200d🚀"),
    ],
)
def test_a_name_is_one_line_of_what_can_be_seen(given, name):
    """The joiners of letters and emoji belong to what is seen; two columns whose names look the same are refused."""
    named = Dataset([[1]], [0], [given], f"2{given}2")
    assert named.input_names == (name,)
    with pytest.raises(InvalidDataset, match=r"^Columns 1 and 2 are both named"):
        Dataset([[1, 2]], [0], [given, name])


@given(st.text())
def test_a_name_is_read_again_as_itself(text):
    """It is written one way only."""
    assert column_name(column_name(text)) == column_name(text)


@pytest.mark.parametrize(
    ("input_names", "target_name", "message"),
    [
        (["a"], "y", "There are 2 input columns but 1 names. Give one name a column."),
        (["a", " "], "y", "Column 2 has no name. Give it one."),
        (["a", 1], "y", "Column 2 has no name. Give it one."),
        (["a", "\u200b\u200d"], "y", "Column 2 has no name. Give it one."),
        (["a", "b"], "", "Column 3 has no name. Give it one."),
        (["a", "\ud83d"], "y", "The name of column 2, '\\ud83d', holds half a character. Rename it."),
        (["a" * 99] * 2, "y", f"Columns 1 and 2 are both named “{'a' * 59}…”. Rename one of them."),
        (["a", "a"], "y", "Columns 1 and 2 are both named “a”. Rename one of them."),
        (["a", "y"], "y", "Columns 2 and 3 are both named “y”. Rename one of them."),
    ],
)
def test_a_wrong_name_is_explained(input_names, target_name, message):
    """The message names the columns by their place."""
    with pytest.raises(InvalidDataset, match=f"^{re.escape(message)}$"):
        Dataset([[1, 2]], [0], input_names, target_name)


@settings(max_examples=3 * settings.default.max_examples)
@given(st.integers(2, 4).flatmap(rectangles).map(parts) | st.tuples(nests, nests))
def test_garbage_is_refused_or_becomes_a_data_set(table):
    """No table raises anything else, and what is accepted keeps every promise."""
    try:
        dataset = Dataset(*table)
    except InvalidDataset:
        return
    assert np.all(np.abs(dataset.inputs) <= 1e50)
    assert np.all((dataset.targets >= 0) & (dataset.targets <= 1))


@given(arrays(float, (2, 2), elements=st.floats(-1e50, 1e50)), arrays(float, 2, elements=st.floats(0, 1)))
def test_every_number_in_range_is_kept(inputs, targets):
    """To the last bit, up to the sign of zero."""
    dataset = Dataset(inputs, targets)
    assert np.array_equal(dataset.inputs, inputs)
    assert np.array_equal(dataset.targets, targets)


@pytest.mark.parametrize("cell", [Decimal("snan"), np.array([1, 2]), [10**5_000]], ids=["snan", "array", "huge"])
def test_a_cell_that_cannot_be_compared_or_shown_is_still_refused(cell):
    """Its row and column are named as for any other."""
    with pytest.raises(InvalidDataset, match=r"^Row 1, column “x1”: "):
        Dataset(only(cell), [0])


def test_data_sets_are_equal_if_all_of_them_is():
    """Numbers, their places and all names count; equal ones have the same hash."""
    dataset = Dataset([[0, 1]], [0], ["a", "b"], "c")
    others = [
        Dataset([[1, 0]], [0], ["a", "b"], "c"),
        Dataset([[0, 1]], [1], ["a", "b"], "c"),
        Dataset([[0, 1]], [0], ["a", "x"], "c"),
        Dataset([[0, 1]], [0], ["a", "b"], "x"),
        Dataset([[0, 1], [0, 1]], [0, 0], ["a", "b"], "c"),
    ]
    again = Dataset([[-0.0, 1]], [-0.0], ("a", "b"), "c")
    assert dataset == again
    assert hash(dataset) == hash(again)
    assert all(dataset != other for other in [*others, "a table"])


def test_a_large_data_set_is_the_same_however_its_numbers_lie():
    """Row by row, column by column, or as a part of a larger table."""
    numbers = np.random.default_rng(0).standard_normal((WHOLE_ROWS + 1, 6))
    rows, columns, part = (
        Dataset(inputs, numbers[:, 0] > 0)
        for inputs in (numbers[:, :3].copy("C"), numbers[:, :3].copy("F"), numbers[:, :3])
    )
    assert rows == columns == part
    assert len({rows, columns, part}) == 1
    assert np.array_equal(rows.inputs, numbers[:, :3])


def test_tables_of_the_same_numbers_in_another_shape_differ():
    """Two rows of one input are not one row of two."""
    assert Dataset([[0], [0]], [0, 0], ["a"]) != Dataset([[0, 0]], [0], ["a", "b"])


def test_a_data_set_cannot_be_changed():
    """Neither through its arrays, nor its fields, nor the arrays it was made from."""
    inputs, targets, names = np.array([[0.0]]), np.array([0.0]), ["a"]
    dataset = Dataset(inputs, targets, names)
    inputs[0], targets[0], names[0] = 9, 1, "b"
    assert dataset == Dataset([[0]], [0], ["a"])
    with pytest.raises(FrozenInstanceError):
        dataset.targets = targets  # type: ignore[misc]
    for array in (dataset.inputs, dataset.targets):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 1


def test_the_settings_have_the_notebooks_defaults():
    """Only the data set must be given."""
    assert Experiment(NOTEBOOK.dataset) == NOTEBOOK


def test_settings_are_normalised():
    """Numbers of NumPy and text that reads as a rate become Python's own."""
    experiment = Experiment(
        NOTEBOOK.dataset,
        np.uint32(2**32 - 1),
        np.int8(5),
        np.float32(0.5),
        hidden_units=np.int64(2),
        starting_weights=[np.array([[1, 3, 5], [2, 4, 6]]).T, [[7], [8]]],
    )
    settings = experiment.seed, experiment.epochs, experiment.learning_rate, experiment.hidden_units
    assert settings == (2**32 - 1, 5, 0.5, 2)
    assert [type(setting) for setting in settings] == [int, int, float, int]
    assert all(layer.dtype == np.float64 and layer.flags.c_contiguous for layer in experiment.starting_weights)
    assert [layer.tolist() for layer in experiment.starting_weights] == [[[1, 2], [3, 4], [5, 6]], [[7], [8]]]


@pytest.mark.parametrize(
    ("setting", "message"),
    [
        ({"dataset": [[0, 1]]}, "dataset is [[0, 1]]; it must be a Dataset."),
        ({"seed": -1}, "seed is -1; it must be a whole number from 0 to 4294967295."),
        ({"seed": 2**32}, "seed is 4294967296; it must be a whole number from 0 to 4294967295."),
        ({"seed": 1.0}, "seed is 1.0; it must be a whole number from 0 to 4294967295."),
        ({"seed": "1"}, "seed is '1'; it must be a whole number from 0 to 4294967295."),
        ({"seed": None}, "seed is None; it must be a whole number from 0 to 4294967295."),
        ({"epochs": 0}, "epochs is 0; it must be a whole number, at least 1."),
        ({"epochs": 0.5}, "epochs is 0.5; it must be a whole number, at least 1."),
        ({"learning_rate": 0}, "learning_rate is 0; it must be a number above 0, at most 1e50."),
        ({"learning_rate": -0.1}, "learning_rate is -0.1; it must be a number above 0, at most 1e50."),
        ({"learning_rate": float("nan")}, "learning_rate is nan; it must be a number above 0, at most 1e50."),
        ({"learning_rate": 2e50}, "learning_rate is 2e+50; it must be a number above 0, at most 1e50."),
        ({"learning_rate": "fast"}, "learning_rate is 'fast'; it must be a number above 0, at most 1e50."),
        ({"learning_rate": None}, "learning_rate is None; it must be a number above 0, at most 1e50."),
        ({"hidden_units": (4, 0)}, "hidden_units of a layer is 0; it must be a whole number, at least 1."),
        ({"hidden_units": (4, 1.5)}, "hidden_units of a layer is 1.5; it must be a whole number, at least 1."),
        ({"biases": "yes"}, "biases is 'yes'; it must be one of none, learned, fixed."),
        ({"batch_size": 0}, "batch_size is 0; it must be a whole number, at least 1."),
        ({"batch_size": "all"}, "batch_size is 'all'; it must be a whole number, at least 1."),
        ({"standardise": 1}, "standardise is 1; it must be one of False, True."),
        ({"held_out": 1}, "held_out is 1; it must be a share from 0 to below 1."),
        ({"held_out": -0.1}, "held_out is -0.1; it must be a share from 0 to below 1."),
        ({"held_out": float("nan")}, "held_out is nan; it must be a share from 0 to below 1."),
        ({"held_out": "some"}, "held_out is 'some'; it must be a share from 0 to below 1."),
        ({"objective": "loss"}, "objective is 'loss'; it must be one of squared_error, cross_entropy."),
        ({"objective": []}, "objective is []; it must be one of squared_error, cross_entropy."),
        ({"hidden_units": -1}, "hidden_units is -1; it must be a whole number, at least 0."),
        ({"starting_weights": []}, "starting_weights has the shapes []; this network needs [(3, 1)]."),
        (
            {"starting_weights": [[[1], [2], [3]]], "hidden_units": 2},
            "starting_weights has the shapes [(3, 1)]; this network needs [(3, 2), (2, 1)].",
        ),
        (
            {"starting_weights": [[np.zeros(1), np.zeros((1, 2))]]},
            "starting_weights is [[array([0.]), array([[0., 0.]])]]; it must hold one array a layer.",
        ),
        ({"starting_weights": 5}, "starting_weights is 5; it must hold one array a layer."),
        (
            {"starting_weights": [[[1], ["x"], [3]]]},
            "starting_weights, layer 1, row 2, column 1: 'x' is not a number between -1e50 and 1e50.",
        ),
        (
            {"starting_weights": [[[1], [2, 3]]]},
            "starting_weights has the shapes [(2,)]; this network needs [(3, 1)].",
        ),
        (
            {"starting_weights": [np.ones((3, 1)) * 1j]},
            "starting_weights, layer 1, row 1, column 1: 1j is not a number between -1e50 and 1e50.",
        ),
        (
            {"starting_weights": [[[1], [2e50], [3]]]},
            "starting_weights, layer 1, row 2, column 1: 2e+50 is not a number between -1e50 and 1e50.",
        ),
        (
            {"starting_weights": [np.ones((3, 2)), [[1], [float("nan")]]], "hidden_units": 2},
            "starting_weights, layer 2, row 2, column 1: nan is not a number between -1e50 and 1e50.",
        ),
    ],
)
def test_a_wrong_setting_is_explained(setting, message):
    """The message names the setting, its value and the range."""
    with pytest.raises(InvalidExperiment, match=f"^{re.escape(message)}$"):
        replace(NOTEBOOK, **setting)


@pytest.mark.parametrize(
    "setting",
    [
        {"seed": 10**5_000},
        {"epochs": -(10**5_000)},
        {"learning_rate": 10**400},
        {"starting_weights": [[[10**400]] * 3]},
    ],
)
def test_a_setting_beyond_every_range_is_refused(setting):
    """Numbers that do not fit a float, or cannot be written out, are refused like any other."""
    with pytest.raises(InvalidExperiment, match=f"^{next(iter(setting))}"):
        replace(NOTEBOOK, **setting)


def test_the_errors_are_value_errors():
    """A caller that knows nothing of this package can catch them."""
    assert issubclass(InvalidDataset, ValueError)
    assert issubclass(InvalidExperiment, ValueError)


@given(experiments())
def test_the_sizes_follow_from_table_and_hidden_units(experiment):
    """They are the shapes of the weights, and count them."""
    features, hidden_units = experiment.dataset.inputs.shape[1], experiment.hidden_units
    weights = experiment.weights_before
    assert experiment.sizes == ((features, hidden_units, 1) if hidden_units else (features, 1))
    assert experiment.weight_count == sum(layer.size for layer in weights)


def test_starting_weights_take_the_place_of_the_seeds():
    """They are state 0, unchanged."""
    experiment = replace(NOTEBOOK, starting_weights=([[1], [2], [3]],))
    assert [layer.tolist() for layer in experiment.weights_before] == [[[1], [2], [3]]]


def test_experiments_are_equal_if_all_their_settings_are():
    """Each setting counts; equal experiments have the same hash, and so can be a key."""
    weights = ([[1], [2], [3]],)
    others = [
        replace(NOTEBOOK, dataset=Dataset(INPUTS, 1 - TARGETS)),
        replace(NOTEBOOK, seed=2),
        replace(NOTEBOOK, epochs=201),
        replace(NOTEBOOK, learning_rate=0.5),
        replace(NOTEBOOK, objective="cross_entropy"),
        replace(NOTEBOOK, hidden_units=1),
        replace(NOTEBOOK, starting_weights=weights),
    ]
    again = replace(NOTEBOOK, learning_rate=np.float32(1), dataset=Dataset(INPUTS.tolist(), TARGETS))
    assert again == NOTEBOOK
    assert hash(again) == hash(NOTEBOOK)
    assert len({NOTEBOOK, again, *others}) == 8
    assert all(other != NOTEBOOK for other in [*others, "an experiment"])
    assert replace(NOTEBOOK, starting_weights=weights) == replace(NOTEBOOK, starting_weights=np.array(weights))


def test_an_experiment_cannot_be_changed():
    """Neither its fields, nor its starting weights, nor the array that they were given in."""
    weights = np.ones((3, 1))
    experiment = replace(NOTEBOOK, starting_weights=(weights,))
    weights[0] = 9
    assert experiment.starting_weights[0].tolist() == [[1], [1], [1]]
    with pytest.raises(FrozenInstanceError):
        experiment.seed = 2  # type: ignore[misc]
    with pytest.raises(ValueError, match="read-only"):
        experiment.starting_weights[0][0] = 9


def test_a_changed_copy_is_checked_again():
    """`dataclasses.replace` keeps the other settings."""
    changed = replace(NOTEBOOK, seed=7, hidden_units=2)
    assert (changed.seed, changed.epochs, changed.sizes) == (7, 200, (3, 2, 1))
    with pytest.raises(InvalidExperiment, match="epochs is 0"):
        replace(changed, epochs=0)


def test_several_targets_are_columns_with_names():
    dataset = Dataset([[1, 2], [3, 4]], [[0, 1], [1, 0.5]])
    assert dataset.targets.tolist() == [[0, 1], [1, 0.5]]
    assert dataset.target_names == dataset.target_name == ("y1", "y2")
    named = Dataset([[1, 2], [3, 4]], [[0, 1], [1, 0.5]], target_name=["cat", "dog"])
    assert named.target_name == ("cat", "dog")
    assert named != dataset
    assert Dataset(dataset.inputs, dataset.targets, dataset.input_names, dataset.target_name) == dataset
    assert Dataset([[1], [2]], [[0], [1]]).target_name == "y"


@pytest.mark.parametrize(
    ("targets", "names", "message"),
    [
        ([[0, 1]], ["y"], "There are 2 target columns but 1 names. Give one name a column."),
        ([[0, 1]], ["y", "y"], "Columns 2 and 3 are both named “y”. Rename one of them."),
        ([[0, 1]], ["y", ""], "Column 3 has no name. Give it one."),
        ([[0, 2]], ["a", "b"], "Row 1, column “b”: the target 2 is outside 0 to 1. Type a number from 0 to 1."),
        ([[-1, 1]], "t", "Row 1, column “t1”: the target -1 is outside 0 to 1. Type a number from 0 to 1."),
    ],
)
def test_wrong_targets_are_explained(targets, names, message):
    with pytest.raises(InvalidDataset, match=f"^{re.escape(message)}$"):
        Dataset([[1]], targets, target_name=names)


@pytest.mark.parametrize(
    ("given", "kept", "sizes"),
    [
        (0, 0, (3, 1)),
        ((), 0, (3, 1)),
        (4, 4, (3, 4, 1)),
        ([4], 4, (3, 4, 1)),
        ((4, 3), (4, 3), (3, 4, 3, 1)),
        ([np.int64(2), 3, 4], (2, 3, 4), (3, 2, 3, 4, 1)),
    ],
)
def test_hidden_layers_are_kept_in_one_way(given, kept, sizes):
    experiment = replace(NOTEBOOK, hidden_units=given)
    assert experiment.hidden_units == kept
    assert experiment.sizes == sizes
    assert experiment == replace(NOTEBOOK, hidden_units=kept)


def test_a_bias_is_one_more_row_of_weights():
    experiment = replace(NOTEBOOK, hidden_units=(4, 2), biases="learned")
    assert experiment.shapes == [(4, 4), (5, 2), (3, 1)] == [layer.shape for layer in experiment.weights_before]
    assert experiment.weight_count == 29


@pytest.mark.parametrize(
    ("batch_size", "kept", "batches"),
    [
        (None, None, [[0, 1, 2, 3]]),
        (4, None, [[0, 1, 2, 3]]),
        (9, None, [[0, 1, 2, 3]]),
        (3, 3, [[0, 1, 2], [3]]),
        (1, 1, [[0], [1], [2], [3]]),
    ],
)
def test_batches_are_taken_in_the_order_of_the_table_again_and_again(batch_size, kept, batches):
    experiment = replace(NOTEBOOK, batch_size=batch_size, epochs=2)
    assert experiment.batch_size == kept
    assert experiment.updates == 2 * len(batches)
    rows = np.arange(4)
    assert [rows[experiment.batch(k)].tolist() for k in range(experiment.updates)] == 2 * batches


def test_standardised_inputs_have_mean_0_and_deviation_1():
    """But for constant ones, which stay as they are."""
    inputs = np.array([[60.0, 1, 5e-324], [70, 1, 0], [85, 1, 0]])
    experiment = Experiment(Dataset(inputs, [0, 1, 1]), standardise=True)
    assert experiment.inputs[:, 0] == pytest.approx(
        (inputs[:, 0] - inputs[:, 0].mean()) / inputs[:, 0].std(), rel=1e-15
    )
    assert experiment.inputs[:, 1].tolist() == [1, 1, 1]
    assert np.isfinite(experiment.inputs).all()
    assert experiment.dataset.inputs.tolist() == inputs.tolist()
    assert experiment != replace(experiment, standardise=False)


@given(networks(tables(st.floats(-1e50, 1e50) | st.sampled_from([0.0, 5e-324, 1.0, 1e50, -1e50]))))
def test_standardised_inputs_are_finite_whatever_they_were(experiment):
    inputs = replace(experiment, standardise=True).inputs
    table = experiment.dataset.inputs[experiment.training_rows]
    varies = np.ptp(table, axis=0) > 0
    assert np.isfinite(inputs).all()
    assert np.array_equal(inputs[:, ~varies], table[:, ~varies])
    assert np.all(np.abs(inputs) <= np.sqrt(len(inputs)) * 1.001 + np.abs(table) * ~varies)
    assert np.isfinite(experiment.given(experiment.dataset.inputs)).all()


def test_the_shapes_of_very_many_layers_are_quoted_by_their_beginning():
    with pytest.raises(InvalidExperiment, match=r"^starting_weights has the shapes \[\(1, 1\), .{,60}…; this network"):
        replace(NOTEBOOK, starting_weights=[[[1]]] * 500)


def test_a_column_that_hardly_varies_is_given_as_it_is():
    """Of numbers below float64's least normal one there are not all digits, nor may a deviation be 0."""
    scaling = Experiment(Dataset([[0.0]] * 9 + [[5e-324]], [0] * 9 + [1]), standardise=True).scaling
    assert not scaling.changes.any()


@pytest.mark.parametrize(("share", "rows"), [(0, 0), (0.01, 1), (0.25, 1), (0.4, 2), (0.9, 3), (0.999, 3)])
def test_a_share_of_the_rows_is_held_out_but_never_all(share, rows):
    experiment = replace(NOTEBOOK, held_out=share)
    assert len(experiment.held_out_rows) == rows
    assert sorted([*experiment.held_out_rows, *experiment.training_rows]) == [0, 1, 2, 3]
    assert np.array_equal(experiment.inputs, NOTEBOOK.inputs[experiment.training_rows])


def test_the_only_row_is_not_held_out():
    with pytest.raises(
        InvalidExperiment, match=r"^held_out is 0\.5; it must be 0, since training needs the only row\.$"
    ):
        Experiment(Dataset([[1]], [1]), held_out=0.5)


def test_the_seed_draws_the_rows_held_out():
    """The same ones every time, whatever else differs, and of many seeds each row about as often."""
    one = replace(NOTEBOOK, held_out=0.25)
    assert np.array_equal(one.held_out_rows, replace(one, hidden_units=3, epochs=7).held_out_rows)
    drawn = np.concatenate([replace(one, seed=seed).held_out_rows for seed in range(400)])
    assert np.all(np.abs(np.bincount(drawn, minlength=4) - 100) < 40)


@given(networks(tables(most_rows=6), learning_rates=st.just(1.0)))
def test_nothing_of_a_row_held_out_reaches_the_training(experiment):
    """With any other numbers in it, every weight and every loss of the others is the same."""
    inputs, targets = experiment.dataset.inputs.copy(), experiment.dataset.target_columns.copy()
    inputs[experiment.held_out_rows], targets[experiment.held_out_rows] = 7.5, 0.25
    run, other = train(experiment), train(replace(experiment, dataset=Dataset(inputs, targets)))
    assert all(map(np.array_equal, run.weights, other.weights))
    assert np.array_equal(run.cross_entropy, other.cross_entropy)

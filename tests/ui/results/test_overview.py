"""The tables that are always in sight, as they are written, also of runs that hold out rows."""

from dataclasses import replace

import numpy as np
import pytest

from core import EXAMPLES, NOTEBOOK, Dataset, Experiment, rows_right, train
from ui.results.overview import in_table_units, losses, predictions, row_labels
from ui.table import written
from ui.tables import IN_GRID


def test_rows_held_out_are_marked_and_counted_apart():
    """With their own loss, in the three states that are shown."""
    run = train(replace(NOTEBOOK, held_out=0.5, seed=3))
    held_out, others = run.experiment.held_out_rows, run.experiment.training_rows
    assert [label.endswith("*") for label in row_labels(run.experiment)] == [row in held_out for row in range(4)]
    columns = {column.name: column.numbers for column in losses(run)}
    assert list(columns) == ["cross-entropy", "right of 2", "cross-entropy held out", "right of 2 held out"]
    targets = NOTEBOOK.dataset.targets
    for name, rows in (("right of 2", others), ("right of 2 held out", held_out)):
        assert columns[name][-1] == rows_right(run.after[rows], targets[rows]).sum()
    expected = -np.mean(np.log(np.where(targets == 1, run.after, 1 - run.after))[held_out])
    assert np.isclose(columns["cross-entropy held out"][-1], expected)


def test_where_no_row_is_held_out_none_is_numbered():
    assert row_labels(NOTEBOOK) == []


def test_weights_in_the_tables_units_have_digits_however_large_the_inputs_are():
    """A weight of inputs in the millions is no 0.00000000; with the bias it gives the network's own outputs."""
    dataset = Dataset([[2e9, 1.5], [8e9, 0.5], [4e9, 3.5]], [0, 1, 1])
    run = train(Experiment(dataset, epochs=50, biases="learned", standardise=True))
    units = in_table_units(run)
    assert units
    *weights, bias = (float(row[-1]) for row in written(*units).rows)
    logits = dataset.inputs @ weights + bias
    np.testing.assert_allclose(1 / (1 + np.exp(-logits)), run.after, rtol=1e-4)


@pytest.mark.parametrize(
    ("scale", "text", "in_grid"),
    [(1, "1090.0", "%.1f"), (1e-3, "1.0900", "%.4f"), (1e3, "1090000", "%.15g"), (1e20, "1.09e+23", "%.15g")],
)
def test_amounts_of_a_column_have_as_many_decimals_each(scale, text, in_grid):
    """Also those that end in zero, and in a grid; whole ones have no point."""
    prices = np.array([1200.5, 2300, 1900, 2950.25, 1000]) * scale
    dataset = Dataset([[1.5], [1.7], [1.6], [1.8], [1.55]], prices, scale_targets=True)
    run = train(Experiment(dataset, biases="learned"))
    for column in (*predictions(run)[-3:], losses(run)[-1]):
        assert column.text(1090 * scale) == text
        assert IN_GRID[column.text] == in_grid


def test_of_several_outputs_the_final_ones_come_first_under_names_that_differ():
    """Iris has sixteen columns, of which a screen shows ten: in full each where it is pointed at."""
    run = train(EXAMPLES["iris"].experiment)
    columns = predictions(run)
    assert [column.short_name for column in columns] == [
        *["sepal l…", "sepal w…", "petal l…", "petal w…", "setosa", "versico…", "virgini…"],
        *(
            f"{target} {state}"
            for state in ("final", "last pass", "before")
            for target in ("setosa", "versi…", "virgi…")
        ),
    ]
    assert columns[8].name == "versicolor final"
    for place, states in ((7, run.after), (10, run.last_pass), (13, run.before)):
        np.testing.assert_array_equal(
            np.column_stack([column.numbers for column in columns[place : place + 3]]), states
        )

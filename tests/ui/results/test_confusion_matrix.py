"""The confusion matrix, as the page shows it."""

from dataclasses import replace

import pytest
from app import new_part, tables

from core import EXAMPLES, Dataset, Experiment, train
from ui.results.confusion_matrix import confusion_table

PAGE = """
import streamlit as st
from ui.results import confusion_matrix
confusion_matrix.show(st.session_state["run"])
"""


def test_targets_go_down_and_outputs_across():
    """Of the flights, 7 were distressed, and the neuron sees 4 of these coming, with no false alarm."""
    table = confusion_table(train(EXAMPLES["challenger"].experiment))
    assert table.header[1:] == ["output below 0.5", "output above 0.5"]
    assert table.rows == [["target below 0.5", "**16**", "0"], ["target above 0.5", "3", "**4**"]]


def test_wrong_rows_are_off_the_diagonal():
    """A neuron that answers above one half to everything."""
    experiment = replace(Experiment(Dataset([[1]] * 1500, [0] * 1200 + [1] * 300)), starting_weights=([[9]],), epochs=1)
    table = confusion_table(train(replace(experiment, learning_rate=1e-9)))
    assert [row[1:] for row in table.rows] == [["**0**", "1,200"], ["0", "**300**"]]


@pytest.mark.parametrize(("rows", "shown"), [(10, 0), (11, 1)])
def test_the_matrix_is_shown_for_more_than_ten_rows(rows, shown):
    """Fewer are seen at a glance."""
    app = new_part(PAGE)
    app.session_state["run"] = train(Experiment(Dataset([[1]] * rows, [1] * rows)))
    assert not app.run().exception
    assert len(tables(app)) == shown


def test_species_are_counted_by_the_largest_output():
    """Row 84 is taken for a virginica, row 134 for a versicolor, as the example says; every flower counts once."""
    table = confusion_table(train(EXAMPLES["iris"].experiment))
    assert table.header[1:] == ["taken for setosa", "taken for versicolor", "taken for virginica"]
    assert table.rows == [
        ["is setosa", "**50**", "0", "0"],
        ["is versicolor", "0", "**49**", "1"],
        ["is virginica", "0", "1", "**49**"],
    ]

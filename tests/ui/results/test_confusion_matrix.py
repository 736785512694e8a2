"""The confusion matrix, as the page shows it."""

from dataclasses import replace

import pytest
from app import new_part, tables

from core import EXAMPLES, Dataset, Experiment, train
from ui.results.confusion_matrix import confusion_table, explanation

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


def test_the_rows_that_agree_and_the_rows_right_are_told_apart():
    """With only a few epochs most flowers have their species' output largest, before it is above one half."""
    run = train(replace(EXAMPLES["iris"].experiment, epochs=3))
    pairs = list(zip(run.after.tolist(), run.experiment.dataset.targets.tolist(), strict=True))
    agree = sum(outputs.index(max(outputs)) == targets.index(1) for outputs, targets in pairs)
    right = sum(
        [output > 0.5 for output in outputs] == [target == 1 for target in targets] for outputs, targets in pairs
    )
    assert right < agree
    assert f"{agree} of 150 agree" in explanation(run)
    assert (
        f"Under Loss, **right of 150** asks more: that every output is on its target's side of ½, as in {right} r"
        in (explanation(run))
    )


def test_rows_held_out_are_not_counted():
    """As under Loss, where they have a column of their own."""
    flights = EXAMPLES["challenger"].experiment
    run = train(replace(flights, held_out=0.25, seed=2))
    counts = [[0, 0], [0, 0]]
    for row in set(range(23)) - set(run.experiment.held_out_rows.tolist()):
        counts[int(flights.dataset.targets[row])][int(run.after[row] > 0.5)] += 1
    table = confusion_table(run)
    assert [[int(cell.strip("*")) for cell in row[1:]] for row in table.rows] == counts
    assert explanation(run).startswith("Rows learned from by the side of 0.5")

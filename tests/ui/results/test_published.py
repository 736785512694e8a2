"""Published numbers as a reader compares them: digit by digit."""

from dataclasses import replace

import pytest
from app import new_part, tables
from notebook import INPUTS, TARGETS, notebook_loop

from core import EXAMPLES, Dataset, Experiment, compare, train
from ui.results.published import comparison_table, label

PAGE = """
import streamlit as st
from ui.results import published
from ui.settings import settings_from
run = st.session_state["run"]
published.show(settings_from(run.experiment, st.session_state["example"]), run)
"""


def compared(key, experiment):
    """Compare an example's numbers with a run of `experiment`."""
    return compare(EXAMPLES[key], train(experiment))


def cells(comparisons):
    """Return the table's rows."""
    return comparison_table(comparisons).rows


@pytest.mark.parametrize("key", ["notebook", "trask-10000", "nielsen-moderate", "nielsen-bad", "challenger"])
def test_numbers_that_agree_are_the_same_text(key):
    """The run's number is written with the decimals of the printed one, and all its digits count."""
    for _, printed, computed, digits in cells(compared(key, EXAMPLES[key].experiment)):
        assert computed == printed
        agreeing, total = digits.split(" of ")
        assert agreeing == total == str(len(printed.lstrip("-0.").replace(".", "")))


def test_a_number_that_differs_is_shown_to_the_same_decimals():
    """The notebook's weights after one epoch less: two digits agree."""
    rows = cells(compared("notebook", replace(EXAMPLES["notebook"].experiment, epochs=199)))
    (weights,) = notebook_loop(INPUTS, TARGETS, seed=1, epochs=199).states
    assert rows[8] == ["Weight after training, input 1", "5.45668723", f"{weights[-1, 0, 0]:.8f}", "2 of 9"]


@pytest.mark.parametrize(
    ("key", "changes", "text"),
    [
        ("notebook", {}, "all 11 agree to the last printed digit"),
        ("challenger", {}, "both agree to the last printed digit"),
        ("nielsen-bad", {}, "the only one agrees to the last printed digit"),
        ("notebook", {"epochs": 199}, "4 of 11 agree"),
        ("notebook", {"seed": 2}, "0 of 11 agree"),
        ("xor-hidden", {"epochs": 10}, "1 of 6 agrees, 5 not in this run"),
        (
            "notebook",
            {"hidden_units": 2},
            "none comparable",
        ),
    ],
)
def test_the_label_says_the_result(key, changes, text):
    """Without opening the section a reader knows how many agree."""
    assert label(compared(key, replace(EXAMPLES[key].experiment, **changes))) == text


def test_a_number_that_the_run_has_not_reached_is_said_to_be_missing():
    """Ten epochs do not reach iteration 10,000."""
    first, second, *_ = cells(compared("xor-hidden", replace(EXAMPLES["xor-hidden"].experiment, epochs=10)))
    assert first[1:] == ["0.496410031903", "0.496410031903", "12 of 12"]
    assert second[1:] == ["0.00858452565325", "not in this run", ""]


def test_a_huge_number_stays_short():
    """A weight of 1e50 has no decimals to compare."""
    notebook = EXAMPLES["notebook"].experiment
    rows = cells(compared("notebook", replace(notebook, starting_weights=([[1e50], [0], [0]],), epochs=1)))
    assert rows[8][2:] == ["1.00000000e+50", "0 of 9"]


def test_the_section_is_shown_for_examples_with_published_numbers_only():
    """A truth table was not published."""
    app = new_part(PAGE)
    app.session_state["run"] = train(EXAMPLES["notebook"].experiment)
    app.session_state["example"] = "notebook"
    assert not app.run().exception
    assert [section.label for section in app.expander] == ["Published numbers: all 11 agree to the last printed digit"]
    assert len(tables(app)[0]) == 11
    app.session_state["example"] = "and"
    assert not app.run().exception
    assert not app.expander


def test_the_section_says_what_differs_from_the_published_experiment():
    """Where not all numbers agree, that is why."""
    app = new_part(PAGE)
    app.session_state["run"] = train(replace(EXAMPLES["notebook"].experiment, seed=2, hidden_units=(2, 1)))
    app.session_state["example"] = "notebook"
    assert not app.run().exception
    assert [section.label for section in app.expander] == [
        "Published numbers: of another run (this one differs: seed 2, 2 \\+ 1 hidden units); none comparable"
    ]


def test_a_run_as_published_differs_in_nothing():
    """The number that does not agree is one that the source rounded on the way."""
    app = new_part(PAGE)
    app.session_state["run"] = train(EXAMPLES["3-2-1"].experiment)
    app.session_state["example"] = "3-2-1"
    assert not app.run().exception
    assert [section.label for section in app.expander] == ["Published numbers: 16 of 17 agree"]


def test_the_section_takes_a_run_of_any_sizes():
    """The reader may have changed the example's table."""
    app = new_part(PAGE)
    app.session_state["run"] = train(Experiment(Dataset([[1]], [0])))
    app.session_state["example"] = "trask-10000"
    assert not app.run().exception
    assert set(tables(app)[0]["this run"]) == {"not in this run"}

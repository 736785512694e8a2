"""Mazur's four figures of later states, beside what each of two programs gives."""

from dataclasses import replace

import pytest
from app import new_part, tables

from core import EXAMPLES, train
from core.mazur import two_programs
from ui.results.two_programs import IS_OPEN, both_ways, explanation

MAZUR = EXAMPLES["mazur"].experiment
PAGE = """
import streamlit as st
from ui.results import two_programs
two_programs.show(st.session_state["run"])
"""


@pytest.fixture(scope="module")
def run():
    return train(MAZUR)


def test_each_figure_agrees_with_one_of_the_programs(run):
    """One with the run, three with the program that updates the output weights too early."""
    rows = both_ways(two_programs(run)).rows
    assert [(printed, right, early) for _, printed, right, early in rows] == [
        ("0.291027924", "0.291027774", "**0.291027924**"),
        ("0.0000351085", "**0.0000351085**", "0.0000350915"),
        ("0.015912196", "0.015913620", "**0.015912196**"),
        ("0.984065734", "0.984064274", "**0.984065734**"),
    ]


def test_the_printed_outputs_do_not_make_the_printed_error(run):
    assert (
        "make a total error of 0.0000350848, not 0.0000351085, which is this run's, one update earlier"
        in explanation(two_programs(run))
    )


def test_they_are_shown_for_the_example_as_published_only(run):
    app = new_part(PAGE)
    for shown, other in [(1, run), (0, train(replace(MAZUR, epochs=5)))]:
        app.session_state["run"] = other
        app.session_state[IS_OPEN] = True
        assert not app.run().exception
        assert len(tables(app)) == shown

"""The figures of Mazur's example that come from two different programs, with what each of the two gives."""

from collections.abc import Sequence
from typing import Final

import streamlit as st

from core import Run
from core.mazur import STEP_BY_STEP, TwoWays, total_error, two_programs
from ui import tables
from ui.once import once_a_run
from ui.session import key
from ui.table import Table
from ui.text import escape

HEADING: Final = "Its later printed numbers come from two different programs"
IS_OPEN: Final = key("two_programs")


def show(run: Run) -> None:
    """Show the figures and what was mixed, if the run is of the example as published."""
    if run.experiment != STEP_BY_STEP:
        return
    with st.expander(HEADING, key=IS_OPEN, on_change="rerun") as section:
        if section.open:
            ways = _ways(run)
            tables.show(both_ways(ways))
            st.markdown(explanation(ways))


@once_a_run
def _ways(run: Run) -> tuple[TwoWays, ...]:
    return two_programs(run)


def both_ways(ways: Sequence[TwoWays]) -> Table:
    """Return one row a figure: as printed, and what each program gives, in bold if it agrees."""
    rows = [
        [
            escape(way.label),
            way.printed,
            _as_printed(way.right, way.printed, agrees=way.right_agrees),
            _as_printed(way.early, way.printed, agrees=way.early_agrees),
        ]
        for way in ways
    ]
    return Table(["what", "as printed", "this run", "updated too early"], rows)


def explanation(ways: Sequence[TwoWays]) -> str:
    """Say what was mixed, and how the printed numbers show it."""
    outputs = [float(way.printed) for way in ways if way.kind == "output"]
    error = next(way.printed for way in ways if way.kind == "error" and way.right_agrees)
    return (
        "**this run** takes the hidden layer's gradient with the output weights that made the outputs, as the text "
        "says. **updated too early**: another program, which changes the output weights first and takes the gradient "
        "with the new ones. It learns too, and its numbers are close. In **bold**: what agrees with the printed "
        "figure. No single program gives all of them: the printed outputs make a total error of "
        f"{total_error(outputs):.10f}, not {error}, which is this run's, one update earlier."
    )


def _as_printed(value: float, printed: str, *, agrees: bool) -> str:
    """Write a number with as many decimals as the printed one has."""
    text = f"{value:.{len(printed.partition('.')[2])}f}"
    return f"**{text}**" if agrees else text

"""A run that is seen among others becomes the one that the page shows, by a click or by a button."""

from typing import Any, Final

import streamlit as st

from ui.session import key
from ui.sidebar import controls

TAKEN: Final = key("taken")


def take(**values: Any) -> None:  # noqa: ANN401 - each of its setting's kind
    """Set controls, by their settings' names; a callback."""
    for name, value in values.items():
        controls.set_to(name, value)
    st.session_state[TAKEN] = True


def show_taken() -> None:
    """Run all of the page anew if a run was just taken: a fragment would show the controls as they were."""
    if st.session_state.pop(TAKEN, False):
        st.rerun()


def clicked(chart: str) -> list[Any]:
    """Return what the first of a chart's points that were clicked tells of itself; nothing if there is none."""
    return told(st.session_state[chart].selection.points)


def told(points: object) -> list[Any]:
    """Return what the first of some points tells of itself; nothing where a program made them up."""
    match points:
        case [{"customdata": [*values]}, *_]:
            return values
    return []

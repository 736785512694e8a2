"""The inputs that vary in the pictures of what a network computes, which the reader chooses if there are many."""

from collections.abc import Hashable, Mapping
from typing import Final, TypeVar

import streamlit as st

from core import Dataset
from core.messages import shown as quoted
from core.slices import telling_inputs
from ui.names import distinct
from ui.session import key

Option = TypeVar("Option", bound=Hashable)

ACROSS, UP = key("input_across"), key("input_up")
CHOICE: Final = 180  # pixels


def choose_columns(dataset: Dataset) -> list[int]:
    """Return the inputs that vary in the pictures, one or two, which the reader chooses if there are more."""
    telling = telling_inputs(dataset)
    if len(telling) <= 2:
        return sorted(telling)
    across = _choose_column(dataset, "From left to right", ACROSS, telling)
    return [across, _choose_column(dataset, "Upwards", UP, [column for column in telling if column != across])]


def _choose_column(dataset: Dataset, label: str, place: str, candidates: list[int]) -> int:
    """Let the reader choose an input; 0 stands for the first of the candidates, the others are counted from 1."""
    columns = {0 if column == candidates[0] else column + 1: column for column in sorted(candidates)}
    names = distinct([quoted(dataset.input_names[column], str) for column in columns.values()])
    return columns[choose(label, place, dict(zip(columns, names, strict=True)), otherwise=0)]


def choose(label: str, place: str, names: Mapping[Option, str], otherwise: Option) -> Option:
    """Let the reader choose an option by its name; one that there is no more gives way.

    The name of `otherwise` may become another: what is set anew, the browser writes anew.
    """
    if st.session_state.get(place) not in names or st.session_state[place] == otherwise:
        st.session_state[place] = otherwise
    return st.selectbox(
        label, list(names), format_func=names.__getitem__, key=place, persist_state="page", width=CHOICE
    )

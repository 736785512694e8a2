"""A click in a figure that chooses a neuron, wherever one is looked at."""

import streamlit as st

from core import Experiment
from ui.session import key
from ui.sidebar.controls import NEURON
from ui.view import Neuron
from ui.worked.step import neurons


def choose_clicked(experiment: Experiment, chart: str) -> None:
    """Choose the neuron that was clicked in the chart of this key, or that what was clicked leads to: its callback.

    A second click on a point comes as an empty selection.
    """
    clicked, place = _neuron_of(st.session_state[chart].selection.points), key(f"clicked_in_{chart}")
    if clicked is not None:
        st.session_state[place] = clicked
    name = next((name for name, neuron in neurons(experiment).items() if neuron == st.session_state.get(place)), None)
    if name:
        st.session_state[NEURON] = name


def _neuron_of(points: object) -> Neuron | None:
    """Return the neuron that the first of a figure's points tells; None where a program made it up."""
    match points:
        case [{"customdata": [int(layer), int(unit)]}, *_]:
            return layer, unit
    return None

"""The controls' places in Streamlit's session state: what they are set to, and set from."""

from copy import deepcopy
from typing import Final

import streamlit as st

from ui.formats.link import TABS, View
from ui.settings import Settings, neuron_names
from ui.sidebar import data_table, starting_weights

EXAMPLE, SEED, EPOCHS, LEARNING_RATE, OBJECTIVE = "example", "seed", "epochs", "learning_rate", "objective"
HIDDEN_UNITS, BIAS, OWN_WEIGHTS = "hidden_units", "bias", "own_weights"
TAB, STATE, ROW, NEURON = "tab", "state", "row", "neuron"
PLAIN: Final = (EXAMPLE, SEED, EPOCHS, LEARNING_RATE, OBJECTIVE, HIDDEN_UNITS, BIAS)
VIEW: Final = (TAB, STATE, ROW, NEURON)


def apply(settings: Settings) -> None:
    """Set all controls of the experiment; to be called before they are shown."""
    for name in PLAIN:
        st.session_state[name] = getattr(settings, name)
    data_table.start_from(settings.names, settings.rows)
    st.session_state[OWN_WEIGHTS] = settings.weights is not None
    starting_weights.start_from(settings.weights or ())


def apply_view(view: View) -> None:
    """Set what is looked at; to be called before it is shown."""
    st.session_state[TAB] = TABS[view.tab]
    st.session_state[STATE], st.session_state[ROW], st.session_state[NEURON] = view.state, view.row, view.neuron


def current_view(settings: Settings) -> View:
    """Return what is looked at, as far as it exists in the run of `settings`."""
    label = st.session_state.get(TAB)
    neuron = st.session_state.get(NEURON, View.neuron)
    return View(
        tab=next((tab for tab, name in TABS.items() if name == label), View.tab),
        state=min(st.session_state.get(STATE, View.state), settings.epochs),
        row=max(1, min(st.session_state.get(ROW, View.row), len(settings.rows))),
        neuron=neuron if neuron in neuron_names(settings.hidden_units) else View.neuron,
    )


def snapshot() -> dict[str, object]:
    """Return what all controls are set to, to tell later whether the reader has used one."""
    keys = [*PLAIN, *VIEW, OWN_WEIGHTS, *data_table.keys(), *starting_weights.keys()]
    return {"keys": keys} | {key: deepcopy(st.session_state[key]) for key in keys if key in st.session_state}


def used_since(before: dict[str, object]) -> bool:
    """Tell whether a control differs from `before`; Streamlit drops those that are no longer shown, unused."""
    return before | snapshot() != before

"""What is folded away in the sidebar until it is asked for: its controls are not even made."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator


def fold(label: str, place: str) -> tuple[DeltaGenerator, bool]:
    """Return an expander, and whether its controls are to be made; `place` is its key.

    They are while it is open, and once more in the run that closes it: what was typed last may come with that.
    """
    expander = st.expander(label, key=place, on_change="rerun")
    before = f"{place}_before"
    was_open = st.session_state.get(before, False)
    st.session_state[before] = bool(expander.open)
    return expander, bool(expander.open) or was_open

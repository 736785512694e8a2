"""Compare: other seeds, other settings, and the runs that the reader keeps."""

import streamlit as st

from ui.comparison import kept, many_seeds, sweep, taking
from ui.sidebar import controls
from ui.training import Shown
from ui.view import COMPARED, Place, View

PARTS = {"seeds": many_seeds.show, "sweep": sweep.show, "kept": kept.show}


def show(shown: Shown, _place: Place) -> None:
    """Show what is to be compared, and of that the part which is chosen."""
    taking.show_taken()
    part = st.segmented_control(
        "What is compared",
        list(COMPARED.names),
        format_func=COMPARED.shown,
        required=True,
        key=controls.within("compare", shown.settings),
        persist_state="page",
        label_visibility="collapsed",
    )
    PARTS[part or View.compare](shown)

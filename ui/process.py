"""What is done once a process, for all visits."""

import gc

import streamlit as st


@st.cache_resource(show_spinner=False)
def settle() -> None:
    """Let the garbage collector leave alone what is in memory now: the imported modules, which stay.

    Streamlit collects all garbage after every run of the script, and would look through them each time.
    To be called at the end of a run, when all is imported.
    """
    gc.collect()
    gc.freeze()

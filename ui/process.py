"""What is done once a process, for all visits."""

import gc
from typing import Final

import streamlit as st

from ui.streamlit_private import hold_few_uploads

MOST_UPLOADS: Final = 3  # of a visit: a table, an experiment, and one that takes the place of either


@st.cache_resource(show_spinner=False)
def settle() -> None:
    """Bound what a visit may upload; let the garbage collector leave alone the imported modules, which stay.

    To be called at the end of a run, when all is imported.
    """
    hold_few_uploads(MOST_UPLOADS)
    gc.collect()
    gc.freeze()

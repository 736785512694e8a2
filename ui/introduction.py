"""One sentence on what the page is for, and one on what to try first, of what is not hidden."""

from typing import Final

import streamlit as st

from ui.hiding import is_hidden

WHAT_FOR: Final = "Watch a small neural network learn, and check every number with a pencil."
# What to try, and what of the page it needs, as `ui.hideable` names it.
WAYS: Final = {
    "change a cell of the table": ("table",),
    "press **+1** below the loss and follow one step": ("step", "place"),
    "open the **Lessons**": ("lessons",),
}


def show() -> None:
    """Show both sentences, or the first alone where nothing is left to try."""
    ways = [way for way, needs in WAYS.items() if not any(map(is_hidden, needs))]
    if len(ways) > 1:
        ways[-1] = f"or {ways[-1]}"
    st.markdown(f"{WHAT_FOR} To begin with, {', '.join(ways)}." if ways else WHAT_FOR)

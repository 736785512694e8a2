"""What a link may have the page do without, for a class that does not need it: hidden, and not locked."""

from types import MappingProxyType
from typing import Final

import streamlit as st

from ui.names import TABS
from ui.session import key
from ui.settings import SETTINGS

HIDE: Final = key("hide")
# What can be hidden, by its name in links: what is said of it.
ANSWERS: Final = {
    "predictions": "Predictions, until asked for",
    "hint": "Hint",
    "show_me": "Show me",
    "findings": "What went wrong",
}
MAIN_CONTROLS: Final = {
    "lessons": "Lessons",
    "place": "State, row and neuron",
    "level": "Left to you, Decimals",
}
SIDEBAR: Final = {
    "example": "Example",
    "table": "Data table",
    "columns": "Columns",
    "upload": "Upload or paste a table",
    **{setting.name: setting.label for setting in SETTINGS},
    "weights": "Type the starting weights",
}
GROUPS: Final = MappingProxyType({"Answers": ANSWERS, "Tabs": TABS, "Controls": MAIN_CONTROLS, "Sidebar": SIDEBAR})
HIDEABLE: Final = {name: label for group in GROUPS.values() for name, label in group.items()}


def is_hidden(name: str) -> bool:
    """Tell whether something is hidden in this visit."""
    return name in st.session_state.get(HIDE, ())

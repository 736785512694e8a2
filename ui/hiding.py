"""What is hidden in a visit, as its link says: hidden, and not locked."""

from collections.abc import Iterable
from typing import Final

import streamlit as st

from ui.session import key

HIDE: Final = key("hide")


def is_hidden(name: str) -> bool:
    """Tell whether something is hidden in this visit."""
    return name in st.session_state.get(HIDE, ())


def are_hidden(names: Iterable[str]) -> bool:
    """Tell whether all of some things are hidden in this visit."""
    return all(map(is_hidden, names))

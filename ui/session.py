"""The page's places in Streamlit's session state: one prefix, so that none is Streamlit's own or a reader's word."""

from typing import Final

PREFIX: Final = "page_"


def key(name: str) -> str:
    """Return the key of a place in the session state, be it a widget's or a value's."""
    return f"{PREFIX}{name}"

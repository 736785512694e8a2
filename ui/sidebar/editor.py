"""What a table's editor starts from.

Streamlit keeps the edits of an editor by its key and puts them on top of what it starts from; given back
its own output, it would lose every second edit. So a new start has a new key, and an old one keeps its.
"""

from dataclasses import dataclass
from typing import Generic, TypeVar

import streamlit as st

from ui.session import key

Value = TypeVar("Value")


@dataclass(frozen=True)
class Start(Generic[Value]):
    """What an editor, or a few of them, start from."""

    name: str
    value: Value
    version: int

    def key(self, number: int = 0) -> str:
        """Return the key of the editor, or of one of a few."""
        return key(f"{self.name}_{self.version}_{number}")


def begin(name: str, value: Value) -> Start[Value]:
    """Let the editors of a name start from `value`, whatever was typed into them before."""
    previous: Start[Value] | None = st.session_state.get(key(name))
    start = Start(name, value, previous.version + 1 if previous else 0)
    st.session_state[key(name)] = start
    return start

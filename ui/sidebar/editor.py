"""What a table's editor starts from.

Streamlit keeps the edits of an editor by its key and puts them on top of what it starts from; given back
its own output, it would lose every second edit. So a new start has a new key. It is one that no session
has had before: a browser that outlived its session still holds the edits of that one's editors.
"""

from dataclasses import dataclass
from typing import Generic, TypeVar
from uuid import uuid4

import streamlit as st

from ui.session import key

Value = TypeVar("Value")


@dataclass(frozen=True)
class Start(Generic[Value]):
    """What an editor, or a few of them, start from."""

    name: str
    value: Value
    identity: str

    def key(self, number: int = 0) -> str:
        """Return the key of the editor, or of one of a few."""
        return key(f"{self.name}_{self.identity}_{number}")


def begin(name: str, value: Value) -> Start[Value]:
    """Let the editors of a name start from `value`, whatever was typed into them before."""
    start = Start(name, value, uuid4().hex)
    st.session_state[key(name)] = start
    return start

"""What a table's editor starts from.

Streamlit keeps the edits of an editor by its key and puts them on top of what it starts from; given back
its own output, it would lose every second edit. So a new start has a new key. It is one that no session
has had before: a browser that outlived its session still holds the edits of that one's editors.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from uuid import uuid4

import streamlit as st

from core.messages import HALF
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


def known(edits: Mapping[str, Any], rows: int, columns: Collection[str]) -> dict[str, Any]:
    """Return the edits that are an editor's own, one with `rows` rows and these columns.

    Streamlit raises at others, which no editor sends, but a program may.
    """
    return {
        "edited_rows": {
            row: _cells(changes, columns)
            for row, changes in _items(edits["edited_rows"])
            if _is_place(row, rows) and _cells(changes, columns)
        },
        "added_rows": [_cells(cells, columns) for cells in _list(edits["added_rows"])],
        "deleted_rows": [row for row in _list(edits["deleted_rows"]) if _is_place(row, rows)],
    }


def _cells(cells: object, columns: Collection[str]) -> dict[str, str | None]:
    return {
        str(column): None if cell is None else HALF.sub("\ufffd", str(cell))
        for column, cell in _items(cells)
        if column in columns and not isinstance(cell, (Mapping, list))
    }


def _is_place(row: object, rows: int) -> bool:
    return type(row) is int and 0 <= row < rows


def _items(value: object) -> Collection[tuple[object, object]]:
    return value.items() if isinstance(value, Mapping) else ()


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []

"""The data table: cells, rows and columns as the reader wants them.

The cells are text, so that whatever is typed or pasted stays in place for a message to point at.
Columns go by an identifier that never changes; the names are typed beside the table, and may be
wrong for a while too.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count, takewhile
from typing import Any, Final

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from core.dataset import column_name
from ui.hiding import is_hidden
from ui.names import distinct, first_free
from ui.session import key
from ui.settings import MOST_COLUMNS, MOST_TARGETS, Cells
from ui.short_names import short_names
from ui.sidebar.editor import Start, begin, known
from ui.sidebar.fold import fold
from ui.streamlit_private import ColumnConfig
from ui.text import escape, list_text

TABLE: Final = "table"
COLUMNS: Final = key("columns_are_shown")
INPUT, TARGET = "input", "target"
ROLES: Final = (INPUT, TARGET)  # of a column, in the order of the table
ROLE_WIDTH: Final = 96  # pixels
MOST_ADDED_ROWS: Final = 20
MOST_CELLS: Final = 10_000 * MOST_COLUMNS
MOST_CHARACTERS: Final = 10_000_000  # of all cells
TOO_LARGE: Final = key("table_is_too_large")
LONGEST_SHORT_CELL: Final = 5  # characters
NARROW, WIDE = 46, 75  # pixels
ROOM: Final = 230  # pixels for all columns, beside the ticks and a scroll bar
LONGEST_NAME: Final = 7  # letters above a column of short cells
BESIDE_NAME, LETTER = 32, 7  # pixels: the header's sign and edges, and a letter, about
BESIDE_NUMBER, DIGIT = 13, 6.5  # pixels: a cell's edges, and a digit
_PLAIN: Final = re.compile(r"[A-Za-z][A-Za-z0-9_ ]{0,40}")  # none of Streamlit's own, such as _index and _pos:1


@dataclass(frozen=True)
class DataTable:
    """What the editor starts from; it returns the edits on top."""

    cells: pd.DataFrame  # text, a column an identifier, the targets last
    names: dict[str, str]  # identifier -> name, in the same order
    targets: int = 1

    @property
    def roles(self) -> dict[str, str]:
        """What each column is."""
        inputs = len(self.names) - self.targets
        return {name: INPUT if place < inputs else TARGET for place, name in enumerate(self.names)}


def start_from(names: Sequence[str], rows: Cells, targets: int = 1) -> None:
    """Let the table start from these names, the targets last, and cells, whatever was typed before."""
    identifiers = distinct([name if _PLAIN.fullmatch(name) else "column" for name in names])
    cells = pd.DataFrame(rows, columns=identifiers, dtype="str")
    table = DataTable(cells, dict(zip(identifiers, names, strict=True)), targets)
    begin(TABLE, table)
    _set_columns(table)


def _set_columns(table: DataTable) -> None:
    """Set the controls of the columns; to be called where they are not shown yet."""
    for column, role in table.roles.items():
        _set_column(column, table.names[column], role)


def _set_column(column: str, name: str, role: str) -> None:
    st.session_state[_name_key(column)], st.session_state[_role_key(column)] = name, role


def keys() -> list[str]:
    """Return the keys of the editor and of the columns' names and roles."""
    start = _start()
    return [start.key(), *map(_name_key, start.value.names), *map(_role_key, start.value.names)]


def choose_table() -> tuple[tuple[tuple[str, ...], int, Cells], DeltaGenerator]:
    """Show the table and its column controls, unless they are hidden.

    Return the names, how many of the columns, the last, are targets, and the cells, without those of new rows that
    are not filled yet; and a place for a message about them.
    """
    if is_hidden("table"):
        table = _start().value
        rows = tuple(map(tuple, table.cells.to_numpy()))
        return (tuple(table.names.values()), table.targets, rows), st.container()
    st.markdown(
        "Data",
        help="One row an example: its inputs, then its target, a number from 0 to 1. In the notebook's table the "
        "target is the first input, and x3 is always 1: the weight of a constant input is the neuron's bias. Under "
        "Columns, up to four columns can be targets.",
    )
    start = _current_start()
    table = start.value
    edited = st.data_editor(
        table.cells,
        key=start.key(),
        num_rows="dynamic",
        hide_index=True,
        placeholder="",
        column_config=_columns(table),
        alt="The data table: one row an example, its inputs, then its target",
    )
    cells = _as_text(edited)
    message = st.container()
    if st.session_state.pop(TOO_LARGE, False):
        message.warning(
            f"What was added was left out, since a table holds at most {MOST_CELLS:,} cells and {MOST_CHARACTERS:,} "
            "characters."
        )
    st.caption("Click a cell to type. The empty last row adds one. To delete rows, tick them at their left edge.")
    if not is_hidden("columns"):
        _show_columns(table, cells)
    rows = tuple(map(tuple, cells.to_numpy()))
    waiting = _waiting(rows, added=len(st.session_state[start.key()]["added_rows"]))
    if waiting:
        message.caption(_waiting_text(range(len(rows) - waiting + 1, len(rows) + 1)))
    rows = rows[: len(rows) - waiting]
    return (tuple(table.names.values()), table.targets, rows), message


def _waiting(rows: Cells, added: int) -> int:
    """Return how many of the rows added have a blank, counted from the last: whoever adds one is still typing.

    One above a row that is filled is not left out: the others' numbers would no longer be those that the reader sees.
    """
    blank = takewhile(lambda row: not all(map(str.strip, row)), reversed(rows[len(rows) - added :]))
    return sum(1 for _ in blank)


def _waiting_text(rows: Sequence[int]) -> str:
    if len(rows) == 1:
        return f"Row {rows[0]:,} is new: it is used once all its cells are filled."
    return f"Rows {list_text([f'{row:,}' for row in rows])} are new: each is used once all its cells are filled."


def _columns(table: DataTable) -> dict[str, ColumnConfig]:
    """Return how the columns look; a few share the room that there is."""
    short = short_names([*table.names.values()], LONGEST_NAME)
    longest = [table.cells[column].str.len().max() for column in table.names]
    widths = [_least_width(label, length) for label, length in zip(short, longest, strict=True)]
    more = max(ROOM - sum(widths), 0) // len(widths)
    return {
        column: _column(name, label, length, width + more)
        for (column, name), label, length, width in zip(table.names.items(), short, longest, widths, strict=True)
    }


def _least_width(label: str, longest: float) -> int:
    """Return a column's width in pixels: narrow for short cells, so that four fit."""
    return max(NARROW if longest <= LONGEST_SHORT_CELL else WIDE, BESIDE_NAME + LETTER * len(label))


def _column(name: str, label: str, longest: float, width: int) -> ColumnConfig:
    """Return how a column looks: aligned right if all of its numbers fit, else with their first digits in sight."""
    fits = BESIDE_NUMBER + DIGIT * longest <= width
    return st.column_config.TextColumn(
        label, alignment="right" if fits else "left", width=width, help=escape(name) if label != name else None
    )


def _start() -> Start[DataTable]:
    start: Start[DataTable] = st.session_state[key(TABLE)]
    return start


def _current_start() -> Start[DataTable]:
    """Return what the editor starts from.

    Streamlit applies added rows one by one, again in every run: a thousand take seconds. So where
    many came at once, as by pasting, they become part of the table and the editor starts anew. So
    it does where an edit is not one of this table.
    """
    start = _start()
    edits, table = st.session_state.get(start.key()), start.value
    if edits:
        own = known(edits, len(table.cells), table.names)
        if own != edits or len(own["added_rows"]) > MOST_ADDED_ROWS:
            return _begin_with(replace(table, cells=with_edits(table.cells, own)), otherwise=table)
    return start


def _begin_with(table: DataTable, otherwise: DataTable) -> Start[DataTable]:
    """Let the editor start from a table that has grown; from the one of before if it is too large to be kept."""
    is_too_large = st.session_state[TOO_LARGE] = _is_too_large(table.cells)
    return begin(TABLE, otherwise if is_too_large else table)


def _is_too_large(cells: pd.DataFrame) -> bool:
    return cells.size > MOST_CELLS or sum(cells[name].str.len().sum() for name in cells) > MOST_CHARACTERS


def with_edits(cells: pd.DataFrame, edits: Mapping[str, Any]) -> pd.DataFrame:
    """Return the cells with an editor's own edits: cells changed, then rows deleted, then rows added."""
    cells = cells.copy()
    for row, changes in edits["edited_rows"].items():
        for column, value in changes.items():
            cells.loc[cells.index[row], column] = value
    kept: pd.DataFrame = cells.drop(index=cells.index[edits["deleted_rows"]])
    added = pd.DataFrame(edits["added_rows"], columns=cells.columns, dtype="str")
    return _as_text(pd.concat([kept, added], ignore_index=True))


def _as_text(cells: pd.DataFrame) -> pd.DataFrame:
    """Return cells as text, also in a column that is blank in every row, which Pandas takes for one of numbers."""
    return cells.astype("str").fillna("")


def _show_columns(table: DataTable, cells: pd.DataFrame) -> None:
    """Show the columns' controls once they are asked for; what they make of the table is shown in another run."""
    place, are_made = fold("Columns", COLUMNS)
    if not are_made:
        _set_columns(table)
        return
    with place:
        changed = _edit_columns(table, cells)
    if changed:
        _begin_with(changed, otherwise=table)
        st.rerun()


def _edit_columns(table: DataTable, cells: pd.DataFrame) -> DataTable | None:
    """Show a name, a role and a button for each column; return the new table if any was used."""
    names, roles = {}, {}
    for position, (column, role) in enumerate(table.roles.items(), start=1):
        with st.container(horizontal=True, vertical_alignment="bottom", gap="xsmall"):
            name, roles[column], is_deleted = _edit_column(table, column, role, position)
            if not is_deleted:
                names[column] = name
    is_full = len(table.names) >= MOST_COLUMNS
    if is_full:
        st.caption(f"A table has at most {MOST_COLUMNS} columns, the targets among them.")
    st.caption(f"Targets are what the network is to answer: at least one column, at most {MOST_TARGETS}.")
    if st.button("Add an input column", help="It starts as zeros, which change no output.", disabled=is_full):
        column = _new_name(table.names | names)
        names[column], roles[column] = column, INPUT
        _set_column(column, column, INPUT)  # as a deleted one of this identifier may have been set otherwise
        cells = cells.assign(**{column: "0"})
    names = dict(sorted(names.items(), key=lambda item: roles[item[0]]))  # which keeps the order of each role
    targets = sum(roles[column] == TARGET for column in names)
    if [*names.items(), targets] == [*table.names.items(), table.targets] or not 1 <= targets <= MOST_TARGETS:
        return None
    return DataTable(cells[list(names)].reset_index(drop=True), names, targets)


def _edit_column(table: DataTable, column: str, role: str, position: int) -> tuple[str, str, bool]:
    """Show a column's name, what it is, and a button to delete it; return the three."""
    inputs = len(table.names) - table.targets
    is_last = (table.targets if role == TARGET else inputs) == 1
    is_fixed = is_last or (role == INPUT and table.targets == MOST_TARGETS)
    name = column_name(st.text_input(f"Column {position}", key=_name_key(column), persist_state="page"))
    chosen = st.selectbox(
        "is",
        ROLES,
        key=_role_key(column),
        persist_state="page",
        disabled=is_fixed,
        width=ROLE_WIDTH,
        filter_mode=None,
    )
    can_go = role == INPUT or not is_last
    is_deleted = can_go and st.button("Delete", key=key(f"delete_{column}"), help="Delete this column", type="tertiary")
    return name, role if is_fixed else chosen, is_deleted


def _name_key(column: str) -> str:
    return key(f"name_of_{column}")


def _role_key(column: str) -> str:
    return key(f"role_of_{column}")


def _new_name(names: dict[str, str]) -> str:
    return first_free((f"x{number}" for number in count(1)), {*names, *names.values()})

"""The data table: cells, rows and columns as the reader wants them.

The cells are text, so that whatever is typed or pasted stays in place for a message to point at.
Columns go by an identifier that never changes; the names are typed beside the table, and may be
wrong for a while too.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd
import streamlit as st

from core import Dataset, InvalidDataset
from ui.text import escape, number_text

TABLE: Final = "table"
MOST_ADDED_ROWS: Final = 20


@dataclass(frozen=True)
class Table:
    """What the editor starts from. It returns the edits on top; a new version makes a new editor."""

    cells: pd.DataFrame  # text, a column an identifier, the target last
    names: dict[str, str]  # identifier -> name, in the same order
    version: int

    @property
    def key(self) -> str:
        """The key of the editor."""
        return f"{TABLE}_{self.version}"

    @property
    def target(self) -> str:
        """The identifier of the target column."""
        return next(reversed(self.names))


def choose_dataset(example: Dataset) -> Dataset | None:
    """Show the table and its column controls; return it, or say in place why it cannot be trained on."""
    st.markdown(
        "Data",
        help="One row an example: its inputs, then its target, a number from 0 to 1. In the notebook's table the "
        "target is the first input, and x3 is always 1: the weight of a constant input is the neuron's bias.",
    )
    table = _current_table(example)
    cells = st.data_editor(
        table.cells,
        key=table.key,
        num_rows="dynamic",
        hide_index=True,
        placeholder="",
        column_config={
            column: st.column_config.TextColumn(name, alignment="right", width=46)
            for column, name in table.names.items()
        },
        alt="The data table: one row an example, its inputs and its target",
    )
    message = st.container()
    st.caption("Click a cell to type. The empty last row adds one. To delete rows, tick them at their left edge.")
    with st.expander("Columns"):
        changed = _edit_columns(table, cells)
    st.button("Reset table", on_click=_reset, args=(example,), help="Bring back the notebook's rows and columns.")
    if changed:
        st.session_state[TABLE] = changed
        st.rerun()
    try:
        return _dataset_of(cells, table.names)
    except InvalidDataset as error:
        message.error(escape(str(error)))
        return None


def _current_table(example: Dataset) -> Table:
    """Return the table that the editor starts from.

    Streamlit applies added rows one by one, again in every run: a thousand take seconds. So where
    many came at once, as by pasting, they become part of the table and the editor starts anew.
    """
    table: Table = st.session_state.setdefault(TABLE, _table_of(example, version=0))
    edits = st.session_state.get(table.key)
    if edits and len(edits["added_rows"]) > MOST_ADDED_ROWS:
        table = Table(with_edits(table.cells, edits), table.names, table.version + 1)
        st.session_state[TABLE] = table
    return table


def with_edits(cells: pd.DataFrame, edits: Mapping[str, Any]) -> pd.DataFrame:
    """Return the cells with an editor's edits: cells changed, then rows deleted, then rows added."""
    cells = cells.copy()
    for row, changes in edits["edited_rows"].items():
        for column, value in changes.items():
            cells.loc[cells.index[int(row)], column] = None if value is None else str(value)
    kept: pd.DataFrame = cells.drop(index=cells.index[edits["deleted_rows"]])
    added = pd.DataFrame(edits["added_rows"], columns=cells.columns, dtype="str")
    return pd.concat([kept, added], ignore_index=True)


def _edit_columns(table: Table, cells: pd.DataFrame) -> Table | None:
    """Show a name and a button for each column; return the new table if any was used."""
    names = {}
    for position, column in enumerate(table.names, start=1):
        with st.container(horizontal=True, vertical_alignment="bottom"):
            st.session_state.setdefault(_name_key(column), table.names[column])
            label = f"{position}: target" if column == table.target else f"{position}: input"
            name = st.text_input(label, key=_name_key(column))
            if column == table.target or not st.button("Delete", key=f"delete_{column}", help="Delete this column"):
                names[column] = name
    if st.button("Add an input column", help="It starts as zeros, which change no output."):
        column, target_name = _unused_name(names), names.pop(table.target)
        names |= {column: column, table.target: target_name}
        cells = cells.assign(**{column: "0"})
    if names == table.names:
        return None
    return Table(cells[list(names)].reset_index(drop=True), names, table.version + 1)


def _name_key(column: str) -> str:
    return f"name_of_{column}"


def _unused_name(names: dict[str, str]) -> str:
    taken = {*names, *names.values()}
    return next(name for name in (f"x{i}" for i in range(1, len(taken) + 2)) if name not in taken)


def _reset(example: Dataset) -> None:
    table = _table_of(example, st.session_state[TABLE].version + 1)
    st.session_state[TABLE] = table
    for column, name in table.names.items():
        st.session_state[_name_key(column)] = name


def _table_of(dataset: Dataset, version: int) -> Table:
    names = [*dataset.input_names, dataset.target_name]
    values = np.column_stack([dataset.inputs, dataset.targets])
    cells = pd.DataFrame(values, columns=names).map(number_text).astype("str")
    return Table(cells, dict(zip(names, names, strict=True)), version)


def _dataset_of(cells: pd.DataFrame, names: dict[str, str]) -> Dataset:
    table = cells.to_numpy(dtype=object)
    *input_names, target_name = names.values()
    return Dataset(table[:, :-1], table[:, -1], input_names, target_name)

"""A table of the reader's own, uploaded or pasted: how it was read, and what of it is to be used."""

from typing import Final

import pandas as pd
import streamlit as st

from core import InvalidDataset
from core.messages import shown
from ui.formats.csv import MOST_BYTES, CsvTable, InvalidCsv, read_csv
from ui.formats.dialect import BRACKETS, DELIMITERS, MARKS, Dialect
from ui.session import key
from ui.settings import MOST_COLUMNS, MOST_ROWS, MOST_TARGETS, OWN_TABLE, rows_of, title_of
from ui.sidebar import choice, controls, data_table
from ui.text import count_text, escape

IS_OPEN, CHOSEN, TABLES_USED = key("own_table_is_open"), key("own_table_chosen"), key("own_tables_used")
FILE, TEXT = key("own_table_file"), key("own_table_text")
# What the reader reads, and what it says how to save instead.
FILE_TYPES: Final = ("csv", "tsv", "txt", "data", "dat", "tab", "md", "json", "xlsx", "xls")
HEADERS: Final = {"Find out": None, "Names": True, "Values": False}
MOST_PREVIEWED: Final = 4  # rows


def apply_chosen() -> None:
    """Make the table chosen in the last run the data table; to be called before the controls are shown.

    A callback of the button would miss a choice made just before the click.
    """
    if CHOSEN not in st.session_state:
        return
    dataset, switches, st.session_state[controls.TITLE] = st.session_state.pop(CHOSEN)
    names = [*dataset.input_names, *dataset.target_names]
    data_table.start_from(names, rows_of(dataset), len(dataset.target_names))
    for name, value in switches.items():
        controls.set_to(name, value)
    st.session_state[TABLES_USED] = st.session_state.get(TABLES_USED, 0) + 1
    st.session_state[IS_OPEN] = False


def show() -> None:
    """Show the upload, and once there is a table, the choices that make the data table of it."""
    with st.expander("Upload or paste a table", key=IS_OPEN, on_change="rerun"):
        data, title = _choose_source()
        if data is None:
            return
        has_header = HEADERS[st.radio("First line", list(HEADERS), horizontal=True)]
        try:
            table = _choose_way(data, read_csv(data, has_header=has_header), has_header=has_header)
            _show_table(table)
            _show_choices(table, title)
        except (InvalidCsv, InvalidDataset) as error:
            st.error(escape(str(error)))


def _choose_source() -> tuple[bytes | str | None, str]:
    """Show where a table may come from; return the bytes of the file, else the text if there is any, and its title."""
    st.caption(
        f"At most {MOST_BYTES // 1_000_000} MB, {MOST_ROWS:,} rows and {MOST_COLUMNS} columns, up to {MOST_TARGETS} of "
        "them targets. Commas, semicolons, tabs, spaces or bars separate the columns; numbers have a decimal point or "
        "a decimal comma. An array from a notebook can be pasted as it is. The data table above stays as it is until "
        "you use the new one."
    )
    used = st.session_state.get(TABLES_USED, 0)  # a new key empties both
    file = st.file_uploader("A file", type=FILE_TYPES, key=f"{FILE}_{used}", max_upload_size=MOST_BYTES // 1_000_000)
    text = st.text_area(
        "Or paste it here", key=f"{TEXT}_{used}", disabled=file is not None, placeholder="x1,x2,y\n0,1,0\n1,1,1"
    )
    if file:
        return file.getvalue(), title_of(file.name) or OWN_TABLE
    return (text if text and text.strip() else None), OWN_TABLE


def _choose_way(data: bytes | str, table: CsvTable, *, has_header: bool | None) -> CsvTable:
    """Return the table as it was read, or as the reader wants it to be where it can be read in several ways."""
    if len(table.ways) == 1:
        return table
    ways = {_way_text(way): way for way in table.ways}
    way = ways[st.radio("It can be read in more than one way", list(ways))]
    return table if way == table.ways[0] else read_csv(data, has_header=has_header, way=way)


def _way_text(way: Dialect) -> str:
    thousands = f" and {MARKS[way.thousands]} between thousands" if way.thousands else ""
    return f"{_separated(way).capitalize()}, with decimal {MARKS[way.decimal]}{thousands}"


def _separated(dialect: Dialect) -> str:
    return "each row in brackets" if dialect.delimiter == BRACKETS else f"separated by {DELIMITERS[dialect.delimiter]}"


def _show_table(table: CsvTable) -> None:
    """Say how the table was read, and show its first rows."""
    shape = f"{count_text(len(table.cells), 'row')} of {count_text(len(table.names), 'column')}"
    encoding = f", in {table.encoding}" if table.encoding not in {None, "UTF-8"} else ""
    header = "names" if table.has_header else "values"
    sentences = [
        f"{shape}, {_separated(table.dialect)}{_marks_text(table.dialect)}{encoding}.",
        f"The first line holds {header}.",
        *_left_out(table),
    ]
    st.markdown(" ".join(sentences))
    preview = pd.DataFrame(table.cells[:MOST_PREVIEWED], columns=list(table.names))
    st.dataframe(preview, hide_index=True, alt="The first rows of the new table")


def _marks_text(dialect: Dialect) -> str:
    """Return what is unlike a plain number in this dialect's, to be read behind what separates the columns."""
    marks = ["decimal commas"] if dialect.decimal == "," else []
    marks += [f"{MARKS[dialect.thousands]} between thousands"] if dialect.thousands else []
    return f", with {' and '.join(marks)}" if marks else ""


def _left_out(table: CsvTable) -> list[str]:
    """Return a sentence about each kind of thing that was left out."""
    sentences = []
    if table.comments:
        sentences.append(f"{count_text(table.comments, 'comment line')} left out.")
    if table.row_names:
        name = escape(shown(table.row_names, str))
        sentences.append(
            f"The first column, {name}, only names or counts the rows: it is no input unless you choose it."
        )
    if table.marks:
        marks = ", ".join(f"{escape(mark)} in {escape(shown(name, str))}" for name, mark in table.marks)
        sentences.append(f"Marks left out: {marks}.")
    return sentences


def _show_choices(table: CsvTable, title: str) -> None:
    """Show what is to be used and how, under which title, and the button. Raises `InvalidCsv` and `InvalidDataset`."""
    chosen = choice.choose(table)
    if chosen and st.button("Use this table", type="primary"):
        st.session_state[CHOSEN] = *chosen, title
        st.rerun()

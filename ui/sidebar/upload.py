"""A table of the reader's own, uploaded or pasted: how it was read, and what of it is to be used."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
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
from ui.text import count_text, escape, list_text

IS_OPEN, CHOSEN, TABLES_USED = key("own_table_is_open"), key("own_table_chosen"), key("own_tables_used")
USED, IS_CHANGED = key("own_table_used"), key("own_table_is_changed")
FILE, TEXT = key("own_table_file"), key("own_table_text")
# What the reader reads, and what it says how to save instead.
FILE_TYPES: Final = ("csv", "tsv", "txt", "data", "dat", "tab", "md", "json", "xlsx", "xls")
HEADERS: Final = {"Find out": None, "Names": True, "Values": False}
MOST_PREVIEWED: Final = 4  # rows


@dataclass(frozen=True)
class OwnTable:
    """A table as it was uploaded or pasted, at most `MOST_BYTES` of it, and what was chosen of it."""

    data: bytes | str
    title: str
    has_header: bool | None = None  # None is to be found out
    way: Dialect | None = None  # None is the likeliest
    choices: choice.Chosen | None = None


def apply_chosen() -> None:
    """Make the table chosen in the last run the data table; to be called before the controls are shown.

    A callback of the button would miss a choice made just before the click.
    """
    if CHOSEN not in st.session_state:
        return
    table, dataset, switches = st.session_state.pop(CHOSEN)
    names = [*dataset.input_names, *dataset.target_names]
    data_table.start_from(names, rows_of(dataset), len(dataset.target_names))
    controls.call_table(table.title)
    for name, value in switches.items():
        controls.set_to(name, value)
    st.session_state[USED], st.session_state[IS_CHANGED] = table, False
    st.session_state[TABLES_USED] = st.session_state.get(TABLES_USED, 0) + 1
    st.session_state[IS_OPEN] = False


def show() -> None:
    """Show the upload, and once there is a table, the choices that make the data table of it.

    The table used last stays, so that what was chosen of it can be changed.
    """
    used: OwnTable | None = st.session_state.get(USED)
    is_open = bool(st.session_state.get(IS_OPEN))
    if used and not is_open:
        st.button(
            "Change what was chosen",
            on_click=_open,
            help=f"Of {_called(used)}, the table used last, until the page is reloaded.",
        )
    with st.expander("Upload or paste a table", key=IS_OPEN, on_change="rerun"):
        above = st.container()
        if new := _choose_source():
            _choose(new)
        elif used and (is_open or st.session_state[IS_CHANGED]):  # hidden again, what is half chosen stays
            st.session_state[IS_CHANGED] = True
            with above:
                st.markdown(f"This is {_called(used)}, as it came: using it again undoes what was typed into it.")
                _choose(used)
                st.markdown("Or another table:")


def _open() -> None:
    st.session_state[IS_OPEN] = True


def _called(table: OwnTable) -> str:
    return "the pasted table" if table.title == OWN_TABLE else f"“{escape(table.title)}”"


def _choose(own: OwnTable) -> None:
    """Show how a table was read, and what is to be used of it."""
    names = list(HEADERS)
    start = list(HEADERS.values()).index(own.has_header)
    has_header = HEADERS[st.radio("First line", names, start, horizontal=True)]
    try:
        table = read_csv(own.data, has_header=has_header)
        way = _choose_way(table.ways, own.way)
        if way != table.ways[0]:
            table = read_csv(own.data, has_header=has_header, way=way)
        _show_table(table)
        chosen = choice.choose(table, own.choices)
    except (InvalidCsv, InvalidDataset) as error:
        st.error(escape(str(error)))
        return
    if chosen and st.button("Use this table", type="primary"):
        choices, dataset, switches = chosen
        now = replace(own, has_header=has_header, way=way, choices=choices)
        st.session_state[CHOSEN] = now, dataset, switches
        st.rerun()


def _choose_source() -> OwnTable | None:
    """Show where a table may come from; return that of the file, else the pasted one if there is any."""
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
        return OwnTable(file.getvalue(), title_of(file.name) or OWN_TABLE)
    return OwnTable(text, OWN_TABLE) if text and text.strip() else None


def _choose_way(ways: Sequence[Dialect], latest: Dialect | None) -> Dialect:
    """Return the likeliest way of reading the table, or the reader's where there are several."""
    if len(ways) == 1:
        return ways[0]
    start = ways.index(latest) if latest in ways else 0
    return st.radio("It can be read in more than one way", ways, start, _way_text)


def _way_text(way: Dialect) -> str:
    thousands = f" and {MARKS[way.thousands]} between thousands" if way.thousands else ""
    return f"{_separated(way).capitalize()}, with decimal {MARKS[way.decimal]}{thousands}"


def _separated(dialect: Dialect) -> str:
    return "each row in brackets" if dialect.delimiter == BRACKETS else f"separated by {DELIMITERS[dialect.delimiter]}"


def _show_table(table: CsvTable) -> None:
    """Say how the table was read, and show its first rows."""
    parted = f", {_separated(table.dialect)}" if len(table.names) > 1 else ""
    shape = f"{count_text(len(table.cells), 'row')} of {count_text(len(table.names), 'column')}"
    encoding = f", in {table.encoding}" if table.encoding not in {None, "UTF-8"} else ""
    header = "names" if table.has_header else "values"
    sentences = [
        f"{shape}{parted}{_marks_text(table.dialect)}{encoding}.",
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
    return f", with {list_text(marks)}" if marks else ""


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
        sentences.append(f"Left out of the numbers: {marks}.")
    return sentences

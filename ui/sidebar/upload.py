"""A table of the reader's own, uploaded or pasted: how it was read, and what of it is to be used."""

from typing import Final

import pandas as pd
import streamlit as st

from core import InvalidDataset
from core.dataset import column_name
from ui.formats.csv import MOST_BYTES, CsvTable, InvalidCsv, read_csv
from ui.formats.dialect import BRACKETS, SPACES
from ui.session import key
from ui.settings import LONGEST_TITLE, MOST_COLUMNS, MOST_ROWS, MOST_TARGETS, OWN_TABLE, rows_of
from ui.sidebar import choice, controls, data_table
from ui.text import count_text, escape

IS_OPEN, CHOSEN, TABLES_USED = key("own_table_is_open"), key("own_table_chosen"), key("own_tables_used")
FILE, TEXT = key("own_table_file"), key("own_table_text")
DELIMITER_NAMES: Final = {
    ",": "commas",
    ";": "semicolons",
    "\t": "tabs",
    "|": "bars",
    "│": "bars",
    SPACES: "spaces",
    BRACKETS: "brackets",
}
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
            table = read_csv(data, has_header=has_header)
            _show_table(table)
            _show_choices(table, title)
        except (InvalidCsv, InvalidDataset) as error:
            st.error(escape(str(error)))


def _choose_source() -> tuple[bytes | str | None, str]:
    """Show where a table may come from; return the bytes of the file, else the text if there is any, and its title."""
    st.caption(
        f"At most {MOST_BYTES // 1_000_000} MB, {MOST_ROWS:,} rows and {MOST_COLUMNS} columns, up to {MOST_TARGETS} of "
        "them targets. Commas, semicolons or tabs separate the columns; numbers have a decimal point or a decimal "
        "comma. The data table above stays as it is until you use the new one."
    )
    used = st.session_state.get(TABLES_USED, 0)  # a new key empties both
    file = st.file_uploader(
        "A file", type=["csv", "tsv", "txt"], key=f"{FILE}_{used}", max_upload_size=MOST_BYTES // 1_000_000
    )
    text = st.text_area(
        "Or paste it here", key=f"{TEXT}_{used}", disabled=file is not None, placeholder="x1,x2,y\n0,1,0\n1,1,1"
    )
    if file:
        return file.getvalue(), column_name(file.name)[:LONGEST_TITLE] or OWN_TABLE
    return (text if text and text.strip() else None), OWN_TABLE


def _show_table(table: CsvTable) -> None:
    shape = f"{count_text(len(table.cells), 'row')} of {count_text(len(table.names), 'column')}"
    decimal_comma = ", with decimal commas" if table.decimal_comma else ""
    encoding = f", in {table.encoding}" if table.encoding not in {None, "UTF-8"} else ""
    header = "names" if table.has_header else "values"
    st.markdown(
        f"{shape}, separated by {DELIMITER_NAMES[table.delimiter]}{decimal_comma}{encoding}. "
        f"The first line holds {header}."
    )
    preview = pd.DataFrame(table.cells[:MOST_PREVIEWED], columns=list(table.names))
    st.dataframe(preview, hide_index=True, alt="The first rows of the new table")


def _show_choices(table: CsvTable, title: str) -> None:
    """Show what is to be used and how, under which title, and the button. Raises `InvalidCsv` and `InvalidDataset`."""
    chosen = choice.choose(table)
    if chosen and st.button("Use this table", type="primary"):
        st.session_state[CHOSEN] = *chosen, title
        st.rerun()

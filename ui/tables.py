"""Tables on the page, as Markdown: of numbers to their last digit, and of text in colours.

A table of Markdown is one text to the server and to the browser, which takes each cell of `st.table` for a text of
its own, and each that holds a formula for something that scrolls.
"""

from collections.abc import Callable, Sequence
from typing import Final

import pandas as pd
import streamlit as st

from ui.colors import BACKGROUND
from ui.names import distinct
from ui.session import key
from ui.streamlit_private import ColumnConfig
from ui.table import FIXED, SHORT, Column, Table, written
from ui.text import escape, exact_text

IN_GRID: Final[dict[Callable[[float], str], str]] = {  # which else shows four decimals at most
    **{text: f"%.{decimals}f" for decimals, text in enumerate(FIXED)},
    SHORT: "%.15g",
    exact_text: "%.8g",
}
MOST_PLAIN_ROWS = 50  # more are shown in a grid
MOST_ROWS_IN_SIGHT = 9  # more scroll
SCROLLING: Final = key("scrolling_")  # how the key of a table begins that scrolls
SUMMED: Final = f"{SCROLLING}summed_"  # and of one whose last row is of sums, and stays in sight as a row in bold does
CELLS: Final = '[data-testid="stMarkdownContainer"] > table'
ROW_HEIGHT: Final = 29  # pixels, which the browser makes of it
SHADOW: Final = "color-mix(in srgb, currentColor 28%, transparent)"
# Small enough for a phone to show all digits of the predictions. What is wider scrolls by itself, with a shadow at the
# edge behind which there is more, and what is higher under its header, with a row cut in half to tell so.
STYLE: Final = f"""
[data-testid="stMarkdownContainer"]:has(> table) {{ margin: 0; overflow: auto; }}
[data-testid="stMarkdownContainer"][data-is-wider] {{
    background:
        linear-gradient(to right, {BACKGROUND} 40%, transparent) left / 2rem 100% no-repeat local,
        linear-gradient(to left, {BACKGROUND} 40%, transparent) right / 2rem 100% no-repeat local,
        linear-gradient(to right, {SHADOW}, transparent) left / 0.6rem 100% no-repeat scroll,
        linear-gradient(to left, {SHADOW}, transparent) right / 0.6rem 100% no-repeat scroll;
}}
[class*="st-key-{SCROLLING}"] [data-testid="stMarkdownContainer"] {{
    max-height: 19rem;
    border-bottom: 1px solid color-mix(in srgb, currentColor 40%, transparent);
}}
{CELLS} {{ margin: 0; font-size: 0.875rem; font-variant-numeric: tabular-nums; }}
{CELLS} :is(th, td) {{ padding: 0.25rem 0.4rem; white-space: nowrap; }}
{CELLS} th {{
    position: sticky;
    top: -1px;
    background: {BACKGROUND};
    box-shadow: inset 0 -1px color-mix(in srgb, currentColor 20%, transparent);
    color: color-mix(in srgb, currentColor 70%, transparent);
    font-weight: 400;
}}
[class*="st-key-{SUMMED}"] table tr:last-child td, [class*="st-key-{SCROLLING}"] table tr:has(strong) td {{
    position: sticky;
    bottom: -1px;
    background: {BACKGROUND};
    box-shadow: inset 0 1px color-mix(in srgb, currentColor 20%, transparent),
        inset 0 -1px color-mix(in srgb, currentColor 20%, transparent);
}}
[class*="st-key-{SCROLLING}"] table tr:has(strong) td {{ top: {ROW_HEIGHT - 1}px; }}
[class*="st-key-{SUMMED}"] table tr:has(strong) td {{ bottom: {ROW_HEIGHT - 1}px; }}
"""


def show(table: Table) -> None:
    """Show a table of Markdown."""
    st.markdown(table.markdown(), width="content")


def show_scrolling(table: Table, name: str) -> None:
    """Show a table of Markdown that scrolls if it has many rows; `name` begins as `SCROLLING` does."""
    if len(table.rows) <= MOST_ROWS_IN_SIGHT:
        show(table)
        return
    with st.container(width="content", key=name):
        show(table)


def show_numbers(name: str, columns: Sequence[Column], labels: Sequence[str] = (), of: str = "") -> None:
    """Show numbers, with a label a row if there are any; very many rows in a grid. No other table has this name.

    `of` is what the labels tell apart.
    """
    if len(columns[0].numbers) <= MOST_PLAIN_ROWS:
        show_scrolling(written(columns, labels, of), f"{SCROLLING}{name}")
        return
    frame = grid(columns, labels)
    in_grid = {name: _in_grid(column) for name, column in zip(frame.columns, columns, strict=True)}
    st.dataframe(frame, width="content", column_config=in_grid)


def _in_grid(column: Column) -> ColumnConfig:
    """Return how a grid shows a column, its full name where that is pointed at."""
    is_short = column.short_name not in {"", column.name}
    return st.column_config.NumberColumn(
        column.short_name if is_short else None,
        format=IN_GRID[column.text],
        help=escape(column.name) if is_short else None,
    )


def grid(columns: Sequence[Column], labels: Sequence[str] = ()) -> pd.DataFrame:
    """Return the numbers, where two columns and two rows may have one name; without labels rows are counted from 1."""
    names = distinct([column.name for column in columns])
    frame = pd.DataFrame(dict(zip(names, (column.numbers for column in columns), strict=True)))
    return frame.set_axis(distinct(labels) if labels else range(1, len(frame) + 1), axis="index")

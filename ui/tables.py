"""Tables of numbers."""

from collections.abc import Iterable, Sequence
from typing import Literal

import pandas as pd
import streamlit as st

from core.arrays import Array
from ui.names import distinct
from ui.text import escape

# Eight decimals, as NumPy prints, so that the page can be held against the notebook.
EXACT, EXACT_IN_GRID = "{:.8f}", "%.8f"
SHORT = "{:.15g}"
MOST_PLAIN_ROWS = 50  # more are shown in a grid
MOST_ROWS_IN_SIGHT = 9  # more scroll
SCROLLING_HEIGHT = 300  # pixels


def numbered(columns: Sequence[Array], names: Sequence[str]) -> pd.DataFrame:
    """Return a table of columns with rows counted from 1, where two columns may have one name."""
    frame = pd.DataFrame(dict(zip(distinct(names), columns, strict=True)))
    return frame.set_axis(range(1, len(frame) + 1), axis="index")


def show(table: pd.DataFrame, exact: Sequence[int], *, index: bool) -> None:
    """Show a table: the columns at the places `exact` with eight decimals, others as short as they can be written."""
    if len(table) > MOST_PLAIN_ROWS:
        names = table.columns[list(exact)]
        in_grid = {name: st.column_config.NumberColumn(format=EXACT_IN_GRID) for name in names}
        st.dataframe(table, width="content", column_config=in_grid)
        return
    plain = table.set_axis(_labels(table.columns), axis="columns").set_axis(_labels(table.index), axis="index")
    style = plain.style.format(SHORT).format(EXACT, subset=list(plain.columns[list(exact)]))
    height: Literal["content"] | int = "content" if len(table) <= MOST_ROWS_IN_SIGHT else SCROLLING_HEIGHT
    st.table(style, width="content", height=height, hide_index=not index)


def _labels(names: Iterable[object]) -> list[str]:
    """Return names as Markdown, all different: pandas styles no others."""
    return distinct([escape(str(name)) for name in names])

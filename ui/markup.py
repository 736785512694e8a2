"""Coloured Markdown: what goes forward is green, what goes back violet, weights blue or orange by their sign.

The colours are the theme's, so they follow it; the figures have the same hues.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Final

import pandas as pd
import streamlit as st

from ui.names import distinct

# The beginning of a cell that holds a decimal number without a minus, plain, bold or coloured.
_POSITIVE: Final = re.compile(r"^((?:\*\*)?:\w+\[)?(?=(?:\*\*)?\d+\.\d)")


def onward(text: str) -> str:
    """Return the text in the colour of what goes forward: inputs, total inputs, outputs."""
    return f":green[{text}]"


def back(text: str) -> str:
    """Return the text in the colour of what goes back: errors, slopes, deltas, changes."""
    return f":violet[{text}]"


def weighted(weight: float, text: str) -> str:
    """Return the text in the colour of a weight: blue if it is positive, orange if it is negative."""
    return f":{'orange' if weight < 0 else 'blue'}[{text}]"


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> pd.DataFrame:
    """Return a table of Markdown for `show`, numbers without a minus indented by as much."""
    cells = [[_aligned(cell) for cell in row] for row in rows]
    return pd.DataFrame(cells, columns=distinct(header))


def show(parts: Iterable[str | pd.DataFrame]) -> None:
    """Show paragraphs of Markdown, and tables of it, one below the other."""
    for part in parts:
        if isinstance(part, str):
            st.markdown(part)
        else:
            st.table(part, width="content", hide_index=True)


def _aligned(cell: str) -> str:
    return _POSITIVE.sub("\\1\xa0", cell)  # a space that is about as wide as a minus and ends no line


def formula(number: str) -> str:
    """Return a number as a formula writes it: 1.5e-07 as 1.5 · 10⁻⁷."""
    mantissa, _, exponent = number.partition("e")
    return f"{mantissa} \\cdot 10^{{{int(exponent)}}}" if exponent else mantissa

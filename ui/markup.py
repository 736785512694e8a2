"""Coloured Markdown: what goes forward is green, what goes back violet, weights blue or orange by their sign.

The colours are the theme's, so they follow it; the figures have the same hues.
"""

from collections.abc import Iterable

import streamlit as st

from ui import tables
from ui.table import Table


def onward(text: str) -> str:
    """Return the text in the colour of what goes forward: inputs, total inputs, outputs."""
    return f":green[{text}]"


def back(text: str) -> str:
    """Return the text in the colour of what goes back: errors, slopes, deltas, changes."""
    return f":violet[{text}]"


def weighted(weight: float, text: str) -> str:
    """Return the text in the colour of a weight: blue if it is positive, orange if it is negative."""
    return f":{'orange' if weight < 0 else 'blue'}[{text}]"


def show(parts: Iterable[str | Table]) -> None:
    """Show paragraphs of Markdown, and tables of it, one below the other."""
    for part in parts:
        if isinstance(part, str):
            st.markdown(part)
        else:
            tables.show(part)


def formula(number: str) -> str:
    """Return a number as a formula writes it: 1.5e-07 as 1.5 · 10⁻⁷."""
    mantissa, _, exponent = number.partition("e")
    return f"{mantissa} \\cdot 10^{{{int(exponent)}}}" if exponent else mantissa

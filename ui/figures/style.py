"""What all figures share: colours, buttons, the toolbar, and how a reader's text is written into them."""

import html
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from ui.text import HUGE

Figure: TypeAlias = dict[str, Any]  # as go.Figure takes it, and `ReadyFigure` without a look at it

# All are readable on the light and on the dark background.
BLUE, ORANGE, GREEN, VIOLET, GRAY = "#2f7fc1", "#c45f14", "#168a68", "#9a5fcf", "#7a7f8c"
BELOW_HALF, ABOVE_HALF = ORANGE, BLUE  # outputs and targets, towards 0 and towards 1, as negative and positive weights
# Of up to four classes, which colour-blind readers tell apart too.
CLASS_COLORS = ("#b8860b", "#1b9aaa", "#5b5fc7", "#d1495b")


def escape(text: str) -> str:
    """Return what Plotly, which reads HTML, shows as `text`; a quotation mark's entity it would show as it is."""
    return html.escape(text, quote=False)


def shortened(text: str, most: int) -> str:
    """Return a text, or its beginning and an ellipsis, of at most so many letters; written as `escape` does."""
    return escape(text if len(text) <= most else f"{text[: most - 1]}…")


def faded(color: str, opacity: float) -> str:
    """Return a colour, "#rrggbb", that lets what is below it through."""
    red, green, blue = bytes.fromhex(color.removeprefix("#"))
    return f"rgba({red},{green},{blue},{opacity:g})"


def number_format(values: npt.ArrayLike, decimals: int) -> str:
    """Return how Plotly writes the numbers in a hover: with so many decimals, or with as many digits if one is huge."""
    is_huge = np.max(np.abs(values), initial=0) >= HUGE
    return f".{decimals + 1}~g" if is_huge else f".{decimals}f"


def toolbar(filename: str) -> dict[str, object]:
    """Return the Plotly configuration of a chart: few buttons, and the name of the picture that it saves."""
    return {
        "displaylogo": False,
        "modeBarButtonsToRemove": ["zoomIn2d", "zoomOut2d", "autoScale2d"],
        "toImageButtonOptions": {"filename": filename},
    }


def button_style() -> dict[str, object]:
    """Return how a row of buttons in a figure looks: without a state of its own, readable in both themes."""
    return {
        "type": "buttons",
        "direction": "left",
        "showactive": False,
        "pad": {"l": 0, "t": 0, "b": 0},
        "bgcolor": "rgba(0,0,0,0)",
        "bordercolor": GRAY,
        "font": {"color": GRAY, "size": 12},
    }

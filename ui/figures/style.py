"""What all figures share: colours, buttons, the toolbar, and how a reader's text is written into them."""

import html
from typing import Any, Final, TypeAlias

import numpy as np
import numpy.typing as npt

from ui.colors import BACKGROUND, BLUE_WORDS, GREEN_WORDS, ORANGE_WORDS, QUIET_WORDS, VIOLET_WORDS
from ui.text import HUGE

Figure: TypeAlias = dict[str, Any]  # as go.Figure takes it, and `ReadyFigure` without a look at it

# Seen well on both backgrounds, as white letters are on them; what is written in them is readable by `TEXT_STYLE`.
BLUE, ORANGE, GREEN, VIOLET, GRAY = "#2a76b5", "#b85811", "#147d5e", "#9158c8", "#6d727e"
BELOW_HALF, ABOVE_HALF = ORANGE, BLUE  # outputs and targets, towards 0 and towards 1, as negative and positive weights
# Of up to four classes, which colour-blind readers tell apart too.
CLASS_COLORS = ("#b8860b", "#1b9aaa", "#5b5fc7", "#d1495b")

# No colour is easy to read on both backgrounds. So the browser gives letters of these colours those of the page's
# words; the last is the gray in which Streamlit writes at axes.
TEXT_COLORS: Final = {
    BLUE: BLUE_WORDS,
    ORANGE: ORANGE_WORDS,
    GREEN: GREEN_WORDS,
    VIOLET: VIOLET_WORDS,
    GRAY: QUIET_WORDS,
    "#808495": QUIET_WORDS,
}


def _text_rule(color: str, readable: str) -> str:
    """Return how letters of a colour look: readable, and with an edge where a line goes through them."""
    written = "rgb({}, {}, {})".format(*bytes.fromhex(color.removeprefix("#")))
    return (
        f'.main-svg text[style*="fill: {written}"], .main-svg tspan[style*="fill:{color}"] {{ '
        f"fill: {readable} !important; paint-order: stroke; stroke: {BACKGROUND}; stroke-width: 3px; "
        "stroke-linejoin: round; }"
    )


TEXT_STYLE: Final = "\n".join(_text_rule(*colors) for colors in TEXT_COLORS.items())


def escape(text: str) -> str:
    """Return what Plotly, which reads HTML, shows as `text`; a quotation mark's entity it would show as it is."""
    return html.escape(text, quote=False)


def shortened(text: str, most: int) -> str:
    """Return a text, or its beginning and an ellipsis, in at most `most` letters; written as `escape` does."""
    return escape(text if len(text) <= most else f"{text[: most - 1]}…")


def faded(color: str, opacity: float) -> str:
    """Return a colour, "#rrggbb", that lets what is below it through."""
    red, green, blue = bytes.fromhex(color.removeprefix("#"))
    return f"rgba({red},{green},{blue},{opacity:g})"


def number_format(values: npt.ArrayLike, decimals: int) -> str:
    """Return how Plotly writes the numbers in a hover: with `decimals` decimals, or as many digits if one is huge."""
    is_huge = np.max(np.abs(values), initial=0) >= HUGE
    return f".{decimals + 1}~g" if is_huge else f".{decimals}f"


def toolbar(filename: str) -> dict[str, object]:
    """Return the Plotly configuration of a chart: few buttons, and the name of the picture that it saves."""
    return {
        "displaylogo": False,
        "modeBarButtonsToRemove": ["zoomIn2d", "zoomOut2d", "autoScale2d"],
        "toImageButtonOptions": {"filename": filename},
    }

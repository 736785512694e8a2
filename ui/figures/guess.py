"""The small charts that a guess is chosen from, and the truth with the guess marked in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from core.arrays import Array, Rows
from ui.figures.axis import Axis, updates_axis
from ui.figures.parts import LEGEND_BELOW, Trace
from ui.figures.style import BLUE, GRAY, Figure, number_format, shortened
from ui.text import digits_text

SMALL_HEIGHT, HEIGHT = 150, 280  # pixels
BAR_HEIGHT, ROOM_BELOW = 30, 30  # pixels
LONGEST_NAME: Final = 18  # letters, beside a bar
ROOM_FOR_VALUES: Final = 1.9  # times as long as the longest bar, for what is written behind it


@dataclass(frozen=True, eq=False)
class Curve:
    """A run's losses in the states that are drawn, whose they are, and how they go, in words."""

    name: str
    states: Rows
    losses: Array
    shape: str


def curve_chart(letter: str, curve: Curve, axis: Axis) -> Figure:
    """Draw one of the curves to choose from, under its letter."""
    fixed = {"fixedrange": True, "tickfont": {"size": 11}}
    layout = {
        "height": SMALL_HEIGHT,
        "margin": {"l": 0, "r": 4, "t": 24, "b": 0},
        "title": {"text": letter, "x": 0.5, "xanchor": "center", "y": 0.98, "yanchor": "top", "font": {"size": 15}},
        "hovermode": False,
        "dragmode": False,
        "showlegend": False,
        "xaxis": fixed | {"nticks": 3} | updates_axis(curve.states[-1]),
        "yaxis": fixed | {"nticks": 4} | axis.layout(),
    }
    return {"data": [_line(curve, {"color": BLUE, "width": 2})], "layout": layout}


def overlay_chart(truth: Curve, guess: Curve | None, axis: Axis) -> Figure:
    """Draw what came out, and over it the guess, where that is another curve."""
    curves = [_line(truth, {"color": BLUE, "width": 2}) | {"name": f"what came out: {_name(truth)}"}]
    if guess:
        curves.append(
            _line(guess, {"color": GRAY, "width": 2, "dash": "dash"}) | {"name": f"your guess: {_name(guess)}"}
        )
    layout = {
        "height": HEIGHT,
        "margin": {"l": 0, "r": 16, "t": 8, "b": 0},
        "hovermode": "x",
        "dragmode": False,
        "showlegend": True,
        "legend": LEGEND_BELOW,
        "xaxis": {"title": {"text": "updates made"}, "fixedrange": True} | updates_axis(truth.states[-1]),
        "yaxis": {"title": {"text": "mean cross-entropy"}, "fixedrange": True} | axis.layout(),
    }
    return {"data": curves, "layout": layout}


def _name(curve: Curve) -> str:
    return shortened(curve.name, 2 * LONGEST_NAME)


def _line(curve: Curve, line: Trace) -> Trace:
    return {
        "x": curve.states,
        "y": curve.losses,
        "mode": "lines",
        "line": line,
        "hovertemplate": f"%{{y:{number_format(curve.losses, 4)}}}<extra></extra>",
    }


def bars_chart(names: Sequence[str], lengths: Array, colors: Sequence[str], guess: int) -> Figure:
    """Draw a bar for each of what there was to choose from, the guessed one with a frame and a word."""
    marked = [place == guess for place in range(len(names))]
    bars = {
        "type": "bar",
        "orientation": "h",
        "x": lengths,
        "y": np.arange(len(names)),
        "marker": {"color": colors, "line": {"color": GRAY, "width": [3 if mark else 0 for mark in marked]}},
        "text": [
            f"{digits_text(float(length), 4)}{'  your guess' if mark else ''}"
            for length, mark in zip(lengths, marked, strict=True)
        ],
        "textposition": "outside",
        "cliponaxis": False,
        "hoverinfo": "skip",
    }
    layout = {
        "height": BAR_HEIGHT * len(names) + ROOM_BELOW,
        "margin": {"l": 0, "r": 8, "t": 0, "b": 0},
        "dragmode": False,
        "showlegend": False,
        "bargap": 0.35,
        "xaxis": {"visible": False, "fixedrange": True, "range": [0, ROOM_FOR_VALUES * float(lengths.max()) or 1]},
        "yaxis": {
            "tickvals": np.arange(len(names)),
            "ticktext": [shortened(name, LONGEST_NAME) for name in names],
            "autorange": "reversed",
            "showgrid": False,
            "zeroline": False,
            "fixedrange": True,
        },
    }
    return {"data": [bars], "layout": layout}

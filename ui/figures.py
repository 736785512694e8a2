"""The loss chart, and what all figures share."""

from itertools import pairwise

import numpy as np
import numpy.typing as npt
import plotly.graph_objects as go

from core import Run
from core.arrays import Array

MOST_POINTS = 2_000
# All are readable on the light and on the dark background.
BLUE, ORANGE, GREEN, VIOLET, GRAY = "#2f7fc1", "#c45f14", "#168a68", "#9a5fcf", "#7a7f8c"
INVISIBLE = {"marker": {"opacity": 0}}


def loss_chart(run: Run) -> go.Figure:
    """Draw the cross-entropy of every state against the number of updates made.

    The markers are there to be clicked: Plotly selects no point of a bare line.
    """
    epochs = thin(run.cross_entropy, MOST_POINTS)
    line = go.Scatter(
        x=epochs,
        y=run.cross_entropy[epochs],
        mode="lines+markers",
        line={"color": BLUE, "width": 2},
        **INVISIBLE,
        selected=INVISIBLE,
        unselected=INVISIBLE,
        hovertemplate="epoch %{x:,}<br>loss %{y:.8f}<extra></extra>",
    )
    figure = go.Figure(line)
    figure.update_layout(
        height=320,
        margin={"l": 0, "r": 16, "t": 36, "b": 0},
        hovermode="x",
        dragmode="zoom",
        xaxis={"title": "epoch: updates made", "range": [0, run.experiment.epochs], "showgrid": False},
        yaxis={"title": "mean cross-entropy", "rangemode": "tozero"},
        updatemenus=[_axis_buttons()],
    )
    return figure


def thin(values: Array, most: int) -> npt.NDArray[np.int64]:
    """Choose at most `most` positions of `values` to draw, so that its line looks as if all were drawn.

    Of each stretch of equal length the lowest and the highest value are kept, so no spike is lost,
    and of the whole the first and the last.
    """
    if len(values) <= most:
        return np.arange(len(values))
    edges = np.linspace(0, len(values), (most - 2) // 2 + 1).astype(int)
    stretches = [np.arange(start, end) for start, end in pairwise(edges)]
    lowest = [stretch[np.argmin(values[stretch])] for stretch in stretches]
    highest = [stretch[np.argmax(values[stretch])] for stretch in stretches]
    return np.unique([0, *lowest, *highest, len(values) - 1])


def toolbar(filename: str) -> dict[str, object]:
    """Return the Plotly configuration of a chart: few buttons, and the name of the picture that it saves."""
    return {
        "displaylogo": False,
        "modeBarButtonsToRemove": ["zoomIn2d", "zoomOut2d", "autoScale2d"],
        "toImageButtonOptions": {"filename": filename},
    }


def _axis_buttons() -> dict[str, object]:
    """Return the buttons that make the loss axis linear or logarithmic, in the browser, keeping the zoom."""
    buttons = [
        {"label": f"{kind} axis", "method": "relayout", "args": [{"yaxis.type": kind}]} for kind in ("linear", "log")
    ]
    return button_style() | {"buttons": buttons, "x": 0, "xanchor": "left", "y": 1.02, "yanchor": "bottom"}


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

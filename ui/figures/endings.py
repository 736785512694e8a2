"""Where the outputs of many seeds end, row by row."""

from typing import Final

import numpy as np

from core import Run, Spread
from core.arrays import Array
from ui.figures.parts import LEGEND_BELOW, UNDER_TOOLBAR, Trace
from ui.figures.style import BLUE, GRAY, GREEN, Figure, escape

HEIGHT: Final = 290
BINS: Final = 20  # from 0 to 1
WIDEST: Final = 0.8  # of the place of an output


def endings_chart(spread: Spread, run: Run) -> Figure:
    """Draw of each output of some rows a bar for each twentieth between 0 and 1, as long as seeds end there.

    The targets and the outputs of `run` are drawn over them.
    """
    return {"data": [_bars(spread), _targets(spread), _this(spread, run)], "layout": _layout(spread)}


def counts(spread: Spread) -> Array:
    """Return how many seeds' outputs end in each bin: (places, bins), output by output of row by row."""
    outputs = spread.outputs.reshape(len(spread.seeds), -1)
    bins = np.minimum((outputs * BINS).astype(int), BINS - 1)
    return np.array([np.bincount(column, minlength=BINS) for column in bins.T], float)


def place_names(spread: Spread) -> list[str]:
    """Return what the places are called, output by output of row by row."""
    names = spread.experiment.dataset.target_names
    whose = [f", {name}" for name in names] if len(names) > 1 else [""]
    return [f"row {row + 1}{which}" for row in spread.rows for which in whose]


def _bars(spread: Spread) -> Trace:
    found = counts(spread)
    places, bins = np.nonzero(found)
    lengths = WIDEST * found[places, bins] / found.max()
    names = place_names(spread)
    return {
        "type": "bar",
        "orientation": "h",
        "base": places - lengths / 2,
        "x": lengths,
        "y": (bins + 0.5) / BINS,
        "width": 0.9 / BINS,
        "marker": {"color": GREEN},
        "name": "seeds",
        "text": [
            f"{escape(names[place])}<br>output {bin_ / BINS:g} to {(bin_ + 1) / BINS:g}<br>"
            f"{int(found[place, bin_]):,} of {len(spread.seeds):,} seeds"
            for place, bin_ in zip(places, bins, strict=True)
        ],
        "textposition": "none",
        "hovertemplate": "%{text}<extra></extra>",
    }


def _points(y: Array, name: str, color: str, symbol: str) -> Trace:
    return {
        "x": np.arange(len(y)),
        "y": y,
        "mode": "markers",
        "name": name,
        "marker": {"color": color, "size": 12, "symbol": symbol, "line": {"width": 2}},
        "hovertemplate": f"{name} %{{y:.4f}}<extra></extra>",
    }


def _targets(spread: Spread) -> Trace:
    return _points(spread.experiment.dataset.target_columns[spread.rows].ravel(), "target", GRAY, "square-open")


def _this(spread: Spread, run: Run) -> Trace:
    outputs = run.after.reshape(len(run.after), -1)[spread.rows]
    return _points(outputs.ravel(), "this run", BLUE, "circle-open")


def _layout(spread: Spread) -> Trace:
    places = len(spread.rows) * spread.experiment.sizes[-1]
    outputs = spread.experiment.sizes[-1]
    title = "output, scaled" if spread.experiment.scale_targets else "output"
    fixed = {"fixedrange": True, "showgrid": False, "zeroline": False}
    return {
        "height": HEIGHT,
        "margin": {"l": 0, "r": 8, "t": UNDER_TOOLBAR, "b": 0},
        "hovermode": "closest",
        "showlegend": True,
        "legend": LEGEND_BELOW,
        "xaxis": fixed
        | {
            "title": {"text": "row"},
            "range": [-0.6, places - 0.4],
            "tickvals": [(position + 0.5) * outputs - 0.5 for position in range(len(spread.rows))],
            "ticktext": [f"{row + 1:,}" for row in spread.rows],
        },
        "yaxis": fixed | {"title": {"text": title}, "range": [-0.06, 1.06], "tickvals": [0, 0.5, 1]},
    }

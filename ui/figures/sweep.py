"""The final losses of a few seeds for each value of a setting."""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np

from core import Run, Spread
from ui.figures.axis import loss_axis
from ui.figures.fan import learned_name
from ui.figures.parts import LEGEND_BELOW, UNDER_TOOLBAR, Trace
from ui.figures.style import BLUE, GRAY, Figure, number_format

HEIGHT: Final = 410
AS_IT_IS: Final[Trace] = {"selected": {"marker": {"opacity": 0.7}}, "unselected": {"marker": {"opacity": 0.7}}}


def sweep_chart(spreads: Sequence[Spread], name: str, label: str, run: Run, *, is_log: bool = False) -> Figure:
    """Draw each seed's final loss over the value of the setting `name`, their medians, and `run`.

    A point's `customdata` is the value's position and the seed.
    """
    values = [getattr(spread.experiment, name) for spread in spreads]
    is_rate = name == "learning_rate"
    places = values if is_rate else list(range(len(values)))
    own = getattr(run.experiment, name)
    traces = [
        _median(spreads, places),
        _points(spreads, places, learned=True),
        _points(spreads, places, learned=False),
        _this([places[values.index(own)]] if own in values else [], run),
    ]
    axis: Trace = {"type": "log", "dtick": 1} if is_rate else {"tickvals": places, "ticktext": [f"{n}" for n in values]}
    layout = {
        "height": HEIGHT,
        "margin": {"l": 0, "r": 8, "t": UNDER_TOOLBAR, "b": 0},
        "hovermode": "closest",
        "dragmode": "zoom",
        "xaxis": {"title": {"text": label}, "showgrid": False} | axis,
        "yaxis": {"title": {"text": "final loss"}, "exponentformat": "power"} | loss_axis(is_log=is_log),
        "showlegend": True,
        "legend": LEGEND_BELOW,
    }
    return {"data": traces, "layout": layout}


def _median(spreads: Sequence[Spread], places: Sequence[Any]) -> Trace:
    return {
        "x": list(places),
        "y": [float(spread.final_loss[spread.median]) for spread in spreads],
        "mode": "lines",
        "name": "median",
        "line": {"color": GRAY, "width": 2, "dash": "dash"},
        "hoverinfo": "skip",
    }


def _points(spreads: Sequence[Spread], places: Sequence[Any], *, learned: bool) -> Trace:
    """Return a point a seed: filled with all rows right in the end, else hollow."""
    chosen = [
        (position, index)
        for position, spread in enumerate(spreads)
        for index in range(len(spread.seeds))
        if spread.learned[index] == learned
    ]
    losses = np.array([spreads[position].final_loss[index] for position, index in chosen])
    return {
        "x": [places[position] for position, _ in chosen],
        "y": losses,
        "mode": "markers",
        "name": learned_name(spreads[0].experiment, learned=learned),
        "showlegend": bool(chosen),
        "marker": {"color": GRAY, "size": 8, "opacity": 0.7, "symbol": "circle" if learned else "circle-open"},
        "customdata": [[position, spreads[position].seeds[index]] for position, index in chosen],
        "hovertemplate": f"seed %{{customdata[1]}}<br>final loss %{{y:{number_format(losses, 8)}}}<extra></extra>",
        **AS_IT_IS,
    }


def _this(places: list[Any], run: Run) -> Trace:
    return {
        "x": places,
        "y": [float(run.cross_entropy[-1])] * len(places),
        "mode": "markers",
        "name": "this run",
        "marker": {"color": BLUE, "size": 14, "symbol": "circle-open", "line": {"width": 2.5}},
        "hoverinfo": "skip",
    }

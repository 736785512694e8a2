"""The Challenger's flights: temperature against O-ring distress, and two curves through them."""

from collections import Counter

import numpy as np

from core import EXAMPLES, Run, forward, sigmoid
from core.arrays import Array
from core.challenger import DISTRESS, FLIGHTS, TEMPERATURES
from ui.figures.parts import Trace
from ui.figures.style import GRAY, GREEN, Figure

COLDEST, WARMEST = 45, 85  # °F, of the curves
MARKER_SIZE = 11  # pixels, of one flight


def is_of_flights(run: Run) -> bool:
    """Tell whether a run was trained on the flights as published."""
    return run.experiment.dataset == FLIGHTS


def flights_figure(run: Run) -> Figure:
    """Draw the flights, what a run on them answers at any temperature, and the published fit."""
    temperatures = np.linspace(COLDEST, WARMEST, 161)
    curves = [
        # Wide below and narrow above, so that both are seen where they are the same.
        _curve(temperatures, published_fit(temperatures), "published fit", {"color": GRAY, "width": 7, "dash": "dash"}),
        _curve(temperatures, outputs_at(run, temperatures), "this run", {"color": GREEN, "width": 2}),
    ]
    return {"data": [*curves, _flights()], "layout": _layout()}


def outputs_at(run: Run, temperatures: Array) -> Array:
    """Return what a run on the flights answers at temperatures in °F."""
    inputs = run.experiment.given(temperatures[:, np.newaxis])
    return forward(inputs, run.weights)[-1].activation[:, 0]


def published_fit(temperatures: Array) -> Array:
    """Return the published probability of distress at temperatures in °F."""
    intercept, slope = (float(number.printed) for number in EXAMPLES["challenger"].published)
    return sigmoid(intercept + slope * temperatures)


def _curve(temperatures: Array, outputs: Array, name: str, line: Trace) -> Trace:
    return {
        "x": temperatures,
        "y": outputs,
        "mode": "lines",
        "name": name,
        "line": line,
        "hovertemplate": "%{x} °F<br>%{y:.4f}",
    }


def _flights() -> Trace:
    """Return a square a temperature and outcome, whose area grows with the flights there."""
    counts = Counter(zip(TEMPERATURES, DISTRESS, strict=True))
    temperatures, outcomes = zip(*counts, strict=True)
    flights = np.array(list(counts.values()))
    return {
        "x": temperatures,
        "y": outcomes,
        "mode": "markers",
        "name": f"{flights.sum()} flights",
        "marker": {
            "color": GRAY,
            "size": MARKER_SIZE * np.sqrt(flights),
            "symbol": "square-open",
            "line": {"width": 2},
        },
        "customdata": flights,
        "hovertemplate": "%{x} °F<br>distress %{y}<br>flights: %{customdata}<extra></extra>",
    }


def _layout() -> Trace:
    return {
        "height": 320,
        "margin": {"l": 0, "r": 16, "t": 36, "b": 0},
        "hovermode": "closest",
        "dragmode": "zoom",
        "legend": {"x": 1, "y": 0.85, "xanchor": "right", "bgcolor": "rgba(0,0,0,0)"},
        "xaxis": {"title": {"text": "launch temperature, °F"}, "range": [COLDEST, WARMEST], "showgrid": False},
        "yaxis": {"title": {"text": "distress"}, "range": [-0.08, 1.08]},
    }

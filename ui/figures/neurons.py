"""What each neuron computes over the same inputs: small maps or curves in a row, of which a click chooses one.

All panels share two axes, which count cells: those of the panels, and between them those of the gaps.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain

import numpy as np

from core import Experiment
from core.arrays import Array
from ui.figures.computed import Computed
from ui.figures.map import SIDES, colours_of
from ui.figures.parts import INVISIBLE, Trace, evenly_spread, hidden_axis
from ui.figures.style import GRAY, GREEN, VIOLET, Figure
from ui.names import neuron_names
from ui.view import Neuron

CELLS = 31  # along each side of a panel
GAP, TITLE_CELLS = 3, 10  # cells between panels, and above each for its name
PIXELS = 3  # of height, a cell
MOST_IN_A_ROW, FEWEST_IN_A_ROW = 8, 4  # few neurons do not get large panels
MOST = 255  # what an output of 1 is written as, in a byte
ANY_DISTANCE = -1  # in Plotly's words: a click anywhere is one on the closest panel


@dataclass(frozen=True)
class Panel:
    """Where a neuron's panel is: its row and column among the panels."""

    row: int
    column: int

    @property
    def left(self) -> int:
        """The first cell from the left."""
        return self.column * (CELLS + GAP)

    @property
    def bottom(self) -> int:
        """The first cell from the bottom; the panels' top is at 0."""
        return -(self.row + 1) * (CELLS + TITLE_CELLS)

    def outline(self) -> tuple[list[float], list[float]]:
        """Return the corners, and a gap behind them."""
        left, bottom = self.left - 0.5, self.bottom - 0.5
        right, top = left + CELLS, bottom + CELLS
        return [left, right, right, left, left, np.nan], [bottom, bottom, top, top, bottom, np.nan]


def pictured(experiment: Experiment) -> list[list[Neuron]]:
    """Return the neurons that have a panel, in lines: layer by layer, or all in one if they are few; none for one."""
    names = neuron_names(experiment.sizes)
    layers = [[(layer, unit) for unit in range(len(units))] for layer, units in enumerate(names)]
    every = list(chain.from_iterable(layers))
    if len(every) > MOST_IN_A_ROW:
        return layers
    return [every] if len(every) > 1 else []


def neurons_figure(computed: Computed, chosen: Neuron) -> Figure:
    """Draw a panel a neuron, the `chosen` one in a frame, from a slice of at least `CELLS` points along each axis.

    A click on a panel tells its neuron (layer, unit).
    """
    layers = pictured(computed.experiment)
    in_a_row = min(MOST_IN_A_ROW, max(FEWEST_IN_A_ROW, *map(len, layers)))
    panels = _panels(layers, in_a_row)
    height = -min(panel.bottom for panel in panels.values())
    width = in_a_row * (CELLS + GAP) - GAP
    traces = [
        *(_maps(computed, panels) if len(computed.over.axes) > 1 else _curves(computed, panels)),
        _outlines(list(panels.values())) | {"line": {"color": GRAY, "width": 1}},
        _outlines([panels[chosen]]) | {"line": {"color": VIOLET, "width": 3}},
        _names(computed.experiment, panels),
    ]
    layout = {
        "height": PIXELS * height,
        "margin": {"l": 0, "r": 0, "t": 0, "b": 0},
        "showlegend": False,
        "hovermode": "closest",
        "hoverdistance": ANY_DISTANCE,
        "dragmode": False,
        "xaxis": hidden_axis() | {"range": [-1.5, width + 0.5]},
        "yaxis": hidden_axis() | {"range": [-height - 1.5, 0]},
    }
    return {"data": traces, "layout": layout}


def _panels(layers: list[list[Neuron]], in_a_row: int) -> dict[Neuron, Panel]:
    panels: dict[Neuron, Panel] = {}
    row = 0
    for layer in layers:
        panels |= {neuron: Panel(row + place // in_a_row, place % in_a_row) for place, neuron in enumerate(layer)}
        row += -(-len(layer) // in_a_row)
    return panels


def _maps(computed: Computed, panels: Mapping[Neuron, Panel]) -> list[Trace]:
    """Return a map a panel."""
    across, up = (evenly_spread(len(axis), CELLS) for axis in computed.over.axes)
    cells = np.arange(CELLS, dtype=np.int64)
    return [
        colours_of(
            (panel.left + cells, panel.bottom + cells),
            np.round(MOST * computed.output(neuron)[np.ix_(up, across)]).astype(np.uint8),
            SIDES,
        )
        | {"zmax": MOST}
        for neuron, panel in panels.items()
    ]


def _curves(computed: Computed, panels: Mapping[Neuron, Panel]) -> list[Trace]:
    """Return all curves as one, and all ½ lines."""
    across = evenly_spread(len(computed.over.axes[0]), CELLS)
    x = [np.append(panel.left + np.arange(CELLS), np.nan) for panel in panels.values()]
    y = [
        np.append(panel.bottom + (CELLS - 1) * computed.output(neuron)[across], np.nan)
        for neuron, panel in panels.items()
    ]
    half = [np.append(np.full(CELLS, panel.bottom + (CELLS - 1) / 2), np.nan) for panel in panels.values()]
    return [
        _line(np.concatenate(x), np.concatenate(half)) | {"line": {"color": GRAY, "width": 1, "dash": "dot"}},
        _line(np.concatenate(x), np.concatenate(y)) | {"line": {"color": GREEN, "width": 2}},
    ]


def _line(x: Array, y: Array) -> Trace:
    return {"x": x.astype(np.float32), "y": y.astype(np.float32), "mode": "lines", "hoverinfo": "skip"}


def _outlines(panels: list[Panel]) -> Trace:
    corners = np.array([panel.outline() for panel in panels]).reshape(-1, 2, 6)
    return _line(corners[:, 0].ravel(), corners[:, 1].ravel())


def _names(experiment: Experiment, panels: Mapping[Neuron, Panel]) -> Trace:
    """Return the neurons' names above their panels, and what is clicked: a mark that nobody sees in each's middle."""
    names = neuron_names(experiment.sizes)
    seen = INVISIBLE | {"textfont": {"color": GRAY}}
    return {
        "x": [panel.left + (CELLS - 1) / 2 for panel in panels.values()],
        "y": [panel.bottom + (CELLS - 1) / 2 for panel in panels.values()],
        "mode": "markers+text",
        "marker": {"size": PIXELS * CELLS - 8, "opacity": 0},
        "text": [names[layer][unit] for layer, unit in panels],
        "textposition": "top center",
        "textfont": {"color": GRAY, "size": 13},
        "hoverinfo": "text",
        "customdata": list(panels),
        "selected": seen,
        "unselected": seen,
    }

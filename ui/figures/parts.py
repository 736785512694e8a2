"""What every drawing of a network is made of: nodes, connections by the sign and the size of their weights, numbers."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, TypeAlias

import numpy as np

from core import Experiment
from core.arrays import Array, Rows, Weights
from ui.figures.style import BLUE, GRAY, GREEN, ORANGE, VIOLET, escape
from ui.names import connection_names, node_names, source_names
from ui.short_names import short_names, two_lines
from ui.text import exact_text
from ui.view import Neuron

Position: TypeAlias = tuple[float, float]
Trace: TypeAlias = dict[str, Any]  # what go.Scatter takes; as go.Scatter it would be validated twice

NODE_SIZE, NODE_SPACING, TALLEST_LAYER = 38, 72, 1000  # pixels
GAP = 8  # pixels between crowded nodes
RING = 4  # pixels
ROOM_BELOW = 36  # pixels for the values of the lowest node
ROOM_FOR_VALUES = 56  # pixels between nodes that have their values below
WIDEST = 12
LONGEST_NAME = 6  # letters of a line that fits into a node
NAME_SIZES = (11, 10)  # pixels of the letters, in one line and in two
MOST_LABELLED = 6  # connections; more would hide one another's numbers
LABEL_AT = 0.42  # of the way from start to end
BIAS_INPUT = "1"  # what a bias is the weight of
LEGEND_BELOW = {"orientation": "h", "yref": "container", "y": 0, "yanchor": "bottom", "x": 0}
UNDER_TOOLBAR = 36  # pixels above a plot, where its highest points would lie under the toolbar
INVISIBLE = {"marker": {"opacity": 0}}
AS_BEFORE = {"selected": {"marker": {"opacity": 1}}, "unselected": {"marker": {"opacity": 1}}}  # when one is clicked


@dataclass(frozen=True, order=True)
class Stroke:
    """How a connection is drawn: blue for a positive weight, orange for a negative one."""

    color: str
    width: int


def stroke_of(weight: float) -> Stroke:
    """Return how to draw a weight: one pixel, and one more for each 1 of its size."""
    return Stroke(ORANGE if weight < 0 else BLUE, 1 + round(min(abs(weight), WIDEST - 1)))


def evenly_spread(rows: int, most: int) -> Rows:
    """Return which of `rows` rows, or points, are drawn, counted from 0: all, or of many some, evenly spread."""
    return np.linspace(0, rows - 1, min(rows, most)).round().astype(np.int64)


def drawn_sizes(experiment: Experiment) -> list[int]:
    """Return how many nodes each layer is drawn with: the inputs or neurons, and one that biases come from."""
    *before, outputs = experiment.sizes
    return [*(size + experiment.has_biases for size in before), outputs]


def hidden_axis() -> dict[str, object]:
    """Return an axis that is not seen and does not zoom."""
    return {"visible": False, "fixedrange": True}


def node_positions(sizes: Sequence[int]) -> list[list[Position]]:
    """Return where the nodes are, layer by layer from left to right, each layer from top to bottom."""
    return [
        [(float(x), spacing_of(size) * ((size - 1) / 2 - unit)) for unit in range(size)] for x, size in enumerate(sizes)
    ]


def spacing_of(nodes: int) -> float:
    """Return how far apart the nodes of a layer are, in pixels."""
    return min(NODE_SPACING, TALLEST_LAYER / nodes)


def node_size_of(nodes: int) -> float:
    """Return how large the nodes of a layer are, in pixels."""
    return min(NODE_SIZE, spacing_of(nodes) - GAP)


def strokes(nodes: Sequence[Sequence[Position]], weights: Weights) -> dict[Stroke, Array]:
    """Return the connections by how they are drawn: (3 · connections, 2), each a gap and its two ends.

    With the gap behind them, each would have a / in base64, of which Plotly makes six letters.
    """
    lines: dict[Stroke, list[Position]] = defaultdict(list)
    for (starts, ends), layer in zip(pairwise(nodes), weights, strict=True):
        for start, row in zip(starts, layer.tolist(), strict=True):
            for end, weight in zip(ends, row, strict=False):  # the last may be where biases come from
                lines[stroke_of(weight)] += [(np.nan, np.nan), start, end]
    return {stroke: np.array(points) for stroke, points in lines.items()}


def line_style(stroke: Stroke) -> Trace:
    """Return how Plotly draws the connections of a stroke."""
    return {"mode": "lines", "line": {"color": stroke.color, "width": stroke.width}, "hoverinfo": "skip"}


def node_circles(experiment: Experiment, chosen: Neuron | None = None, scale: float = 1.0) -> Trace:
    """Return the nodes, so much larger, with their names; `chosen`, a neuron (layer, unit), has a ring.

    A click on a node tells the neuron that it is, on an input or a bias the first one that it leads to.
    """
    names = [*source_names(experiment), node_names(experiment)[-1]]
    sizes = drawn_sizes(experiment)
    places = [(layer, node) for layer, nodes in enumerate(names) for node in range(len(nodes))]
    is_bias = [experiment.has_biases and layer < len(names) - 1 and node == sizes[layer] - 1 for layer, node in places]
    positions = [position for layer in node_positions(sizes) for position in layer]
    labels = [name for layer in names for name in layer]
    written = _written(experiment, scale)
    is_neuron = [layer > 0 and not bias for (layer, _), bias in zip(places, is_bias, strict=True)]
    leads_to = [
        (layer - 1, node) if neuron else (layer, 0) for (layer, node), neuron in zip(places, is_neuron, strict=True)
    ]
    return {
        "x": [x for x, _ in positions],
        "y": [y for _, y in positions],
        "mode": "markers+text",
        "marker": {
            "size": [scale * node_size_of(sizes[layer]) for layer, _ in places],
            "color": [GRAY if bias else GREEN for bias in is_bias],
            "opacity": 1,
            "line": {
                "color": VIOLET,
                "width": [
                    RING if neuron and place == chosen else 0 for place, neuron in zip(leads_to, is_neuron, strict=True)
                ],
            },
        },
        "text": written,
        "textfont": {"color": "white", "size": [name_size(text) for text in written]},
        "hovertext": [escape(name) for name in labels],
        "hoverinfo": "text",
        "customdata": leads_to,
        **AS_BEFORE,
    }


def _written(experiment: Experiment, scale: float) -> list[str]:
    """Return what is written into the nodes, layer by layer."""
    *before, outputs = node_names(experiment)
    biases = (BIAS_INPUT,) if experiment.has_biases else ()
    layers = [*((*names, *biases) for names in before), outputs]
    sizes = [scale * node_size_of(len(names)) for names in layers]
    return [text for names, size in zip(layers, sizes, strict=True) for text in fitting(names, size)]


def weight_labels(
    experiment: Experiment,
    weights: Weights,
    text: Callable[[float], str] = exact_text,
    places: Sequence[float] = (LABEL_AT,),
) -> Trace:
    """Return each weight's number, beside its connection where there is room, else on pointing at it.

    `places` are those of a connection's length that can be pointed at, the first with the number; a click there tells
    the neuron that it leads to.
    """
    sizes = drawn_sizes(experiment)
    names = iter(connection_names(experiment))
    points: list[tuple[float, float, str, str, str, Neuron]] = []
    is_labelled = experiment.weight_count <= MOST_LABELLED
    for number, ((starts, ends), layer) in enumerate(zip(pairwise(node_positions(sizes)), weights, strict=True)):
        for (x, y), row in zip(starts, layer.tolist(), strict=True):
            for unit, ((end_x, end_y), weight) in enumerate(zip(ends, row, strict=False)):
                label, color = text(weight), stroke_of(weight).color
                hover = f"weight {escape(next(names))}<br>{label}"
                for place in places:
                    at = x + place * (end_x - x), y + place * (end_y - y)
                    seen = label if place == places[0] else ""
                    points.append((*at, seen, color, hover, (number, unit)))
    x_, y_, labels, colors, hovers, leads_to = zip(*points, strict=True)
    return {
        "x": x_,
        "y": y_,
        "mode": "markers+text" if is_labelled else "markers",
        "marker": {"opacity": 0, "size": 14, "color": colors},
        "text": labels,
        "textposition": "top center",
        "textfont": {"color": colors, "size": 12},
        "hovertext": hovers,
        "hoverinfo": "text",
        "customdata": leads_to,
        "selected": INVISIBLE,
        "unselected": INVISIBLE,
    }


def fitting(names: Sequence[str], size: float) -> list[str]:
    """Return names as they fit into nodes of a size in pixels, those of full size in two lines where one is short."""
    if size < NODE_SIZE:
        return list(map(escape, short_names(names, LONGEST_NAME)))
    return ["<br>".join(map(escape, lines)) for lines in two_lines(names, LONGEST_NAME)]


def name_size(text: str) -> int:
    """Return how large the letters are of what is written into a node, in pixels."""
    in_one_line, in_two = NAME_SIZES
    return in_two if "<br>" in text else in_one_line

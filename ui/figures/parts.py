"""What every drawing of a network is made of: nodes, connections by the sign and the size of their weights, numbers."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, TypeAlias

import numpy as np

from core import Experiment
from core.arrays import Array, Weights
from ui.figures.style import BLUE, GREEN, ORANGE, VIOLET, escape
from ui.names import connection_names, node_names
from ui.text import exact_text

Position: TypeAlias = tuple[float, float]
Trace: TypeAlias = dict[str, Any]  # what go.Scatter takes; as go.Scatter it would be validated twice

NODE_SIZE, NODE_SPACING, TALLEST_LAYER = 38, 72, 1000  # pixels
GAP = 8  # pixels between crowded nodes
RING = 4  # pixels
ROOM_BELOW = 36  # pixels for the values of the lowest node
ROOM_FOR_VALUES = 56  # pixels between nodes that have their values below
WIDEST = 12
LONGEST_NAME = 6  # letters that fit into a node
MOST_NODES = 33  # in a layer
MOST_LABELLED = 6  # connections; more would hide one another's numbers
LABEL_AT = 0.42  # of the way from start to end


@dataclass(frozen=True, order=True)
class Stroke:
    """How a connection is drawn: blue for a positive weight, orange for a negative one."""

    color: str
    width: int


def stroke_of(weight: float) -> Stroke:
    """Return how to draw a weight: one pixel, and one more for each 1 of its size."""
    return Stroke(ORANGE if weight < 0 else BLUE, 1 + round(min(abs(weight), WIDEST - 1)))


def can_be_drawn(experiment: Experiment) -> bool:
    """Tell whether a network is small enough that a drawing shows anything."""
    return max(experiment.sizes) <= MOST_NODES


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
    """Return the connections by how they are drawn: (3 · connections, 2), each its two ends and a gap."""
    lines: dict[Stroke, list[Position]] = defaultdict(list)
    for (starts, ends), layer in zip(pairwise(nodes), weights, strict=True):
        for start, row in zip(starts, layer.tolist(), strict=True):
            for end, weight in zip(ends, row, strict=True):
                lines[stroke_of(weight)] += [start, end, (np.nan, np.nan)]
    return {stroke: np.array(points) for stroke, points in lines.items()}


def line_style(stroke: Stroke) -> Trace:
    """Return how Plotly draws the connections of a stroke."""
    return {"mode": "lines", "line": {"color": stroke.color, "width": stroke.width}, "hoverinfo": "skip"}


def node_circles(experiment: Experiment, chosen: tuple[int, int] | None = None) -> Trace:
    """Return the nodes with their names; `chosen`, a neuron (layer, unit), has a ring."""
    layers = node_names(experiment)
    names = [name for layer in layers for name in layer]
    positions = [position for layer in node_positions(experiment.sizes) for position in layer]
    places = [(layer - 1, unit) for layer, nodes in enumerate(layers) for unit in range(len(nodes))]
    return {
        "x": [x for x, _ in positions],
        "y": [y for _, y in positions],
        "mode": "markers+text",
        "marker": {
            "size": [node_size_of(size) for size in experiment.sizes for _ in range(size)],
            "color": GREEN,
            "opacity": 1,
            "line": {"color": VIOLET, "width": [RING if place == chosen else 0 for place in places]},
        },
        "text": [fitting(name) for name in names],
        "textfont": {"color": "white", "size": 11},
        "hovertext": [escape(name) for name in names],
        "hoverinfo": "text",
    }


def weight_labels(experiment: Experiment, weights: Weights, text: Callable[[float], str] = exact_text) -> Trace:
    """Return each weight's number, beside its connection where there is room, else on pointing at it."""
    at, labels, colors = [], [], []
    for (starts, ends), layer in zip(pairwise(node_positions(experiment.sizes)), weights, strict=True):
        for (x, y), row in zip(starts, layer.tolist(), strict=True):
            for (end_x, end_y), weight in zip(ends, row, strict=True):
                at.append((x + LABEL_AT * (end_x - x), y + LABEL_AT * (end_y - y)))
                labels.append(text(weight))
                colors.append(stroke_of(weight).color)
    names = [escape(name) for name in connection_names(experiment)]
    return {
        "x": [x for x, _ in at],
        "y": [y for _, y in at],
        "mode": "markers+text" if len(at) <= MOST_LABELLED else "markers",
        "marker": {"opacity": 0, "size": 14, "color": colors},
        "text": labels,
        "textposition": "top center",
        "textfont": {"color": colors, "size": 12},
        "hovertext": [f"weight {name}<br>{label}" for name, label in zip(names, labels, strict=True)],
        "hoverinfo": "text",
    }


def fitting(name: str) -> str:
    """Return a name, or its beginning, that fits into a node."""
    return escape(name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - 1] + "…")

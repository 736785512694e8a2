"""The network as a plan to be printed: nodes with their names and what is connected, in SVG, without a number."""

from core import Experiment
from ui.figures.parts import (
    BIAS_INPUT,
    LONGEST_NAME,
    Position,
    drawn_sizes,
    node_positions,
    node_size_of,
    spacing_of,
)
from ui.figures.style import GRAY, escape
from ui.names import node_names
from ui.short_names import short_names

LAYER_SPACING, MARGIN = 120, 24  # in the units of the drawing, of which a letter is 10 high
CLOSER = 0.65  # than in the page's own drawing, which has numbers below the nodes


def network_plan(experiment: Experiment) -> str:
    """Return the drawing, which takes what width it is given."""
    sizes = drawn_sizes(experiment)
    nodes = [[_at(place) for place in layer] for layer in node_positions(sizes)]
    names = [
        [*layer, *[BIAS_INPUT] * (size - len(layer))] for layer, size in zip(node_names(experiment), sizes, strict=True)
    ]
    height = max(CLOSER * spacing_of(size) * size for size in sizes)
    width = LAYER_SPACING * (len(sizes) - 1) + 2 * MARGIN
    lines = [
        f'<line x1="{x:.0f}" y1="{y:.0f}" x2="{end_x:.0f}" y2="{end_y:.0f}"/>'
        for starts, ends, size in zip(nodes, nodes[1:], experiment.sizes[1:], strict=False)
        for x, y in starts
        for end_x, end_y in ends[:size]
    ]
    circles = [
        f'<circle cx="{x:.0f}" cy="{y:.0f}" r="{_radius(size):.1f}"/>'
        f'<text x="{x:.0f}" y="{y:.0f}">{escape(name)}</text>'
        for layer, labels, size in zip(nodes, names, sizes, strict=True)
        for (x, y), name in zip(layer, short_names(labels, LONGEST_NAME), strict=True)
    ]
    return (
        f'<svg viewBox="{-MARGIN} {-height / 2:.0f} {width} {height:.0f}" role="img" aria-label="The network" '
        f'stroke="{GRAY}" fill="white" font-size="10" text-anchor="middle" dominant-baseline="central">'
        f"{''.join(lines)}{''.join(circles)}</svg>"
    )


def _at(place: Position) -> Position:
    """Return where a node is drawn: SVG counts down where figures count up."""
    x, y = place
    return LAYER_SPACING * x, -CLOSER * y


def _radius(nodes: int) -> float:
    """Return how large the nodes of a layer are, which do not touch."""
    return min(node_size_of(nodes), 0.9 * CLOSER * spacing_of(nodes)) / 2

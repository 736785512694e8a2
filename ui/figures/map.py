"""What a network computes over two of its inputs, as a map: an output's colour, or that of the largest output."""

from collections.abc import Sequence
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from core.arrays import Array
from ui.figures.computed import Computed, Subject
from ui.figures.frame import LONGEST_NAME, input_axis, layout, pill
from ui.figures.parts import Trace
from ui.figures.row_marks import Marked, asked_marks, row_traces
from ui.figures.style import ABOVE_HALF, BELOW_HALF, CLASS_COLORS, GRAY, Figure, faded, shortened
from ui.figures.units import hover, written
from ui.view import Neuron

Numbers: TypeAlias = npt.NDArray[Any]  # of any kind: few bytes where few digits are seen

STRONGEST = 0.8  # the opacity of the surest answer; where none is sure, nothing is seen
SIDES: Sequence[Sequence[object]] = (  # of outputs from 0 to 1
    (0, faded(BELOW_HALF, STRONGEST)),
    (0.5, faded(BELOW_HALF, 0)),
    (0.5, faded(ABOVE_HALF, 0)),
    (1, faded(ABOVE_HALF, STRONGEST)),
)


def map_figure(computed: Computed, subject: Subject, marked: Marked) -> Figure:
    """Draw a neuron's output over the two inputs of a slice, or the largest output, with the rows and the borders."""
    across, up = computed.over.columns

    def place(inputs: Array, _targets: Array) -> Trace:
        return {"x": inputs[:, across], "y": inputs[:, up]}

    colours, pills = _winners(computed) if subject is None else _output(computed, subject)
    traces = [*colours, *row_traces(computed, subject, marked, place)]
    if marked.asked is not None and computed.over.spans(marked.asked):
        at = {"x": [marked.asked[across]], "y": [marked.asked[up]]}
        traces += asked_marks(computed, marked.asked, subject, at)
    return {
        "data": traces,
        "layout": layout(computed) | {"yaxis": input_axis(computed, 1), "annotations": pills or None},
    }


def colours_of(axes: Sequence[Numbers], numbers: Numbers, colours: Sequence[object]) -> Trace:
    """Return colours over a plane of `numbers` (points up, points across)."""
    x, y = axes
    return {
        "type": "heatmap",
        "x": x,
        "y": y,
        "z": numbers,
        "zmin": 0,
        "colorscale": colours,
        "showscale": False,
        "zsmooth": "best",
        "hoverinfo": "skip",
    }


def _output(computed: Computed, neuron: Neuron) -> tuple[list[Trace], list[Trace]]:
    """Return the colours of a neuron's output with its ½ line; and what it is where it is lowest and highest."""
    output = computed.output(neuron)
    colours = colours_of(computed.over.axes, output.astype(np.float32), SIDES)
    colours |= {"zmax": 1, "hoverinfo": None, **hover(computed, neuron, "%{x:.4g}, %{y:.4g}", "output", "%{z:.4f}")}
    ends = [] if np.ptp(output) == 0 else [int(output.argmin()), int(output.argmax())]
    pills = [_pill(computed, place, written(computed.experiment, neuron, output.flat[place])) for place in ends]
    return [colours, _border(computed, computed.height(neuron))], pills


def _winners(computed: Computed) -> tuple[list[Trace], list[Trace]]:
    """Return the colour of the largest output, the surer the stronger, with the borders; and its name."""
    lead, advantage = computed.lead, computed.advantage
    percent = np.round(100 * lead).astype(
        np.int8
    )  # of what is behind, too: so colours end at the border between points
    names = computed.experiment.dataset.target_names
    colours = [
        colours_of(computed.over.axes, percent[..., unit], _ahead(color)) | {"zmin": -100, "zmax": 100}
        for unit, color in zip(range(len(names)), CLASS_COLORS, strict=False)
    ]
    # Each border is that of two outputs, so the last one's are drawn with the others'.
    borders = [_border(computed, advantage[..., unit]) for unit in range(len(names) - 1)]
    pills = [
        _pill(computed, int(lead[..., unit].argmax()), shortened(name, LONGEST_NAME))
        for unit, name in enumerate(names)
        if (advantage[..., unit] > 0).any()
    ]
    return [*colours, *borders], pills


def _ahead(color: str) -> Sequence[Sequence[object]]:
    """Return the colours of leads from -1 to 1: nothing is seen of what is behind."""
    return ((0, faded(color, 0)), (0.5, faded(color, 0)), (1, faded(color, STRONGEST)))


def _border(computed: Computed, heights: Array) -> Trace:
    """Return the line where `heights` (points up, points across) are 0."""
    x, y = computed.over.axes
    return {
        "type": "contour",
        "x": x,
        "y": y,
        "z": heights.astype(np.float32),
        "contours": {"start": 0, "end": 0, "size": 1, "coloring": "none"},
        "line": {"color": GRAY, "width": 2},
        "showscale": False,
        "showlegend": False,
        "hoverinfo": "skip",
    }


def _pill(computed: Computed, place: int, text: str) -> Trace:
    """Return a text at a point of the map, whose points are counted line by line."""
    x, y = computed.over.axes
    row, column = divmod(place, len(x))
    return pill(text, x[column], y[row], (column / len(x), row / len(y)))

"""What a network computes along one of its inputs, as a curve: an output, or several of which the largest wins."""

from itertools import cycle

import numpy as np

from core.arrays import Array
from ui.figures.computed import Computed, Subject, crossings, largest_along
from ui.figures.frame import LONGEST_NAME, LONGEST_TITLE, PILL, layout, pill, still_axis
from ui.figures.parts import Trace
from ui.figures.row_marks import Marked, asked_marks, row_traces
from ui.figures.style import ABOVE_HALF, BELOW_HALF, CLASS_COLORS, GRAY, GREEN, Figure, faded, shortened
from ui.figures.units import half, hover, title, written
from ui.text import number_text, place_text
from ui.view import Neuron

FAINT = 0.14  # the opacity of the sides of ½
LOWEST, HIGHEST = -0.06, 1.06  # on the axis of outputs
MOST_TOLD = 3  # borders whose places are written
DASHES = ("solid", "dash", "dot", "dashdot")


def curve_figure(computed: Computed, subject: Subject, marked: Marked) -> Figure:
    """Draw a neuron's output along the input of a slice, or all outputs, with the rows and the borders."""
    (column,) = computed.over.columns

    def place(inputs: Array, targets: Array) -> Trace:
        return {"x": inputs[:, column], "y": _heights(computed, subject, inputs, targets).astype(np.float32)}

    if subject is None:
        curves, sides = _all_outputs(computed), []
        borders, _ = largest_along(computed)
        texts = [*_names(computed), *_places(computed, subject, borders)]
    else:
        curves, sides = [_curve(computed, subject, GREEN, "output")], _sides()
        borders = crossings(computed.over.axes[0], computed.height(subject))
        texts = _places(computed, subject, borders)
    traces = [*curves, *row_traces(computed, subject, marked, place)]
    if marked.asked is not None and computed.over.spans(marked.asked):
        answers = computed.answers(marked.asked[np.newaxis], subject)[0].tolist()
        at = {"x": [marked.asked[column]] * len(answers), "y": answers}
        traces += asked_marks(computed, marked.asked, subject, at)
    upon = {
        "yaxis": _output_axis(computed, subject),
        "shapes": [*sides, *map(_border, borders)] or None,
        "annotations": texts or None,
    }
    return {"data": traces, "layout": layout(computed) | upon}


def _output_axis(computed: Computed, subject: Subject) -> Trace:
    experiment = computed.experiment
    least, most = (written(experiment, subject, end, number_text) for end in (0.0, 1.0))
    ticks = {"tickvals": [0, 0.5, 1], "ticktext": [least, half(experiment, subject), most]}
    return still_axis(title(experiment, subject, LONGEST_TITLE), LOWEST, HIGHEST) | ticks


def _heights(computed: Computed, subject: Subject, inputs: Array, targets: Array) -> Array:
    """Return how high rows stand: at an only output's targets, else on the curve; of several on their class's."""
    if subject is None:
        answers = computed.answers(inputs, subject)
        return np.asarray(np.take_along_axis(answers, targets.argmax(axis=1)[:, np.newaxis], axis=1)[:, 0])
    return targets[:, subject[1]] if subject in computed.outputs else computed.answers(inputs, subject)[:, 0]


def _curve(computed: Computed, neuron: Neuron, color: str, name: str, dash: str = "solid") -> Trace:
    return {
        "x": computed.over.axes[0],
        "y": computed.output(neuron).astype(np.float32),
        "mode": "lines",
        "name": name,
        "line": {"color": color, "width": 3, "dash": dash},
        "showlegend": False,
        **hover(computed, neuron, "%{x:.4g}", "%{fullData.name}", "%{y:.4f}"),
    }


def _target_names(computed: Computed) -> list[str]:
    return [shortened(name, LONGEST_NAME) for name in computed.experiment.dataset.target_names]


def _all_outputs(computed: Computed) -> list[Trace]:
    """Return a curve an output, in its class's colour and a dash of its own."""
    looks = zip(computed.outputs, CLASS_COLORS, _target_names(computed), DASHES, strict=False)
    return [_curve(computed, *look) for look in looks]


def _names(computed: Computed) -> list[Trace]:
    """Return each output's name, where its curve is highest."""
    (axis,) = computed.over.axes
    texts = []
    for output, name in zip(map(computed.output, computed.outputs), _target_names(computed), strict=True):
        place = int(output.argmax())
        texts.append(pill(name, axis[place], output[place], (place / len(axis), 1)))
    return texts


def _border(x: float) -> Trace:
    return _line(x, x, LOWEST, HIGHEST)


def _sides() -> list[Trace]:
    """Return the two sides of ½, and the line between them."""
    across = {"type": "rect", "xref": "paper", "x0": 0, "x1": 1, "layer": "below", "line": {"width": 0}}
    return [
        across | {"y0": LOWEST, "y1": 0.5, "fillcolor": faded(BELOW_HALF, FAINT)},
        across | {"y0": 0.5, "y1": HIGHEST, "fillcolor": faded(ABOVE_HALF, FAINT)},
        _line(0, 1, 0.5, 0.5) | {"xref": "paper"},
    ]


def _line(x0: float, x1: float, y0: float, y1: float) -> Trace:
    line = {"color": GRAY, "width": 1.5, "dash": "dot"}
    return {"type": "line", "x0": x0, "x1": x1, "y0": y0, "y1": y1, "layer": "below", "line": line}


def _places(computed: Computed, subject: Subject, borders: Array) -> list[Trace]:
    """Return the borders' places in writing, if they are few: at ½, off the curve; else at the bottom."""
    (axis,) = computed.over.axes
    if len(borders) > MOST_TOLD:
        return []
    texts = [PILL | {"text": place_text(x, float(axis[-1] - axis[0])), "x": x, "yanchor": "bottom"} for x in borders]
    if subject is None:
        return [text | {"y": LOWEST} for text in texts]
    begins_above = computed.height(subject)[0] > 0
    sides = cycle(("left", "right") if begins_above else ("right", "left"))  # the empty one, for falling and rising
    return [text | {"y": 0.5, "xanchor": side} for text, side in zip(texts, sides, strict=False)]

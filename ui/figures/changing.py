"""What a network computes, as a film: the curve or the map of one state after the other."""

import math
from collections.abc import Sequence
from typing import Final

import numpy as np

from core import Experiment, Run
from core.arrays import Array
from core.slices import Slice, slice_of
from ui.figures.computed import CURVE_POINTS, Computed, first_subject
from ui.figures.curve import curve_figure
from ui.figures.film import unseen_buttons
from ui.figures.map import colours_of, map_figure
from ui.figures.parts import Trace
from ui.figures.row_marks import MOST_DRAWN_ROWS, Marked
from ui.figures.style import Figure

FRAME_POINTS, CLASSES_POINTS = 31, 25  # along an input: few, since every frame has them, of classes a map each
MOST_COLOUR, MOST_HEIGHT = 250, 32_767  # what the largest is written as, in one byte, without a / in base64, or two
TEXT_BYTES: Final = 200  # of a number, a name or a line upon the picture, of which there are about two an output,
PLAIN_BYTES: Final = 500  # and of the rest of a frame
WRITTEN: Final = 1.4  # bytes for each byte: base64, and a / in it becomes six letters
UNPUSHING: Final = {"direction": "right", "x": 0, "xanchor": "left", "y": 1, "yanchor": "top"}  # the plot aside
UPON: Final = ("annotations", "shapes")  # what is written or drawn upon a picture


def slice_shown(experiment: Experiment, columns: Sequence[int]) -> Slice:
    """Return the slice over one or two inputs, the others as in the first row."""
    on_map = CLASSES_POINTS if first_subject(experiment) is None else FRAME_POINTS
    first: Array = experiment.dataset.inputs[0]
    return slice_of(experiment.dataset, columns, first, CURVE_POINTS if len(columns) == 1 else on_map)


def frame_bytes(experiment: Experiment, over: Slice) -> float:
    """Return about how many bytes a frame takes."""
    are_classes = first_subject(experiment) is None
    drawn = experiment.sizes[-1] if are_classes else 1
    points = math.prod(map(len, over.axes))
    if len(over.axes) > 1:
        numbers = points * (drawn + 2 * max(1, drawn - 1))
    else:
        rows = min(len(experiment.dataset.targets), MOST_DRAWN_ROWS) if are_classes else 0
        a_point = 12 if experiment.scale_targets else 4  # with its amount
        numbers = a_point * drawn * points + 4 * rows
    return WRITTEN * numbers + 2 * drawn * TEXT_BYTES + PLAIN_BYTES


def changing_figure(run: Run, over: Slice, states: Sequence[int]) -> Figure:
    """Draw the first of some states, with a button for each; it sets what is not the same in all of them.

    Frames of Plotly's would do so, too, but it takes a map away before each, and draws the next when that was seen.
    """
    subject = first_subject(run.experiment)
    draw = map_figure if len(over.columns) > 1 else curve_figure
    pictures = [draw(Computed(run.experiment, run.weights_after(k), over), subject, Marked()) for k in states]
    traces = [[_in_few_bytes(trace) for trace in picture["data"]] for picture in pictures]
    upon = [{name: picture["layout"].get(name) or [] for name in UPON} for picture in pictures]
    moving = [_moving(versions) for versions in zip(*traces, strict=True)]
    places = [place for place, moves in enumerate(moving) if moves]
    names, written = sorted(set().union(*moving)), sorted(_moving(upon))
    changes = [
        [
            {name: [drawn[place].get(name) for place in places] for name in names},
            {name: on[name] for name in written},
            places,
        ]
        for drawn, on in zip(traces, upon, strict=True)
    ]
    buttons = {"updatemenus": [unseen_buttons("update", changes) | UNPUSHING]}
    return {"data": traces[0], "layout": pictures[0]["layout"] | buttons}


def _in_few_bytes(trace: Trace) -> Trace:
    """Return colours in bytes, which say no number when pointed at; heights in two each; any other trace as it is."""
    match trace.get("type"):
        case "heatmap":
            least, most = trace["zmin"], trace["zmax"]
            colours = np.round((trace["z"] - np.float32(least)) * (MOST_COLOUR / (most - least))).astype(np.uint8)
            return colours_of((trace["x"], trace["y"]), colours, trace["colorscale"]) | {"zmax": MOST_COLOUR}
        case "contour":
            return trace | {"z": np.round(trace["z"] * MOST_HEIGHT).astype(np.int16)}
    return trace


def _moving(versions: Sequence[Trace]) -> set[str]:
    """Return the names of what is not the same in all versions of a trace, or of what is upon a picture."""
    first = versions[0]
    names = {name for version in versions for name in version}
    return {name for name in names if any(not _is_same(version.get(name), first.get(name)) for version in versions)}


def _is_same(one: object, other: object) -> bool:
    if isinstance(one, np.ndarray) and isinstance(other, np.ndarray):
        return np.array_equal(one, other)
    return one == other

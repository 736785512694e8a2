"""The rows of a table on a curve or a map of what a network computes: by target, in colour and in shape."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from core import Experiment
from core.arrays import Array, Rows
from core.metrics import leads, sides
from ui.figures.computed import Computed, Subject
from ui.figures.frame import LONGEST_NAME
from ui.figures.parts import Trace, evenly_spread
from ui.figures.style import ABOVE_HALF, BELOW_HALF, CLASS_COLORS, GRAY, GREEN, VIOLET, shortened
from ui.figures.units import half, title, written
from ui.text import number_text

MOST_DRAWN_ROWS = 400
CLASS_SYMBOLS = ("circle", "square", "diamond", "triangle-up")
MANY_ROWS = 60  # which are drawn smaller
WHITE_EDGE = {"color": "white", "width": 1}


@dataclass(frozen=True, eq=False)
class Marked:
    """What is pointed out, if anything: a row of the table, counted from 0, and one (features,) that is asked about."""

    row: int | None = None
    asked: Array | None = None


@dataclass(frozen=True, eq=False)
class Group:
    """Rows, counted from 0, whose targets say the same, and how they are drawn."""

    name: str
    color: str
    symbol: str
    size: int
    rows: Rows
    is_held_out: bool = False  # and so hollow


def is_by_class(experiment: Experiment, subject: Subject) -> bool:
    """Tell whether rows are told apart by the largest of their targets, not by the side of ½ that one is on."""
    return experiment.sizes[-1] > 1 and (subject is None or subject[0] < len(experiment.hidden_layers))


def groups_of(experiment: Experiment, subject: Subject) -> list[Group]:
    """Return the drawn rows by what their targets say, and whether they are held out from training.

    Larger marks come first, so that none hides another.
    """
    rows = evenly_spread(len(experiment.dataset.targets), MOST_DRAWN_ROWS)
    targets = experiment.dataset.target_columns[rows]
    if is_by_class(experiment, subject):
        groups = _classes(experiment, rows, targets)
    else:
        groups = _sides(experiment, rows, targets, subject)
    parts = [part for group in groups for part in _parts(group, experiment.held_out_rows)]
    return [part for part in parts if part.rows.size]


def _parts(group: Group, held_out: Rows) -> tuple[Group, Group]:
    """Return the rows of a group that are learned from, and those that are not."""
    is_held_out = np.isin(group.rows, held_out)
    name = f"{group.name}, held out"
    return (
        replace(group, rows=group.rows[~is_held_out]),
        replace(group, rows=group.rows[is_held_out], name=name, is_held_out=True),
    )


def _classes(experiment: Experiment, rows: Rows, targets: Array) -> list[Group]:
    is_largest = leads(targets) > 0
    names = experiment.dataset.target_names
    looks = zip(names, CLASS_COLORS, CLASS_SYMBOLS, is_largest.T, strict=False)
    return [
        Group("no largest target", GRAY, "x", 9, rows[~is_largest.any(axis=1)]),
        *(Group(shortened(name, LONGEST_NAME), color, symbol, 9, rows[one]) for name, color, symbol, one in looks),
    ]


def _sides(experiment: Experiment, rows: Rows, targets: Array, subject: Subject) -> list[Group]:
    unit = subject[1] if subject and targets.shape[1] > 1 else 0
    wanted, output = targets[:, unit], (len(experiment.hidden_layers), unit)
    side, middle = sides(wanted), half(experiment, output)
    target = title(experiment, output, LONGEST_NAME) if experiment.scale_targets else "target"
    looks = (
        (-1, 0.0, f"below {middle}", BELOW_HALF, "circle", 12),
        (1, 1.0, f"above {middle}", ABOVE_HALF, "square", 9),
    )
    groups = []
    for which, end, words, color, symbol, size in looks:
        are_at_the_end = (wanted[side == which] == end).all()
        said = written(experiment, output, end, number_text) if are_at_the_end else words
        groups.append(Group(f"{target} {said}", color, symbol, size, rows[side == which]))
    return [
        *groups,
        Group(f"{target} {middle}", GRAY, "diamond", 9, rows[side == 0]),
    ]


def row_traces(
    computed: Computed, subject: Subject, marked: Marked, place: Callable[[Array, Array], Trace]
) -> list[Trace]:
    """Return the rows, a trace a group, and a ring around the marked one, if any.

    `place` tells where rows are drawn, from their inputs (rows, features) and targets (rows, outputs).
    """
    experiment = computed.experiment

    def of_table(rows: Rows) -> Trace:
        return place(experiment.dataset.inputs[rows], experiment.dataset.target_columns[rows])

    scale = 1 if len(experiment.dataset.targets) < MANY_ROWS else 0.7
    traces = []
    for group in groups_of(experiment, subject):
        color, edge = ("white", {"color": group.color, "width": 2}) if group.is_held_out else (group.color, WHITE_EDGE)
        marks = _marks(group.symbol, scale * group.size, color, edge)
        told = {"customdata": group.rows + 1, "hovertemplate": "row %{customdata:,}<br>%{fullData.name}<extra></extra>"}
        named = {"name": group.name, "showlegend": not group.is_held_out}
        traces.append(marks | told | named | of_table(group.rows))
    if marked.row is None:
        return traces
    ring = _marks("circle-open", 26, VIOLET, {"width": 2.5}) | of_table(np.array([marked.row]))
    return [*traces, ring | {"showlegend": False, "hoverinfo": "skip"}]


def asked_marks(computed: Computed, asked: Array, subject: Subject, at: Trace) -> list[Trace]:
    """Return the marks of a row (features,) that is asked about, `at` its place: a star on a wider one of white.

    It is gray where the picture holds other inputs at other values.
    """
    color = GRAY if computed.over.departures(asked) else GREEN
    answers = computed.answers(asked[np.newaxis], subject)[0]
    outputs = ", ".join(written(computed.experiment, subject, answer, "{:.4f}".format) for answer in answers)
    name = title(computed.experiment, subject, LONGEST_NAME)
    told = {"hovertemplate": f"the row asked about<br>{name} {outputs}<extra></extra>"}
    edges = _marks("star-open", 18, "white", {"width": 6}), _marks("star-open", 18, color, {"width": 2.5}) | told
    return [at | {"showlegend": False} | edge for edge in edges]


def _marks(symbol: str, size: float, color: str, edge: Trace) -> Trace:
    return {"mode": "markers", "marker": {"symbol": symbol, "size": size, "color": color, "line": edge}}

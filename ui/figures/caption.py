"""What there is to know about a curve or a map of what a network computes: its colours, lines and marks."""

import numpy as np

from core import Dataset, Experiment
from core.arrays import Array
from core.slices import Slice
from ui.figures.computed import Subject
from ui.figures.in_words import names_in
from ui.figures.row_marks import MOST_DRAWN_ROWS, Marked, is_by_class
from ui.figures.units import half, is_amount, written
from ui.text import digits_text, drawn_text, escape, list_text, number_text

MOST_NAMED = 4  # inputs that do not vary
LONGEST_NUMBER = 8  # characters, of their values


def caption(experiment: Experiment, over: Slice, subject: Subject, marked: Marked) -> str:
    """Say what colours, lines and marks mean, and what the inputs are that do not vary; as Markdown."""
    rows = len(experiment.dataset.targets)
    few = drawn_text(min(rows, MOST_DRAWN_ROWS), rows)
    hollow = " Hollow ones are held out: training never sees them." if experiment.held_out else ""
    parts = [
        _colours(experiment, over, subject),
        _units(experiment, subject),
        f"{_marks(experiment, over, subject)}{hollow}{few}",
        "" if marked.row is None else f"The :violet[ring] is around row {marked.row + 1:,}.",
        _held(experiment.dataset, over),
        "" if marked.asked is None else _asked(experiment.dataset, over, marked.asked),
    ]
    return " ".join(filter(None, parts))


def _colours(experiment: Experiment, over: Slice, subject: Subject) -> str:
    middle = escape(half(experiment, subject))
    if len(over.columns) == 1:
        if subject is None:
            return "Of the curves, one for each output, the highest is the largest output; at a dotted line another is."
        return f"The :green[curve] is the output; where it meets the dotted line, it is {middle}."
    if subject is None:
        return (
            "The colour is that of the largest output, the stronger the further it is ahead of the next; on the gray "
            "lines two are equal."
        )
    return (
        f":orange[Orange]: the output is below {middle}. :blue[Blue]: it is above. On the gray line it is {middle}. "
        "The numbers are the lowest and the highest output."
    )


def _units(experiment: Experiment, subject: Subject) -> str:
    """Say what an output is in the units in which its targets were given, if these were scaled."""
    if not is_amount(experiment, subject):
        return ""
    least, middle, most = (escape(written(experiment, subject, output)) for output in (0, 0.5, 1))
    return f"Targets are scaled: an output of 0 is {least} in the table's units, ½ is {middle}, and 1 is {most}."


def _marks(experiment: Experiment, over: Slice, subject: Subject) -> str:
    target = "largest target" if is_by_class(experiment, subject) else "target"
    if len(over.columns) > 1:
        return f"Each mark is a row of the table, its shape and colour those of its {target}."
    is_output = subject is not None and subject[0] == len(experiment.hidden_layers)
    height = "as high as its target" if is_output else f"on the curve{'' if subject else ' of its largest target'}"
    return f"Each mark is a row of the table, {height}, in a shape and colour by its {target}."


def _held(dataset: Dataset, over: Slice) -> str:
    """Say what the inputs are that do not vary."""
    held = [column for column in range(len(over.held)) if column not in over.columns]
    if not held:
        return ""
    names, _ = names_in(dataset, escape)
    listed = [f"“{names[column]}” is {escape(_short(over.held[column]))}" for column in held]
    more = [f"{len(held) - MOST_NAMED:,} more stay as they are"] if len(held) > MOST_NAMED else []
    here = f"Everywhere here {list_text([*listed[:MOST_NAMED], *more])}"
    if np.all(dataset.inputs[:, held] == over.held[held]):
        return f"{here}, as in the table."
    return f"{here}. Rows with other values are drawn all the same; what is under them is not their answer."


def _asked(dataset: Dataset, over: Slice, asked: Array) -> str:
    """Say what the star is."""
    if not over.spans(asked):
        return "The row asked about lies beyond the picture."
    names, _ = names_in(dataset, escape)
    departures = [f"“{names[column]}”" for column in over.departures(asked)]
    if not departures:
        return "The :green[star] is the row asked about."
    more = [f"{len(departures) - MOST_NAMED:,} more"] if len(departures) > MOST_NAMED else []
    differ = "differs" if len(departures) == 1 else "differ"
    named = list_text([*departures[:MOST_NAMED], *more])
    return f"The star is the row asked about, gray because its {named} {differ} from that."


def _short(value: float) -> str:
    """Return a number in full if that is short, else in five digits."""
    full = number_text(value)
    return full if len(full) <= LONGEST_NUMBER else digits_text(value, digits=5)

"""Numbers and readers' text, as the page writes them."""

import math
import re
from collections.abc import Sequence
from typing import Final

import numpy as np

from core import Dataset, Experiment
from core.arrays import Array

OBJECTIVE_NAMES: Final[dict[str, str]] = {"squared_error": "squared error", "cross_entropy": "cross-entropy"}
LONGEST_FRACTION: Final = 8
DIGITS_OF_AMOUNTS: Final = 5
HUGE: Final = 1e7  # what is larger is written with a power of ten
_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>()#+\-.!|~:$&])")
# Streamlit makes links of http://, www. and @, arrows of -> and the like, and pictures of :words:, escaped or not.
_MADE_INTO_OTHERS = re.compile(r"(?<=:)(?=\S)|(?<=www)(?=\.|$)|(?=@)|(?<=[-<>~])(?=[-=>])", re.IGNORECASE)
_SIGNS = re.compile(r"[\\`*_{}\[\]<>()#+\-.!|~:$&@/]+")
_GAP = ":small[]"  # parts text without a trace; what Streamlit looks for, it looks for in one part


def escape(text: str) -> str:
    """Return Markdown that shows `text` to the letter, but for white space: line breaks would be Markdown, too."""
    parts = _MADE_INTO_OTHERS.split(" ".join(text.split()))
    return _GAP.join(_MARKDOWN.sub(r"\\\1", part) for part in parts)


def spoken(text: str) -> str:
    """Return `text` without the signs of which Markdown makes anything, for what is read aloud as it is written."""
    return " ".join(_SIGNS.sub(" ", text).split())


def number_text(value: float) -> str:
    """Return the shortest text that reads back as `value`: 1 rather than 1.0."""
    return f"{value:.0f}" if value.is_integer() and abs(value) < 1e15 else repr(float(value))


def exact_text(value: float) -> str:
    """Return a number rounded to eight decimals; a tiny one to five digits and a power of ten, a huge one to nine.

    A tiny number has no more digits than can be got from factors that are shown with eight decimals.
    """
    if value == 0:
        return "0.00000000"
    if abs(value) < 1e-4:
        return f"{value:.4e}"
    return rounded_text(value, decimals=8)


def rounded_text(value: float, decimals: int) -> str:
    """Return a number rounded to `decimals` decimals, a huge one with a power of ten; a 0 has no sign."""
    return f"{value:z.{decimals}{'f' if abs(value) < HUGE else 'e'}}"


def digits_text(value: float, digits: int) -> str:
    """Return a number rounded to `digits` digits, as short as it is then."""
    return number_text(float(f"{value:.{digits - 1}e}"))


def output_text(value: float) -> str:
    """Return an output with two decimals, or with as many more as tell it from 0 and from 1."""
    decimals = 2
    while decimals < LONGEST_FRACTION and f"{value:.{decimals}f}".rstrip("0") in {"0.", "1."} and value not in {0, 1}:
        decimals += 1
    return f"{value:.{decimals}f}"


def place_text(value: float, span: float) -> str:
    """Return a place on an axis of this length, to a hundredth of its order."""
    decimals = 2 - math.floor(math.log10(span))
    return (
        number_text(round(value, decimals) + 0.0) if abs(decimals) <= LONGEST_FRACTION else digits_text(value, digits=4)
    )


def amount_decimals(width: float) -> int:
    """Return how many decimals of amounts are shown that go over so wide a range: for five digits of it, at most eight.

    Of a huge range that is less than none: digits before the point are 0.
    """
    decimals = DIGITS_OF_AMOUNTS - 1 - math.floor(math.log10(width))
    return min(decimals if width >= HUGE else max(decimals, 0), 8)


def amount_text(dataset: Dataset, unit: int, output: float) -> str:
    """Return an output of scaled targets in their units, rounded."""
    return number_text(float(amounts(dataset, unit, np.array(output))))


def amounts(dataset: Dataset, unit: int, outputs: Array) -> Array:
    """Return outputs of scaled targets in their units, rounded as `amount_decimals` says; others as they are."""
    if dataset.target_range is None:
        return outputs
    low, high = dataset.target_range[:, unit].tolist()
    return np.asarray(np.round(low + (high - low) * outputs, amount_decimals(high - low)) + 0.0)


def input_text(value: float) -> str:
    """Return a number of the data set: in full if that is short, else as `exact_text` does."""
    full = number_text(value)
    return full if len(full) <= 10 else exact_text(value)


def count_text(number: int, noun: str) -> str:
    """Return “1 row” or “2,000 rows”."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def list_text(parts: Sequence[str]) -> str:
    """Return “a”, “a and b” or “a, b and c”."""
    *first, last = parts
    return f"{', '.join(first)} and {last}" if first else last


def drawn_text(drawn: int, rows: int) -> str:
    """Say how many rows a picture has, to be read behind another sentence; nothing if it has all."""
    return f" {drawn:,} of {count_text(rows, 'row')} are drawn, evenly spread." if drawn < rows else ""


def update_word(experiment: Experiment) -> str:
    """Return what counts the states of a run: epochs, where each is one update, else updates."""
    return "epoch" if experiment.updates_per_epoch == 1 else "update"


def duration_text(seconds: float) -> str:
    """Return a duration in whole units, at least two of them: “40 seconds”, “12 minutes”, “3 hours”."""
    for unit, size in (("hour", 3600), ("minute", 60)):
        if seconds >= 2 * size:
            return f"{seconds / size:,.0f} {unit}s"
    return f"{seconds:,.0f} seconds"

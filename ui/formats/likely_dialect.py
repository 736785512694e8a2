"""Which dialect a table is likely to be in: the one that explains most of its lines and cells."""

import re
from collections import Counter
from collections.abc import Collection
from contextlib import suppress
from itertools import chain
from typing import Final

from ui.formats.cell_numbers import (
    CURRENCIES,
    PERCENT,
    finite_number,
    is_date,
    plain_digits,
    plain_number,
    without_unit,
)
from ui.formats.dialect import DELIMITERS, SPACES, Dialect, InvalidCsv, Rows
from ui.formats.rows import rows_of

_POINT: Final = Dialect(decimal=".")
_COMMA: Final = Dialect(decimal=",")
_POINT_AND_COMMA: Final = Dialect(decimal=".", thousands=",")
_OTHERS: Final = (
    Dialect(decimal=",", thousands="."),
    Dialect(decimal=".", thousands=" "),
    Dialect(decimal=",", thousands=" "),
    Dialect(decimal=".", thousands="'"),
    Dialect(decimal=",", thousands="'"),
)
# Of two that explain as much the first is taken: between commas, 1,234 alone would rather be a thousand.
_MARKS: Final = (_POINT, _COMMA, _POINT_AND_COMMA, *_OTHERS)
_MARKS_BETWEEN_COMMAS: Final = (_POINT, _POINT_AND_COMMA, _COMMA, *_OTHERS)
_AROUND_DIGITS: Final = f"+-−– \u00a0\u202f{PERCENT}{CURRENCIES}"
_SHAPE: Final = str.maketrans("12345678", "99999999")
_SEVERAL = re.compile(rf"(?=.*\d)[\d\s.,;|│:'’%+\-−–{CURRENCIES}]+", re.ASCII)
_MONEY = re.compile(rf"[{CURRENCIES}]|[\d\s](?:EUR|Euro|USD|GBP|CHF|JPY|INR|kr\.?)$")
_MARKED = re.compile(r"[\d.,'’ \u00a0\u2009\u202f]*[.,'’ \u00a0\u2009\u202f][\d.,]*(?:[eE][+-]?\d+)?", re.ASCII)


def likely_rows(text: str) -> dict[str, Rows]:
    """Return the table's rows by the delimiter that explains most, and by any other that explains as much.

    The likeliest comes first. Raises `InvalidCsv` if a comma is the likeliest, and even its rows cannot be read.
    """
    rows = {}
    for delimiter in DELIMITERS:
        if delimiter in text and delimiter != SPACES:
            with suppress(InvalidCsv):
                rows[delimiter] = rows_of(text, delimiter)
    likely = _likeliest(rows)
    if not any(_agreement(found) == _sense(found) == 1 for found in likely.values()):  # so spaces may do better
        with suppress(InvalidCsv):
            likely = _likeliest(likely | {SPACES: rows_of(text, SPACES)})
    return likely or {",": rows_of(text, ",")}


def _likeliest(rows: dict[str, Rows]) -> dict[str, Rows]:
    """Return the rows that agree most, of these those that make most sense; none if no two rows agree."""
    agreement = {delimiter: _agreement(found) for delimiter, found in rows.items()}
    most = max(agreement.values(), default=0)
    agreeing = {delimiter: rows[delimiter] for delimiter in rows if agreement[delimiter] == most > 0}
    if len(agreeing) < 2:
        return agreeing
    sense = {delimiter: _sense(found) for delimiter, found in agreeing.items()}
    return {delimiter: agreeing[delimiter] for delimiter in agreeing if sense[delimiter] == max(sense.values())}


def _agreement(rows: Rows) -> float:
    """Return the share of the rows that agree on a number of columns above one."""
    widths = Counter(map(len, rows.values()))
    del widths[1]
    return max(widths.values(), default=0) / max(len(rows), 1)


def shapes_of(rows: Rows) -> Counter[str]:
    """Count the shapes of the cells: a cell with 9 for each digit but 0, as it matters only where there are digits.

    There are few of them, however many cells.
    """
    cells = "\0".join(chain(*rows.values()))  # which are of text without this sign
    return Counter(cells.translate(_SHAPE).split("\0"))


def _sense(rows: Rows) -> float:
    """Return the share of the cells that could be numbers, dates or words."""
    shapes = shapes_of(rows)
    return 1 - sum(number for shape, number in shapes.items() if _is_puzzling(shape)) / shapes.total()


def _is_puzzling(cell: str) -> bool:
    """Tell whether a cell holds digits and what parts cells and digits, and yet is no number or date."""
    if not _SEVERAL.fullmatch(cell) or is_date(cell):
        return False
    return all(plain_number(cell, marks) is None for marks in _MARKS)


def likely_marks(shapes: Counter[str], delimiter: str) -> list[Dialect]:
    """Return the decimal mark and the one between thousands that explain most numbers, the likeliest first.

    Others follow it that explain at least half as many, one of them as another number. Of two that explain as many,
    the one that finds thousands in money alone is the likelier: $250,000 rather has no cents than three digits of
    them. But fuel has such prices, and currencies such rates: $3.409 has decimals unless all like it end in 0, as
    1.200 € does. A number such as 0,375 is explained by decimals only.
    """
    candidates = _possible_marks(shapes, delimiter)
    if candidates == [_POINT]:
        return candidates
    numbers, money = Counter[str](), set[str]()
    for shape, number in shapes.items():
        if _MARKED.fullmatch(digits := without_unit(shape).strip(_AROUND_DIGITS)):
            numbers[digits] += number
            if _MONEY.search(shape):
                money.add(digits)
    read = {marks: {digits: plain_digits(digits, marks) for digits in numbers} for marks in candidates}
    explained = {
        marks: sum(number for digits, number in numbers.items() if read[marks][digits]) for marks in candidates
    }
    most = max(explained.values())
    likely: list[Dialect] = []
    for marks in sorted(candidates, key=lambda marks: (-explained[marks], not _is_money(marks, numbers, money))):
        is_likely = explained[marks] and 2 * explained[marks] >= most
        if is_likely and all(_differ(read[marks], read[other]) for other in likely):
            likely.append(marks)
    return likely or [_POINT]


def _is_money(marks: Dialect, numbers: Collection[str], money: Collection[str]) -> bool:
    """Tell whether the numbers with a mark between thousands are all money, and plainly thousands."""
    parted = [digits for digits in numbers if marks.thousands and marks.thousands in digits]
    is_long = any(len(digits.partition(marks.thousands)[0]) > 1 for digits in parted)
    return bool(parted) and all(digits in money and (is_long or digits[-1] == "0") for digits in parted)


def _possible_marks(shapes: Collection[str], delimiter: str) -> list[Dialect]:
    """Return the marks that occur and leave no number with a decimal point unexplained."""
    text = "\0".join(shapes)
    points = [shape for shape in shapes if "." in shape and finite_number(shape) is not None]
    spaces = any(space in text for space in " \u00a0\u2009\u202f")
    occurs = {".": "." in text, ",": "," in text, "'": "'" in text or "’" in text, " ": spaces}
    possible = [_POINT]
    for marks in _MARKS_BETWEEN_COMMAS[1:] if delimiter == "," else _MARKS[1:]:
        is_there = occurs[marks.thousands or marks.decimal]
        if is_there and all(plain_digits(point, marks) is not None for point in points):
            possible.append(marks)
    return possible


def _differ(first: dict[str, str | None], second: dict[str, str | None]) -> bool:
    """Tell whether a number was read in two ways."""
    return any(number and second[digits] and number != second[digits] for digits, number in first.items())

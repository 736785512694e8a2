"""The cells of a column: numbers however they are written, what stands for a missing value, and dates."""

import math
import re
from collections.abc import Collection, Iterable, Sequence
from functools import cache
from typing import Final

from ui.formats.dialect import Dialect

PERCENT: Final = "%"
CURRENCIES: Final = "$€£¥₹₩₽₺₴₪฿¢"
_MINUS: Final = r"\-−–"  # the last two as they are typeset
_MISSING: Final = frozenset(["na", "n/a", "#n/a", "nan", "nat", "<na>", "null", "?"])
_DASHES: Final = frozenset(["-", "--", "---", "–", "—", "−", ".", "..", "...", "…"])
_NOTHING: Final = frozenset(["none", "nil"])  # kinds of something, unless beside numbers
_SPACES: Final = " \u00a0\u2009\u202f"  # without a break, thin, and both
_DECORATED = re.compile(
    rf"(?P<sign>[+{_MINUS}]?)(?P<before>[{CURRENCIES}]?)(?P<inner>[+{_MINUS}]?)[{_SPACES}]?"
    rf"(?P<digits>[\d.,](?:.*[\d.,])?)[{_SPACES}]?(?P<after>[%{CURRENCIES}]?)",
    re.ASCII,
)
_MEASURED = re.compile(rf"(?P<number>[\d.,'’+{_MINUS}{_SPACES}]*\d)[{_SPACES}]?(?P<unit>(?:[^\W\d_]|°)\S*)")
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_DAY = rf"\d{{4}}[-/.]\d{{1,2}}[-/.]\d{{1,2}}|\d{{1,2}}[-/.]\d{{1,2}}[-/.]\d{{2,4}}|\d{{1,2}}[- ]{_MONTH}[- ]\d{{2,4}}"
_TIME = r"\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?[ap]m)?(?:z|[+-]\d{2}:?\d{2})?"
_DATE = re.compile(rf"(?:{_DAY}|{_MONTH} \d{{1,2}},? \d{{4}})(?:[t ]{_TIME})?|{_TIME}", re.ASCII | re.IGNORECASE)


def finite_number(cell: str) -> float | None:
    """Return the finite number that a cell with a decimal point holds, if it does."""
    try:
        number = float(cell)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def is_date(cell: str) -> bool:
    """Tell whether a cell holds a day, a time, or both."""
    return _DATE.fullmatch(cell) is not None


def plain_number(cell: str, dialect: Dialect) -> tuple[str, str] | None:
    """Return a number with a decimal point and nothing between thousands, and its percent or currency mark, or "".

    None if the cell holds no finite number, in this dialect.
    """
    digits = plain_digits(cell, dialect)
    if digits is not None:
        return (digits, "") if finite_number(digits) is not None else None
    parts = _DECORATED.fullmatch(cell)
    if parts and not (parts["sign"] and parts["inner"]) and not (parts["before"] and parts["after"]):
        sign = "-" if (parts["sign"] or parts["inner"]) in {*"-−–"} else ""
        digits = plain_digits(sign + parts["digits"], dialect)
        if digits is not None and finite_number(digits) is not None:
            return digits, parts["before"] or parts["after"]
    return (cell, "") if dialect.thousands != "." and finite_number(cell) is not None else None


def measured(cell: str, dialect: Dialect) -> tuple[str, str] | None:
    """Return a number as `plain_number` does, and the word behind it, its unit; None if the cell holds no such."""
    parts = _MEASURED.fullmatch(cell)
    number = plain_number(parts["number"], dialect) if parts else None
    return (number[0], parts["unit"]) if parts and number else None


def plain_digits(text: str, dialect: Dialect) -> str | None:
    """Return a number with a decimal point and nothing between thousands; None if it is not one of this dialect."""
    if not _digits_pattern(dialect.decimal, dialect.thousands).fullmatch(text):
        return None
    if dialect.thousands:
        for mark in _alike(dialect.thousands):
            text = text.replace(mark, "")
    return text if dialect.decimal == "." else text.replace(dialect.decimal, ".")


@cache
def _digits_pattern(decimal: str, thousands: str) -> re.Pattern[str]:
    """Return what a number looks like; thousands are parted all or not at all."""
    grouped = rf"|[1-9]\d{{0,2}}(?:[{_alike(thousands)}]\d{{3}})+" if thousands else ""
    point = re.escape(decimal)
    fraction = rf"{point}\d*" if decimal == "." else rf"{point}\d+"
    return re.compile(rf"[+-]?(?:(?:\d+{grouped})(?:{fraction})?|{point}\d+)(?:[eE][+-]?\d+)?", re.ASCII)


def _alike(thousands: str) -> str:
    """Return all signs that look like one between thousands."""
    return {" ": _SPACES, "'": "'’"}.get(thousands, thousands)


def may_be_missing(cell: str) -> bool:
    """Tell whether a cell may stand for a missing value, as far as it alone can tell."""
    return cell.casefold() in _MISSING | _DASHES | _NOTHING


def read_column(cells: Sequence[str], dialect: Dialect) -> tuple[Sequence[str], str]:
    """Return a column's cells, and the percent or currency mark or the unit that is left out, or "".

    Numbers have a decimal point, and what stands for a missing value is "". A mark is left out if it is the
    column's only one, and a percent sign if all numbers but 0 have it: else they are not of one kind. A unit is left
    out if all numbers have it.
    """
    values = {*cells} - {""}
    if dialect.thousands != "." and None not in map(finite_number, values):
        return cells, ""
    numbers = {value: number for value in values if (number := plain_number(value, dialect))}
    numbers = numbers or _of_one_unit(values, dialect)
    mark = _only_mark(numbers.values())
    plain = {value: text for value, (text, its_mark) in numbers.items() if its_mark in {"", mark}}
    plain |= dict.fromkeys(missing(values - numbers.keys(), has_numbers=bool(numbers)), "")
    return [plain.get(cell, cell) for cell in cells], mark


def _of_one_unit(values: Collection[str], dialect: Dialect) -> dict[str, tuple[str, str]]:
    """Return the number and the unit of each value, as far as it is there; none if these are not all of one unit."""
    there = [value for value in values if not may_be_missing(value)]
    numbers = {value: number for value in there if (number := measured(value, dialect))}
    is_one = len({unit for _, unit in numbers.values()}) == 1
    return numbers if is_one and len(numbers) == len(there) else {}


def without_unit(cell: str) -> str:
    """Return a cell without the word behind its number, if it holds such."""
    parts = _MEASURED.fullmatch(cell)
    return parts["number"] if parts else cell


def _only_mark(numbers: Iterable[tuple[str, str]]) -> str:
    marks = {mark for text, mark in numbers if mark or float(text)}
    return marks.pop() if len(marks) == 1 else _currency(marks - {""})


def _currency(marks: set[str]) -> str:
    return next(iter(marks)) if len(marks) == 1 and marks != {PERCENT} else ""


def missing(words: Collection[str], *, has_numbers: bool) -> set[str]:
    """Return the words of a column that stand for a missing value.

    Beside a single other word they are one of two words, as - is beside +.
    """
    left = set(words)
    for signs in (_MISSING, _DASHES | _NOTHING if has_numbers else _DASHES):
        others = {word for word in left if word.casefold() not in signs}
        if has_numbers or len(others) != 1:
            left = others
    return set(words) - left

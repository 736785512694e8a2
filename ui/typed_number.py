"""A number as a reader types it into a field of text."""

import math
import re
from typing import Final

from core.messages import shown

_DECIMAL_COMMA = re.compile(r"[+-]?\d*,\d+(e[+-]?\d+)?", re.IGNORECASE)
_GROUPED = re.compile(r"[+-]?[1-9]\d{0,2}(,\d{3})+(\.\d*)?")
_MINUS: Final = str.maketrans("−–", "--")  # as they are typeset


class NoNumber(ValueError):
    """Text that is no number; the message says what is wrong with it, and the remedy."""


def read_number(text: str) -> float:
    """Read a number with a point or a comma for decimals, 1.5e-3, or a fraction such as 3/8. Raises `NoNumber`.

    It may be infinite: what is too large for a float is. A comma that may stand between thousands is refused.
    """
    if not text.strip():
        raise NoNumber("the field is blank. Type a number.")
    above, slash, below = (part.strip() for part in text.translate(_MINUS).partition("/"))
    for part in (above, below):
        if _GROUPED.fullmatch(part):
            raise NoNumber(f"“{shown(part, str)}” has a comma that may separate thousands. Type {_ways(part)}.")
    numerator, denominator = _number(above), _number(below) if slash else 1.0
    number = numerator / denominator if denominator else math.nan
    if math.isnan(number):
        raise NoNumber(f"“{shown(text, str)}” is not a number. Type one, such as 0.5 or 1/2.")
    return number


def _number(text: str) -> float:
    """Read a number that is no fraction; NaN for anything else."""
    try:
        return float(text.replace(",", ".") if _DECIMAL_COMMA.fullmatch(text) else text)
    except ValueError:
        return math.nan


def _ways(text: str) -> str:
    """Write a number without a comma, in the one way or the two that it may be meant: “1000 or 1.0”."""
    decimal = [str(float(text.replace(",", ".")))] if _DECIMAL_COMMA.fullmatch(text) else []
    return shown(" or ".join([text.replace(",", ""), *decimal]), str)

"""How a table is written down: as data, so that another way of writing tables is another value."""

from dataclasses import dataclass
from typing import Final, TypeAlias

Rows: TypeAlias = dict[int, list[str]]  # the line that a row begins in, counted from 1 -> its cells

SPACES: Final = " "  # one or many, or tabs
BRACKETS: Final = "["  # around each row, as Python and NumPy print arrays
BARS: Final = ("|", "│")
# Of two that fit equally well the first is taken: the comma is likelier to be a decimal one.
DELIMITERS: Final = {
    "\t": "tabs",
    ";": "semicolons",
    ",": "commas",
    **dict.fromkeys(BARS, "bars"),
    SPACES: "white space",
}
MARKS: Final = {".": "points", ",": "commas", " ": "spaces", "'": "apostrophes"}  # within numbers
COMMENTS: Final = ("#", "%", "//")  # what lines above a table begin with that are none of its rows


class InvalidCsv(ValueError):
    """Text that is no table of numbers; the message names line, column, value and remedy."""


@dataclass(frozen=True)
class Dialect:
    """What parts the cells of a row and the digits of a number, and what is no value."""

    delimiter: str = ","  # one of DELIMITERS, or BRACKETS
    decimal: str = "."
    thousands: str = ""  # a point, comma, apostrophe or space; "" if there is none
    comment: str = ""  # what comment lines begin with; "" if there are none
    has_header: bool = True
    has_row_names: bool = False  # in the first column

"""A reader's own table, from an uploaded file or pasted text: comma-separated values as they come.

Every cell stays text until `to_dataset` makes numbers of the columns chosen, so that a message can
quote it and name its line.
"""

import codecs
import csv
import io
import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain
from typing import Final

import numpy as np

from core import Dataset
from core.arrays import LARGEST_NUMBER, Array
from core.dataset import column_name
from core.messages import shown
from ui.names import first_free, numbered
from ui.settings import MOST_COLUMNS, MOST_ROWS
from ui.text import count_text, number_text

MOST_BYTES: Final = 1_000_000
DELIMITERS: Final = ("\t", ";", ",")  # of two that fit, the comma is likelier to be a decimal one
# What spreadsheets take for a formula, behind the apostrophes that a name may have of its own.
_FORMULA = re.compile(r"'*[=+\-@＝＋－＠]")
_DECIMAL_COMMA = re.compile(r"[+-]?\d*,\d+([eE][+-]?\d+)?", re.ASCII)
_THOUSANDS = re.compile(r"[+-]?[1-9]\d{0,2},\d{3}", re.ASCII)


class InvalidCsv(ValueError):
    """Text that is no table of numbers; the message names line, column, value and remedy."""


@dataclass(frozen=True)
class CsvTable:
    """A table of text cells, none of them with space at its ends, and how it was read."""

    names: tuple[str, ...]  # a name a column, all different, none blank
    cells: tuple[tuple[str, ...], ...]  # (rows, columns); numbers have a decimal point
    lines: tuple[int, ...]  # the line that each row begins in, counted from 1
    delimiter: str
    encoding: str | None  # None for text
    decimal_comma: bool
    has_header: bool


def written_name(name: str) -> str:
    """Return a column's name as a file holds it: behind an apostrophe where a spreadsheet would run it as a formula."""
    return f"'{name}" if _FORMULA.match(name) else name


def _read_name(cell: str) -> str:
    """Undo `written_name`."""
    is_guarded = cell.startswith("'") and _FORMULA.match(cell)
    return column_name(cell[1:] if is_guarded else cell)


def read_csv(data: bytes | str, *, has_header: bool | None = None) -> CsvTable:
    """Read a table from a file's bytes or from text; encoding, delimiter and decimal comma are found out.

    `has_header` says whether the first line holds names; None leaves that to be found out too. Columns
    without a name are called x1, x2 and so on by position, and a second “age” is called “age 2”. Blank
    lines, and blank columns at the end, are left out. Raises `InvalidCsv`.
    """
    text, encoding = _decoded(data)
    delimiter = _likely_delimiter(text)
    rows = _rectangle(_rows(text, delimiter))
    decimal_comma = _has_decimal_comma(list(chain(*rows.values())), delimiter)
    if decimal_comma:
        rows = {line: [_with_point(cell) for cell in cells] for line, cells in rows.items()}
    if has_header is None:
        has_header = _begins_with_names(list(rows.values()))
    header = rows.pop(next(iter(rows))) if has_header else [""] * len(next(iter(rows.values())))
    if not rows:
        raise InvalidCsv(
            "There is no line of values below the names. Add one, or say that the first line has no names."
        )
    if len(rows) > MOST_ROWS:
        raise InvalidCsv(f"There are {len(rows):,} rows; at most {MOST_ROWS:,} can be read. Leave some out.")
    cells = tuple(map(tuple, rows.values()))
    return CsvTable(_usable_names(header), cells, tuple(rows), delimiter, encoding, decimal_comma, has_header)


def _decoded(data: bytes | str) -> tuple[str, str | None]:
    """Return the text without its byte order mark, and the encoding it was in."""
    if len(data) > MOST_BYTES:
        unit = "characters" if isinstance(data, str) else "bytes"
        raise InvalidCsv(
            f"There are {len(data):,} {unit}; at most {MOST_BYTES:,} can be read. Leave out rows or columns."
        )
    text, encoding = (data, None) if isinstance(data, str) else _decoded_bytes(data)
    if "\0" in text:
        raise InvalidCsv("This is not a text file. Save the table as CSV, in UTF-8.")
    return text.removeprefix("\ufeff"), encoding


def _decoded_bytes(data: bytes) -> tuple[str, str]:
    is_utf16 = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in ("UTF-16",) if is_utf16 else ("UTF-8", "Windows-1252", "Latin-1"):
        with suppress(UnicodeDecodeError):
            return data.decode(encoding), encoding
    raise InvalidCsv("The file begins as UTF-16 but does not go on so. Save the table as CSV, in UTF-8.")


def _likely_delimiter(text: str) -> str:
    agreement = {delimiter: _agreement(text, delimiter) for delimiter in DELIMITERS}
    likely = max(agreement, key=agreement.__getitem__)
    return likely if agreement[likely] else ","


def _agreement(text: str, delimiter: str) -> int:
    """Count the rows that agree on a number of columns above one."""
    try:
        rows = _rows(text, delimiter)
    except InvalidCsv:
        return 0
    return max(Counter(len(cells) for cells in rows.values() if len(cells) > 1).values(), default=0)


def _rows(text: str, delimiter: str) -> dict[int, list[str]]:
    """Return the rows that are not blank, each by the line it begins in."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, skipinitialspace=True, strict=True)
    rows = {}
    line = 1
    try:
        for row in reader:
            cells = [cell.strip() for cell in row]
            if any(cells):
                rows[line] = cells
            line = reader.line_num + 1
    except csv.Error as error:
        raise InvalidCsv(
            f"Line {line}: a cell has a quotation mark at one end only, or over {csv.field_size_limit():,} characters. "
            "Mend or delete it."
        ) from error
    return rows


def _rectangle(rows: dict[int, list[str]]) -> dict[int, list[str]]:
    """Return the rows cut to the last column that holds anything, where each has that many cells."""
    if not rows:
        raise InvalidCsv("There is nothing in it. Give at least one line of values.")
    widths = {line: max(place for place, cell in enumerate(cells, start=1) if cell) for line, cells in rows.items()}
    widest = max(widths, key=widths.__getitem__)
    width = widths[widest]
    for line, cells in rows.items():
        if len(cells) < width:
            raise InvalidCsv(
                f"Line {line} has {count_text(len(cells), 'value')}, but line {widest} has {width}. "
                "Give every line as many."
            )
    if width > MOST_COLUMNS:
        raise InvalidCsv(f"There are {width:,} columns; at most {MOST_COLUMNS} can be read. Leave some out.")
    return {line: cells[:width] for line, cells in rows.items()}


def _has_decimal_comma(cells: Sequence[str], delimiter: str) -> bool:
    """Tell whether commas in numbers are decimal; between commas, 1,234 alone would rather be a thousand."""
    return any(
        _DECIMAL_COMMA.fullmatch(cell) and not (delimiter == "," and _THOUSANDS.fullmatch(cell)) for cell in cells
    ) and not any("." in cell and _number(cell) is not None for cell in cells)


def _with_point(cell: str) -> str:
    return cell.replace(",", ".") if _DECIMAL_COMMA.fullmatch(cell) else cell


def _begins_with_names(rows: Sequence[Sequence[str]]) -> bool:
    """Tell whether the first row is a header.

    It is if it has a word above nothing but numbers. Else, a number in it, or a word that comes again
    below, is a value.
    """
    first, *others = rows
    for name, *cells in zip(*rows, strict=True):
        filled = [cell for cell in cells if cell]
        if name and filled and _number(name) is None and None not in map(_number, filled):
            return True
    values = set(chain(*others)) - {""}
    return not any(cell in values or _number(cell) is not None for cell in first)


def _usable_names(header: Iterable[str]) -> tuple[str, ...]:
    """Return a name a column, those of the header as far as they are there and not repeated."""
    wanted = [_read_name(name) for name in header]
    names: list[str] = []
    for position, name in enumerate(wanted, start=1):
        if name and name not in names:
            names.append(name)
            continue
        names.append(first_free(numbered(name or f"x{position}"), {*names, *wanted}))
    return tuple(names)


def to_dataset(table: CsvTable, targets: Sequence[str], inputs: Sequence[str]) -> Dataset:
    """Make a data set of a table's columns by name: `inputs` (rows, features) and `targets` (rows, outputs).

    The values that `coded_values` names become 0 and 1. Raises `InvalidCsv`, `InvalidDataset` if there is no
    input or no target column or a column is chosen twice, and `ValueError` for a name that the table does not have.
    """
    columns = [_numbers(table, name, is_target=True) for name in targets]
    columns += [_numbers(table, name) for name in inputs]
    numbers = np.array(columns).reshape(len(columns), len(table.cells)).T
    return Dataset(numbers[:, len(targets) :], numbers[:, : len(targets)], inputs, targets)


def coded_values(table: CsvTable, name: str, *, is_target: bool = False) -> tuple[str, str] | None:
    """Return the two values of a column that `to_dataset` makes 0 and 1, in this order; None if it codes none.

    It codes two words, by the alphabet. In the target it also codes two numbers, the lesser as 0,
    unless both are from 0 to 1 already.
    """
    values = sorted(set(_column(table, name)) - {""})
    if len(values) != 2:
        return None
    numbers = [number for number in map(_number, values) if number is not None]
    if not numbers:
        return values[0], values[1]
    if is_target and len(numbers) == 2 and not all(0 <= number <= 1 for number in numbers):
        return number_text(min(numbers)), number_text(max(numbers))
    return None


def _column(table: CsvTable, name: str) -> list[str]:
    """Return a column's cells, equal numbers written alike, as 0 and -0 are."""
    cells = [row[table.names.index(name)] for row in table.cells]
    return [cell if (number := _number(cell)) is None else number_text(number + 0.0) for cell in cells]


def _number(cell: str) -> float | None:
    """Return the finite number that a cell holds, if it does."""
    try:
        number = float(cell)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _numbers(table: CsvTable, name: str, *, is_target: bool = False) -> Array:
    cells = _column(table, name)
    coded = coded_values(table, name, is_target=is_target)
    for line, cell in zip(table.lines, cells, strict=True):
        problem = _problem(cell, is_target=is_target, is_coded=coded is not None)
        if problem:
            raise InvalidCsv(f"Line {line}, column “{shown(name, str)}”: {problem}")
    return np.array([cell == coded[1] for cell in cells] if coded else cells, dtype=np.float64)


def _problem(cell: str, *, is_target: bool, is_coded: bool) -> str | None:
    """Say what keeps a cell from being a number of the data set, and the remedy; None if nothing does."""
    if not cell:
        return "the cell is blank. Fill it in, delete the line, or choose another column."
    if is_coded:
        return None
    text, number = shown(cell, str), _number(cell)
    if number is None:
        return f"“{text}” is not a number. Mend it, or choose a column of numbers, or of just two words."
    if abs(number) > LARGEST_NUMBER:
        return f"{text} is too large. Give a number between -1e50 and 1e50."
    if is_target and not 0 <= number <= 1:
        return f"the target {text} is outside 0 to 1. Choose a column of numbers from 0 to 1, or of just two values."
    return None

"""A reader's own table, from an uploaded file or pasted text: values in rows and columns as they come.

Every cell stays text until `to_dataset` makes numbers of the columns chosen, so that a message can
quote it and name its line.
"""

import codecs
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import chain
from typing import Final

import numpy as np

from core import Dataset
from core.arrays import LARGEST_NUMBER, Array
from core.dataset import column_name
from core.messages import shown
from ui.formats.array_text import is_array
from ui.formats.cell_numbers import finite_number, is_date, may_be_missing, measured, plain_number, read_column
from ui.formats.dialect import BRACKETS, COMMENTS, SPACES, Dialect, InvalidCsv, Rows
from ui.formats.likely_dialect import likely_marks, likely_rows, shapes_of
from ui.formats.rows import TableText, rows_of, table_text
from ui.names import first_free, numbered
from ui.settings import MOST_COLUMNS, MOST_ROWS
from ui.text import count_text, number_text

__all__ = [
    "MOST_BYTES",
    "CsvTable",
    "Dialect",
    "InvalidCsv",
    "coded_values",
    "column",
    "read_csv",
    "to_dataset",
    "written_name",
]

MOST_BYTES: Final = 1_000_000
ROW_NAMES: Final = "row"  # what row names are called
# Words that are 1 and words that are 0 where a column has one of each, in small letters.
YES: Final = frozenset(
    [
        "yes",
        "y",
        "true",
        "t",
        "positive",
        "pos",
        "+",
        "ja",
        "j",
        "wahr",
        "positiv",
        "oui",
        "o",
        "vrai",
        "si",
        "sí",
        "sì",
    ]
)
NO: Final = frozenset(
    ["no", "n", "false", "f", "negative", "neg", "-", "nein", "falsch", "negativ", "nee", "nej", "nei", "non", "faux"]
)
# What spreadsheets take for a formula, and `read_csv` for a comment, behind the apostrophes that a name may have.
_FORMULA = re.compile(r"'*(?:[=+\-@＝＋－＠]|# )")
_UNNAMED = re.compile(r"|Unnamed: 0")  # as pandas calls a column of row names that was written without a name
_FOREIGN: Final = (  # what begins a file of another kind, and what to do with it
    (b"PK\x03\x04", "This is a spreadsheet's own file (xlsx). In the spreadsheet, save the table as CSV, in UTF-8."),
    (
        b"\xd0\xcf\x11\xe0",
        "This is a spreadsheet's own file (xls). In the spreadsheet, save the table as CSV, in UTF-8.",
    ),
)
_FOREIGN_TEXT: Final = (
    (
        re.compile(r"\s*(?:\[\s*)?\{\s*[\"}]"),
        "This is JSON, which is not read as a table. Save the table as CSV, for instance with pandas: "
        'pd.read_json(file).to_csv("table.csv", index=False).',
    ),
    (
        re.compile(r"\s*(?:\w+\s*=\s*)?(?:[\w.]*(?:DataFrame|dict)\(\s*)?(?:\[\s*)?\{\s*[\"'}]"),
        "This is a Python dictionary, which is not read as a table. Paste the text that pandas makes of it: "
        "print(pd.DataFrame(data).to_csv(index=False)).",
    ),
    (
        re.compile(r"\s*<(?:!doctype|html|\?xml)\b", re.IGNORECASE),
        "This is a web page, or XML, not a table. Download the file itself, or copy the table's cells and paste them.",
    ),
)
_PRINTED: Final = (  # the remedy where names with spaces in them are parted, too
    " If R or pandas printed this, save the table as CSV instead: "
    'write.csv(data, "table.csv"), or data.to_csv("table.csv").'
)


@dataclass(frozen=True)
class CsvTable:
    """A table of text cells, none of them with space at its ends, and how it was read."""

    names: tuple[str, ...]  # a name a column, all different, none blank
    cells: tuple[tuple[str, ...], ...]  # (rows, columns); numbers have a decimal point, missing values are ""
    lines: tuple[int, ...]  # the line that each row begins in, counted from 1
    encoding: str | None  # None for text
    dialect: Dialect
    ways: tuple[Dialect, ...]  # in which it can be read, the likeliest first; they differ in what parts and marks
    row_names: str | None  # the name of a column that only names or counts the rows
    comments: int  # lines that were left out
    marks: tuple[tuple[str, str], ...]  # the columns' names whose numbers had a mark or a unit, and that

    @property
    def delimiter(self) -> str:
        """What parts the cells of a row."""
        return self.dialect.delimiter

    @property
    def decimal_comma(self) -> bool:
        """Whether numbers had a decimal comma."""
        return self.dialect.decimal == ","

    @property
    def has_header(self) -> bool:
        """Whether the first line holds names."""
        return self.dialect.has_header


def written_name(name: str) -> str:
    """Return a column's name as a file holds it: behind an apostrophe where a spreadsheet would run it as a formula."""
    return f"'{name}" if _FORMULA.match(name) else name


def _read_name(cell: str) -> str:
    """Undo `written_name`."""
    is_guarded = cell.startswith("'") and _FORMULA.match(cell)
    return column_name(cell[1:] if is_guarded else cell)


def read_csv(data: bytes | str, *, has_header: bool | None = None, way: Dialect | None = None) -> CsvTable:
    """Read a table from a file's bytes or from text; encoding and dialect are found out.

    `has_header` says whether the first line holds names; None leaves that to be found out too. `way` is one
    of the table's `ways`; None takes the likeliest. Columns without a name are called x1, x2 and so on by
    position, and a second “age” is called “age 2”. Blank lines, comments, and blank columns at the end, are
    left out. Raises `InvalidCsv`.
    """
    text, encoding = _decoded(data)
    above = table_text(text)
    likely = _likely_rows(above)
    ways = tuple(way for delimiter, rows in likely.items() for way in _ways(rows, delimiter))
    dialect = replace(way or ways[0], comment=above.comment)
    found = likely[dialect.delimiter] if dialect.delimiter in likely else rows_of(above.text, dialect.delimiter)
    header, rows, dialect = _parted(
        _without_title(_without_comments(found, dialect), dialect), above, dialect, has_header=has_header
    )
    if not rows:
        raise InvalidCsv(
            "There is no line of values below the names. Add one, or say that the first line has no names."
        )
    if len(rows) > MOST_ROWS:
        raise InvalidCsv(f"There are {len(rows):,} rows; at most {MOST_ROWS:,} can be read. Leave some out.")
    names = _usable_names(header)
    columns, marks = zip(*(read_column(cells, dialect) for cells in zip(*rows.values(), strict=True)), strict=True)
    return CsvTable(
        names,
        tuple(zip(*columns, strict=True)),
        tuple(rows),
        encoding,
        dialect,
        ways,
        names[0] if dialect.has_row_names else None,
        len(above.comments) + len(found) - len(rows) - dialect.has_header,
        tuple((name, mark) for name, mark in zip(names, marks, strict=True) if mark),
    )


def _parted(
    rows: Rows, above: TableText, dialect: Dialect, *, has_header: bool | None
) -> tuple[list[str], Rows, Dialect]:
    """Return the names, blank where there are none, the rows of values, and the dialect as it is now known."""
    lacks_name = has_header is not False and _lacks_name_of_row_names(list(rows.values()), dialect)
    if lacks_name:
        first = next(iter(rows))
        rows, has_header = rows | {first: ["", *rows[first]]}, True
    rows = _rectangle(rows, dialect.delimiter)
    rows = _rows_above(above, rows, dialect, has_header=has_header) | rows
    if has_header is None:
        has_header = _begins_with_names(list(rows.values()), dialect)
    if not has_header:
        return [""] * len(next(iter(rows.values()))), rows, replace(dialect, has_header=False)
    header = rows.pop(next(iter(rows)))
    has_row_names = lacks_name or _has_row_names(header, rows, dialect)
    if has_row_names:
        header = [header[0] or first_free(numbered(ROW_NAMES), header), *header[1:]]
    return header, rows, replace(dialect, has_row_names=has_row_names)


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
    text = text.removeprefix("\ufeff")
    for beginning, remedy in _FOREIGN_TEXT:
        if beginning.match(text):
            raise InvalidCsv(remedy)
    return text, encoding


def _decoded_bytes(data: bytes) -> tuple[str, str]:
    for beginning, remedy in _FOREIGN:
        if data.startswith(beginning):
            raise InvalidCsv(remedy)
    is_utf16 = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in ("UTF-16",) if is_utf16 else ("UTF-8", "Windows-1252", "Latin-1"):
        with suppress(UnicodeDecodeError):
            return data.decode(encoding), encoding
    raise InvalidCsv("The file begins as UTF-16, but the rest of it is not. Save the table as CSV, in UTF-8.")


def _likely_rows(above: TableText) -> dict[str, Rows]:
    """Return the rows by likely delimiter, the likeliest first."""
    delimiter = BRACKETS if is_array(above.text) else above.delimiter
    return {delimiter: rows_of(above.text, delimiter)} if delimiter else likely_rows(above.text)


def _ways(rows: Rows, delimiter: str) -> list[Dialect]:
    """Return the ways in which the numbers between these delimiters can be read, the likeliest first."""
    return [replace(marks, delimiter=delimiter) for marks in likely_marks(shapes_of(rows), delimiter)]


def _without_comments(rows: Rows, dialect: Dialect) -> Rows:
    """Return the rows without those that begin as a comment and differ in width from most."""
    comment = dialect.comment or COMMENTS[0]
    (usual, _), *_ = Counter(map(len, rows.values())).most_common(1) or [(0, 0)]
    return {line: cells for line, cells in rows.items() if len(cells) == usual or not cells[0].startswith(comment)}


def _without_title(rows: Rows, dialect: Dialect) -> Rows:
    """Return the rows without a title: a first one of a single word, above several words, above numbers."""
    if len(rows) < 3:
        return rows
    first, *others = rows
    title, names, values = (rows[line] for line in [first, *others[:2]])
    holds_number = [any(plain_number(cell, dialect) for cell in cells) for cells in (title, names, values)]
    is_title = len(title) > 1 and title[0] and not any(title[1:]) and sum(map(bool, names)) > 1
    return {line: rows[line] for line in others} if is_title and holds_number == [False, False, True] else rows


def _lacks_name_of_row_names(rows: Sequence[list[str]], dialect: Dialect) -> bool:
    """Tell whether the first row names all columns but one of row names, as R writes it."""
    if not rows:
        return False
    header, *others = rows
    if {len(cells) for cells in others} != {len(header) + 1} or not any(cells[-1] for cells in others):
        return False
    names = [cells[0] for cells in others]
    if len(names) == 1 and dialect.delimiter != SPACES:
        return False  # it is as likely to have a value too many
    if dialect.delimiter == "," and plain_number(names[0], dialect):
        return False  # one value too many is rather behind a decimal comma
    return _are_row_names(names, dialect) and not any(plain_number(name, dialect) for name in header)


def _are_row_names(cells: Sequence[str], dialect: Dialect) -> bool:
    """Tell whether cells may name the rows: all different, and all words or all whole numbers."""
    if not cells or len({*cells} - {""}) < len(cells):
        return False
    return all(map(str.isdecimal, cells)) or not any(plain_number(cell, dialect) for cell in cells)


def _has_row_names(header: Sequence[str], rows: Rows, dialect: Dialect) -> bool:
    """Tell whether the first of more than two columns has no name of its own, and names or counts the rows.

    Numbers grow from row to row; of words there are more than two, which would be coded.
    """
    names = [cells[0] for cells in rows.values()]
    if len(header) < 3 or not _UNNAMED.fullmatch(header[0]) or not _are_row_names(names, dialect):
        return False
    if names[0].isdecimal():
        return names == ["0"] or (len(names) > 1 and sorted(names, key=int) == names)
    return len(names) > 2


def _rows_above(above: TableText, rows: Rows, dialect: Dialect, *, has_header: bool | None) -> Rows:
    """Return the comments just above the table that are rows of it: names, as NumPy writes them, or words.

    They are as wide as the table, whose first row is none of names, and they are not all of numbers.
    """
    width = len(next(iter(rows.values())))
    if dialect.delimiter == BRACKETS or any(_named(list(rows.values()), dialect)):
        return {}
    found: Rows = {}
    for line, text in reversed(above.comments):
        if has_header is False and text.startswith("# "):
            break
        cells = _cells_above(text, dialect.delimiter)
        if len(cells) != width or all(plain_number(cell, dialect) for cell in [cells[0].lstrip("#% "), *cells[1:]]):
            break
        found = {line: cells} | found
    return found


def _cells_above(text: str, delimiter: str) -> list[str]:
    with suppress(InvalidCsv):
        return next(iter(rows_of(text.removeprefix("# "), delimiter).values()), [])
    return []


def _rectangle(rows: Rows, delimiter: str) -> Rows:
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
                f"Give all lines the same number.{_PRINTED if delimiter == SPACES else ''}"
            )
    if width > MOST_COLUMNS:
        raise InvalidCsv(f"There are {width:,} columns; at most {MOST_COLUMNS} can be read. Leave some out.")
    return {line: cells[:width] for line, cells in rows.items()}


def _begins_with_names(rows: Sequence[Sequence[str]], dialect: Dialect) -> bool:
    """Tell whether the first row is a header.

    It is if it has a word above nothing but numbers, or if it counts the columns as the first one does the rows.
    Else, a number in it, with a unit or without, or a word that comes again below, is a value.
    """
    first, *others = rows
    if any(_named(rows, dialect)):
        return True
    if not first[0] and len(first) > 2 and _counts(first[1:]) and _counts([cells[0] for cells in others]):
        return True
    values = set(chain(*others)) - {""}
    return not any(cell in values or plain_number(cell, dialect) or measured(cell, dialect) for cell in first)


def _named(rows: Sequence[Sequence[str]], dialect: Dialect) -> Iterator[bool]:
    """Yield whether each column begins with a word above numbers."""
    return (_is_named(name, {*cells} - {""}, dialect) for name, *cells in zip(*rows, strict=True))


def _is_named(name: str, values: set[str], dialect: Dialect) -> bool:
    """Tell whether a word is above nothing but numbers, of which some may be missing."""
    if not name or may_be_missing(name) or plain_number(name, dialect):
        return False
    numbers = 0
    for value in values:
        if plain_number(value, dialect):
            numbers += 1
        elif not may_be_missing(value):
            return False
    return numbers > 0


def _counts(cells: Sequence[str]) -> bool:
    """Tell whether cells are 0, 1, 2 and so on."""
    return [*cells] == [str(number) for number in range(len(cells))]


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


def to_dataset(
    table: CsvTable,
    targets: Sequence[str],
    inputs: Sequence[str],
    *,
    scale_targets: bool = False,
    swapped: Collection[str] = (),
) -> Dataset:
    """Make a data set of a table's columns by name: `inputs` (rows, features) and `targets` (rows, outputs).

    The values that `coded_values` names become 0 and 1, in columns that are `swapped` 1 and 0. With `scale_targets`,
    targets may be any numbers.
    Raises `InvalidCsv`, `InvalidDataset` if there is no input or no target column or a column is chosen
    twice, and `ValueError` for a name that the table does not have.
    """
    columns = [
        *(_numbers(table, name, swapped, is_target=True, is_bounded=not scale_targets) for name in targets),
        *(_numbers(table, name, swapped) for name in inputs),
    ]
    numbers = np.array(columns).reshape(len(columns), len(table.cells)).T
    return Dataset(numbers[:, len(targets) :], numbers[:, : len(targets)], inputs, targets, scale_targets=scale_targets)


def are_amounts(table: CsvTable, name: str) -> bool:
    """Tell whether a target's column holds numbers, and others than from 0 to 1, which `to_dataset` does not code."""
    cells = [cell for cell in column(table, name) if cell]
    numbers = [number for number in map(finite_number, cells) if number is not None]
    if coded_values(table, name, is_target=True) or len(numbers) < len(cells):
        return False
    return not all(0 <= number <= 1 for number in numbers)


def coded_values(table: CsvTable, name: str, *, is_target: bool = False) -> tuple[str, str] | None:
    """Return the two values of a column that `to_dataset` makes 0 and 1, in this order; None if it codes none.

    It codes two words without digits: a plain yes as 1 and its no as 0, others by the alphabet. In the target it also
    codes two numbers, the lesser as 0, unless both are from 0 to 1 already.
    """
    values = sorted(set(column(table, name)) - {""})
    if len(values) != 2:
        return None
    numbers = [number for number in map(finite_number, values) if number is not None]
    if not any(map(str.isdigit, chain(*values))):
        first, second = values
        is_yes_first = first.casefold() in YES and second.casefold() in NO
        return (second, first) if is_yes_first else (first, second)
    if is_target and len(numbers) == 2 and not all(0 <= number <= 1 for number in numbers):
        return number_text(min(numbers)), number_text(max(numbers))
    return None


def column(table: CsvTable, name: str) -> list[str]:
    """Return a column's cells, equal numbers written alike, as 0 and -0 are."""
    cells = [row[table.names.index(name)] for row in table.cells]
    return [cell if (number := finite_number(cell)) is None else number_text(number + 0.0) for cell in cells]


def _numbers(
    table: CsvTable, name: str, swapped: Collection[str], *, is_target: bool = False, is_bounded: bool = False
) -> Array:
    cells = column(table, name)
    coded = coded_values(table, name, is_target=is_target)
    for line, cell in zip(table.lines, cells, strict=True):
        problem = _problem(cell, is_bounded=is_bounded, is_coded=coded is not None)
        if problem:
            raise InvalidCsv(f"Line {line}, column “{shown(name, str)}”: {problem}")
    if coded is None:
        return np.array(cells, dtype=np.float64)
    one = coded[name not in swapped]
    return np.array([cell == one for cell in cells], dtype=np.float64)


def _problem(cell: str, *, is_bounded: bool, is_coded: bool) -> str | None:
    """Say what keeps a cell from being a number of the data set, and the remedy; None if nothing does."""
    if not cell:
        return "the cell is blank. Fill it in, delete the line, or choose another column."
    if is_coded:
        return None
    text, number = shown(cell, str), finite_number(cell)
    if number is None:
        return _problem_of_text(cell)
    if abs(number) > LARGEST_NUMBER:
        return f"{text} is too large. Give a number between -1e50 and 1e50."
    if is_bounded and not 0 <= number <= 1:
        return (
            f"the target {text} is outside 0 to 1. Scale the targets, or choose a column of numbers from 0 to 1, "
            "or of just two values."
        )
    return None


def _problem_of_text(cell: str) -> str:
    text = shown(cell, str)
    if is_date(cell):
        return f"“{text}” is a date or a time. Choose another column, or give a number instead, such as days."
    return f"“{text}” is not a number. Mend it, or choose a column of numbers, or of just two words without digits."

"""Which columns of a reader's table are likely its targets and inputs, and what is made of classes and of blanks.

Each step makes another table of text cells, which `ui.formats.csv.to_dataset` then reads.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from ui.formats.cell_numbers import finite_number
from ui.formats.csv import CsvTable, column
from ui.names import first_free, numbered
from ui.text import count_text, number_text

TARGET_NAMES: Final = frozenset({"y", "target", "class", "label", "survived", "outcome", "species"})
MOST_CLASSES: Final = 20
FEWEST_ROWS_COUNTED: Final = 4  # of fewer, numbers that count may be anything
# What a column is called that identifies the rows: id, Row, sample_no, Sample code number, PassengerId.
_IDENTIFIER = re.compile(
    r"#|(?i:index|idx|row|unnamed: \d+|(?:.+[ _.-])?(?:id|identifier|code|no\.?|nr\.?|number))"
    r"|.*[a-z](?:I[dD]|No|Nr|Number)"
)


@dataclass(frozen=True)
class Proposal:
    """The columns that are likely to be used, by name, and why each other one is not."""

    targets: tuple[str, ...]
    inputs: tuple[str, ...]
    left_out: tuple[tuple[str, str], ...]  # name and reason


def propose(table: CsvTable) -> Proposal:
    """Choose the likely target, and the inputs that can be used as they are, but for those that identify the rows.

    What may identify them is an input where there is no other.
    """
    target = _likely_target(table)
    reasons = {name: _reason(table, name) for name in table.names if name != target}
    usable = [name for name, reason in reasons.items() if not reason]
    identifiers = {name: reason for name in usable if (reason := _identifies(table, name))}
    if len(identifiers) < len(usable):
        reasons |= identifiers
    inputs = tuple(name for name, reason in reasons.items() if not reason)
    return Proposal((target,), inputs, tuple((name, reason) for name, reason in reasons.items() if reason))


def _likely_target(table: CsvTable) -> str:
    """Return the column called a target, else the last of two values, else of a few classes, else the last."""
    sizes = {name: len(values_of(table, name)) for name in table.names if name != table.row_names}
    few = [name for name, size in sizes.items() if 2 <= size <= MOST_CLASSES]
    named = [name for name in few if name.casefold() in TARGET_NAMES]
    two = [name for name in few if sizes[name] == 2]
    words = [name for name in few if finite_number(values_of(table, name)[0]) is None]
    return [table.names[-1], *words, *two, *named][-1]


def _reason(table: CsvTable, name: str) -> str:
    """Say why a column cannot be an input; "" if it can."""
    values = values_of(table, name)
    numbers = [number for number in map(finite_number, values) if number is not None]
    blanks = sum(not cell for cell in column(table, name))
    if name == table.row_names:
        return "names the rows"
    if 2 * blanks > len(table.cells):
        return f"blank in {blanks:,} of {count_text(len(table.cells), 'row')}"
    if len(values) == 1 and not numbers:
        return "text that never differs"
    if len(numbers) < len(values):
        return "" if len(values) == 2 and not numbers else f"text of {len(values):,} different values"
    return ""


def _identifies(table: CsvTable, name: str) -> str:
    """Say how a column that can be an input identifies the rows instead; "" if it is not likely to.

    It is called an identifier, or comes first where no column has a name and counts.
    """
    cells, is_called_so = column(table, name), bool(_IDENTIFIER.fullmatch(name))
    is_unnamed = name == table.names[0] and not table.has_header
    if not _differ(cells) or not (is_called_so or is_unnamed):
        return ""
    numbers = np.array(cells, dtype=float)
    if np.all(np.diff(numbers) == 1):
        return "counts the rows"
    are_whole = np.all(numbers == np.floor(numbers))
    return "identifies the rows: no number repeats" if is_called_so and are_whole else ""


def _differ(cells: Sequence[str]) -> bool:
    """Tell whether there are enough cells, and no blank or other cell comes twice."""
    return len(cells) >= FEWEST_ROWS_COUNTED and all(cells) and len({*cells}) == len(cells)


def values_of(table: CsvTable, name: str) -> list[str]:
    """Return a column's different values, sorted, without blanks; equal numbers are one value."""
    return sorted(
        set(column(table, name)) - {""},
        key=lambda value: (finite_number(value) is None, finite_number(value) or 0.0, value),
    )


def classes_of(table: CsvTable, name: str) -> list[str]:
    """Return the values of a column that tells three classes or more; none if it is one of numbers from 0 to 1."""
    values = values_of(table, name)
    numbers = [number for number in map(finite_number, values) if number is not None]
    are_whole = len(numbers) == len(values) and all(number.is_integer() for number in numbers)
    is_answer = all(0 <= number <= 1 for number in numbers) and len(numbers) == len(values)
    repeat = are_whole and 2 * len(values) <= len(table.cells)  # else they are amounts
    is_class = 3 <= len(values) <= MOST_CLASSES and not is_answer and (not numbers or repeat)
    return values if is_class else []


def with_classes(table: CsvTable, name: str, classes: Sequence[str]) -> tuple[CsvTable, list[str]]:
    """Return a table with a column a class in the place of one, 1 in the class's rows and 0 in others; and their names.

    A blank stays blank. One class alone is told from all others.
    """
    place = table.names.index(name)
    names: list[str] = []
    for value in classes:
        wanted = value if finite_number(value) is None else f"{name} {value}"
        names.append(first_free(numbered(wanted), {*table.names, *names} - {name}))
    rows = tuple(
        (*row[:place], *_told(cell, classes), *row[place + 1 :])
        for row, cell in zip(table.cells, column(table, name), strict=True)
    )
    return replace(table, names=(*table.names[:place], *names, *table.names[place + 1 :]), cells=rows), names


def _told(cell: str, classes: Sequence[str]) -> list[str]:
    return [str(int(cell == one)) if cell else "" for one in classes]


def rows_with_blanks(table: CsvTable, names: Collection[str]) -> int:
    """Return how many rows have a blank in one of the columns."""
    return sum(not all(cells) for cells in zip(*(column(table, name) for name in names), strict=True))


def without_blanks(table: CsvTable, names: Collection[str]) -> CsvTable:
    """Return a table without the rows that have a blank in one of the columns."""
    places = [table.names.index(name) for name in names]
    kept = [place for place, row in enumerate(table.cells) if all(row[column] for column in places)]
    cells = tuple(table.cells[place] for place in kept)
    return replace(table, cells=cells, lines=tuple(table.lines[place] for place in kept))


def with_means(table: CsvTable, names: Collection[str]) -> CsvTable:
    """Return a table in which the blanks of those columns that hold numbers are their columns' means."""
    fills = {table.names.index(name): _mean(column(table, name)) for name in names}
    cells = tuple(tuple(cell or fills.get(place, "") for place, cell in enumerate(row)) for row in table.cells)
    return replace(table, cells=cells)


def _mean(cells: Sequence[str]) -> str:
    numbers = [finite_number(cell) for cell in cells if cell]
    known = [number for number in numbers if number is not None]
    return number_text(float(f"{np.mean(known):.12g}")) if known and len(known) == len(numbers) else ""

"""Arrays as a notebook holds or prints them: rows of numbers in brackets."""

import re
from itertools import zip_longest

from ui.formats.dialect import InvalidCsv, Rows

# X = np.array([[, or only the brackets. A single bracket may also begin the name of a column, such as [mV].
_BEGINNING = re.compile(r"(?:\w+\s*=\s*)?(?:[\w.]*(?:array|matrix|tensor)\(\s*\[|\[\s*\[)")
_ASSIGNMENT = re.compile(r"^(?=[ \t]*[A-Za-z_]\w*[ \t]*=)", re.MULTILINE)
_ROW = re.compile(r"\[([^\[\]]*)\]")
# What is left without the rows and without white space: an assignment, a call, outer brackets, dtype and .T.
_AROUND = re.compile(r"(?:\w+=)?(?:[\w.]+\()?\[?,*\]?(?:,dtype=[\w.'\"]+)?,?\)?(?P<transposed>\.T)?;?")


def is_array(text: str) -> bool:
    """Tell whether a text is an array, or begins as nothing else does."""
    start = text.lstrip()
    return bool(_BEGINNING.match(start)) or (start.startswith("[") and _around(start) is not None)


def _around(text: str) -> re.Match[str] | None:
    return _AROUND.fullmatch("".join(_ROW.sub("", text).split()))


def array_rows(text: str) -> Rows:
    """Return the rows of an array, each by the line it begins in, or by the next free one. Raises `InvalidCsv`.

    Rows are what the innermost brackets hold, parted by commas or by white space, over however many lines. Of
    several arrays, such as X and y, the columns are put side by side; a single row may be the last column.
    """
    if "..." in text:
        raise InvalidCsv(
            "The array was printed in short, with “...” for what it left out. Print all of it: print(X.tolist())."
        )
    rows, *others = (_rows(part) for part in _ASSIGNMENT.split(text) if part.strip())
    for other in others:
        columns = _transposed(other) if len(other) == 1 < len(rows) else other
        if len(columns) != len(rows):
            raise InvalidCsv(
                f"One array has {len(rows)} rows, but another has {len(columns)}. Give both the same number."
            )
        rows = {line: [*cells, *more] for (line, cells), more in zip(rows.items(), columns.values(), strict=True)}
    return rows


def _rows(text: str) -> Rows:
    around = _around(text)
    if around is None:
        raise InvalidCsv(
            "This begins as an array, but is not one of rows in brackets. Paste one array of rows and columns, "
            "such as [[0, 1], [1, 0]]."
        )
    rows: Rows = {}
    line, position, free = 1, 0, 1
    for match in _ROW.finditer(text):
        line += text.count("\n", position, match.start())
        position = match.start()
        cells = _cells(match[1])
        if any(cells):
            rows[max(line, free)] = cells
            free = max(line, free) + 1
    return _transposed(rows) if around["transposed"] else rows


def _transposed(rows: Rows) -> Rows:
    return {line: list(cells) for line, cells in enumerate(zip_longest(*rows.values(), fillvalue=""), start=1)}


def _cells(row: str) -> list[str]:
    if "," not in row:
        return row.split()
    cells = [cell.strip().strip("'\"") for cell in row.split(",")]
    return cells if cells[-1] else cells[:-1]  # Python allows a comma behind the last

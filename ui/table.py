"""A table as a value, before anything shows it: cells of Markdown, or numbers under their names."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from core.arrays import Array
from ui.text import escape

FIXED: Final = tuple(f"{{:z.{decimals}f}}".format for decimals in range(9))  # with so many decimals; a 0 has no sign
EXACT: Final = FIXED[8]  # as NumPy prints, so that the page can be held against the notebook
SHORT: Final = "{:.15g}".format


@dataclass(frozen=True)
class Table:
    """Cells of Markdown; the columns are aligned right, as numbers are, but for the first few, which hold text."""

    header: Sequence[str]
    rows: Sequence[Sequence[str]]
    texts: int = 1

    def markdown(self) -> str:
        """Return the table as Markdown."""
        rule = [":--"] * self.texts + ["--:"] * (len(self.header) - self.texts)
        return "\n".join(f"| {' | '.join(cells)} |" for cells in (self.header, rule, *self.rows))


@dataclass(frozen=True, eq=False)
class Column:
    """Numbers, one a row, under a name."""

    name: str
    numbers: Array
    text: Callable[[float], str] = SHORT
    short_name: str = ""  # in a grid, which is wide enough for a few columns only


def written(columns: Sequence[Column], labels: Sequence[str] = (), of: str = "") -> Table:
    """Return the numbers as text."""
    texts: list[Iterable[str]] = [map(column.text, column.numbers.tolist()) for column in columns]
    header = [escape(column.name) for column in columns]
    if labels:
        return Table([of, *header], list(zip(map(escape, labels), *texts, strict=True)))
    return Table(header, list(zip(*texts, strict=True)), texts=0)

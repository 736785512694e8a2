"""Numbers and tables as Python writes them."""

import re
from collections.abc import Sequence
from typing import Final

from core.arrays import Array

LINE_LENGTH: Final = 88  # as Python's formatters have it unless told otherwise
_SURPLUS = re.compile(r"(?<!-0)\.0\b|\+")  # 1.0 is written 1, and 1e+20 1e20; but -0.0 would lose its sign


def matrix(name: str, matrix: Array) -> str:
    """Assign a matrix, one row a line."""
    rows = [f"        {literal(row)}," for row in matrix.tolist()]
    return as_written([f"{name} = np.array(", "    [", *rows, "    ],", "    dtype=float,", ")"])


def literal(numbers: float | list[float]) -> str:
    """Write a number, or a list of them, as short as reads back exactly."""
    return _SURPLUS.sub("", repr(numbers))


def as_written(lines: Sequence[str]) -> str:
    """Join the lines of a statement, and keep formatters from giving every number of a long line its own."""
    return "\n".join(lines) + ("  # fmt: skip" if max(map(len, lines)) > LINE_LENGTH else "")

"""Whether a reader sees the numbers of their own seed: those that `core` gets, to all eight decimals."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from benchmarks.load.reader import Reader
from core import Dataset, Experiment, train

COLUMNS = ("before", "last pass", "final")
NOTEBOOK = Experiment(
    Dataset(inputs=[[0, 0, 1], [0, 1, 1], [1, 0, 1], [1, 1, 1]], targets=[0, 0, 1, 1]), seed=1, epochs=200
)
BETWEEN_CELLS = re.compile(r"(?<!\\)\|")
Table = Mapping[str, Sequence[str]]


def expected(seed: int) -> Table:
    """Return what the page has to show of a seed: a column a state, a number a row of the data."""
    run = train(replace(NOTEBOOK, seed=seed))
    outputs = (run.before, run.last_pass, run.after)
    return {name: [f"{value:.8f}" for value in values] for name, values in zip(COLUMNS, outputs, strict=True)}


def predictions(reader: Reader) -> Table | None:
    """Return what a reader sees in the table of predictions; None if the page has none."""
    tables = (cells(text.body) for text in reader.shown("markdown"))
    return next((table for table in tables if set(COLUMNS) <= table.keys()), None)


def cells(body: str) -> Table:
    """Return the cells of a table in Markdown, without colours; nothing of other text."""
    header, *rows = ([_plain(cell) for cell in BETWEEN_CELLS.split(line)[1:-1]] for line in body.split("\n"))
    if not all(len(row) == len(header) > 0 for row in rows):
        return {}
    return dict(zip(header, zip(*rows[1:], strict=True), strict=True))


def _plain(text: str) -> str:
    """Return text without Markdown's stars and backslashes, and without colours."""
    text = re.sub(r":[a-z]+\[(.*?)\]", r"\1", text)
    return re.sub(r"[*\\$]", "", text).strip()


def mistakes(shown: Table | None, right: Table) -> Iterable[str]:
    """Yield a sentence for each number that is not as it has to be, to its last digit."""
    if shown is None:
        yield "There is no table of predictions."
        return
    for name, numbers in right.items():
        column = shown.get(name, ())
        if len(column) != len(numbers):
            yield f"“{name}” has {len(column)} rows instead of {len(numbers)}."
            continue
        for row, (there, number) in enumerate(zip(column, numbers, strict=True), start=1):
            if there != number:
                yield f"“{name}” in row {row} is {there} instead of {number}."

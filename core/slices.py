"""Slices of what a network may be asked: rows along one input or over two, evenly spread, the other inputs held."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from core.arrays import Array, read_only
from core.dataset import Dataset
from core.scaling import Scaling, varies

MARGIN: Final = 0.2  # of an input's range, by which a slice reaches beyond its ends,
FARTHEST: Final = 3.0  # and at most, to take in a row that lies there
LEAST_SHARE: Final = 1e-12  # of an input's size, that it varies by: no axis has digits for less, or for
LEAST_RANGE: Final = 1e-300  # less than this
SAME_DIGITS: Final = 9  # of a squared correlation, which rounding on the way does not change


@dataclass(frozen=True, eq=False)
class Slice:
    """Which inputs vary, over which values, and what all inputs are else; in the units of the table."""

    columns: tuple[int, ...]  # one input, or two: across, up; counted from 0
    axes: tuple[Array, ...]  # (points,) the values of each
    held: Array  # (features,)

    @property
    def rows(self) -> Array:
        """The rows: (points, features) along one input, over two (points up, points across, features)."""
        grid = np.meshgrid(*self.axes)
        rows = np.broadcast_to(self.held, (*grid[0].shape, len(self.held))).copy()
        for column, values in zip(self.columns, grid, strict=True):
            rows[..., column] = values
        return read_only(rows)

    def spans(self, row: Array) -> bool:
        """Tell whether a row (features,) lies between the ends of the slice's inputs, whatever its others are."""
        return all(axis[0] <= row[column] <= axis[-1] for column, axis in zip(self.columns, self.axes, strict=True))

    def departures(self, row: Array) -> list[int]:
        """Return the inputs, counted from 0, that are held at another value than a row (features,) has."""
        return [column for column in np.flatnonzero(row != self.held).tolist() if column not in self.columns]


def slice_of(dataset: Dataset, columns: Sequence[int], held: Array, points: int, beyond: Array | None = None) -> Slice:
    """Return a slice over one or two `columns` of the table, with `points` points along each.

    It reaches a little beyond the table's rows, and as far as the row `beyond` (features,) if that is not much
    farther. An input that does not vary in the table, or hardly, is varied up and down by its own size, or by 1.
    """
    axes = [_axis(dataset.inputs[:, column], points, None if beyond is None else beyond[column]) for column in columns]
    return Slice(tuple(columns), tuple(axes), held)


def _axis(values: Array, points: int, beyond: float | None) -> Array:
    low, high = float(values.min()), float(values.max())
    size = max(abs(low), abs(high))
    if high - low <= max(LEAST_SHARE * size, LEAST_RANGE):
        low, high = low - max(1.0, size), high + max(1.0, size)
    reach = high - low
    ends = [low - MARGIN * reach, high + MARGIN * reach]
    if beyond is not None and low - FARTHEST * reach <= beyond <= high + FARTHEST * reach:
        ends += [beyond - MARGIN * reach, beyond + MARGIN * reach]
    return read_only(np.linspace(min(ends), max(ends), points))


def telling_inputs(dataset: Dataset) -> list[int]:
    """Return the inputs that vary, counted from 0, those first that tell the targets best by themselves; else all.

    That is by their squared correlation with the targets, summed over these; inputs that tell as much stay in the
    table's order.
    """
    columns = np.flatnonzero(varies(dataset.inputs))
    if not columns.size:
        return list(range(dataset.inputs.shape[1]))
    inputs, wanted = (Scaling.of(table).apply(table) for table in (dataset.inputs[:, columns], dataset.target_columns))
    correlations = inputs.T @ wanted / len(inputs)  # 0 for a target that does not vary
    told = np.round(np.square(correlations).sum(axis=1), SAME_DIGITS)
    return [int(column) for column in columns[np.argsort(-told, kind="stable")]]

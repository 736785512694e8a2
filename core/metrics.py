"""How well a network answers: which side of one half its outputs are on, and how soon a loss is small."""

import numpy as np
import numpy.typing as npt

from core.arrays import Array, Rows
from core.dataset import Dataset


def sides(numbers: Array) -> Array:
    """Return the side of one half that each number is on: 1 above, -1 below, 0 on it."""
    return np.asarray(np.sign(numbers - 0.5))


def right(outputs: Array, targets: Array) -> npt.NDArray[np.bool_]:
    """Tell for each of `outputs` and `targets`, of shapes that broadcast, whether the two are on one side of one half.

    An output of exactly one half is on neither side, so it is wrong. A target of exactly one half asks
    for neither side, so any output is right.
    """
    return np.asarray((sides(outputs) == sides(targets)) | (targets == 0.5))


def rows_right(outputs: Array, targets: Array) -> npt.NDArray[np.bool_]:
    """Tell for each row of `outputs` and `targets`, (rows,) or (rows, outputs), whether all of it is right."""
    return np.asarray(right(outputs, targets).reshape(len(targets), -1).all(axis=1))


def leads(numbers: Array) -> Array:
    """Return by how much each of `numbers` (..., outputs), at least two, is above the highest of the others.

    That is negative for all but the highest, and 0 for those that share that place.
    """
    ordered = np.sort(numbers)
    second, highest = ordered[..., -2:-1], ordered[..., -1:]
    return np.asarray(numbers - np.where(numbers == highest, second, highest))


def mean_errors(dataset: Dataset, outputs: Array, rows: Rows) -> Array:
    """Return how far `outputs`, (rows,) or (rows, outputs), are from their targets on average (outputs,).

    That is the mean of the distances of some `rows`, in the units in which the targets were given.
    """
    distances = np.abs(dataset.in_units(outputs) - dataset.given_targets)[rows]
    return np.asarray(distances.reshape(len(rows), -1).mean(axis=0))


def confusion(outputs: Array, targets: Array) -> npt.NDArray[np.int_]:
    """Count `outputs` and their `targets`, both (rows,) or (rows, outputs), by sides, in a matrix (2, 2).

    The first index is the target's side, the second the output's, 0 below and 1 above one half: right
    ones are on the diagonal. Targets of one half are left out; outputs of one half count as wrong.
    """
    asked = targets > 0.5
    answered = asked == right(outputs, targets)
    sided = targets != 0.5
    counts = np.zeros((2, 2), dtype=np.int_)
    np.add.at(counts, (asked[sided].astype(int), answered[sided].astype(int)), 1)
    return counts


def tells_classes(targets: Array) -> bool:
    """Tell whether `targets`, (rows,) or (rows, outputs), name one of several classes a row: 1 for it, 0 for others."""
    is_class = targets == 1
    return targets.ndim == 2 and bool(np.all(is_class.sum(axis=1) == 1) and np.all(is_class | (targets == 0)))


def class_confusion(outputs: Array, targets: Array) -> npt.NDArray[np.int_]:
    """Count rows by their class and by the class of their largest output, in a matrix (outputs, outputs).

    Both are (rows, outputs), and `targets` tell classes. The first index is the target's class, the second the
    answer's, of equal outputs the first: right ones are on the diagonal.
    """
    counts = np.zeros((targets.shape[1], targets.shape[1]), dtype=np.int_)
    np.add.at(counts, (targets.argmax(axis=1), outputs.argmax(axis=1)), 1)
    return counts


def updates_to_reach(losses: Array, level: float) -> int | None:
    """Return after how many updates a loss, of `losses` (states,), was first at most `level`; None if never."""
    reached = np.flatnonzero(losses <= level)
    return int(reached[0]) if reached.size else None

"""The table that is trained on, checked once and then frozen."""

import math
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from core.arrays import LARGEST_NUMBER, WHOLE_ROWS, Array, read_only
from core.messages import HALF, shown

NOTHING = {"none", "nan", "nat", "<na>"}  # how Python, NumPy and pandas write a value that is missing
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
# Soft hyphens, direction marks, spaces without width and the like. Joiners, which make letters and emoji, are none.
_UNSEEN = re.compile("[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]")
_JOINERS = "\u200c\u200d"


class InvalidDataset(ValueError):
    """A table that cannot be trained on; the message names row, column, value and remedy."""


@dataclass(frozen=True, eq=False, init=False)
class Dataset:
    """Rows of inputs and the target, or targets, of each row.

    `inputs` (rows, features) and `targets`, (rows,) or for several outputs (rows, outputs), are read-only
    float64; every number is finite, targets lie in [0, 1]. The columns have names, all different, as
    `column_name` writes them. Targets that were scaled lie on their way from `target_range[0]` to
    `target_range[1]`, each (outputs,); it is None for targets as they were given. Two data sets are equal
    if all of this is. Raises `InvalidDataset`.
    """

    inputs: Array
    targets: Array
    input_names: tuple[str, ...]
    target_names: tuple[str, ...]
    target_range: Array | None
    given_targets: Array  # shaped as `targets`, before they were scaled

    def __init__(
        self,
        inputs: npt.ArrayLike,
        targets: npt.ArrayLike,
        input_names: Sequence[str] | None = None,
        target_name: str | Sequence[str] = "y",
        *,
        scale_targets: bool = False,
    ) -> None:
        """Check and copy a table; unnamed input columns are called x1, x2 and so on.

        `targets` is (rows,), (rows, 1) or (rows, outputs), and `target_name` one name, which several outputs
        number, or one name a column. Cells may be anything that `float` reads. With `scale_targets`, targets
        may be any numbers: the least of each column becomes 0, the largest 1.
        """
        input_cells, target_cells = _cells(inputs), _cells(targets)
        if target_cells.ndim == 1:
            target_cells = target_cells[:, np.newaxis]
        _check_shapes(input_cells, target_cells)
        features, outputs = input_cells.shape[1], target_cells.shape[1]
        names = _names(_numbered("x", features) if input_names is None else input_names, target_name, features, outputs)
        table = _numbers(np.hstack([input_cells, target_cells]), names, features, any_targets=scale_targets)
        given = read_only(table[:, features:].copy())
        target_range = _range(given) if scale_targets else None
        targets = (
            given if target_range is None else read_only((given - target_range[0]) / np.diff(target_range, axis=0))
        )
        numbers = table[:, :features].copy("F" if len(table) > WHOLE_ROWS else "C")
        object.__setattr__(self, "inputs", read_only(numbers))
        object.__setattr__(self, "targets", targets[:, 0] if outputs == 1 else targets)
        object.__setattr__(self, "target_range", target_range)
        object.__setattr__(self, "given_targets", given[:, 0] if outputs == 1 else given)
        object.__setattr__(self, "input_names", names[:features])
        object.__setattr__(self, "target_names", names[features:])

    @property
    def target_name(self) -> str | tuple[str, ...]:
        """The name of the only target, or of each."""
        return self.target_names[0] if len(self.target_names) == 1 else self.target_names

    @property
    def target_columns(self) -> Array:
        """The targets (rows, outputs), also of one output."""
        return self.targets.reshape(len(self.targets), -1)

    @property
    def scale_targets(self) -> bool:
        """Whether the targets were scaled."""
        return self.target_range is not None

    def in_units(self, outputs: Array) -> Array:
        """Return outputs, (…, rows) or for several (…, rows, outputs), in the units in which the targets were given."""
        if self.target_range is None:
            return outputs
        low, high = self.target_range[:, 0] if len(self.target_names) == 1 else self.target_range
        return np.asarray(low + (high - low) * outputs)

    @property
    def given_target_columns(self) -> Array:
        """The targets before they were scaled (rows, outputs), also of one output."""
        return self.given_targets.reshape(len(self.targets), -1)

    def _identity(self) -> tuple[object, ...]:
        numbers = self.inputs.tobytes("A"), self.given_targets.tobytes()
        return *numbers, self.input_names, self.target_names, self.scale_targets

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Dataset) and self._identity() == other._identity()

    def __hash__(self) -> int:
        return hash(self._identity())


def _range(targets: Array) -> Array:
    """Return the least and the largest of each column (2, outputs), two numbers also where all are one."""
    low, high = targets.min(axis=0), targets.max(axis=0)
    return read_only(np.stack([low, np.where(high > low, high, low + np.maximum(1, np.abs(low)))]))


def column_name(text: str) -> str:
    """Return `text` as a column's name: one line of single spaces, and nothing that cannot be seen.

    So names that differ look different, in every table and file. Blank text gives "".
    """
    seen = _UNSEEN.sub("", _CONTROL.sub(" ", text))
    name = " ".join(unicodedata.normalize("NFC", seen).split())
    return name if name.strip(_JOINERS) else ""


def _cells(values: npt.ArrayLike) -> npt.NDArray[Any]:
    """Return the cells as they were given: numbers in an array, anything else kept for a message to quote."""
    try:
        cells = np.asarray(values)
    except ValueError as error:
        raise InvalidDataset("The rows differ in length. Give every row one value a column.") from error
    return cells if cells.dtype.kind in "biuf" else np.asarray(values, dtype=object)


def _check_shapes(inputs: npt.NDArray[Any], targets: npt.NDArray[Any]) -> None:
    if inputs.shape[:1] == (0,):
        raise InvalidDataset("There is no row. Add at least one.")
    if inputs.ndim != 2:
        raise InvalidDataset(
            f"The inputs have shape {inputs.shape}. Give a list of rows of equal length, each a list of numbers."
        )
    if inputs.shape[1] == 0:
        raise InvalidDataset("There is no input column. Add at least one.")
    if targets.ndim != 2 or not targets.shape[1] or len(targets) != len(inputs):
        raise InvalidDataset(
            f"There are {len(inputs)} rows of inputs but the targets have shape {targets.shape}. Give one target a row."
        )


def _numbered(name: str, columns: int) -> list[str]:
    return [f"{name}{i}" for i in range(1, columns + 1)]


def _names(inputs: Sequence[str], targets: str | Sequence[str], features: int, outputs: int) -> tuple[str, ...]:
    """Return the columns' names, the targets' last."""
    if isinstance(targets, str) or not isinstance(targets, Sequence):
        targets = [targets] if outputs == 1 else _numbered(targets, outputs)
    for given, columns, kind in ((inputs, features, "input"), (targets, outputs, "target")):
        if len(given) != columns:
            raise InvalidDataset(f"There are {columns} {kind} columns but {len(given)} names. Give one name a column.")
    position_of: dict[str, int] = {}
    for position, given_name in enumerate((*inputs, *targets), start=1):
        name = column_name(given_name) if isinstance(given_name, str) else ""
        if not name:
            raise InvalidDataset(f"Column {position} has no name. Give it one.")
        if name in position_of:
            raise InvalidDataset(
                f"Columns {position_of[name]} and {position} are both named “{shown(name, str)}”. Rename one of them."
            )
        if HALF.search(name):
            half = shown(name, ascii)
            raise InvalidDataset(f"The name of column {position}, {half}, holds half a character. Rename it.")
        position_of[name] = position
    return tuple(position_of)


def _numbers(cells: npt.NDArray[Any], names: tuple[str, ...], features: int, *, any_targets: bool) -> Array:
    """Convert the table, targets last, to float64, or say which cell is in the way."""
    try:
        with np.errstate(over="ignore"):  # a wider float may be beyond float64's range
            table = cells.astype(np.float64) + 0.0  # which makes -0.0 into 0.0, so that equal tables have equal bytes
    except (TypeError, ValueError, OverflowError):
        table = np.full(cells.shape, np.nan)
    bounded = features if not any_targets else len(names)  # from here on, from 0 to 1
    targets = table[:, bounded:]
    if np.all(np.abs(table) <= LARGEST_NUMBER) and np.all((targets >= 0) & (targets <= 1)):
        return table
    problems = list(_problems(cells, names, features, bounded))
    if more := len(problems) - 1:
        problems[0] += f" ({more} more {'cell needs' if more == 1 else 'cells need'} mending.)"
    raise InvalidDataset(problems[0])


def _problems(cells: npt.NDArray[Any], names: tuple[str, ...], features: int, bounded: int) -> Iterator[str]:
    for row, values in enumerate(cells, start=1):
        for column, (name, value) in enumerate(zip(names, values, strict=True)):
            kind = "target" if column >= features else "input"
            problem = _problem(value, kind, is_bounded=column >= bounded)
            if problem:
                yield f"Row {row}, column “{shown(name, str)}”: {problem}"


def _problem(value: object, kind: str, *, is_bounded: bool) -> str | None:
    """Say what keeps one cell from being trained on, and the remedy; None if nothing does."""
    text = shown(value, str)
    if not value.strip() if isinstance(value, str) else not text.strip() or text.casefold() in NOTHING:
        return "the cell is blank. Type a number, or delete the row."
    try:
        number = float(value)  # type: ignore[arg-type]
    except OverflowError:
        number = math.inf
    except (TypeError, ValueError):
        number = math.nan
    if math.isnan(number):
        return f"“{text}” is not a number. Type one, with a point for decimals, such as 0.5."
    if is_bounded and not 0 <= number <= 1:
        return f"the {kind} {text} is outside 0 to 1. Type a number from 0 to 1."
    if abs(number) > LARGEST_NUMBER:
        return f"the {kind} {text} is too large. Type a number between -1e50 and 1e50."
    return None

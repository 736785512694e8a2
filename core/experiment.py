"""All that determines a run: the data set and the settings, validated once and then frozen."""

import math
import operator
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from core.arrays import Array, Weights, read_only
from core.network import initial_weights
from core.objectives import OBJECTIVES, Objective

LARGEST_SEED = 2**32 - 1
# Up to this size of inputs, starting weights and learning rate, no product on the way overflows.
LARGEST_NUMBER = 1e50


class InvalidDataset(ValueError):
    """A table that cannot be trained on; the message names row, column, value and remedy."""


class InvalidExperiment(ValueError):
    """A setting that cannot be trained with; the message names the setting, its value and the range."""


@dataclass(frozen=True, eq=False, init=False)
class Dataset:
    """Rows of inputs and the target of each row.

    `inputs` (rows, features) and `targets` (rows,) are read-only float64; every number is finite,
    targets lie in [0, 1]. The columns have names, all different. Two data sets are equal if all of
    this is. Raises `InvalidDataset`.
    """

    inputs: Array
    targets: Array
    input_names: tuple[str, ...]
    target_name: str

    def __init__(
        self,
        inputs: npt.ArrayLike,
        targets: npt.ArrayLike,
        input_names: Sequence[str] | None = None,
        target_name: str = "y",
    ) -> None:
        """Check and copy a table; unnamed input columns are called x1, x2 and so on.

        `targets` is (rows,) or (rows, 1). Cells may be anything that `float` reads.
        """
        input_cells, target_cells = _cells(inputs), _cells(targets)
        if target_cells.ndim == 1:
            target_cells = target_cells[:, np.newaxis]
        _check_shapes(input_cells, target_cells)
        features = input_cells.shape[1]
        names = tuple(f"x{i}" for i in range(1, features + 1)) if input_names is None else tuple(input_names)
        _check_names(names, target_name, features)
        table = _numbers(np.hstack([input_cells, target_cells]), (*names, target_name))
        object.__setattr__(self, "inputs", read_only(table[:, :-1].copy()))
        object.__setattr__(self, "targets", read_only(table[:, -1].copy()))
        object.__setattr__(self, "input_names", names)
        object.__setattr__(self, "target_name", target_name)

    def _identity(self) -> tuple[object, ...]:
        return self.inputs.tobytes(), self.targets.tobytes(), self.input_names, self.target_name

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Dataset) and self._identity() == other._identity()

    def __hash__(self) -> int:
        return hash(self._identity())


@dataclass(frozen=True, eq=False)
class Experiment:
    """All that determines a run: equal experiments give the same run, to the last bit.

    - `seed`: 0 to 2**32 - 1, of the starting weights.
    - `epochs`: how many updates are made, at least 1.
    - `learning_rate`: what each update is multiplied by, above 0.
    - `objective`: "squared_error" (the notebook's error × slope) or "cross_entropy" (the error alone).
    - `hidden_units`: 0 for a single neuron, else the units of one hidden layer.
    - `starting_weights`: one array (inputs, units) a layer, instead of those drawn from the seed.

    Raises `InvalidExperiment`.
    """

    dataset: Dataset
    seed: int = 1
    epochs: int = 200
    learning_rate: float = 1.0
    objective: Objective = "squared_error"
    hidden_units: int = 0
    starting_weights: Weights | None = None

    def __post_init__(self) -> None:
        """Check every setting and normalise its type."""
        if not isinstance(self.dataset, Dataset):
            raise InvalidExperiment(f"dataset is {self.dataset!r}; it must be a Dataset.")
        if self.objective not in OBJECTIVES:
            raise InvalidExperiment(f"objective is {self.objective!r}; it must be one of {', '.join(OBJECTIVES)}.")
        settings: dict[str, object] = {
            "seed": _whole_number("seed", self.seed, 0, LARGEST_SEED),
            "epochs": _whole_number("epochs", self.epochs, 1),
            "learning_rate": _learning_rate(self.learning_rate),
            "hidden_units": _whole_number("hidden_units", self.hidden_units, 0),
        }
        for name, value in settings.items():
            object.__setattr__(self, name, value)
        if self.starting_weights is not None:
            object.__setattr__(self, "starting_weights", _starting_weights(self.starting_weights, self.sizes))

    @property
    def sizes(self) -> tuple[int, ...]:
        """The number of inputs, then of each layer's units: (3, 1), or (3, 4, 1) with hidden units."""
        features = self.dataset.inputs.shape[1]
        return (features, self.hidden_units, 1) if self.hidden_units else (features, 1)

    @property
    def weight_count(self) -> int:
        """The number of weights, all layers together."""
        return sum(inputs * units for inputs, units in pairwise(self.sizes))

    @property
    def weights_before(self) -> Weights:
        """The weights of state 0: the starting weights given, else those drawn from the seed."""
        return self.starting_weights or initial_weights(self.seed, self.sizes)

    def _identity(self) -> tuple[object, ...]:
        weights = (layer.tobytes() for layer in self.starting_weights or ())
        settings = self.seed, self.epochs, self.learning_rate, self.objective, self.hidden_units
        return self.dataset, settings, tuple(weights)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Experiment) and self._identity() == other._identity()

    def __hash__(self) -> int:
        return hash(self._identity())


def _cells(values: npt.ArrayLike) -> npt.NDArray[Any]:
    """Return the cells as they were given: numbers in an array, anything else kept for a message to quote."""
    try:
        cells = np.asarray(values)
    except ValueError as error:
        raise InvalidDataset("The rows differ in length. Give every row one value a column.") from error
    return cells if cells.dtype.kind in "biuf" else cells.astype(object)


def _check_shapes(inputs: npt.NDArray[Any], targets: npt.NDArray[Any]) -> None:
    if inputs.shape[:1] == (0,):
        raise InvalidDataset("There is no row. Add at least one.")
    if inputs.ndim != 2:
        raise InvalidDataset(
            f"The inputs have shape {inputs.shape}. Give a list of rows of equal length, each a list of numbers."
        )
    if inputs.shape[1] == 0:
        raise InvalidDataset("There is no input column. Add at least one.")
    if targets.shape != (len(inputs), 1):
        raise InvalidDataset(
            f"There are {len(inputs)} rows of inputs but the targets have shape {targets.shape}. Give one target a row."
        )


def _check_names(input_names: tuple[str, ...], target_name: str, features: int) -> None:
    if len(input_names) != features:
        raise InvalidDataset(
            f"There are {features} input columns but {len(input_names)} names. Give one name a column."
        )
    position_of: dict[str, int] = {}
    for position, name in enumerate((*input_names, target_name), start=1):
        if not isinstance(name, str) or not name.strip():
            raise InvalidDataset(f"Column {position} has no name. Give it one.")
        if name in position_of:
            raise InvalidDataset(
                f"Columns {position_of[name]} and {position} are both named “{name}”. Rename one of them."
            )
        position_of[name] = position


def _numbers(cells: npt.NDArray[Any], names: tuple[str, ...]) -> Array:
    """Convert the table, target last, to float64, or say which cell is in the way."""
    try:
        table = cells.astype(np.float64) + 0.0  # which makes -0.0 into 0.0, so that equal tables have equal bytes
    except (TypeError, ValueError, OverflowError):
        table = np.full(cells.shape, np.nan)
    targets = table[:, -1]
    if np.all(np.abs(table) <= LARGEST_NUMBER) and np.all((targets >= 0) & (targets <= 1)):
        return table
    problems = list(_problems(cells, names))
    if more := len(problems) - 1:
        problems[0] += f" ({more} more {'cell needs' if more == 1 else 'cells need'} mending.)"
    raise InvalidDataset(problems[0])


def _problems(cells: npt.NDArray[Any], names: tuple[str, ...]) -> Iterator[str]:
    for row, values in enumerate(cells, start=1):
        for name, value in zip(names, values, strict=True):
            problem = _problem(value, is_target=name == names[-1])
            if problem:
                yield f"Row {row}, column “{name}”: {problem}"


def _problem(value: object, *, is_target: bool) -> str | None:
    """Say what keeps one cell from being trained on, and the remedy; None if nothing does."""
    if value is None or value != value or not str(value).strip():  # noqa: PLR0124 - only NaN differs from itself
        return "the cell is blank. Type a number, or delete the row."
    try:
        number = float(value)  # type: ignore[arg-type]
    except OverflowError:
        number = math.inf
    except (TypeError, ValueError):
        number = math.nan
    if math.isnan(number):
        return f"“{value}” is not a number. Type one, with a point for decimals, such as 0.5."
    if is_target and not 0 <= number <= 1:
        return f"the target {value} is outside 0 to 1. Type a number from 0 to 1."
    if abs(number) > LARGEST_NUMBER:
        return f"the input {value} is too large. Type a number between -1e50 and 1e50."
    return None


def _whole_number(name: str, value: int, least: int, most: int | None = None) -> int:
    allowed = f"a whole number from {least} to {most}" if most is not None else f"a whole number, at least {least}"
    try:
        number = operator.index(value)
    except TypeError:
        number = least - 1
    if number < least or (most is not None and number > most):
        raise InvalidExperiment(f"{name} is {value!r}; it must be {allowed}.")
    return number


def _learning_rate(value: float) -> float:
    try:
        number = float(value)
    except (TypeError, ValueError, OverflowError):
        number = math.nan
    if not 0 < number <= LARGEST_NUMBER:
        raise InvalidExperiment(f"learning_rate is {value!r}; it must be a number above 0, at most 1e50.")
    return number


def _starting_weights(weights: Sequence[npt.ArrayLike], sizes: tuple[int, ...]) -> Weights:
    shapes = list(pairwise(sizes))
    try:
        layers = tuple(np.array(layer, dtype=np.float64, order="C") for layer in weights)
    except (TypeError, ValueError) as error:
        raise InvalidExperiment("starting_weights has a cell that is not a number.") from error
    if [layer.shape for layer in layers] != shapes:
        raise InvalidExperiment(
            f"starting_weights has the shapes {[layer.shape for layer in layers]}; this network needs {shapes}."
        )
    for number, layer in enumerate(layers, start=1):
        for row, column in np.argwhere(~(np.abs(layer) <= LARGEST_NUMBER)):
            raise InvalidExperiment(
                f"starting_weights, layer {number}, row {row + 1}, column {column + 1}: {layer[row, column]} "
                "is not a number between -1e50 and 1e50."
            )
    return tuple(read_only(layer) for layer in layers)

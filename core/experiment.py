"""All that determines a run: the data set and the settings, validated once and then frozen."""

import math
import operator
from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from itertools import pairwise
from typing import Literal, SupportsFloat, TypeAlias, get_args

import numpy as np
import numpy.typing as npt

from core.arrays import LARGEST_NUMBER, Array, Rows, Weights, read_only
from core.dataset import Dataset
from core.messages import shown
from core.network import initial_weights
from core.objectives import OBJECTIVES, ObjectiveName
from core.scaling import Scaling

Biases = Literal["none", "learned", "fixed"]
HiddenUnits: TypeAlias = int | tuple[int, ...]  # 0, the units of one hidden layer, or of each of several

LARGEST_SEED = 2**32 - 1


class InvalidExperiment(ValueError):
    """A setting that cannot be trained with; the message names the setting, its value and the range."""


@dataclass(frozen=True, eq=False)
class Experiment:
    """All that determines a run: equal experiments give the same run, to the last bit.

    - `seed`: 0 to 2**32 - 1, of the starting weights.
    - `epochs`: how often all rows are learned from, at least 1.
    - `learning_rate`: what each update is multiplied by, above 0.
    - `objective`: "squared_error" (the notebook's error × slope) or "cross_entropy" (the error alone).
    - `hidden_units`: 0 for none, the units of one hidden layer, or a tuple such as (4, 3), first layer first.
    - `starting_weights`: one array a layer, of the shapes in `shapes`, instead of those drawn from the seed.
    - `biases`: "none" (a bias is a column of the table, as in the notebook), "learned", or "fixed" (never updated).
    - `batch_size`: rows an update learns from, taken in the table's order; None, or as many as there are, is all.
    - `standardise`: whether the network is given each input column less its mean, over its standard deviation.
    - `held_out`: the share of the rows, from 0 to below 1 and drawn by the seed, that training never sees.

    What can be written in two ways is kept in one: (4,) as 4, () as 0. Raises `InvalidExperiment`.
    """

    dataset: Dataset
    seed: int = 1
    epochs: int = 200
    learning_rate: float = 1.0
    objective: ObjectiveName = "squared_error"
    hidden_units: HiddenUnits = 0
    starting_weights: Weights | None = None
    biases: Biases = "none"
    batch_size: int | None = None
    standardise: bool = False
    held_out: float = 0.0

    def __post_init__(self) -> None:
        """Check every setting and normalise its type."""
        if not isinstance(self.dataset, Dataset):
            raise InvalidExperiment(f"dataset is {shown(self.dataset)}; it must be a Dataset.")
        held_out = _held_out(self.held_out, len(self.dataset.targets))
        trained_on = len(self.dataset.targets) - rows_held_out(len(self.dataset.targets), held_out)
        settings: dict[str, object] = {
            "seed": _whole_number("seed", self.seed, 0, LARGEST_SEED),
            "epochs": _whole_number("epochs", self.epochs, 1),
            "learning_rate": _learning_rate(self.learning_rate),
            "objective": _one_of("objective", self.objective, tuple(OBJECTIVES)),
            "hidden_units": _hidden_units(self.hidden_units),
            "biases": _one_of("biases", self.biases, get_args(Biases)),
            "batch_size": _batch_size(self.batch_size, trained_on),
            "standardise": _one_of("standardise", self.standardise, (False, True)),
            "held_out": held_out,
        }
        for name, value in settings.items():
            object.__setattr__(self, name, value)
        if self.starting_weights is not None:
            object.__setattr__(self, "starting_weights", _starting_weights(self.starting_weights, self.shapes))

    @property
    def scale_targets(self) -> bool:
        """Whether the targets of the data set were scaled."""
        return self.dataset.scale_targets

    @property
    def hidden_layers(self) -> tuple[int, ...]:
        """The number of each hidden layer's units, first layer first."""
        return layers_of(self.hidden_units)

    @property
    def sizes(self) -> tuple[int, ...]:
        """The number of inputs, then of each layer's units: (3, 1), or (3, 4, 1) with a hidden layer."""
        return (self.dataset.inputs.shape[1], *self.hidden_layers, len(self.dataset.target_names))

    @property
    def has_biases(self) -> bool:
        """Whether each layer's weights have a last row of biases."""
        return self.biases != "none"

    @property
    def shapes(self) -> list[tuple[int, int]]:
        """The shape of each layer's weights, (inputs, units), or (inputs + 1, units) with biases."""
        return [(inputs + self.has_biases, units) for inputs, units in pairwise(self.sizes)]

    @property
    def weight_count(self) -> int:
        """The number of weights, all layers together."""
        return sum(map(math.prod, self.shapes))

    @property
    def weights_before(self) -> Weights:
        """The weights of state 0: the starting weights given, else those drawn from the seed."""
        return self.starting_weights or initial_weights(self.seed, self.sizes, biases=self.has_biases)

    @property
    def has_draws(self) -> bool:
        """Whether the seed changes anything: it draws starting weights that are not given, and the rows held out."""
        return self.starting_weights is None or self.held_out > 0

    @cached_property
    def held_out_rows(self) -> Rows:
        """The rows of the data set that training never sees, counted from 0, in the table's order."""
        rows = len(self.dataset.targets)
        drawn = np.random.RandomState(self.seed).permutation(rows)[: rows_held_out(rows, self.held_out)]
        return read_only(np.sort(drawn))

    @cached_property
    def training_rows(self) -> Rows:
        """The other rows, counted from 0: those that are learned from, in the table's order."""
        return read_only(np.delete(np.arange(len(self.dataset.targets)), self.held_out_rows))

    @cached_property
    def scaling(self) -> Scaling | None:
        """What is done to every row before the network is given it; None for nothing."""
        return Scaling.of(self._learned_from(self.dataset.inputs)) if self.standardise else None

    @cached_property
    def inputs(self) -> Array:
        """What the network learns from (rows, features): inputs of the training rows, standardised if so asked."""
        return self.given(self._learned_from(self.dataset.inputs))

    @cached_property
    def target_columns(self) -> Array:
        """The targets of the training rows (rows, outputs), also of one output."""
        return self._learned_from(self.dataset.target_columns)

    @property
    def held_out_inputs(self) -> Array:
        """What the network is given of the rows held out (rows, features)."""
        return self.given(self.dataset.inputs[self.held_out_rows])

    def _learned_from(self, table: Array) -> Array:
        return table[self.training_rows] if self.held_out else table

    def given(self, rows: Array) -> Array:
        """Return `rows` (..., features), in the units of the table, as the network is given them."""
        return self.scaling.apply(rows) if self.scaling else rows

    @property
    def updates_per_epoch(self) -> int:
        """The number of batches that the training rows make, the last of which may be smaller."""
        return batches_of(len(self.training_rows), self.batch_size)

    @property
    def updates(self) -> int:
        """The number of updates of all epochs: the run's last state."""
        return self.epochs * self.updates_per_epoch

    def batch(self, k: int) -> slice:
        """Return which of the training rows the update of state k learns from."""
        size = self.batch_size or len(self.training_rows)
        first = k % self.updates_per_epoch * size
        return slice(first, first + size)

    def _identity(self) -> tuple[object, ...]:
        settings = (getattr(self, field.name) for field in fields(self) if field.name != "starting_weights")
        return *settings, tuple(layer.tobytes() for layer in self.starting_weights or ())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Experiment) and self._identity() == other._identity()

    def __hash__(self) -> int:
        return hash(self._identity())


def rows_held_out(rows: int, share: float) -> int:
    """Return how many of `rows` rows are held out: their share, rounded, but one at least and never all."""
    return min(max(1, round(share * rows)), rows - 1) if share else 0


def batches_of(rows: int, batch_size: int | None) -> int:
    """Return how many batches `rows` rows make, the last of which may be smaller; None is all rows."""
    return -(-rows // batch_size) if batch_size else 1


def layers_of(hidden_units: HiddenUnits) -> tuple[int, ...]:
    """Return the number of each hidden layer's units, first layer first: none for 0."""
    if isinstance(hidden_units, tuple):
        return hidden_units
    return (hidden_units,) if hidden_units else ()


def units_of(layers: tuple[int, ...]) -> HiddenUnits:
    """Return hidden layers as an experiment has them: (4,) as 4, () as 0."""
    return layers if len(layers) > 1 else sum(layers)


def _whole_number(name: str, value: object, least: int, most: int | None = None) -> int:
    allowed = f"a whole number from {least} to {most}" if most is not None else f"a whole number, at least {least}"
    try:
        number = operator.index(value)  # type: ignore[arg-type]
    except TypeError:
        number = least - 1
    if number < least or (most is not None and number > most):
        raise InvalidExperiment(f"{name} is {shown(value)}; it must be {allowed}.")
    return number


def _one_of(name: str, value: object, allowed: tuple[object, ...]) -> object:
    for known in allowed:
        if type(value) is type(known) and value == known:
            return known
    raise InvalidExperiment(f"{name} is {shown(value)}; it must be one of {', '.join(map(str, allowed))}.")


def _hidden_units(value: object) -> HiddenUnits:
    if not isinstance(value, list | tuple):
        return _whole_number("hidden_units", value, 0)
    return units_of(tuple(_whole_number("hidden_units of a layer", units, 1) for units in value))


def _batch_size(value: object, rows: int) -> int | None:
    size = rows if value is None else _whole_number("batch_size", value, 1)
    return size if size < rows else None


def _held_out(value: float, rows: int) -> float:
    try:
        share = float(value)
    except (TypeError, ValueError, OverflowError):
        share = math.nan
    if not 0 <= share < 1:
        raise InvalidExperiment(f"held_out is {shown(value)}; it must be a share from 0 to below 1.")
    if share and rows == 1:
        raise InvalidExperiment(f"held_out is {shown(value)}; it must be 0, since training needs the only row.")
    return share


def _learning_rate(value: float) -> float:
    try:
        number = float(value)
    except (TypeError, ValueError, OverflowError):
        number = math.nan
    if not 0 < number <= LARGEST_NUMBER:
        raise InvalidExperiment(f"learning_rate is {shown(value)}; it must be a number above 0, at most 1e50.")
    return number


def _starting_weights(weights: Sequence[npt.ArrayLike], shapes: list[tuple[int, int]]) -> Weights:
    try:
        cells = [np.array(layer, dtype=object) for layer in weights]
    except (TypeError, ValueError) as error:
        raise InvalidExperiment(f"starting_weights is {shown(weights)}; it must hold one array a layer.") from error
    if [layer.shape for layer in cells] != shapes:
        raise InvalidExperiment(
            f"starting_weights has the shapes {shown([layer.shape for layer in cells])}; this network needs {shapes}."
        )
    return tuple(read_only(_layer(layer, number)) for number, layer in enumerate(cells, start=1))


def _layer(cells: npt.NDArray[np.object_], number: int) -> Array:
    weights = np.array([[_weight(cell) for cell in row] for row in cells])
    wrong = np.argwhere(np.isnan(weights))
    if wrong.size:
        row, column = wrong[0]
        raise InvalidExperiment(
            f"starting_weights, layer {number}, row {row + 1}, column {column + 1}: "
            f"{shown(cells[row, column])} is not a number between -1e50 and 1e50."
        )
    return weights


def _weight(cell: SupportsFloat) -> float:
    """Read a starting weight; NaN for anything else."""
    try:
        number = float(cell)
    except (TypeError, ValueError, OverflowError):
        return math.nan
    return number if abs(number) <= LARGEST_NUMBER else math.nan

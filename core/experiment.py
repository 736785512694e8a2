"""All that determines a run: the data set and the settings, validated once and then frozen."""

import math
import operator
from collections.abc import Sequence
from dataclasses import dataclass, fields
from itertools import pairwise
from typing import SupportsFloat

import numpy as np
import numpy.typing as npt

from core.arrays import LARGEST_NUMBER, Array, Weights, read_only
from core.dataset import Dataset
from core.messages import shown
from core.network import initial_weights
from core.objectives import OBJECTIVES, ObjectiveName

LARGEST_SEED = 2**32 - 1


class InvalidExperiment(ValueError):
    """A setting that cannot be trained with; the message names the setting, its value and the range."""


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
    objective: ObjectiveName = "squared_error"
    hidden_units: int = 0
    starting_weights: Weights | None = None

    def __post_init__(self) -> None:
        """Check every setting and normalise its type."""
        if not isinstance(self.dataset, Dataset):
            raise InvalidExperiment(f"dataset is {shown(self.dataset)}; it must be a Dataset.")
        if self.objective not in list(OBJECTIVES):  # what is given may not be hashable
            raise InvalidExperiment(f"objective is {shown(self.objective)}; it must be one of {', '.join(OBJECTIVES)}.")
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
        settings = (getattr(self, field.name) for field in fields(self) if field.name != "starting_weights")
        return *settings, tuple(layer.tobytes() for layer in self.starting_weights or ())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Experiment) and self._identity() == other._identity()

    def __hash__(self) -> int:
        return hash(self._identity())


def _whole_number(name: str, value: int, least: int, most: int | None = None) -> int:
    allowed = f"a whole number from {least} to {most}" if most is not None else f"a whole number, at least {least}"
    try:
        number = operator.index(value)
    except TypeError:
        number = least - 1
    if number < least or (most is not None and number > most):
        raise InvalidExperiment(f"{name} is {shown(value)}; it must be {allowed}.")
    return number


def _learning_rate(value: float) -> float:
    try:
        number = float(value)
    except (TypeError, ValueError, OverflowError):
        number = math.nan
    if not 0 < number <= LARGEST_NUMBER:
        raise InvalidExperiment(f"learning_rate is {shown(value)}; it must be a number above 0, at most 1e50.")
    return number


def _starting_weights(weights: Sequence[npt.ArrayLike], sizes: tuple[int, ...]) -> Weights:
    shapes = list(pairwise(sizes))
    try:
        cells = [np.array(layer, dtype=object) for layer in weights]
    except (TypeError, ValueError) as error:
        raise InvalidExperiment(f"starting_weights is {shown(weights)}; it must hold one array a layer.") from error
    if [layer.shape for layer in cells] != shapes:
        raise InvalidExperiment(
            f"starting_weights has the shapes {[layer.shape for layer in cells]}; this network needs {shapes}."
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

"""The change of one setting that is predicted, and the neighbouring experiments that it is told from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, TypeAlias

from core import Experiment
from core.objectives import OBJECTIVES
from ui.settings import BY_NAME

Values: TypeAlias = Mapping[str, Any]  # by the settings' names

RATE_FACTORS: Final = (10, 0.1, 100, 0.01)  # by which the learning rate changes
NEAR_FACTORS: Final = (0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 100)  # of the learning rates that are neighbours
HIDDEN_UNITS: Final = (4, 2, 8, 1, 16, 0)
MORE_EPOCHS: Final = (5, 2, 10)  # times as many
SEEDS: Final = range(1, 21)
MOST_NEAR: Final = 8  # neighbours that differ in the changed setting alone


@dataclass(frozen=True)
class Change:
    """One setting's change: its name, and its new value."""

    name: str
    value: Any

    def of(self, experiment: Experiment) -> Experiment:
        """Return the changed experiment."""
        return replace(experiment, **{self.name: self.value})

    @property
    def words(self) -> str:
        """The new value, such as “learning rate 10”."""
        return in_words({self.name: self.value})


def in_words(values: Values) -> str:
    """Return the values of some settings, in words."""
    return ", ".join(BY_NAME[name].in_words(value) for name, value in values.items())


def change_of(experiment: Experiment, name: str, number: int) -> Change:
    """Return the change of a setting with this number, from 1; after the last the first comes again."""
    values = _others(experiment, name)
    return Change(name, values[(number - 1) % len(values)])


def near(experiment: Experiment, change: Change) -> list[Values]:
    """Return the changed setting's values in the neighbours that differ in nothing else, the new value first."""
    now = getattr(experiment, change.name)
    values = _rates(experiment, NEAR_FACTORS) if change.name == "learning_rate" else _others(experiment, change.name)
    if change.name == "epochs":  # others make a curve of another length
        values, now = [], change.value
    return [{change.name: value} for value in list(dict.fromkeys([change.value, now, *values]))[:MOST_NEAR]]


def further(experiment: Experiment, change: Change) -> list[Values]:
    """Return the values in the neighbours that learn with another rate, too."""
    if change.name == "learning_rate":
        return []
    rates = _rates(experiment, NEAR_FACTORS[::2])
    return [{change.name: change.value, "learning_rate": rate} for rate in rates if rate != experiment.learning_rate]


def _others(experiment: Experiment, name: str) -> list[Any]:
    """Return the values that a setting may change to, at least one."""
    candidates: Mapping[str, Sequence[Any]] = {
        "learning_rate": _rates(experiment, RATE_FACTORS),
        "hidden_units": HIDDEN_UNITS,
        "objective": list(OBJECTIVES),
        "epochs": _epochs(experiment.epochs),
        "seed": SEEDS,
    }
    return [value for value in candidates[name] if value != getattr(experiment, name)]


def _epochs(now: int) -> list[int]:
    """Return more epochs, as far as the page has them; where it has not, fewer."""
    return [times * now for times in MORE_EPOCHS if _has("epochs", times * now)] or [now // 2]


def _rates(experiment: Experiment, factors: Sequence[float]) -> list[float]:
    """Return the experiment's learning rate times each factor, as far as the page has such rates."""
    rates = [float(f"{experiment.learning_rate * factor:.12g}") for factor in factors]
    return [rate for rate in rates if _has("learning_rate", rate)]


def _has(name: str, value: Any) -> bool:  # noqa: ANN401 - of the setting's kind
    kind: Any = BY_NAME[name].kind
    return bool(kind.has(value))

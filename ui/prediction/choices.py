"""The rows or the weights to choose from, and what comes out of the changed experiment for each."""

from dataclasses import dataclass
from random import Random
from typing import Final

import numpy as np

from core import Experiment, estimate_cost, train
from core.arrays import Array, flat
from core.training import Progress
from ui.names import connection_names
from ui.on_demand import Order
from ui.text import digits_text

MOST_CHOICES: Final = 12
MOST_NUMBERS: Final = 8  # of a row that are told
DIGITS: Final = 4


@dataclass(frozen=True)
class Choices:
    """Some of `count` rows or weights, counted from 0 in their order; their names, and what else a label tells."""

    places: tuple[int, ...]
    names: tuple[str, ...]
    labels: tuple[str, ...]
    count: int


@dataclass(frozen=True, eq=False)
class Ending:
    """What comes out: how far each row (rows,) is from its target, and all weights (weights,) before and after."""

    distances: Array
    before: Array
    after: Array

    def sizes(self, guess: str, choices: Choices) -> Array:
        """Return what the largest is asked of, one number a choice."""
        numbers = {"row": self.distances, "largest": np.abs(self.after), "moved": np.abs(self.after - self.before)}
        return numbers[guess][list(choices.places)]


def choices_of(experiment: Experiment, guess: str, number: int) -> Choices:
    """Return what there is to choose from; of many, some that the number draws."""
    if guess == "row":
        count = len(experiment.dataset.targets)
        places = _drawn(count, f"{guess} {number}")
        names = tuple(f"row {place + 1:,}" for place in places)
        labels = tuple(name + _told(experiment, place) for name, place in zip(names, places, strict=True))
        return Choices(places, names, labels, count)
    every = connection_names(experiment)
    places = _drawn(len(every), f"{guess} {number}")
    names = tuple(every[place] for place in places)
    return Choices(places, names, names, len(every))


def _drawn(count: int, seed: str) -> tuple[int, ...]:
    return tuple(sorted(Random(seed).sample(range(count), min(count, MOST_CHOICES))))  # noqa: S311 - no secret


def _told(experiment: Experiment, row: int) -> str:
    """Return the numbers of a row, if they are few, and whether it is held out."""
    dataset = experiment.dataset
    given, wanted = (
        ", ".join(digits_text(number, DIGITS) for number in np.atleast_1d(numbers[row]).tolist())
        for numbers in (dataset.inputs, dataset.given_targets)
    )
    is_short = dataset.inputs.shape[1] + len(dataset.target_names) <= MOST_NUMBERS
    held_out = ", held out" if row in experiment.held_out_rows else ""
    return (f": {given} → {wanted}" if is_short else "") + held_out


def order(experiment: Experiment) -> Order[Ending]:
    """Return the order of the changed experiment's run."""
    return Order(
        "ending",
        experiment,
        "the changed run",
        "another change, or fewer epochs",
        estimate_cost(experiment),
        experiment.updates,
        lambda progress: _ending_of(experiment, progress),
    )


def _ending_of(experiment: Experiment, progress: Progress) -> Ending:
    run = train(experiment, progress)
    targets = experiment.dataset.target_columns
    distances = np.abs(run.after.reshape(targets.shape) - targets).sum(axis=1)
    return Ending(distances, flat(run.weights_after(0)), flat(run.weights))

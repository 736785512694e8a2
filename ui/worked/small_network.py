"""Small networks with friendly numbers, to do with a pencil: the same seed makes the same one."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import product
from random import Random
from typing import Final

import numpy as np

from core import Dataset, Experiment
from ui.view import Place
from ui.worked.step import neurons

ROWS: Final = 3
HIDDEN_UNITS: Final = 2
MOST_OUTPUTS: Final = 2
NUMBERS: Final = (-1, 0, 1, 2)  # of the table
DIFFERENT_ROWS: Final = [numbers for numbers in product(NUMBERS, repeat=2) if any(numbers)]
QUARTERS: Final = tuple(number / 4 for number in range(-4, 5) if number)  # of the weights


def small_experiment(seed: int, like: Experiment) -> tuple[Experiment, Place]:
    """Return a small experiment, and what to look at in it: of the same kind as `like`, and ever new numbers.

    It has hidden units, several outputs, biases, a learning rate other than 1 and the objective if `like` has.
    """
    random = Random(seed)  # noqa: S311 - it keeps no secret
    outputs = min(like.target_columns.shape[1], MOST_OUTPUTS)
    experiment = Experiment(
        Dataset(random.sample(DIFFERENT_ROWS, ROWS), [_some(random, (0, 1), outputs) for _ in range(ROWS)]),
        epochs=1,
        learning_rate=1.0 if like.learning_rate == 1 else 0.5,
        objective=like.objective,
        hidden_units=HIDDEN_UNITS if like.hidden_layers else 0,
        biases=like.biases,
    )
    weights = tuple(
        np.array([_some(random, QUARTERS, units) for _ in range(rows)]) for rows, units in experiment.shapes
    )
    neuron = random.choice(list(neurons(experiment).values()))
    return replace(experiment, starting_weights=weights), Place(0, random.randrange(ROWS), neuron)


def _some(random: Random, numbers: Sequence[float], count: int) -> list[float]:
    return [random.choice(numbers) for _ in range(count)]

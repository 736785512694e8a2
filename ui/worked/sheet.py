"""Which steps a worksheet asks: ever other ones, the same for the same seed."""

from operator import eq
from random import Random
from typing import Final

from core import Experiment
from ui.view import Place
from ui.worked.step import neurons

LAST_STATE: Final = 20  # of those that are asked: early ones, in which a step changes most
MOST_TRIES: Final = 20  # for a step that is not there yet; a small run has few


def places(experiment: Experiment, steps: int, seed: int) -> list[Place]:
    """Return `steps` places of a run, no two alike, in rows that the update learns from; fewer if it has fewer.

    What one asks is not told by another, unless the run has few states for that.
    """
    random = Random(seed)  # noqa: S311 - it keeps no secret
    found: list[Place] = []
    for clashes in (_tell, eq):
        for _ in range(MOST_TRIES * steps):
            if len(found) < steps:
                k = random.randint(0, min(LAST_STATE, experiment.updates))
                row = random.choice(experiment.training_rows[experiment.batch(k)].tolist())
                place = Place(k, row, random.choice(list(neurons(experiment).values())))
                if not any(clashes(place, other) for other in found):
                    found.append(place)
    return found


def _tell(one: Place, other: Place) -> bool:
    """Tell whether one step gives an answer of another: a sum over the same rows, or a weight before or after it."""
    return one.k == other.k or (one.neuron == other.neuron and abs(one.k - other.k) == 1)

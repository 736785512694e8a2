"""Which steps a worksheet asks: ever other ones, the same for the same seed."""

from random import Random
from typing import Final

from core import Experiment
from ui.view import Place
from ui.worked.step import neurons

LAST_STATE: Final = 20  # of those that are asked: early ones, in which a step changes most
MOST_TRIES: Final = 20  # for a step that is not there yet; a small run has few


def places(experiment: Experiment, steps: int, seed: int) -> list[Place]:
    """Return `steps` places of a run, no two alike, in rows that the update learns from; fewer if it has fewer."""
    random = Random(seed)  # noqa: S311 - it keeps no secret
    found: dict[Place, None] = {}
    for _ in range(MOST_TRIES * steps):
        if len(found) < steps:
            k = random.randint(0, min(LAST_STATE, experiment.updates))
            row = random.choice(experiment.training_rows[experiment.batch(k)].tolist())
            found[Place(k, row, random.choice(list(neurons(experiment).values())))] = None
    return list(found)

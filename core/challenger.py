"""The Challenger's O-rings: 23 flights before the accident.

S. Dalal, E. Fowlkes and B. Hoadley, "Risk Analysis of the Space Shuttle: Pre-Challenger Prediction
of Failure" (1989), fit a logistic regression to them: logit p = intercept + slope · temperature.
"""

from typing import Final

from core.dataset import Dataset
from core.training import Run

# Launch temperature in °F, and whether at least one O-ring was distressed.
TEMPERATURES: Final = (66, 70, 69, 68, 67, 72, 73, 70, 57, 63, 70, 78, 67, 53, 67, 75, 70, 81, 76, 79, 75, 76, 58)
DISTRESS: Final = (0, 1, 0, 0, 0, 0, 0, 0, 1, 1, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, 0, 1)

FLIGHTS: Final = Dataset(
    [[temperature] for temperature in TEMPERATURES], DISTRESS, ["temperature"], target_name="distress"
)


def fitted_line(run: Run) -> tuple[float, float]:
    """Return the logit's intercept, and its slope per °F, that a run has learned, the scaling undone.

    `run` is of a single neuron with the input of `FLIGHTS` and a bias, on standardised temperatures or on °F.
    """
    weights, scaling = run.weights[0], run.experiment.scaling
    per_unit, constant = scaling.undo(weights) if scaling else (weights[:1], weights[1])
    return float(constant[0]), float(per_unit[0, 0])

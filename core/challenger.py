"""The Challenger's O-rings: 23 flights before the accident.

S. Dalal, E. Fowlkes and B. Hoadley, "Risk Analysis of the Space Shuttle: Pre-Challenger Prediction
of Failure" (1989), fit a logistic regression to them: logit p = intercept + slope · temperature.
"""

from typing import Final

import numpy as np

from core.dataset import Dataset
from core.training import Run

# Launch temperature in °F, and whether at least one O-ring was distressed.
TEMPERATURES: Final = (66, 70, 69, 68, 67, 72, 73, 70, 57, 63, 70, 78, 67, 53, 67, 75, 70, 81, 76, 79, 75, 76, 58)
DISTRESS: Final = (0, 1, 0, 0, 0, 0, 0, 0, 1, 1, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, 0, 1)
MEAN_TEMPERATURE: Final = float(np.mean(TEMPERATURES))
TEMPERATURE_DEVIATION: Final = float(np.std(TEMPERATURES))

# Standardised, a learning rate serves both weights; in °F, a step for one would be far too long for the other.
FLIGHTS: Final = Dataset(
    [((temperature - MEAN_TEMPERATURE) / TEMPERATURE_DEVIATION, 1) for temperature in TEMPERATURES],
    DISTRESS,
    ["temperature", "one"],
    "distress",
)


def fitted_line(run: Run) -> tuple[float, float]:
    """Undo the scaling: return the logit's intercept, and its slope per °F, that a run has learned.

    `run` is of a single neuron with the two inputs of `FLIGHTS`.
    """
    weight, bias = run.weights[0][:, 0]
    slope = float(weight) / TEMPERATURE_DEVIATION
    return float(bias) - slope * MEAN_TEMPERATURE, slope

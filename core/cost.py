"""What a run will take, told before it is made."""

from dataclasses import dataclass

from core.experiment import Experiment
from core.training import block_epochs, state_spacing

# Seconds, measured on a slow shared core with two to thirty-two inputs; a fast machine takes a third.
EPOCH_SECONDS = 12e-6
HIDDEN_LAYER_SECONDS = 8e-6
ROW_SECONDS = 70e-9
ACTIVATION_SECONDS = 20e-9
PRODUCT_SECONDS = 0.3e-9


@dataclass(frozen=True)
class Cost:
    """An estimate, good to about a factor of two."""

    seconds: float  # of training on one slow core
    bytes: int  # at the peak of training, the run included


def estimate_cost(experiment: Experiment) -> Cost:
    """Estimate what `train` will take for an experiment, from its sizes alone."""
    rows, features = experiment.dataset.inputs.shape
    hidden, epochs, weights = experiment.hidden_units, experiment.epochs, experiment.weight_count
    epoch_seconds = (
        EPOCH_SECONDS
        + HIDDEN_LAYER_SECONDS * (hidden > 0)
        + rows * (ROW_SECONDS + ACTIVATION_SECONDS * hidden + PRODUCT_SECONDS * weights)
    )
    losses = 2 * (epochs + 1)
    kept = weights * (epochs // state_spacing(experiment) + 1)
    block = block_epochs(experiment) * (weights + 8 * rows + 50)
    working = rows * (features + 3 * hidden + 8)
    return Cost(epochs * epoch_seconds, 8 * (losses + kept + block + working))

"""What a run will take, told before it is made."""

from dataclasses import dataclass

from core.experiment import Experiment
from core.tape import BLOCK_ROWS, STATE_NUMBERS, WHOLE_ROWS
from core.training import block_updates, state_spacing, tape_updates

# Seconds, measured on a slow shared core with two to thirty-two inputs; a fast machine takes a third.
UPDATE_SECONDS = 10e-6
HIDDEN_LAYER_SECONDS = 8e-6
OUTPUT_SECONDS = 50e-9  # of a row
HIDDEN_UNIT_SECONDS = 20e-9
PRODUCT_SECONDS = 1e-9

OPERATIONS_BYTES = 1_000  # of a layer, for each update of a tape,
BATCH_BYTES = 4_000  # or for each batch of its own


@dataclass(frozen=True)
class Cost:
    """An estimate, good to about a factor of two."""

    seconds: float  # of training on one slow core
    bytes: int  # at the peak of training, the run included


def row_seconds(experiment: Experiment) -> float:
    """Estimate what a row takes on its way through the network and, as long, back."""
    hidden, outputs = sum(experiment.hidden_layers), experiment.sizes[-1]
    return OUTPUT_SECONDS * outputs + HIDDEN_UNIT_SECONDS * hidden + PRODUCT_SECONDS * experiment.weight_count


def estimate_cost(experiment: Experiment) -> Cost:
    """Estimate what `train` will take for an experiment, from its sizes alone."""
    rows, features = experiment.inputs.shape
    updates, weights = experiment.updates, experiment.weight_count
    hidden, outputs = sum(experiment.hidden_layers), experiment.sizes[-1]
    seen = len(experiment.dataset.targets) + (experiment.batch_size or 0)  # all rows for the losses, besides a batch
    update_seconds = (
        UPDATE_SECONDS + HIDDEN_LAYER_SECONDS * len(experiment.hidden_layers) + seen * row_seconds(experiment)
    )

    block, on_tape = min(rows, WHOLE_ROWS) if rows <= WHOLE_ROWS else BLOCK_ROWS, tape_updates(experiment, updates)
    losses = (4 if experiment.held_out else 2) * (updates + 1)
    kept = weights * (updates // state_spacing(experiment) + 1)
    is_whole = experiment.updates_per_epoch == 1
    at_once = min(updates, block_updates(experiment, on_tape))
    tape = (on_tape + at_once) * weights + (8 * at_once * block * outputs if is_whole else 8 * STATE_NUMBERS)
    working = block * (features + 3 * hidden + 12 * outputs)
    operations = on_tape * (OPERATIONS_BYTES if is_whole else BATCH_BYTES) * (len(experiment.hidden_layers) + 1)
    return Cost(updates * update_seconds, operations + 8 * (losses + kept + tape + working))

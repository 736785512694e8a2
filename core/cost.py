"""What a run will take, told before it is made."""

from dataclasses import dataclass

from core.arrays import WHOLE_ROWS
from core.experiment import Experiment
from core.tape import BLOCK_ROWS, STATE_NUMBERS
from core.training import block_updates, state_spacing, tape_updates

# Seconds, measured on a slow shared core with two to thirty-two inputs; a fast machine takes a third.
UPDATE_SECONDS = 10e-6
HIDDEN_LAYER_SECONDS = 8e-6
OUTPUT_SECONDS = 50e-9  # of a row
HIDDEN_UNIT_SECONDS = 20e-9
PRODUCT_SECONDS = 1e-9

OPERATIONS_BYTES = 1_000  # of a layer, for each update of a tape,
BATCH_BYTES = 4_000  # or for each batch of its own

NETWORK_FACTOR = 2  # of many networks side by side each takes longer than its numbers would alone
GROUP_BYTES = 48 * 2**20  # of seeds that are trained together
SPREAD_STATES, SPREAD_ROWS = 201, 12  # whose losses and whose outputs are kept of each seed


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
    update_seconds = _operations_seconds(experiment) + _rows_seconds(experiment)
    block, on_tape = _rows_at_once(rows), tape_updates(experiment, updates)
    losses = (4 if experiment.held_out else 2) * (updates + 1)
    kept = weights * (updates // state_spacing(experiment) + 1)
    is_whole = experiment.updates_per_epoch == 1
    at_once = min(updates, block_updates(experiment, on_tape))
    tape = (on_tape + at_once) * weights + (8 * at_once * block * outputs if is_whole else 8 * STATE_NUMBERS)
    taken = features + 2 * (features + 1) * experiment.has_biases  # the copies with a last 1
    working = block * (taken + 3 * hidden + 12 * outputs) + (rows * outputs if rows > WHOLE_ROWS else 0)
    operations = on_tape * (OPERATIONS_BYTES if is_whole else BATCH_BYTES) * (len(experiment.hidden_layers) + 1)
    return Cost(updates * update_seconds, operations + 8 * (losses + kept + tape + working))


def estimate_spread(experiment: Experiment, seeds: int) -> Cost:
    """Estimate what `spread_of` will take for so many seeds."""
    groups = -(-seeds // seeds_at_once(experiment, seeds))
    operations = groups * _operations_seconds(experiment)
    rows = seeds * NETWORK_FACTOR * _rows_seconds(experiment)
    kept = 8 * seeds * (min(experiment.updates + 1, SPREAD_STATES) + SPREAD_ROWS * experiment.sizes[-1])
    return Cost(experiment.updates * (operations + rows), 2 * kept + _group_bytes(experiment, -(-seeds // groups)))


def seeds_at_once(experiment: Experiment, seeds: int) -> int:
    """Return how many of so many seeds are trained together, so that they need no more than `GROUP_BYTES`.

    Where rows are held out, it is one: each seed learns from rows of its own.
    """
    if experiment.held_out:
        return 1
    while seeds > 1 and _group_bytes(experiment, seeds) > GROUP_BYTES:
        seeds = -(-seeds // 2)
    return seeds


def _operations_seconds(experiment: Experiment) -> float:
    """Return what the operations of an update take, be there few numbers or none."""
    return UPDATE_SECONDS + HIDDEN_LAYER_SECONDS * len(experiment.hidden_layers)


def _rows_seconds(experiment: Experiment) -> float:
    """Return what the numbers of an update take."""
    seen = len(experiment.dataset.targets) + (experiment.batch_size or 0)  # all rows for the losses, besides a batch
    return row_seconds(experiment) * seen


def _rows_at_once(rows: int) -> int:
    return rows if rows <= WHOLE_ROWS else BLOCK_ROWS


def _group_bytes(experiment: Experiment, seeds: int) -> int:
    """Return what training so many seeds together takes."""
    rows, outputs, hidden = len(experiment.inputs), experiment.sizes[-1], sum(experiment.hidden_layers)
    on_tape = tape_updates(experiment, experiment.updates, seeds)
    at_once = min(experiment.updates, block_updates(experiment, on_tape, seeds))
    is_whole = experiment.updates_per_epoch == 1
    states = (on_tape + at_once + 4) * experiment.weight_count
    block = _rows_at_once(rows)
    logits = 8 * at_once * block * outputs if is_whole else 0
    working = block * (6 * hidden + 16 * outputs)
    operations = on_tape * (OPERATIONS_BYTES if is_whole else BATCH_BYTES) * (len(experiment.hidden_layers) + 1)
    return operations + 8 * seeds * (states + logits + working)

"""What went wrong in a run, told from its numbers.

Something is wrong where rows end on the wrong side of one half, or where the loss keeps jumping. The
last update says why. Each row pulls each weight by input · delta, so the update is small either because
the slopes have made all pulls small (saturation), or because the pulls cancel.

Pulls that cancel settle more: if some weights separated the rows, the pull of every row would point
their way, and the sum of the pulls could not be 0. That is P. Gordan's theorem (1873).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
import numpy.typing as npt

from core.arrays import Array
from core.dataset import Dataset
from core.metrics import rows_right, sides
from core.network import BackwardLayer, ForwardLayer, backward, forward
from core.objectives import OBJECTIVES, Objective
from core.training import Run

Kind = Literal[
    "saturated", "oscillates", "not_converged", "contradiction", "zero_inputs", "needs_bias", "not_separable"
]
Mask: TypeAlias = npt.NDArray[np.bool_]  # (rows,)

ENDING = 0.1  # of the epochs are the end of a run,
SHORTEST_ENDING = 20  # or so many, for rises to be more than a coincidence
RISE = 0.01  # of the loss, or of that of outputs of one half if it is more: a rise that can be seen in a chart
OFTEN = 0.25  # of the epochs: a loss that jumps between two to four values rises as often
FLAT = 0.01  # a slope; the largest is 0.25, and an output of 0.99 or 0.01 has about this one
STOPPED = 0.01  # of the update that the errors ask for: learning takes a hundred times as long
CANCELLED = 1e-4  # of the pulls on a weight: rows that can be separated by more than a hair leave more
STILL_FALLING = 0.05  # of all that the loss fell from its highest; in a tenth of an even fall it would be 0.1
ROUNDING = 1e-9  # of a number: less may be rounding


@dataclass(frozen=True)
class Finding:
    """Something that went wrong.

    - "saturated": these rows are wrong, but slopes near 0 keep the network from learning from them.
    - "oscillates": the loss rises again and again, since the learning rate is too large.
    - "not_converged": these rows are wrong and the loss is still falling, so more epochs help.
    - "contradiction": each of these rows has the inputs of another whose target is on the other side of
      one half, so that no network gets all of them right.
    - "zero_inputs": all inputs of these rows are 0, for which a single neuron without bias answers one half.
    - "needs_bias": no weights of a single neuron get these rows right and all others too, without a bias.
    - "not_separable": no weights of a single neuron get these rows right and all others too.

    The loss is that of the experiment's objective; "the end" is the last `epochs` epochs.
    """

    kind: Kind
    rows: tuple[int, ...]  # counted from 0; where the loss oscillates, those wrong in the final state, maybe none
    slope: float  # the largest factor by which slopes scale what these rows' errors ask for; 1 without rows
    epochs: int
    rises: int  # how often the loss rose noticeably at the end
    fall: float  # how far the loss fell over the end; below 0 if it rose


def diagnose(run: Run) -> tuple[Finding, ...]:
    """Find what went wrong in a run, by one pass forward and one back: nothing, mostly, or one or two things.

    The first finding, if any, is how training went; the last may be that some rows cannot all be right.
    """
    experiment, dataset = run.experiment, run.experiment.dataset
    objective, losses = OBJECTIVES[experiment.objective], run.loss
    layers = forward(dataset.inputs, run.weights)
    steps = backward(layers, dataset.targets, objective.name)
    epochs = min(experiment.epochs, max(SHORTEST_ENDING, int(ENDING * experiment.epochs)))
    rises, fall = _rises(losses[-1 - epochs :], objective), float(losses[-1 - epochs] - losses[-1])
    slopes = _slopes(steps, objective)

    def finding(kind: Kind, rows: Mask) -> Finding:
        positions = tuple(np.flatnonzero(rows).tolist())
        slope = float(slopes[rows].max()) if positions else 1.0
        return Finding(kind, positions, slope, epochs, rises, fall)

    contradicting = _contradicting(dataset)
    hopeless = contradicting if contradicting.any() else _immovable(dataset, experiment.hidden_units)
    table = (finding("contradiction" if contradicting.any() else "zero_inputs", hopeless),) if hopeless.any() else ()
    wrong = ~rows_right(layers[-1].activation[:, 0], dataset.targets) & ~hopeless
    flat = wrong & (slopes < FLAT)
    if rises >= max(2, OFTEN * epochs):
        return finding("oscillates", wrong), *table
    if not wrong.any():
        return table
    if not experiment.hidden_units and _pulls_cancel(dataset, steps[0]):
        return table or (finding("not_separable" if _has_bias(dataset) else "needs_bias", wrong),)
    if flat.any() and _stopped(layers, steps):
        return finding("saturated", flat), *table
    if fall > ROUNDING * losses[-1] and fall >= STILL_FALLING * (losses.max() - losses[-1]):
        return finding("not_converged", wrong), *table
    return table


def _rises(losses: Array, objective: Objective) -> int:
    """Count the noticeable rises from one state to the next."""
    of_one_half = objective.loss(np.zeros(1), np.ones(1))
    return int(np.sum(np.diff(losses) > RISE * np.maximum(losses[:-1], of_one_half)))


def _slopes(steps: Sequence[BackwardLayer], objective: Objective) -> Array:
    """Return the factor (rows,) by which slopes scale what a row's error asks for: the smallest on its way."""
    slopes = [step.slope.max(axis=1) for step in steps]
    if not objective.delta_has_slope:
        slopes[-1] = np.ones_like(slopes[-1])
    return np.asarray(np.min(slopes, axis=0))


def _contradicting(dataset: Dataset) -> Mask:
    """Mark the rows with the inputs of another row whose target is on the other side: one of them stays wrong."""
    side = sides(dataset.targets)
    group = np.unique(dataset.inputs, axis=0, return_inverse=True)[1].ravel()
    return np.asarray(np.isin(group, group[side > 0]) & np.isin(group, group[side < 0]) & (side != 0))


def _immovable(dataset: Dataset, hidden_units: int) -> Mask:
    """Mark the rows of zeros, for which a single neuron answers one half whatever its weights."""
    return np.asarray(~dataset.inputs.any(axis=1) & (sides(dataset.targets) != 0) & (hidden_units == 0))


def _has_bias(dataset: Dataset) -> bool:
    """Tell whether an input is the same in every row, and not 0."""
    first = dataset.inputs[0]
    return bool(np.any((dataset.inputs == first).all(axis=0) & (first != 0)))


def _pulls_cancel(dataset: Dataset, neuron: BackwardLayer) -> bool:
    """Tell whether the rows' pulls prove that no weights of a single neuron get all rows right."""
    delta, size = neuron.delta[:, 0], np.abs(neuron.delta[:, 0])
    if np.any(delta * sides(dataset.targets) != size) or size.sum() <= ROUNDING * np.abs(neuron.error).sum():
        return False  # a row pulls away from its side, or the pulls are lost in saturation
    pulls = np.abs(dataset.inputs).T @ size
    return bool(np.all(np.abs(neuron.update[:, 0]) <= CANCELLED * pulls))


def _stopped(layers: Sequence[ForwardLayer], steps: Sequence[BackwardLayer]) -> bool:
    """Tell whether every layer's update is tiny beside the one that the errors, without slopes, ask for."""
    error = np.abs(steps[-1].error)
    for layer, step in zip(reversed(layers), reversed(steps), strict=True):
        if np.abs(step.update).max() > STOPPED * (np.abs(layer.inputs).T @ error).max():
            return False
        error = error @ np.abs(layer.weights).T
    return True

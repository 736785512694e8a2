"""What went wrong in a run, told from its numbers.

Something is wrong where rows end on the wrong side of one half, or where the loss keeps jumping. Either
training went wrong, which its losses and its last state show, or the table asks for what the network
cannot do, which is told only where it is proven.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
import numpy.typing as npt

from core.arrays import Array
from core.dataset import Dataset
from core.metrics import rows_right, sides
from core.network import BackwardLayer, ForwardLayer, backward, forward
from core.objectives import OBJECTIVES, Objective
from core.separability import separable
from core.training import Run

TrainingKind = Literal["oscillates", "saturated", "hidden_saturated", "not_converged"]
TableKind = Literal["contradiction", "zero_inputs", "needs_bias", "not_separable"]
Mask: TypeAlias = npt.NDArray[np.bool_]  # (rows,)

ENDING = 0.1  # of the epochs are the end of a run,
SHORTEST_ENDING = 20  # or so many, for rises to be more than a coincidence
RISE = 0.01  # of the loss, or of that of outputs of one half if it is more: a rise that can be seen in a chart
OFTEN = 0.25  # of the epochs: a loss that jumps between two to four values rises as often
FLAT = 0.01  # a slope; the largest is 0.25, and an output of 0.99 or 0.01 has about this one
STOPPED = 0.01  # of the update that the errors ask for: learning takes a hundred times as long
STILL_FALLING = 0.05  # of all that the loss fell from its highest; in a tenth of an even fall it would be 0.1
ROUNDING = 1e-9  # of a number: less may be rounding


@dataclass(frozen=True)
class Finding:
    """Something that went wrong.

    With training:

    - "oscillates": the loss rises again and again, since the learning rate is too large.
    - "saturated": the output's slope is near 0 for these rows, and scales all that they could change.
    - "hidden_saturated": the slopes of all hidden units are near 0 for these rows.
    - "not_converged": the loss still falls.

    With the table, and proven:

    - "contradiction": each of these rows has the inputs of another one of them whose target is on the
      other side of one half, so no network gets all of them right.
    - "zero_inputs": all inputs of these rows are 0, for which a single neuron answers one half.
    - "needs_bias": no weights of a single neuron get every row right, but with a bias some would.
    - "not_separable": no weights of a single neuron get every row right, and with a bias none would.

    The loss is that of the experiment's objective; "the end" is the last `epochs` epochs.
    """

    kind: TrainingKind | TableKind
    rows: tuple[int, ...]  # counted from 0: those above, else all that are wrong in the final state, maybe none
    slope: float  # the largest of those above; 1 for other kinds
    epochs: int
    rises: int  # how often the loss rose noticeably at the end
    fall: float  # how far the loss fell over the end; below 0 if it rose


def diagnose(run: Run) -> tuple[Finding, ...]:
    """Find what went wrong in a run: nothing, mostly; else one thing with training, one with the table, or both."""
    experiment, dataset = run.experiment, run.experiment.dataset
    objective, losses = OBJECTIVES[experiment.objective], run.loss
    layers = forward(dataset.inputs, run.weights)
    steps = backward(layers, dataset.targets, objective.name)
    epochs = min(experiment.epochs, max(SHORTEST_ENDING, int(ENDING * experiment.epochs)))
    rises, fall = _rises(losses[-1 - epochs :], objective), float(losses[-1 - epochs] - losses[-1])

    def finding(kind: TrainingKind | TableKind, rows: Mask, slope: float = 1.0) -> Finding:
        return Finding(kind, tuple(np.flatnonzero(rows).tolist()), slope, epochs, rises, fall)

    wrong = ~rows_right(layers[-1].activation[:, 0], dataset.targets)
    table_kind, table_rows = _table_fault(dataset, experiment.hidden_units, wrong)
    table = (finding(table_kind, table_rows),) if table_kind else ()
    wrong &= ~table_rows
    if rises >= max(2, OFTEN * epochs):
        return finding("oscillates", wrong), *table
    if _stopped(layers, steps):
        for kind, slopes in _scales(steps, objective):
            flat = wrong & (slopes < FLAT)
            if flat.any():
                return finding(kind, flat, float(slopes[flat].max())), *table
    if wrong.any() and fall > ROUNDING * losses[-1] and fall >= STILL_FALLING * (losses.max() - losses[-1]):
        return finding("not_converged", wrong), *table
    return table


def _rises(losses: Array, objective: Objective) -> int:
    """Count the noticeable rises from one state to the next."""
    of_one_half = objective.loss(np.zeros(1), np.ones(1))
    return int(np.sum(np.diff(losses) > RISE * np.maximum(losses[:-1], of_one_half)))


def _scales(steps: Sequence[BackwardLayer], objective: Objective) -> Iterator[tuple[TrainingKind, Array]]:
    """Yield the slopes that scale what each row changes (rows,), of a layer the largest; the output's come first."""
    if objective.delta_has_slope:
        yield "saturated", steps[-1].slope[:, 0]
    for step in steps[:-1]:
        yield "hidden_saturated", step.slope.max(axis=1)


def _stopped(layers: Sequence[ForwardLayer], steps: Sequence[BackwardLayer]) -> bool:
    """Tell whether every layer's update is tiny beside the one that the errors, without slopes, ask for."""
    error = np.abs(steps[-1].error)
    for layer, step in zip(reversed(layers), reversed(steps), strict=True):
        if np.abs(step.update).max() > STOPPED * (np.abs(layer.inputs).T @ error).max():
            return False
        error = error @ np.abs(layer.weights).T
    return True


def _table_fault(dataset: Dataset, hidden_units: int, wrong: Mask) -> tuple[TableKind | None, Mask]:
    """Return why the table's rows cannot all be right, if that is so, and the rows that it explains."""
    contradicting = _contradicting(dataset)
    if contradicting.any() or hidden_units:
        return ("contradiction" if contradicting.any() else None), contradicting
    zeros = np.asarray(~dataset.inputs.any(axis=1) & (dataset.targets != 0.5))
    if zeros.any():
        return "zero_inputs", zeros
    kind = _inseparable(dataset) if wrong.any() else None
    return kind, wrong if kind else np.zeros_like(wrong)


def _contradicting(dataset: Dataset) -> Mask:
    """Mark the rows with the inputs of another row whose target is on the other side: one of them stays wrong."""
    side = sides(dataset.targets)
    group = np.unique(dataset.inputs, axis=0, return_inverse=True)[1].ravel()
    return np.asarray(np.isin(group, group[side > 0]) & np.isin(group, group[side < 0]) & (side != 0))


def _inseparable(dataset: Dataset) -> TableKind | None:
    """Say why no weights of a single neuron get every row right; None if some do, or neither is proven."""
    inputs, side = dataset.inputs, sides(dataset.targets)
    has_bias = np.any((inputs == inputs[0]).all(axis=0) & (inputs[0] != 0))
    with_bias = separable(inputs if has_bias else np.column_stack([inputs, np.ones(len(inputs))]), side)
    if with_bias is False:
        return "not_separable"
    return "needs_bias" if with_bias and not has_bias and separable(inputs, side) is False else None

"""What went wrong in a run, told from its numbers.

Something is wrong where rows end on the wrong side of one half, or where the loss keeps jumping. Either
training went wrong, which its losses and its last state show, or the table asks for what the network
cannot do, which is told only where it is proven.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

import numpy as np
import numpy.typing as npt

from core.arrays import Array
from core.experiment import Experiment
from core.metrics import right, sides
from core.network import BackwardLayer, ForwardLayer, backward, forward, with_ones
from core.objectives import OBJECTIVES, Objective
from core.separability import separable
from core.training import Run

TrainingKind = Literal["symmetric", "oscillates", "saturated", "hidden_saturated", "stuck", "not_converged"]
TableKind = Literal["contradiction", "zero_inputs", "needs_bias", "not_separable"]
Mask: TypeAlias = npt.NDArray[np.bool_]  # (rows,)
Outputs: TypeAlias = npt.NDArray[np.bool_]  # (rows, outputs)
Units: TypeAlias = tuple[tuple[int, int], ...]  # layer and unit, counted from 0

ENDING = 0.1  # of the epochs are the end of a run,
SHORTEST_ENDING = 20  # epochs, or all; in fewer, rises may be a coincidence
RISE = 0.01  # of the loss, or of that of outputs of one half if it is more: a rise that can be seen in a chart
OFTEN = 0.25  # of the epochs: a loss that jumps between two to four values rises as often
FLAT = 0.01  # a slope; the largest is 0.25, and an output of 0.99 or 0.01 has about this one
STOPPED = 0.01  # of the update that the errors ask for: learning takes a hundred times as long
STILL_FALLING = 0.05  # of all that the loss fell from its highest; in a tenth of an even fall it would be 0.1
CANCELLED = 0.02  # of what the rows ask for, one by one: others take back the rest
STANDSTILL = 1e-4  # of the loss, over the end of a run: at this pace, ten times the epochs make it a hundredth less
INSEPARABLE: Final[tuple[TableKind, ...]] = ("not_separable", "needs_bias")  # the worse first
ROUNDING = 1e-9  # of a number: less may be rounding
DIGITS = 9  # of a layer's largest weight, in which weights that are equal but for rounding agree


@dataclass(frozen=True)
class Finding:
    """Something that went wrong.

    With training:

    - "symmetric": these hidden units of a layer started equal and are equal in the end, so they are as good as one.
    - "oscillates": the loss rises again and again, since the learning rate is too large.
    - "saturated": the output's slope is near 0 for these rows, and scales all that they could change.
    - "hidden_saturated": the slopes of all units of a hidden layer are near 0 for these rows.
    - "stuck": with hidden units, what the rows ask of the weights nearly cancels, and the loss has stopped falling.
    - "not_converged": the loss still falls.

    With the table, and proven:

    - "contradiction": each of these rows has the inputs of another one of them whose target is on the
      other side of one half, so no network gets all of them right.
    - "zero_inputs": all inputs of these rows are 0, for which a neuron without a bias answers one half.
    - "needs_bias": no weights of a single neuron get every row right, these among them, but with a bias some would.
    - "not_separable": no weights of a single neuron get every row right, these among them, and with a bias none would.

    The loss is that of the experiment's objective; "the end" is the last `epochs` epochs.
    """

    kind: TrainingKind | TableKind
    rows: tuple[int, ...]  # of the table, from 0: those above, else all that are wrong in the final state, maybe none
    slope: float  # the largest of those above; 1 for other kinds
    epochs: int
    rises: int  # how often the loss rose noticeably at the end
    ever_rose: bool  # whether it rose there at all
    fall: float  # how far the loss fell over the end; below 0 if it rose
    units: Units = ()  # those that are equal


def diagnose(run: Run) -> tuple[Finding, ...]:
    """Find what went wrong in a run: nothing, mostly; else one thing with training, one with the table, or both."""
    experiment = run.experiment
    objective, losses = OBJECTIVES[experiment.objective], run.loss[:: experiment.updates_per_epoch]
    targets = experiment.target_columns
    layers = forward(experiment.inputs, run.weights)
    steps = backward(layers, targets, objective.name, fixed_biases=experiment.biases == "fixed")
    epochs = min(experiment.epochs, max(SHORTEST_ENDING, int(ENDING * experiment.epochs)))
    ending = losses[-1 - epochs :]
    rises, fall = _rises(ending, objective), float(ending[0] - ending[-1])
    ever_rose = bool(np.any(np.diff(ending) > ROUNDING * ending[:-1]))

    def finding(kind: TrainingKind | TableKind, rows: Mask, slope: float = 1.0, units: Units = ()) -> Finding:
        of_table = tuple(experiment.training_rows[rows].tolist())
        return Finding(kind, of_table, slope, epochs, rises, ever_rose, fall, units)

    # Scaled targets are amounts, which ask for no side of one half.
    asked = np.full_like(targets, fill_value=0.5) if experiment.scale_targets else targets
    wrong_outputs = ~right(layers[-1].activation, asked)
    table_kind, table_rows, explained = _table_fault(experiment, asked, wrong_outputs)
    table = (finding(table_kind, table_rows),) if table_kind else ()
    wrong_outputs &= ~explained
    wrong = _rows(wrong_outputs)
    if wrong.any() and (units := _equal_units(run)):
        return finding("symmetric", wrong, units=units), *table
    if rises >= max(2, OFTEN * epochs):
        return finding("oscillates", wrong), *table
    if _stopped(layers, steps):
        for kind, slopes in _scales(steps, objective, wrong_outputs):
            flat = wrong & (slopes < FLAT)
            if flat.any():
                return finding(kind, flat, float(slopes[flat].max())), *table
    if wrong.any() and experiment.hidden_layers and fall < STANDSTILL * losses[-1] and _cancel(layers, steps):
        return finding("stuck", wrong), *table
    if wrong.any() and fall > ROUNDING * losses[-1] and fall >= STILL_FALLING * (losses.max() - losses[-1]):
        return finding("not_converged", wrong), *table
    return table


def _rows(outputs: Outputs) -> Mask:
    """Mark the rows that have such an output."""
    return np.asarray(outputs.any(axis=1))


def _rises(losses: Array, objective: Objective) -> int:
    """Count the noticeable rises from one epoch to the next."""
    of_one_half = objective.loss(np.zeros(1), np.ones(1))
    return int(np.sum(np.diff(losses) > RISE * np.maximum(losses[:-1], of_one_half)))


def _equal_units(run: Run) -> Units:
    """Return the largest group of a hidden layer's units whose weights, in and out, are equal before and after."""
    groups: list[Units] = [()]
    for layer, units in enumerate(run.experiment.hidden_layers):
        ends = (run.weights_after(0), run.weights)
        parts = [part for weights in ends for part in (weights[layer], weights[layer + 1][:units].T)]
        columns = np.vstack([np.round(part / (np.abs(part).max() or 1), DIGITS) for part in parts]) + 0.0
        group = np.unique(columns, axis=1, return_inverse=True)[1].ravel()
        groups.append(tuple((layer, int(unit)) for unit in np.flatnonzero(group == np.bincount(group).argmax())))
    largest = max(groups, key=len)
    return largest if len(largest) > 1 else ()


def _scales(
    steps: Sequence[BackwardLayer], objective: Objective, wrong_outputs: Outputs
) -> Iterator[tuple[TrainingKind, Array]]:
    """Yield the slopes that scale what each row changes (rows,), of a layer the largest; the output's come first."""
    if objective.delta_has_slope:
        yield "saturated", np.where(wrong_outputs, steps[-1].slope, 0).max(axis=1)
    for step in steps[:-1]:
        yield "hidden_saturated", step.slope.max(axis=1)


def _stopped(layers: Sequence[ForwardLayer], steps: Sequence[BackwardLayer]) -> bool:
    """Tell whether every layer's update is tiny beside the one that the errors, without slopes, ask for."""
    error = np.abs(steps[-1].error)
    for layer, step in zip(reversed(layers), reversed(steps), strict=True):
        error = error[:, : step.error.shape[1]]  # a bias passes no error back
        if np.abs(step.update).max() > STOPPED * (np.abs(layer.inputs).T @ error).max():
            return False
        error = error @ np.abs(layer.weights).T
    return True


def _cancel(layers: Sequence[ForwardLayer], steps: Sequence[BackwardLayer]) -> bool:
    """Tell whether in every layer the rows' shares of each weight's update nearly take each other back."""
    return all(
        np.abs(step.update).max() <= CANCELLED * (np.abs(layer.inputs).T @ np.abs(step.delta)).max()
        for layer, step in zip(layers, steps, strict=True)
    )


def _table_fault(experiment: Experiment, targets: Array, wrong: Outputs) -> tuple[TableKind | None, Mask, Outputs]:
    """Return why the table's rows cannot all be right, if that is so, the rows it is about, and what it explains."""
    contradicting = _contradicting(experiment, targets)
    if contradicting.any() or experiment.hidden_layers:
        return ("contradiction" if contradicting.any() else None), _rows(contradicting), contradicting
    asked = _rows(targets != 0.5)
    zeros = np.asarray(~experiment.inputs.any(axis=1) & asked & (not experiment.has_biases))
    if zeros.any():
        return "zero_inputs", zeros, zeros[:, np.newaxis]
    kinds = [_inseparable(experiment, output) if wrong[:, output].any() else None for output in range(wrong.shape[1])]
    told = next((kind for kind in INSEPARABLE if kind in kinds), None)
    of_kind = np.array([kind is not None and kind == told for kind in kinds])
    inseparable = np.array([[kind is not None for kind in kinds]])
    return told, _rows(wrong[:, of_kind]), inseparable


def _contradicting(experiment: Experiment, targets: Array) -> Outputs:
    """Mark the outputs of rows with the inputs of another row whose target is on the other side: one stays wrong."""
    group = np.unique(experiment.dataset.inputs[experiment.training_rows], axis=0, return_inverse=True)[1].ravel()
    return np.stack(
        [np.isin(group, group[side > 0]) & np.isin(group, group[side < 0]) & (side != 0) for side in sides(targets).T],
        axis=1,
    )


def _inseparable(experiment: Experiment, output: int) -> TableKind | None:
    """Say why no weights of a neuron get every row right; None if some do, or neither is proven."""
    inputs, side = experiment.inputs, sides(experiment.target_columns[:, output])
    constant = np.any((inputs == inputs[0]).all(axis=0) & (inputs[0] != 0))
    has_bias = constant or experiment.has_biases
    with_bias = separable(inputs if constant else with_ones(inputs), side)
    if with_bias is False:
        return "not_separable"
    return "needs_bias" if with_bias and not has_bias and separable(inputs, side) is False else None

"""The slips that are known: what a number becomes when something is forgotten, turned or taken for something else."""

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from core import sigmoid
from core.arrays import Array
from ui.worked import one_row
from ui.worked.exercise import Exercise


@dataclass(frozen=True)
class Slip:
    """A slip: the quantity that it makes wrong, what is said about it, and the wrong number, where it can happen."""

    name: str
    of: str
    sentence: str
    number: Callable[[Exercise], float | None]


def slips_in(exercise: Exercise, quantity: str) -> list[tuple[Slip, float]]:
    """Return the slips that can happen with a quantity, each with the number that it leads to."""
    numbers = [(slip, slip.number(exercise)) for slip in SLIPS if slip.of == quantity]
    return [(slip, number) for slip, number in numbers if number is not None and math.isfinite(number)]


def _flipped(quantity: str) -> Callable[[Exercise], float]:
    return lambda exercise: -exercise.value(quantity)


def _product_of_products(exercise: Exercise, quantity: str) -> float | None:
    terms = exercise.questions[quantity].values
    return (math.prod(terms) or None) if len(terms) > 2 else None


def _is_hidden(exercise: Exercise) -> bool:
    return not exercise.step.is_output


def _has_slope(exercise: Exercise) -> bool:
    return "slope" in exercise.questions


def _learned_weights(exercise: Exercise) -> Array:
    """Return the neuron's weights (inputs,) after the update."""
    return exercise.step.weights + exercise.step.update


def _total_after(exercise: Exercise) -> float:
    step = exercise.step
    return float(step.ahead.inputs[step.row] @ _learned_weights(exercise))


def _error_after(exercise: Exercise) -> float | None:
    """Return a hidden neuron's error, had the next layer's weights been updated before it."""
    step = exercise.step
    layer, unit = step.neuron
    if step.is_output:
        return None
    learned = step.forward[layer + 1].weights[unit] + step.updates[layer + 1][unit]
    return float(step.backward[layer + 1].delta[step.row] @ learned)


def _delta_after(exercise: Exercise) -> float | None:
    error = _error_after(exercise)
    return None if error is None else error * exercise.value("slope")


def _without_bias(exercise: Exercise) -> float | None:
    step = exercise.step
    return exercise.value("total input") - float(step.weights[-1]) if step.has_bias else None


def _unscaled(exercise: Exercise) -> float | None:
    """Return the total input, had the table's numbers been taken instead of the standardised ones."""
    step = exercise.step
    if step.neuron[0] or not any(step.scaled):
        return None
    features = step.table.shape[1]
    return float(step.table[step.row] @ step.weights[:features] + step.weights[features:].sum())


def _slope_at_total_input(exercise: Exercise) -> float:
    z = exercise.value("total input")
    return z * (1 - z)


def _error_times(factor: Callable[[Exercise], float]) -> Callable[[Exercise], float | None]:
    return lambda exercise: exercise.value("error") * factor(exercise) if _has_slope(exercise) else None


def _output_alone(exercise: Exercise) -> float:
    return exercise.value("output")


def _one(_exercise: Exercise) -> float:
    return 1.0


def _delta_of_cross_entropy(exercise: Exercise) -> float | None:
    return None if _is_hidden(exercise) else _error_times(_one)(exercise)


def _delta_of_squared_error(exercise: Exercise) -> float | None:
    if _has_slope(exercise):
        return None
    return exercise.value("error") * one_row.slope_number(exercise.step).value


def _rate(exercise: Exercise) -> float:
    return exercise.step.run.experiment.learning_rate


def _without_rate(exercise: Exercise) -> float | None:
    return exercise.update.total.value if _rate(exercise) != 1 else None


def _mean(exercise: Exercise) -> float | None:
    rows = len(exercise.step.batch)
    return exercise.value("change") / rows if rows > 1 else None


def _this_row_alone(exercise: Exercise) -> float | None:
    step = exercise.step
    if step.row not in step.batch or len(step.batch) == 1:
        return None
    return _rate(exercise) * exercise.input.value * exercise.value("delta")


def _sum_over_rows(exercise: Exercise, numbers: Array) -> float:
    """Return the learning rate times the sum of `numbers` (rows, units) of the update's rows."""
    return _rate(exercise) * float(numbers[exercise.step.batch, exercise.step.neuron[1]].sum())


def _without_inputs(exercise: Exercise) -> float:
    return _sum_over_rows(exercise, exercise.step.behind.delta)


def _without_slopes(exercise: Exercise) -> float | None:
    step = exercise.step
    if not _has_slope(exercise):
        return None
    return _sum_over_rows(exercise, step.ahead.inputs[:, [exercise.place]] * step.behind.error)


def _from_changed(slip: Slip) -> Slip:
    """Return what a slip in the change makes of the new weight."""

    def number(exercise: Exercise) -> float | None:
        change = slip.number(exercise)
        return None if change is None else exercise.update.old.value + change

    return replace(slip, of="new weight", number=number)


_UPDATED: Final = "weights that are already updated"
_NOT_YET: Final = (
    "That comes out with weights that are already updated. A step uses the weights of its state throughout."
)
_FLIPPED: Final = "sign flipped"
_AT_Z: Final = "slope taken at z"
_PRODUCT: Final = "a product instead of a sum"
_ALL_MULTIPLIED: Final = "That is everything multiplied. The products are added up."

_OF_CHANGE: Final = (
    Slip(_FLIPPED, "change", "The sign is flipped. The change is added as it is, not taken away.", _flipped("change")),
    Slip("learning rate forgotten", "change", "The learning rate is forgotten: it multiplies the sum.", _without_rate),
    Slip(
        "one row instead of all",
        "change",
        "That is what this row alone asks for. The change sums it over all rows of the update.",
        _this_row_alone,
    ),
    Slip("mean instead of sum", "change", "That is the mean over the rows. The change is their sum.", _mean),
    Slip(
        "input forgotten",
        "change",
        "That is the sum of the deltas alone. Each is multiplied by the input of its row first.",
        _without_inputs,
    ),
    Slip(
        "slope forgotten",
        "change",
        "That comes out with errors in place of deltas. A delta is the error times the slope.",
        _without_slopes,
    ),
)

SLIPS: Final = (
    Slip(_FLIPPED, "total input", "The sign is flipped.", _flipped("total input")),
    Slip("bias forgotten", "total input", "The bias is forgotten: it is added to the products.", _without_bias),
    Slip(
        "inputs not standardised",
        "total input",
        "That comes out with the numbers of the table. The network is given the standardised ones.",
        _unscaled,
    ),
    Slip(_PRODUCT, "total input", _ALL_MULTIPLIED, lambda exercise: _product_of_products(exercise, "total input")),
    Slip(_UPDATED, "total input", _NOT_YET, _total_after),
    Slip(
        _FLIPPED,
        "output",
        "The sign is flipped: it is e to the power of minus the total input.",
        lambda exercise: 1 - exercise.value("output"),
    ),
    Slip(
        "sigmoid forgotten",
        "output",
        "That is the total input. The output is its sigmoid.",
        lambda exercise: exercise.value("total input"),
    ),
    Slip(_UPDATED, "output", _NOT_YET, lambda exercise: float(sigmoid(_total_after(exercise)))),
    Slip(
        _FLIPPED,
        "error",
        "The sign is flipped: the error is the target minus the output.",
        lambda exercise: None if _is_hidden(exercise) else -exercise.value("error"),
    ),
    Slip(
        _FLIPPED,
        "error",
        "The sign is flipped.",
        lambda exercise: -exercise.value("error") if _is_hidden(exercise) else None,
    ),
    Slip(
        _PRODUCT,
        "error",
        _ALL_MULTIPLIED,
        lambda exercise: _product_of_products(exercise, "error") if _is_hidden(exercise) else None,
    ),
    Slip(_UPDATED, "error", _NOT_YET, _error_after),
    Slip("1 − a forgotten", "slope", "That is the output alone. The slope is that times 1 minus it.", _output_alone),
    Slip(
        _AT_Z,
        "slope",
        "That is the total input times 1 minus it. The slope is made of the output in the same way.",
        _slope_at_total_input,
    ),
    Slip(_FLIPPED, "slope", "The sign is flipped: a slope of the sigmoid is never negative.", _flipped("slope")),
    Slip(
        "cross-entropy's delta for squared error",
        "delta",
        "That is the error alone, the delta of cross-entropy. For squared error it is multiplied by the slope.",
        _delta_of_cross_entropy,
    ),
    Slip(
        "squared error's delta for cross-entropy",
        "delta",
        "That is the error times the slope, the delta of squared error. For cross-entropy it is the error alone.",
        _delta_of_squared_error,
    ),
    Slip(
        "slope forgotten",
        "delta",
        "The slope is forgotten: the delta is the error times the slope.",
        lambda exercise: exercise.value("error") if _is_hidden(exercise) else None,
    ),
    Slip(
        "1 − a forgotten",
        "delta",
        "That is the error times the output. The slope is the output times 1 minus it.",
        _error_times(_output_alone),
    ),
    Slip(
        _AT_Z,
        "delta",
        "That comes out with a slope taken at the total input. It is made of the output.",
        _error_times(_slope_at_total_input),
    ),
    Slip(_FLIPPED, "delta", "The sign is flipped: a delta has the sign of its error.", _flipped("delta")),
    Slip(_UPDATED, "delta", _NOT_YET, _delta_after),
    *_OF_CHANGE,
    Slip(
        "old weight forgotten",
        "new weight",
        "That is the change. The new weight is the old one plus it.",
        lambda exercise: exercise.value("change"),
    ),
    Slip(
        _PRODUCT,
        "new weight",
        "That is the weight times the change. The change is added.",
        lambda exercise: exercise.update.old.value * exercise.value("change"),
    ),
    Slip(
        _UPDATED,
        "new weight",
        "That comes out if the change is added to a weight that is already updated. It is added once.",
        lambda exercise: exercise.update.old.value + 2 * exercise.value("change"),
    ),
    *map(_from_changed, _OF_CHANGE),
)

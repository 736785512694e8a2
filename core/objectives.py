"""What training makes small: each objective's loss, and the delta it sends back.

With z the logit of an output, a = sigmoid(z) and y its target, one output's

    squared error  is  ½(y - a)²                     and its delta  (y - a) · a(1 - a)
    cross-entropy  is  -y ln a - (1 - y) ln(1 - a)   and its delta   y - a

A delta is minus the derivative of the loss by z (M. Nielsen, "Neural Networks and Deep Learning",
chapter 3; P. Sadowski, "Notes on Backpropagation"). A row's loss is the sum over its outputs, a
network's the mean over the rows. The losses are computed from the logit: from `a`, a saturated output
would lose its last digits and then give log(0).
"""

from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

import numpy as np

from core.arrays import Array

ObjectiveName = Literal["squared_error", "cross_entropy"]
Losses: TypeAlias = dict[ObjectiveName, Array]

FEW = 7  # rows, of which NumPy sums a column the same way whether or not there are others
MOST_FOLDS = 9  # a product of 2⁹ terms up to 2 is a float


@dataclass(frozen=True)
class Objective:
    """A loss, and the delta that descends it."""

    name: ObjectiveName
    delta_has_slope: bool

    def loss(self, logits: Array, targets: Array) -> Array:
        """Return this objective's loss; shapes as in `losses`."""
        return losses(logits, targets)[self.name]

    def delta(self, error: Array, slope: Array) -> Array:
        """Return the delta of the output layer for its error y - a and its slope a(1 - a), all (rows, outputs)."""
        return error * slope if self.delta_has_slope else error


OBJECTIVES: Final[dict[ObjectiveName, Objective]] = {
    "squared_error": Objective("squared_error", delta_has_slope=True),
    "cross_entropy": Objective("cross_entropy", delta_has_slope=False),
}


def losses(logits: Array, targets: Array) -> Losses:
    """Return both losses (...) of `logits` (..., rows) and `targets` (rows,), or of both (..., rows, outputs).

    They are finite, and keep all their digits however small they are.
    """
    logits = logits if targets.ndim > 1 else logits[..., np.newaxis]
    sums = loss_sums(-logits, targets.reshape(logits.shape[-2:]))
    return {name: sum_ / len(targets) for name, sum_ in sums.items()}


def loss_sums(negated_logits: Array, targets: Array) -> Losses:
    """Return both losses (...), summed over rows and outputs, from -z (..., rows, outputs) and y (rows, outputs)."""
    # With g how far y is from the side that z is on, and t = e^-|z|, the cross-entropy is g|z| + ln(1 + t)
    # and the error, but for its sign, (g - (1 - g)t) / (1 + t). Nothing cancels.
    *networks, rows, outputs = negated_logits.shape
    negated = negated_logits.reshape(-1, rows * outputs).T.copy()  # each network a column, summed as if it were alone
    gap = np.abs(targets.reshape(-1, 1) - (negated < 0))
    size = np.abs(negated, out=negated)
    tail = np.exp(-size)
    error = gap - (1 - gap) * tail
    error /= 1 + tail
    size *= gap
    squared, entropy = 0.5 * _sum(np.square(error, out=error)), _sum(size) + _sum_of_log1p(tail)
    return {"squared_error": squared.reshape(networks), "cross_entropy": entropy.reshape(networks)}


def _sum(numbers: Array) -> Array:
    """Sum each column, pairwise; `numbers` is used up."""
    while len(numbers) > FEW:
        half = len(numbers) // 2
        numbers[:half] += numbers[-half:]
        numbers = numbers[: len(numbers) - half]
    return np.asarray(np.add.reduce(numbers, axis=0))


def _sum_of_log1p(numbers: Array) -> Array:
    """Sum ln(1 + t) over each column's numbers t, from 0 to 1; `numbers` is used up.

    A logarithm is dear. (1 + s)(1 + t) = 1 + (s + t + st) makes two of them one, and nothing cancels.
    """
    for _ in range(MOST_FOLDS):
        if len(numbers) > FEW:
            half = len(numbers) // 2
            first, last = numbers[:half], numbers[-half:]
            product = first * last
            first += last
            first += product
            numbers = numbers[: len(numbers) - half]
    return _sum(np.log1p(numbers))

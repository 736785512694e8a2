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

GOOD_ERROR = 1e-6  # the mean square of errors y - a that have lost no digit that matters
FEW = 7  # rows, of which NumPy sums a column the same way whether or not there are others
GOOD_ENTROPY = 0.01  # the mean cross-entropy of outputs that have lost none either
TERMS = 128  # of outputs, of which one logarithm is taken, if their product is not below
LEAST_PRODUCT = 1e-200  # far from the smallest float
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
    negated = -logits if targets.ndim > 1 else -logits[..., np.newaxis]
    with np.errstate(over="ignore"):
        sums = loss_sums(negated, np.exp(negated), targets.reshape(negated.shape[-2:]))
    return {name: sum_ / len(targets) for name, sum_ in sums.items()}


def loss_sums(negated_logits: Array, odds: Array, targets: Array, error: Array | None = None) -> Losses:
    """Return both losses (...), summed over rows and outputs, from -z and e^-z (..., rows, outputs).

    `targets` is (rows, outputs). Where the error y - a is there anyway, it gives the squared error, unless that is
    so small that the digits which `a` has lost matter.
    """
    # With g how far y is from the side that z is on, and t = e^-|z|, the cross-entropy is g|z| + ln(1 + t)
    # and the error, but for its sign, (g - (1 - g)t) / (1 + t). Nothing cancels.
    negated, tail = _columns(negated_logits), _columns(odds)
    gap = np.abs(targets.reshape(-1, 1) - (negated < 0))
    with np.errstate(over="ignore", divide="ignore"):
        np.minimum(tail, np.reciprocal(tail), out=tail)
    squared = np.einsum("...ij,...ij", error, error) if error is not None else None
    if squared is None or squared.min() < GOOD_ERROR * targets.size:
        exact = gap - (1 - gap) * tail
        exact /= 1 + tail
        squared = _sum(np.square(exact, out=exact))
    np.abs(negated, out=negated)
    negated *= gap
    sums: Losses = {"squared_error": 0.5 * squared, "cross_entropy": _sum(negated) + _sum_of_log1p(tail)}
    return {name: sum_.reshape(odds.shape[:-2]) for name, sum_ in sums.items()}


def rough_loss_sums(negated_logits: Array, negated_outputs: Array, error: Array, misses: Array) -> Losses | None:
    """Return what `loss_sums` does, for one network by a quicker way; None where digits that matter would be lost.

    No digit is lost as long as no loss is small and no output next to 0. `misses` are y - 1; the cross-entropy of an
    output is (1 - y)z - ln a, and one logarithm does for the product of `TERMS` outputs. All arrays are
    (rows, outputs).
    """
    outputs, rest = negated_outputs.ravel(), misses.size % TERMS
    products = np.multiply.reduce(outputs[rest:].reshape(TERMS, -1), axis=0)  # positive: of an even number of them
    if rest:
        products = np.append(products, -outputs[:rest])
    if products.min() < LEAST_PRODUCT:
        return None
    entropy = np.vdot(misses, negated_logits) - np.log(products).sum()
    squared = 0.5 * np.vdot(error, error)
    if entropy < GOOD_ENTROPY * misses.size or squared < GOOD_ERROR * misses.size:
        return None
    return {"squared_error": np.asarray(squared), "cross_entropy": np.asarray(entropy)}


def _columns(numbers: Array) -> Array:
    """Copy (..., rows, outputs) into (rows · outputs, …): each network a column, summed as if it were alone."""
    return numbers.reshape(-1, numbers.shape[-2] * numbers.shape[-1]).T.copy()


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

"""What training makes small: each objective's loss, and the delta it sends back.

With z the logit of the output, a = sigmoid(z) and y the target, one row's

    squared error  is  ½(y - a)²                     and its delta  (y - a) · a(1 - a)
    cross-entropy  is  -y ln a - (1 - y) ln(1 - a)   and its delta   y - a

A delta is minus the derivative of the row's loss by z (M. Nielsen, "Neural Networks and Deep
Learning", chapter 3; P. Sadowski, "Notes on Backpropagation"). The losses are computed from the
logit: from `a`, a saturated output would lose its last digits and then give log(0).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from core.arrays import Array

ObjectiveName = Literal["squared_error", "cross_entropy"]


@dataclass(frozen=True)
class Objective:
    """A loss, and the delta that descends it."""

    name: ObjectiveName
    loss: Callable[[Array, Array], Array]  # of logits (..., rows) and targets (rows,): the mean over the rows (...)
    delta_has_slope: bool

    def delta(self, error: Array, slope: Array) -> Array:
        """Return the delta of the output layer for its error y - a and its slope a(1 - a), all (rows, 1)."""
        return error * slope if self.delta_has_slope else error


def cross_entropy(logits: Array, targets: Array) -> Array:
    """Mean binary cross-entropy over the last axis, the rows, of `logits` (..., rows); finite."""
    # -ln a = softplus(-z), -ln(1 - a) = softplus(z), and softplus(z) = max(z, 0) + log1p(e^-|z|)
    wrong_side = targets * np.maximum(-logits, 0) + (1 - targets) * np.maximum(logits, 0)
    return np.asarray(np.mean(wrong_side + np.log1p(np.exp(-np.abs(logits))), axis=-1))


def squared_error(logits: Array, targets: Array) -> Array:
    """Mean of ½(y - a)² over the last axis, the rows, of `logits` (..., rows)."""
    # y - a = y(1 - a) - (1 - y)a, with the smaller of a and 1 - a computed without cancellation
    tail = np.exp(-np.abs(logits))
    smaller, larger = tail / (1 + tail), 1 / (1 + tail)
    positive = logits > 0
    error = targets * np.where(positive, smaller, larger) - (1 - targets) * np.where(positive, larger, smaller)
    return np.asarray(np.mean(0.5 * error**2, axis=-1))


OBJECTIVES: Final[dict[ObjectiveName, Objective]] = {
    "squared_error": Objective("squared_error", squared_error, delta_has_slope=True),
    "cross_entropy": Objective("cross_entropy", cross_entropy, delta_has_slope=False),
}

"""What training makes small: the value of each objective, and the delta it sends back.

With z the logit of the output, a = sigmoid(z) and y the target, one row's

    squared error  is  ½(y - a)²                     and its delta  (y - a) · a(1 - a)
    cross-entropy  is  -y ln a - (1 - y) ln(1 - a)   and its delta   y - a

A delta is minus the derivative of the row's value by z (M. Nielsen, "Neural Networks and Deep
Learning", chapter 3; P. Sadowski, "Notes on Backpropagation"). The values are computed from the
logit: from `a`, a saturated output would lose its last digits and then give log(0).
"""

from typing import Literal, get_args

import numpy as np

from core.arrays import Array

Objective = Literal["squared_error", "cross_entropy"]
OBJECTIVES: tuple[Objective, ...] = get_args(Objective)


def output_delta(objective: Objective, error: Array, slope: Array) -> Array:
    """Return the delta of the output layer for its error and its sigmoid's slope, both (rows, 1)."""
    return error * slope if objective == "squared_error" else error


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


def objective_value(objective: Objective, logits: Array, targets: Array) -> Array:
    """Mean of an objective over the last axis, the rows, of `logits` (..., rows)."""
    return (squared_error if objective == "squared_error" else cross_entropy)(logits, targets)

"""Standardised inputs: on one scale, whatever units the columns are in."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from core.arrays import LARGEST_NUMBER, Array, read_only

TINY = float(np.finfo(np.float64).tiny)  # of deviations, below which there are not all digits
LARGE_INPUT = 3.0  # from about where a weight of order one makes of a number a logit where the sigmoid is flat


def varies(inputs: Array) -> npt.NDArray[np.bool_]:
    """Tell of each column (features,) of `inputs` (rows, features) whether its numbers differ."""
    return np.asarray(np.ptp(inputs, axis=0) > 0)


def largest_varying(inputs: Array) -> float:
    """Return the largest size of a number in the columns of `inputs` (rows, features) that vary; 0 if none does."""
    return float(np.abs(inputs[:, varies(inputs)]).max(initial=0))


def are_large(inputs: Array) -> bool:
    """Tell whether `inputs` (rows, features) have a number beyond order one in a column that varies."""
    return largest_varying(inputs) > LARGE_INPUT


def are_far_from_0(inputs: Array) -> bool:
    """Tell whether a column of `inputs` (rows, features) that varies is further from 0 than its numbers differ."""
    is_far = np.abs(inputs).min(axis=0) > np.ptp(inputs, axis=0)
    return bool((is_far & varies(inputs)).any())


@dataclass(frozen=True, eq=False)
class Scaling:
    """What is taken from each column (features,), and what it is then divided by.

    That is 0 and 1 for a constant column, and for one that varies by less than float64 has digits for.
    """

    means: Array
    deviations: Array

    @property
    def changes(self) -> npt.NDArray[np.bool_]:
        """Tell of each column (features,) whether anything is done to it: not to a constant one."""
        return np.asarray((self.means != 0) | (self.deviations != 1))

    @staticmethod
    def of(inputs: Array) -> "Scaling":
        """Return the mean and the standard deviation of each column of `inputs` (rows, features), over all rows."""
        means = inputs.mean(axis=0)
        largest = np.maximum(np.abs(inputs - means).max(axis=0), TINY)  # so that no square is too small or too large
        deviations = largest * np.sqrt(np.mean(np.square((inputs - means) / largest), axis=0))
        is_scaled = varies(inputs) & (deviations > TINY)
        return Scaling(read_only(np.where(is_scaled, means, 0)), read_only(np.where(is_scaled, deviations, 1)))

    def apply(self, inputs: Array) -> Array:
        """Return `inputs` (..., features) as the network is given them.

        They are within -1e50 to 1e50, also for a row that no column's deviation is of.
        """
        with np.errstate(over="ignore"):
            scaled = (inputs - self.means) / self.deviations
        return read_only(np.clip(scaled, -LARGEST_NUMBER, LARGEST_NUMBER))

    def undo(self, weights: Array) -> tuple[Array, Array]:
        """Return what the first layer's `weights` are per unit of the table (features, units), and a constant (units,).

        `weights` are (features, units), or (features + 1, units) with biases. For inputs as the table has them,
        logit = inputs @ per_unit + constant, since w · (x - m) / d = (w / d) · x - w · (m / d). Where columns
        differ so little that their weights per unit are beyond float64's range, these are infinite.
        """
        features = len(self.means)
        with np.errstate(over="ignore"):
            per_unit = weights[:features] / self.deviations[:, np.newaxis]
        constant = weights[features:].sum(axis=0) - (self.means / self.deviations) @ weights[:features]
        return read_only(per_unit), read_only(constant)

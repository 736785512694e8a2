"""Standardised inputs: on one scale, whatever units the columns are in."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from core.arrays import Array, read_only

LARGE_INPUT = 10.0  # to which weights of order one make a sigmoid flat


def largest_varying(inputs: Array) -> float:
    """Return the largest size of a number in the columns of `inputs` (rows, features) that vary; 0 if none does."""
    return float(np.abs(inputs[:, np.ptp(inputs, axis=0) > 0]).max(initial=0))


@dataclass(frozen=True, eq=False)
class Scaling:
    """What is taken from each column (features,), and what it is then divided by: 0 and 1 for a constant column."""

    means: Array
    deviations: Array

    @property
    def changes(self) -> npt.NDArray[np.bool_]:
        """Tell of each column (features,) whether anything is done to it: not to a constant one."""
        return np.asarray((self.means != 0) | (self.deviations != 1))

    @staticmethod
    def of(inputs: Array) -> "Scaling":
        """Return the mean and the standard deviation of each column of `inputs` (rows, features), over all rows."""
        varies = np.ptp(inputs, axis=0) > 0
        means = np.where(varies, inputs.mean(axis=0), 0)
        largest = np.where(varies, np.abs(inputs - means).max(axis=0), 1)  # so that no square is too small or too large
        spread = np.sqrt(np.mean(np.square((inputs - means) / largest), axis=0))
        return Scaling(read_only(means), read_only(np.where(varies, largest * spread, 1)))

    def apply(self, inputs: Array) -> Array:
        """Return `inputs` (..., features) as the network is given them."""
        return read_only((inputs - self.means) / self.deviations)

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

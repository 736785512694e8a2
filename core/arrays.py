"""The arrays everything here is made of."""

from typing import Any, TypeAlias, TypeVar

import numpy as np
import numpy.typing as npt

Array: TypeAlias = npt.NDArray[np.float64]
Rows: TypeAlias = npt.NDArray[np.int64]  # counted from 0
Weights: TypeAlias = tuple[Array, ...]  # one array (inputs, units) a layer, first layer first
AnyArray = TypeVar("AnyArray", bound=npt.NDArray[Any])

# Up to this size of inputs, starting weights and learning rate, no product on the way overflows.
LARGEST_NUMBER = 1e50

WHOLE_ROWS = 4096  # of a table that is taken at once; a larger one is kept column by column, as products want it


def read_only(array: AnyArray) -> AnyArray:
    """Return `array` itself, from now on read-only."""
    array.setflags(write=False)
    return array


def flat(layers: Weights) -> Array:
    """Return all weights (weights,), layer by layer, in the order of the arrays."""
    return np.concatenate([np.ravel(layer) for layer in layers])

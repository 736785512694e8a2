"""The arrays everything here is made of."""

from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Array: TypeAlias = npt.NDArray[np.float64]
Weights: TypeAlias = tuple[Array, ...]  # one array (inputs, units) a layer, first layer first


def read_only(array: Array) -> Array:
    """Return `array` itself, from now on read-only."""
    array.setflags(write=False)
    return array

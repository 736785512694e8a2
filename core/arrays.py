"""The arrays everything here is made of."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, TypeAlias, TypeVar

import numpy as np
import numpy.typing as npt

Array: TypeAlias = npt.NDArray[np.float64]
Rows: TypeAlias = npt.NDArray[np.int64]  # counted from 0
Weights: TypeAlias = tuple[Array, ...]  # one array (inputs, units) a layer, first layer first
Operations: TypeAlias = list[Callable[[], object]]  # prepared, to be played one after the other
Product: TypeAlias = Callable[[Array, Array], object]  # of a left factor that stays: (right, out)
AnyArray = TypeVar("AnyArray", bound=npt.NDArray[Any])

# Up to this size of inputs, starting weights and learning rate, no product on the way overflows.
LARGEST_NUMBER = 1e50

WHOLE_ROWS = 4096  # that are taken at once; a larger data set is kept column by column, as products want it


def read_only(array: AnyArray) -> AnyArray:
    """Return `array` itself, from now on read-only."""
    array.setflags(write=False)
    return array


def flat(layers: Weights) -> Array:
    """Return all weights (weights,), layer by layer, in the order of the arrays."""
    return np.concatenate([np.ravel(layer) for layer in layers])


def product(left: Array, networks: Sequence[int]) -> Product:
    """Return `product(right, out)`, out = left · right, for networks stacked as `networks`.

    For one network, () of them, it is `dot` where that copies nothing: it is faster, and has the same bits.
    """
    return partial(np.matmul, left) if networks or not left.flags.forc else left.dot

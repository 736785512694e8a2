"""Both losses of many rows, by a quicker way than `objectives.loss_sums`, in operations that are prepared once.

The cross-entropy of an output is (1 - y)z - ln a, and one logarithm does for the product of `TERMS` outputs. No digit
is lost as long as no loss is small and no output next to 0.
"""

from collections.abc import Callable, Sequence
from functools import partial
from itertools import accumulate, pairwise
from typing import TypeAlias

import numpy as np

from core.arrays import Array
from core.network import ForwardLayer
from core.objectives import OBJECTIVES, Losses, loss_sums

Operations: TypeAlias = list[Callable[[], object]]
Product: TypeAlias = Callable[[Array, Array], object]  # of a left factor that stays: (right, out)

GOOD_LOSS = 1e-5  # a squared error of which no digit that matters is lost; the cross-entropy is four times it or more
TERMS = 32  # of outputs, of which one logarithm is taken, if their product is not below
LEAST_PRODUCT = 1e-200  # far from the smallest float


def product(left: Array, networks: Sequence[int]) -> Product:
    """Return `product(right, out)`, out = left · right: where it copies nothing the faster `dot`, same bits."""
    return partial(np.matmul, left) if networks or not left.flags.forc else left.dot


class QuickLosses:
    """Where the operations of some blocks of rows leave what the losses are made of.

    Once digits that matter would be lost, each block's are the exact ones from then on.
    """

    def __init__(self, networks: Sequence[int], sizes: Sequence[int]) -> None:
        """Prepare for blocks of `sizes` outputs each, of networks stacked as `networks`: () is one."""
        self._networks, self._size = tuple(networks), sum(sizes)
        self._terms = list(pairwise(accumulate((-(-size // TERMS) for size in sizes), initial=0)))
        self._products = np.empty((*networks, self._terms[-1][1]))
        self._sums = np.empty((2, len(sizes), *networks, 1, 1))
        self._is_exact, self._exact = False, list[Losses]()

    def operations(
        self, block: int, negated_logits: Array, negated_outputs: Array, error: Array, targets: Array
    ) -> Operations:
        """Return those of a block, from -z, -a and y - a (…, rows, outputs), and y (rows, outputs)."""
        rest, (first, end) = targets.size % TERMS, self._terms[block]
        column = (*self._networks, -1, 1)
        outputs, errors = negated_outputs.reshape(column), error.reshape(column)
        products = self._products[..., first:end]
        misses = (targets - 1).reshape(1, -1)
        operations: Operations = [
            partial(product(misses, self._networks), negated_logits.reshape(column), self._sums[0, block]),
            partial(product(errors.mT, self._networks), errors, self._sums[1, block]),
            partial(self._add_exact, negated_logits, targets),
        ]
        for terms, factors, out in (
            (TERMS, outputs[..., rest:, 0], products[..., bool(rest) :]),
            (rest, outputs[..., :rest, 0], products[..., : bool(rest)]),
        ):
            if factors.size:
                table = factors.reshape(*self._networks, terms, -1)
                operations.append(partial(np.multiply.reduce, table, -2, None, out))
        return operations

    def sums(self) -> Losses | None:
        """Return both losses (…), summed over rows and outputs, of one state; None where digits are lost."""
        if self._is_exact:
            sums: Losses = {name: np.sum([exact[name] for exact in self._exact], axis=0) for name in OBJECTIVES}
            self._exact.clear()
            return sums
        products = np.maximum(np.abs(self._products), LEAST_PRODUCT)
        first, squares = self._sums.sum(axis=1)[..., 0, 0]
        entropy, squared = first - np.log(products).sum(axis=-1), 0.5 * squares
        self._is_exact = bool(np.min(squared) < GOOD_LOSS * self._size or products.min() <= LEAST_PRODUCT)
        return None if self._is_exact else {"squared_error": squared, "cross_entropy": entropy}

    def _add_exact(self, negated_logits: Array, targets: Array) -> None:
        if self._is_exact:
            self._exact.append(loss_sums(negated_logits, targets))


def quick_sums(layer: ForwardLayer, targets: Array) -> Losses | None:
    """Return both losses (…), summed over rows and outputs, of a last layer and its `targets` (rows, outputs).

    It is None where digits that matter would be lost.
    """
    losses = QuickLosses(layer.logit.shape[:-2], [targets.size])
    for operation in losses.operations(0, -layer.logit, -layer.activation, targets - layer.activation, targets):
        operation()
    return losses.sums()

"""Both losses of many rows, by a quicker way than `objectives.loss_sums`, in operations that are prepared once.

The cross-entropy of an output is (1 - y)z - ln a, and one logarithm does for the product of `TERMS` outputs. Where
digits that matter would be lost, the losses are the exact ones: where they are small, or what is left of numbers that
cancel, and in blocks of rows with outputs next to 0.
"""

from collections.abc import Sequence
from functools import partial
from itertools import accumulate, pairwise

import numpy as np

from core.arrays import Array, Operations, product
from core.network import ForwardLayer
from core.objectives import Losses, loss_sums

GOOD_LOSS = 1e-5  # a squared error of which no digit that matters is lost
GOOD_SHARE = 1e-3  # of the logarithms, that a cross-entropy is: it has lost none either
TERMS = 32  # of outputs, of which one logarithm is taken, if their product is not below
LEAST_PRODUCT = 1e-200  # far from the smallest float


class QuickLosses:
    """Where the operations of some blocks of rows leave what the losses are made of."""

    def __init__(self, networks: Sequence[int], sizes: Sequence[int]) -> None:
        """Prepare for blocks of `sizes` outputs each, of networks stacked as `networks`: () is one."""
        self._networks, self._size = tuple(networks), sum(sizes)
        ends = accumulate((size // TERMS + 1 for size in sizes), initial=0)
        self._terms = [slice(first, end) for first, end in pairwise(ends)]  # of each block, those left over first
        self._products = np.empty((*networks, self._terms[-1].stop))
        self._sums = np.empty((2, len(sizes), *networks, 1, 1))
        self._is_exact = np.zeros(len(sizes), bool)

    def operations(
        self, block: int, negated_logits: Array, negated_outputs: Array, error: Array, targets: Array
    ) -> Operations:
        """Return those of a block, from -z, -a and y - a (…, rows, outputs), and y (rows, outputs)."""
        rest, products = targets.size % TERMS, self._products[..., self._terms[block]]
        networks, column = self._networks, (*self._networks, -1, 1)
        outputs, errors = negated_outputs.reshape(column), error.reshape(column)
        terms = outputs[..., rest:, 0].reshape(*networks, TERMS, -1)
        return [
            partial(
                product((targets - 1).reshape(1, -1), networks), negated_logits.reshape(column), self._sums[0, block]
            ),
            partial(product(errors.mT, networks), errors, self._sums[1, block]),
            partial(np.multiply.reduce, outputs[..., :rest, :], -2, None, products[..., :1]),
            partial(np.multiply.reduce, terms, -2, None, products[..., 1:]),
            partial(self._put_exact, block, negated_logits, targets),
        ]

    def sums(self) -> Losses | None:
        """Return both losses (…), summed over rows and outputs, of a state.

        None if digits would be lost that have not been so far: the next state's are exact there.
        """
        products = np.maximum(np.abs(self._products), LEAST_PRODUCT)
        first, squares = self._sums.sum(axis=1)[..., 0, 0]
        logarithms = np.log(products).sum(axis=-1)
        entropy, squared = first - logarithms, 0.5 * squares
        least = np.minimum.reduceat(products, [terms.start for terms in self._terms], axis=-1)
        is_lost = (least <= LEAST_PRODUCT).reshape(-1, len(self._terms)).any(axis=0)
        is_lost |= np.any((squared < GOOD_LOSS * self._size) | (entropy < -GOOD_SHARE * logarithms))
        if np.any(is_lost & ~self._is_exact):
            self._is_exact |= is_lost
            return None
        return {"squared_error": squared, "cross_entropy": entropy}

    def _put_exact(self, block: int, negated_logits: Array, targets: Array) -> None:
        """Put the exact losses of a block in the place of the quick ones, if it needs them."""
        if self._is_exact[block]:
            sums = loss_sums(negated_logits, targets)
            self._products[..., self._terms[block]] = 1
            self._sums[:, block, ..., 0, 0] = sums["cross_entropy"], 2 * sums["squared_error"]


def quick_sums(layer: ForwardLayer, targets: Array) -> Losses | None:
    """Return both losses (…), summed over rows and outputs, of a last layer and its `targets` (rows, outputs).

    It is None where digits that matter would be lost.
    """
    losses = QuickLosses(layer.logit.shape[:-2], [targets.size])
    for operation in losses.operations(0, -layer.logit, -layer.activation, targets - layer.activation, targets):
        operation()
    return losses.sums()

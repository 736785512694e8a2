"""Can one straight cut through the point 0 part the rows by their sides? Told only with a proof.

Let each row of Z be a row's inputs times its side, 1 or -1. Then exactly one of two things exists
(P. Gordan, 1873):

- weights w with Z w > 0: they put every row on its side;
- numbers y ≥ 0, not all 0, with Zᵀ y = 0: whatever w is, yᵀ Z w = 0, so not every row of Z w is above 0.

Least squares finds it (C. Lawson and R. Hanson, "Solving Least Squares Problems", 1974, chapter 23):
bring Zᵀ y as near to 0, and the sum of y as near to 1, as y ≥ 0 can. If Zᵀ y becomes 0, there is the y;
else w = Zᵀ y ends up with Z w > 0. Floats search, and what they find is proven in whole numbers: times a
power of 2, every float is one. Where floats are too coarse, a small table is searched in fractions.
"""

from collections.abc import Callable
from fractions import Fraction
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from core.arrays import Array

Exact: TypeAlias = npt.NDArray[np.object_]  # of whole numbers or fractions
Numbers: TypeAlias = npt.NDArray[Any]  # either these or floats

MOST_STEPS = 300  # of a search: 10,000 rows of 32 inputs take about 150
MOST_EXACT_CELLS = 400  # of a table to search in fractions
ROUNDING = 1e-13  # of numbers up to 1: less may be 0
EPSILON = float(np.finfo(np.float64).eps)
UNDERFLOW = 1e-300  # of a sum: more than its products may have lost by being too small for a float


def separable(inputs: Array, sides: Array) -> bool | None:
    """Tell whether some weights w (features,) put every row on its side: sides · (inputs @ w) > 0.

    `inputs` (rows, features) are finite; `sides` (rows,) are 1, -1, or 0 for rows that may be anywhere.
    What is told is proven. None means that the work was bounded, and no proof found.
    """
    sided = sides != 0
    if not sided.any():
        return True
    table = _scaled(sides[sided, np.newaxis] * inputs[sided])
    weights, support = _search(table, _nearest, ROUNDING)
    if _all_above_zero(table, weights):
        return True
    if _surely_cancel(table[support]) or _cancel(_whole(table[support])):
        return False
    if table.size > MOST_EXACT_CELLS:
        return None
    exact_table = _whole(table)
    weights, support = _search(exact_table, _nearest_exact, 0)
    if np.all(exact_table @ weights > 0):
        return True
    return False if _cancel(exact_table[support]) else None


def _scaled(table: Array) -> Array:
    """Bring columns, then rows, near 1 by powers of 2, which changes no answer; not if digits would be lost."""
    columns = np.frexp(np.abs(table).max(axis=0))[1]
    scaled = np.ldexp(table, -columns)
    rows = np.frexp(np.abs(scaled).max(axis=1, keepdims=True))[1]
    scaled = np.ldexp(scaled, -rows)
    return scaled if np.array_equal(np.ldexp(np.ldexp(scaled, rows), columns), table) else table


def _search(table: Numbers, nearest: Callable[[Any], Any], rounding: float) -> tuple[Numbers, npt.NDArray[np.int_]]:
    """Return the w = Zᵀ y of the least squares, Z being `table`, and the places of the y > 0.

    `nearest(rows)` is the least squares of some rows without the condition y ≥ 0. In every step the row
    that w puts furthest from its side comes in, and the rows whose y would fall below 0 go.
    """
    support = np.array([0])
    y = nearest(table[support])
    for _ in range(MOST_STEPS):
        weights = y @ table[support]
        margins = table @ weights
        entering = int(np.argmin(margins))
        if margins[entering] > 0 or np.abs(weights).max() <= rounding:
            break
        if entering in support or len(support) > table.shape[1]:  # all that is left over is rounding
            break
        support, y = np.append(support, entering), np.append(y, 0 * y[:1])
        goal = nearest(table[support])
        while goal[-1] > 0 and np.any(goal <= 0):
            falling = np.flatnonzero(goal <= 0)
            shares = y[falling] / (y[falling] - goal[falling])  # of the way to the goal, until each is 0
            y = y + np.min(shares) * (goal - y)
            y[falling[np.argmin(shares)]] = 0  # whatever the rounding
            y, support = y[y > 0], support[y > 0]
            goal = nearest(table[support])
        if goal[-1] <= 0:  # as the row comes in, its y rises, but for rounding
            break
        y = goal
    return weights, support


def _nearest(rows: Array) -> Array:
    """Return the y that bring rowsᵀ y nearest to 0 and their sum nearest to 1, in floats."""
    goal = np.zeros(rows.shape[1] + 1)
    goal[-1] = 1
    return np.linalg.lstsq(np.vstack([rows.T, np.ones(len(rows))]), goal)[0]


def _nearest_exact(rows: Exact) -> Exact:
    """Return the same in fractions, or none if that does not settle every y.

    They solve (rows rowsᵀ + 1) y = 1: E. Bareiss, "Sylvester's Identity and Multistep Integer-Preserving
    Gaussian Elimination" (1968), of whole `rows`, has no fractions before the last division.
    """
    equations = np.hstack([rows @ rows.T + 1, np.ones((len(rows), 1), dtype=object)])
    divisor = 1
    for place, equation in enumerate(equations):
        pivot, below = equation[place], equations[place + 1 :]
        if pivot == 0:
            return np.empty(0, dtype=object)
        below[:] = (pivot * below - np.outer(below[:, place], equation)) // divisor
        divisor = pivot
    y = np.zeros(len(rows), dtype=object)
    for place in reversed(range(len(rows))):
        y[place] = Fraction(equations[place, -1] - equations[place, :-1] @ y) / equations[place, place]
    return y


def _all_above_zero(table: Array, weights: Array) -> bool:
    """Prove table @ weights > 0: in floats where rounding leaves no doubt, else in whole numbers."""
    sizes = np.abs(table) @ np.abs(weights)
    doubtful = table @ weights <= 2 * len(weights) * EPSILON * sizes + UNDERFLOW
    return bool(np.all(_whole(table[doubtful]) @ _whole(weights[np.newaxis])[0] > 0))


def _surely_cancel(rows: Array) -> bool:
    """Prove that rowsᵀ y = 0 for some y ≥ 0, in floats; False where rounding leaves a doubt.

    Let X be nearly the inverse of A, and q < 1 at least the norm of 1 - X A. Then A y = b has one solution,
    and a given y is off by at most the norm of X (b - A y), divided by 1 - q (S. Rump, "Verification methods:
    Rigorous results using floating-point arithmetic", 2010, section 10).
    """
    size = len(rows)
    if size != rows.shape[1] + 1:
        return False
    equations, sums = np.vstack([rows.T, np.ones(size)]), np.eye(size)[-1]
    inverse = np.linalg.pinv(equations)
    y = inverse @ sums
    rounding = 4 * size * EPSILON  # of a sum of products, beside the sum of their sizes
    sizes = np.abs(inverse) @ np.abs(equations)
    norm = (np.abs(np.eye(size) - inverse @ equations) + rounding * sizes + UNDERFLOW).sum(axis=1).max()
    left_over = np.abs(sums - equations @ y) + rounding * (np.abs(equations) @ np.abs(y) + sums) + UNDERFLOW
    furthest = (np.abs(inverse) @ left_over).max() / (1 - 0.5)
    return bool(norm < 0.5 and y.min() > 2 * furthest)  # twice, for the rounding of these bounds themselves


def _cancel(rows: Exact) -> bool:
    """Prove that rowsᵀ y = 0 for some y ≥ 0."""
    y = _nearest_exact(rows)
    return bool(y.size and np.all(y >= 0) and not np.any(y @ rows))


def _whole(rows: Array) -> Exact:
    """Multiply each row by the power of 2 that makes it whole numbers."""
    whole = np.empty(rows.shape, dtype=object)
    for place, row in enumerate(rows.tolist()):
        ratios = [number.as_integer_ratio() for number in row]
        denominator = max(below for _, below in ratios)  # all are powers of 2
        whole[place] = [above * (denominator // below) for above, below in ratios]
    return whole

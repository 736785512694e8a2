"""Is there a cut? J. Fourier's and T. Motzkin's elimination, in fractions: slow, and nothing of `core`."""

from fractions import Fraction


def some_weights_work(inputs, sides):
    """Tell whether some w has side · (inputs · w) > 0 for every row whose side is not 0."""
    inequalities = {
        tuple(Fraction(int(side)) * Fraction(float(number)) for number in row)
        for row, side in zip(inputs, sides, strict=True)
        if side
    }
    for _ in range(len(inputs[0])):
        inequalities = _without_the_last_weight(inequalities)
    return not inequalities  # what is left reads 0 > 0


def _without_the_last_weight(inequalities):
    """Return what the inequalities a · w > 0 ask of all weights but the last: each lower bound below each upper one."""
    lower = [[number / row[-1] for number in row[:-1]] for row in inequalities if row[-1] > 0]
    upper = [[number / -row[-1] for number in row[:-1]] for row in inequalities if row[-1] < 0]
    pairs = {tuple(map(sum, zip(one, other, strict=True))) for one in lower for other in upper}
    return pairs | {row[:-1] for row in inequalities if row[-1] == 0}

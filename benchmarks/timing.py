"""Two ways of doing the same, timed in turn, so that a machine that slows down slows both."""

from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from time import perf_counter

ROUNDS = 41
WARM_UP = 2


@dataclass(frozen=True)
class Pair:
    """Medians of seconds, and of the ratios of pairs: how many times as fast as the other the one is."""

    one: float
    other: float
    ratio: float


def pair(one: Callable[[], object], other: Callable[[], object], rounds: int = ROUNDS) -> Pair:
    """Time one way and the other, again and again."""
    timed = [(seconds(one), seconds(other)) for _ in range(WARM_UP + rounds)][WARM_UP:]
    ones, others = zip(*timed, strict=True)
    return Pair(median(ones), median(others), median(theirs / mine for mine, theirs in timed))


def seconds(do: Callable[[], object]) -> float:
    """Time one way once."""
    start = perf_counter()
    do()
    return perf_counter() - start

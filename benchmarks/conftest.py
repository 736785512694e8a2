"""How two ways of doing the same are timed: in turn, so that a machine that slows down slows both."""

from statistics import median
from time import perf_counter

import pytest

ROUNDS = 41
RATIOS = pytest.StashKey[list[str]]()


def pytest_configure(config):
    config.stash[RATIOS] = []


@pytest.fixture
def ratio(benchmark, request):
    """Return a function that times one way beside another and records the median of their ratios."""

    def measure(one, other, wording, rounds=ROUNDS):
        others_seconds = []

        def run_other():
            start = perf_counter()
            other()
            others_seconds.append(perf_counter() - start)

        benchmark.pedantic(one, setup=run_other, rounds=rounds, warmup_rounds=2)
        pairs = zip(others_seconds[-rounds:], benchmark.stats.stats.data, strict=True)
        ratios = [others / ones for others, ones in pairs]
        request.config.stash[RATIOS].append(wording.format(median(ratios)))

    return measure


def pytest_terminal_summary(terminalreporter, config):
    terminalreporter.section("ratios: median of pairs timed in turn")
    for line in config.stash[RATIOS]:
        terminalreporter.line(line)

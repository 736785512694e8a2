"""Readers at human pace: they open the page within some seconds, then each changes the seed now and then."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count, islice
from random import Random
from time import perf_counter

from benchmarks.load.numbers import Table, expected, mistakes, predictions
from benchmarks.load.reader import Reader

SEEDS_A_READER = 1_000


@dataclass
class Waits:
    """What the readers went through."""

    opening: list[float] = field(default_factory=list)  # seconds
    changing: list[float] = field(default_factory=list)
    beside: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Plan:
    """How many readers do what, and when."""

    readers: int
    open_within: float  # seconds
    every: float = 5.0  # seconds from one change to the next
    seconds: float = 0.0  # of changing, after all have opened
    cold: bool = False  # each fetches the page's scripts and styles first, as a browser does that has never been here
    beside: str = ""  # the query of a link that one more reader opens all the while, with one seed after the other

    def seeds(self, reader: int) -> list[int]:
        """Return the seeds of a reader, which no other has: the first to open with, then one a change."""
        changes = int(self.seconds / self.every) + 1 if self.seconds else 0
        first = 10 + reader * SEEDS_A_READER
        return list(range(first, first + 1 + changes))


def right_numbers(plan: Plan) -> dict[int, Table]:
    """Return what each seed has to show; computed before, so as not to take the server's time."""
    return {seed: expected(seed) for reader in range(plan.readers) for seed in plan.seeds(reader)}


async def visit_all(url: str, plan: Plan, right: Mapping[int, Table], assets: Sequence[str] = ()) -> Waits:
    """Have all readers visit, and return how long they waited."""
    waits = Waits()
    random = Random(plan.readers)  # noqa: S311 - the same arrivals every time
    start = perf_counter()
    all_open = asyncio.Barrier(plan.readers)
    beside = asyncio.create_task(_open_again(url, plan.beside, waits)) if plan.beside else None
    async with asyncio.TaskGroup() as group:
        for reader in range(plan.readers):
            pauses = (random.uniform(0, plan.open_within), random.uniform(0, plan.every))
            group.create_task(_visit(url, plan, plan.seeds(reader), right, waits, start, pauses, all_open, assets))
    if beside:
        beside.cancel()
    return waits


async def _open_again(url: str, query: str, waits: Waits) -> None:
    async with Reader(url) as reader:
        for seed in count():
            if not await _timed(lambda: reader.open(f"{query}&seed={seed}"), waits.beside, waits.errors):  # noqa: B023
                return


async def _visit(  # noqa: PLR0913, PLR0917
    url: str,
    plan: Plan,
    seeds: Sequence[int],
    right: Mapping[int, Table],
    waits: Waits,
    start: float,
    pauses: tuple[float, float],
    all_open: asyncio.Barrier,
    assets: Sequence[str],
) -> None:
    async with Reader(url) as reader:
        await _until(start + pauses[0])
        there = await _timed(lambda: _open(reader, seeds[0], assets), waits.opening, waits.errors)
        if there:
            _check(reader, seeds[0], right, waits)
        await all_open.wait()
        begin = perf_counter()
        due = begin + pauses[1]
        for seed in islice(seeds, 1, None):
            await _until(due)
            if perf_counter() > begin + plan.seconds:
                return
            if not there:  # as a reader does to whom the page did not come: again
                there = await _timed(lambda: reader.open(f"seed={seed}"), waits.opening, waits.errors)  # noqa: B023
            else:
                there = await _timed(lambda: reader.set_number("Seed", seed), waits.changing, waits.errors)  # noqa: B023
            if there:
                _check(reader, seed, right, waits)
            due = max(due + plan.every, perf_counter())


async def _open(reader: Reader, seed: int, assets: Sequence[str]) -> None:
    for path in assets:
        await reader.get(path)
    await reader.open(f"seed={seed}")


async def _timed(act: Callable[[], Awaitable[None]], seconds: list[float], errors: list[str]) -> bool:
    """Do something that may fail; note how long it took, or why it failed. Tell whether it worked."""
    start = perf_counter()
    try:
        await act()
    except Exception as error:  # noqa: BLE001 - what a library raises is an error of this visit, not of the others
        errors.append(f"{type(error).__name__}: {error}")
        return False
    seconds.append(perf_counter() - start)
    return True


def _check(reader: Reader, seed: int, right: Mapping[int, Table], waits: Waits) -> None:
    waits.wrong.extend(f"Seed {seed}: {mistake}" for mistake in mistakes(predictions(reader), right[seed]))


async def _until(moment: float) -> None:
    await asyncio.sleep(max(0.0, moment - perf_counter()))

"""The server's time for the page, beside a page that shows the same elements without any work; and what it sends.

As a script, `python -m benchmarks.page` measures the page alone.
"""

import asyncio
import pickle
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Final

from benchmarks.load.__main__ import until_warm
from benchmarks.load.reader import Reader
from benchmarks.load.server import Server, running
from benchmarks.table import Table
from core import EXAMPLES
from deploy.serve import free_ports, page_command
from ui.tabs.tabs import TABS

VISITS: Final = 20
WARM_UP: Final = 2
FIRST_SEED: Final = 100
SECONDS_AT_REST: Final = 0.02  # without any work, after which a server has tidied up
MOST_TIMES, MOST_BYTES_OF_A_RERUN, MOST_BYTES_OF_A_MESSAGE = 1.5, 60_000, 300_000
ACTIONS: Final = ("opening", "a new seed", "a step (State + 1)", "another example")


@dataclass(frozen=True)
class Answer:
    """What a server did about something that a reader did."""

    seconds: float  # of a core
    messages: tuple[bytes, ...]

    @property
    def size(self) -> int:
        """The bytes of all messages."""
        return sum(map(len, self.messages))


def tables() -> list[Table]:
    """Measure, and return the tables."""
    with page_and_reference() as (page, reference, recorded):
        return [asyncio.run(_times(page, reference)), asyncio.run(_sizes(page, recorded))]


@contextmanager
def page_and_reference() -> Iterator[tuple[Server, Server, list[Answer]]]:
    """Serve the page, and beside it a visit to it as it was recorded, which is given, too."""
    with serving("streamlit_app.py") as page, tempfile.TemporaryDirectory() as folder:
        asyncio.run(visit(page, 1))  # in which the other example is trained
        recorded = asyncio.run(visit(page, FIRST_SEED - 1))
        recording = Path(folder) / "recording"
        recording.write_bytes(pickle.dumps([answer.messages for answer in recorded]))
        with serving("benchmarks/reference_page.py", BENCHMARK_RECORDING=str(recording)) as reference:
            yield page, reference, recorded


async def _times(page: Server, reference: Server) -> Table:
    visits = [
        (await visit(page, FIRST_SEED + number), await visit(reference, FIRST_SEED + number))
        for number in range(WARM_UP + VISITS)
    ][WARM_UP:]
    rows = []
    for number, action in enumerate(ACTIONS):
        own, others = ([visit[which][number].seconds for visit in visits] for which in (0, 1))
        ratio = median(mine / its for mine, its in zip(own, others, strict=True))
        rows.append((action, f"{1000 * median(own):.1f}", f"{1000 * median(others):.1f}", f"{ratio:.2f}"))
    return Table(
        "The page beside the reference page",
        ("the server's time", "page, ms", "reference, ms", "ratio"),
        rows,
        f"Milliseconds of a core, medians of {VISITS} visits to both in turn; a ratio is the median of theirs, to be "
        f"at most {MOST_TIMES}. The reference shows the same elements by the same Streamlit calls, ready-made.",
    )


async def _sizes(page: Server, recorded: Sequence[Answer]) -> Table:
    largest = {}
    for example in EXAMPLES:
        for tab in TABS:
            async with Reader(page.url) as reader:
                await reader.open(f"example={example}&tab={tab.key}")
                largest[f"{EXAMPLES[example].title}, {tab.label}"] = max(map(len, reader.received))
    where = max(largest, key=largest.__getitem__)
    rows = [(action, f"{answer.size:,}", "") for action, answer in zip(ACTIONS, recorded, strict=True)]
    rows[1] = (*rows[1][:2], f"{MOST_BYTES_OF_A_RERUN:,}")
    rows.append(
        (f"the largest message of any example and tab ({where})", f"{largest[where]:,}", f"{MOST_BYTES_OF_A_MESSAGE:,}")
    )
    return Table("What the page sends", ("", "bytes", "at most"), rows)


async def visit(server: Server, seed: int) -> list[Answer]:
    """Visit a page, and return what its server did about each action."""
    async with Reader(server.url) as reader:
        await reader.arrive()
        doings: list[Callable[[], Awaitable[None]]] = [
            reader.connect,
            lambda: reader.set_number("Seed", seed),
            lambda: reader.move_slider("State", 1),
            lambda: reader.choose("Example", EXAMPLES["xor-hidden"].title),
        ]
        return [await _answer(server, reader, do) for do in doings]


async def _answer(server: Server, reader: Reader, do: Callable[[], Awaitable[None]]) -> Answer:
    before = await _at_rest(server)
    await do()
    seconds = await _at_rest(server) - before
    return Answer(seconds, tuple(reader.received))


async def _at_rest(server: Server) -> float:
    """Wait until a server has nothing to do; return the seconds of a core that it has used."""
    used = -1.0
    while (now := _processor_time(server)) > used:
        used = now
        await asyncio.sleep(SECONDS_AT_REST)
    return used


def _processor_time(server: Server) -> float:
    """Return the seconds of a core that a process has used, to the microsecond (Linux only)."""
    assert server.process
    return time.clock_gettime((~server.process.pid << 3) | 2)


@contextmanager
def serving(script: str, **variables: str) -> Iterator[Server]:
    """Serve a script until the end of the block."""
    (port,) = free_ports(1)
    with (
        tempfile.TemporaryDirectory() as folder,
        running(page_command(port, script), port, Path(folder) / "log", **variables) as server,
    ):
        asyncio.run(until_warm(server.url, cold=False))
        yield server


if __name__ == "__main__":
    sys.stdout.write("\n".join(table.markdown() for table in tables()))

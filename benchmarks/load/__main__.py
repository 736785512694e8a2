"""Let many readers visit the page on this machine: `python -m benchmarks.load --readers 100`.

Without --url it starts the page itself, and ends it. It ends with 1 if a reader saw an error or a wrong number.
"""

import argparse
import asyncio
import re
import sys
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter, process_time

import numpy as np
import psutil

from benchmarks.load.reader import Reader, loopback
from benchmarks.load.server import SECONDS_TO_START, Server, started
from benchmarks.load.visits import Plan, Waits, right_numbers, visit_all

MOST_SHOWN = 5
SECONDS_BETWEEN_SAMPLES = 1.0


async def run(server: Server, plan: Plan, watch: float = SECONDS_BETWEEN_SAMPLES) -> str:
    """Do what is planned; return the report, and raise `SystemExit` with it if a reader saw a mistake."""
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(plan.readers + 1))
    right = right_numbers(plan)
    assets = await until_warm(server.url, cold=plan.cold)
    samples: list[int] = []
    watching = asyncio.create_task(_sample(server, samples, watch))
    start, used, own = perf_counter(), server.cpu(), process_time()
    waits = await visit_all(server.url, plan, right, assets)
    seconds, used, own = perf_counter() - start, server.cpu() - used, process_time() - own
    watching.cancel()
    report = "\n".join(_report(plan, waits, samples, (seconds, used, own)))
    if waits.errors or waits.wrong:
        raise SystemExit(report)
    return report


async def until_warm(url: str, *, cold: bool) -> list[str]:
    """Wait until the page is there for one reader; return the paths of what a first visit fetches besides."""
    deadline = perf_counter() + SECONDS_TO_START
    while True:
        async with Reader(url) as reader:
            try:
                await reader.open()
            except Exception:
                if perf_counter() > deadline:
                    raise
            else:
                page = (await reader.get("")).decode()
                return re.findall(r'(?:src|href)="\./(static/[^"]+)"', page) if cold else []
        await asyncio.sleep(0.2)


async def _sample(server: Server, samples: list[int], seconds: float) -> None:
    while True:
        samples.append(server.memory())
        await asyncio.sleep(seconds)


def _report(plan: Plan, waits: Waits, samples: Sequence[int], costs: tuple[float, float, float]) -> Iterator[str]:
    seconds, used, own = costs
    yield f"{plan.readers} readers opened the page within {plan.open_within:g} s" + (
        f", then changed the seed every {plan.every:g} s for {plan.seconds:g} s" if plan.seconds else ""
    )
    if plan.beside:
        yield f"Beside them, one reader opened the link ?{plan.beside} with one seed after the other."
    yield ""
    yield "| seconds | times | median | 95 % | 99 % | most |"
    yield "|---|--:|--:|--:|--:|--:|"
    for name, times in (
        ("until the page is there", waits.opening),
        ("until a new seed is there", waits.changing),
        ("until the page is there for one reader beside", waits.beside),
    ):
        if times:
            figures = " | ".join(f"{figure:.2f}" for figure in np.percentile(times, [50, 95, 99, 100]))
            yield f"| {name} | {len(times):,} | {figures} |"
    yield ""
    yield f"Errors: {len(waits.errors)}. Wrong numbers: {len(waits.wrong)}."
    yield from (f"  {line}" for line in [*waits.errors[:MOST_SHOWN], *waits.wrong[:MOST_SHOWN]])
    yield f"Took {seconds:.1f} s on {psutil.cpu_count()} cores; the readers used {own:.1f} s of a core" + (
        f", the server {used:.1f} s." if used else "."
    )
    if samples and samples[0]:
        tenths = [f"{samples[round(place * (len(samples) - 1) / 10)] / 2**20:,.0f}" for place in range(11)]
        yield f"Memory of the server in MB, from start to end: {' '.join(tenths)}; most {max(samples) / 2**20:,.0f}."


@contextmanager
def _server(url: str | None, processes: int) -> Iterator[Server]:
    if url:
        yield Server(url)
        return
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "log"
        try:
            with started(processes, log) as server:
                yield server
        except BaseException:
            sys.stderr.write(log.read_text()[-2_000:])
            raise


def main() -> None:
    """Read the command line, let the readers visit, print the report."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.load", description=__doc__.splitlines()[0])
    parser.add_argument("--readers", type=int, default=100, help="(%(default)s)")
    parser.add_argument("--open-within", type=float, default=5, metavar="SECONDS", help="all open in it (%(default)s)")
    parser.add_argument("--every", type=float, default=5, metavar="SECONDS", help="between changes (%(default)s)")
    parser.add_argument("--seconds", type=float, default=0, help="of changing the seed; 0: only open (%(default)s)")
    parser.add_argument("--cold", action="store_true", help="fetch the page's scripts, too, as on a first visit")
    parser.add_argument("--beside", default="", metavar="QUERY", help="a link that one more reader opens all the while")
    parser.add_argument("--processes", type=int, default=0, help="behind the proxy; 0: one without it (%(default)s)")
    parser.add_argument("--url", type=loopback, help="of a page that runs on this machine already")
    options = parser.parse_args()
    plan = Plan(options.readers, options.open_within, options.every, options.seconds, options.cold, options.beside)
    with _server(options.url, options.processes) as server:
        sys.stdout.write(asyncio.run(run(server, plan)) + "\n")


if __name__ == "__main__":
    main()

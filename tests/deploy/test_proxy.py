"""Several processes behind the proxy: a reader keeps one, and loses nothing with it."""

import asyncio
import json
from contextlib import AsyncExitStack

import pytest
import requests

from benchmarks.load.numbers import expected, mistakes, predictions
from benchmarks.load.reader import Reader
from core import Experiment
from core.examples import NOTEBOOK
from ui.formats.saved import experiment_json

READERS = 4
UPLOADER = "An experiment that was saved here as JSON sets all controls."
DOWNLOAD = "Experiment (JSON)"


def sees(reader: Reader, seed: int) -> bool:
    """Tell whether a reader sees the numbers of a seed."""
    return not list(mistakes(predictions(reader), expected(seed)))


def process_of(reader: Reader) -> str:
    """Return the process that the proxy keeps a reader at."""
    return str(reader.http.cookies["reader"])


async def open_readers(stack: AsyncExitStack, url: str, seeds) -> dict[int, Reader]:
    """Open the page once for each seed, one reader after another."""
    readers = {}
    for seed in seeds:
        readers[seed] = await stack.enter_async_context(Reader(url))
        await readers[seed].open(f"seed={seed}")
    return readers


async def all_at_once(readers, act) -> None:
    """Have all readers do something at the same time."""
    await asyncio.gather(*(act(reader, seed) for seed, reader in readers.items()))


async def change_seed(reader: Reader, seed: int) -> None:
    await reader.set_number("Seed", seed + 100)
    assert sees(reader, seed + 100)
    assert not sees(reader, seed)  # so that the check itself is checked


async def take_home_and_bring_back(reader: Reader, seed: int) -> None:
    """Download one's own experiment; upload another."""
    await reader.open(f"{reader.query}&tab=take")
    assert json.loads(await reader.download(DOWNLOAD))["seed"] == seed + 100
    other = Experiment(NOTEBOOK.dataset, seed=seed + 200, epochs=NOTEBOOK.epochs)
    await reader.upload(UPLOADER, "experiment.json", experiment_json(other, "notebook").encode())
    assert sees(reader, seed + 200)


async def lose_a_process(served) -> None:
    async with AsyncExitStack() as stack:
        readers = await open_readers(stack, served.url, range(1, READERS + 1))
        assert all(sees(reader, seed) for seed, reader in readers.items())
        assert {process_of(reader) for reader in readers.values()} == {"p1", "p2"}
        await all_at_once(readers, change_seed)

        served.processes()[0].kill()
        lost = {seed: reader for seed, reader in readers.items() if process_of(reader) == "p1"}
        for seed, reader in lost.items():
            await reader.until_cut_off()
            await reader.open(reader.query)
            assert sees(reader, seed + 100)
        for seed in readers.keys() - lost.keys():  # nothing happened to them
            await readers[seed].set_number("Seed", seed)
            await readers[seed].set_number("Seed", seed + 100)
            assert process_of(readers[seed]) == "p2"
        await all_at_once(readers, take_home_and_bring_back)

        seed, seen = 1_000, set()
        while "p1" not in seen:  # it is started again, and new readers come to it
            reader = (await open_readers(stack, served.url, [seed]))[seed]
            assert sees(reader, seed)
            seen.add(process_of(reader))
            seed += 1
            assert seed < 1_100


def test_readers_keep_their_experiment_when_a_process_dies(served):
    """They come back to it through their link; uploads and downloads reach their own process; a new one takes over."""
    asyncio.run(lose_a_process(served))


async def download_late(url: str) -> None:
    """Ask for a file; fetch it only after the pages of others have run at the same process."""
    async with AsyncExitStack() as stack:
        readers = await open_readers(stack, url, range(1, READERS + 1))
        reader, *others = readers.values()
        await reader.open(f"{reader.query}&tab=take")
        place = await reader.ask_for(DOWNLOAD)
        for other in others:
            for seed in (5, 6, 7):
                await other.set_number("Seed", seed)
        assert json.loads(await reader.get(place))["seed"] == 1


def test_a_download_waits_for_its_reader(served):
    """Streamlit would let go of it once two other readers' pages have run."""
    asyncio.run(download_late(served.url))


@pytest.mark.parametrize("path", ["_stcore/metrics", "_stcore/script-health-check"])
def test_what_costs_time_is_not_for_readers(served, path):
    """Both are there for whoever runs the processes."""
    assert requests.get(f"{served.url}/{path}", timeout=60).status_code == 404

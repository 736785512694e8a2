"""The load generator would notice a wrong number, and visits no other machine."""

import asyncio

import numpy as np
import pytest
from streamlit.proto.Element_pb2 import Element

from benchmarks.load.__main__ import run
from benchmarks.load.numbers import COLUMNS, NOTEBOOK, cells, expected, mistakes, predictions
from benchmarks.load.reader import Reader, loopback
from benchmarks.load.server import Server
from benchmarks.load.visits import Plan
from core import train
from ui.table import Table

SEED = 7


def markdown(table):
    return Table([*table], [*zip(*table.values(), strict=True)]).markdown()


def reader_of(*tables):
    """Return a reader who sees a sentence, and tables."""
    reader = Reader("http://localhost:1")
    for place, body in enumerate(["No | table.", *map(markdown, tables)]):
        element = Element()
        element.markdown.body = body
        reader.elements[0, place] = element
    return reader


def shown(**changed):
    return {"x1": ["0", "0", "1", "1"]} | dict(expected(SEED)) | changed


def test_the_numbers_of_core_are_right():
    """Also beside other tables."""
    assert not list(mistakes(predictions(reader_of({"loss": ["0.1"]}, shown())), expected(SEED)))


def test_what_is_expected_is_what_core_gets():
    """With eight decimals."""
    run_of_one = train(NOTEBOOK)
    assert expected(1)["final"] == [f"{value:.8f}" for value in run_of_one.after]
    np.testing.assert_allclose([float(value) for value in expected(1)["before"]], run_of_one.before, atol=5.1e-9)


@pytest.mark.parametrize("column", COLUMNS)
@pytest.mark.parametrize("row", range(4))
def test_a_wrong_last_digit_is_noticed(column, row):
    """In any row of any column, and said where."""
    numbers = list(expected(SEED)[column])
    numbers[row] = numbers[row][:-1] + str((int(numbers[row][-1]) + 1) % 10)
    (mistake,) = mistakes(predictions(reader_of(shown(**{column: numbers}))), expected(SEED))
    assert mistake.startswith(f"“{column}” in row {row + 1} is {numbers[row]} instead of")


@pytest.mark.parametrize(
    "tables",
    [
        [],
        [{"loss": ["0.1"]}],
        [{name: numbers[:3] for name, numbers in shown().items()}],
        [shown(before=expected(SEED)["final"])],
        [dict(expected(SEED + 1))],
    ],
    ids=["no page", "no predictions", "a row less", "a column twice", "another reader's"],
)
def test_a_wrong_page_is_noticed(tables):
    """Each is a mistake that a server could make."""
    assert list(mistakes(predictions(reader_of(*tables)), expected(SEED)))


def test_colours_and_escapes_are_not_part_of_a_number():
    """Nor of a name, which may hold what parts cells."""
    table = {"last\\-pass": ["**:green[0.50000000]**"], "a\\|b": ["-1"]}
    assert cells(markdown(table)) == {"last-pass": ("0.50000000",), "a|b": ("-1",)}


@pytest.mark.parametrize("url", ["http://127.0.0.1:8501", "http://localhost:8501/", "http://[::1]:8501"])
def test_this_machine_may_be_visited(url):
    """By any of its names."""
    assert loopback(url) == f"{url.rstrip('/')}/"


@pytest.mark.parametrize(
    "url",
    ["http://192.168.1.1:8501", "http://example.org", "http://localhost.example.org", "http://", "ftp://127.0.0.1"],
)
def test_no_other_machine_is_visited(url):
    """It is refused before anything is sent, and without looking its name up."""
    with pytest.raises(ValueError, match=r"is not on this machine|does not begin with"):
        Reader(url)


def test_no_two_readers_share_a_seed():
    """Else one's right numbers could be another's wrong ones."""
    plan = Plan(readers=100, open_within=5, every=5, seconds=600)
    seeds = [seed for reader in range(plan.readers) for seed in plan.seeds(reader)]
    assert len(set(seeds)) == len(seeds) == 100 * 122


def test_a_wrong_number_fails_the_run(monkeypatch):
    """The report names it."""
    monkeypatch.setattr("benchmarks.load.__main__.until_warm", nothing_to_fetch)
    monkeypatch.setattr(Reader, "open", open_on_a_wrong_number)
    with pytest.raises(SystemExit, match=r"Wrong numbers: 2\.\n.*Seed 10: “final” in row 4 is 0.5 instead of"):
        asyncio.run(run(Server("http://localhost:1/"), Plan(readers=2, open_within=0)))


async def nothing_to_fetch(_url, *, cold):  # noqa: ARG001
    return []


async def open_on_a_wrong_number(self, query):
    right = expected(int(query.removeprefix("seed=")))
    self.elements = reader_of(right | {"final": [*right["final"][:3], "0.5"]}).elements


def test_one_more_reader_opens_a_link_meanwhile(monkeypatch):
    """With one seed after the other, so that nothing is there already; how long that takes is reported."""
    opened = []

    async def open_and_note(self, query):
        opened.append(query)
        await asyncio.sleep(0)
        self.elements = reader_of(dict(expected(int(query.rpartition("=")[2])))).elements

    monkeypatch.setattr("benchmarks.load.__main__.until_warm", nothing_to_fetch)
    monkeypatch.setattr(Reader, "open", open_and_note)
    report = asyncio.run(run(Server("http://localhost:1/"), Plan(readers=2, open_within=0.01, beside="epochs=5")))
    assert {"seed=10", "seed=1010", "epochs=5&seed=0", "epochs=5&seed=1"} <= set(opened)
    assert "one reader opened the link ?epochs=5" in report
    assert "until the page is there for one reader beside" in report

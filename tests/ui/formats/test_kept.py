"""Kept runs as a parameter of the address, there and back, and whatever anybody writes there."""

from dataclasses import replace
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.dataset import column_name
from ui.formats.kept import LONGEST, NamedSettings, decode, encode
from ui.settings import PUBLISHED, plain

NOTEBOOK = PUBLISHED["notebook"]
OWN = replace(NOTEBOOK, rows=(("0.5", "0", "1", "0"), *NOTEBOOK.rows), title="a|b&c=d.csv")

settings = st.builds(
    replace,
    st.sampled_from([*PUBLISHED.values(), OWN]),
    seed=st.integers(0, 2**32 - 1),
    epochs=st.integers(1, 100_000),
    learning_rate=st.floats(0.001, 1000),
)
names = st.text(min_size=1, max_size=60).map(lambda text: column_name(text.encode("utf-8", "ignore").decode()))


@given(st.lists(st.builds(NamedSettings, names.filter(bool), settings), max_size=8), settings)
def test_what_is_written_is_read(runs, current):
    """Whatever the names hold, and whichever run the address is of."""
    text, left_out = encode(runs, current)
    written = [run for position, run in enumerate(runs) if position not in left_out]
    read, problems = decode(text, current, 8)
    assert problems == []
    assert [run.name for run in read] == [run.name for run in written]
    assert [run.settings for run in read] == [plain(run.settings) for run in written]


def test_the_table_of_the_address_is_not_written_again():
    text, _ = encode([NamedSettings("a", OWN)], replace(OWN, seed=7))
    assert "table=this" in text
    assert len(text) < 100


def test_what_has_no_room_is_told_and_the_rest_is_written():
    """A long table by its position."""
    rows = tuple((f"{row**5 % 9973}", f"{row**3}", "1", "1") for row in range(3_000))
    runs = [NamedSettings("a", replace(NOTEBOOK, rows=rows)), NamedSettings("b", replace(NOTEBOOK, seed=7))]
    text, left_out = encode(runs, NOTEBOOK)
    assert left_out == [0]
    assert text == "name=b&seed=7"


def test_the_parameter_is_as_long_in_the_address_as_it_may_be():
    """There its percent signs and separators are written once more, of names in another script most."""
    own = replace(OWN, title="Сеть с тремя скрытыми нейронами")
    runs = [NamedSettings(own.title * 3, replace(own, seed=seed)) for seed in range(8)]
    text, left_out = encode(runs, NOTEBOOK)
    assert left_out
    assert len(urlencode({"kept": text})) <= LONGEST + len("kept=")
    assert len(urlencode({"kept": f"{text}|{encode(runs[:1], NOTEBOOK)[0]}"})) > LONGEST
    assert decode(text, NOTEBOOK, 8)[1] == []


@given(st.text(max_size=300) | st.text(alphabet="name=&seed|7%~", max_size=60))
def test_anything_is_read_or_named(text):
    """A line for each run that is left out."""
    runs, problems = decode(text, NOTEBOOK, 8)
    assert len(runs) <= 8
    assert all(len(problem) < 300 for problem in problems)
    assert runs or problems or not text


@pytest.mark.parametrize("text", ["seed=7", "name=&seed=7"])
def test_a_run_without_a_name_has_its_number(text):
    assert decode(text, NOTEBOOK, 8)[0] == [NamedSettings("run 1", replace(NOTEBOOK, seed=7))]

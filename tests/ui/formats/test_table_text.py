"""A table in a link: short, readable where it can be, whole or refused."""

import base64
import json
import random
import re
import zlib
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ui.formats.table_text import (
    LONGEST_TEXT,
    MOST_JSON,
    InvalidTableText,
    decode_layers,
    decode_table,
    encode_layers,
    encode_table,
)
from ui.settings import MOST_COLUMNS, MOST_ROWS

NAMES = ("x1", "x2", "x3", "y")
NOTEBOOK = ("0010", "0110", "1011", "1111")
DAMAGED = "The link is cut off or damaged. Copy all of it, or ask for it again."
plain = st.text(st.sampled_from("019.-xyendz"), max_size=4)
cells = plain | st.text(max_size=4)
WEIGHTS = ((("0.5", "-1"), ("", "1e3"), ("x", "0")), (("1",), ("",)))


def rows_of(width, cells):
    """Draw rows of `width` cells."""
    return st.lists(st.lists(cells, min_size=width, max_size=width).map(tuple), max_size=5).map(tuple)


def tables(cells):
    """Draw names and rows of as many cells."""
    return st.lists(cells, min_size=1, max_size=4).flatmap(
        lambda names: st.tuples(st.just(tuple(names)), rows_of(len(names), cells))
    )


def layers_of(sizes):
    """Draw a table of cells a layer."""
    return st.tuples(*(st.tuples(*[st.tuples(*[cells] * units)] * inputs) for inputs, units in pairwise(sizes)))


def packed(written):
    """Return bytes as the packed form holds them."""
    return "1z" + base64.urlsafe_b64encode(zlib.compress(written)).decode().rstrip("=")


@given(tables(plain) | tables(cells))
@example((("",), ()))
@example((("",), (("",), ("",))))
@example((("end",), (("end",), ("end",))))
def test_a_table_survives_its_link(table):
    """Whatever the names and cells; the link needs no percent-encoding."""
    text = encode_table(*table)
    assert decode_table(text) == table
    assert re.fullmatch(r"[A-Za-z0-9._~-]+", text)


def test_the_notebooks_table_can_be_read_in_its_link():
    """It is short, and as plain as it can be."""
    text = encode_table(NAMES, NOTEBOOK)
    assert text == "1~x1_x2_x3_y~0_0_1_0~0_1_1_0~1_0_1_1~1_1_1_1~end"
    assert decode_table(text) == (NAMES, tuple(map(tuple, NOTEBOOK)))


def test_a_table_that_no_plain_link_can_hold_is_packed():
    """One character that a URL would encode is enough."""
    assert encode_table(["a"], [["0"]]) == "1~a~0~end"
    for cell in "_", "~", "é", "1e+20", " ", "\n":
        assert encode_table(["a"], [[cell]]).startswith("1z")


def test_a_long_table_is_packed():
    """Two hundred measurements of four digits make no more than 4,000 characters."""
    numbers = random.Random(1)  # noqa: S311
    rows = tuple((*(f"{numbers.gauss():.3f}" for _ in range(3)), str(numbers.randint(0, 1))) for _ in range(200))
    text = encode_table(NAMES, rows)
    assert text.startswith("1z")
    assert len(text) < 4000
    assert decode_table(text) == (NAMES, rows)


@pytest.mark.parametrize("rows", [NOTEBOOK, [*NOTEBOOK, "éééé"], NOTEBOOK * 20])
def test_a_link_that_is_cut_off_is_refused(rows):
    """Wherever it ends: a table that lost its last rows would be another experiment."""
    text = encode_table(NAMES, rows)
    for end in range(len(text)):
        with pytest.raises(InvalidTableText, match=DAMAGED):
            decode_table(text[:end])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1",
        "1~",
        "1~end",
        "1~a_b~0~end",
        "1~a~0 ~end",
        "1~a~%30~end",
        "1~a~0~end\n",
        "01~a~0~end",
        "1z",
        "1z!",
        "1zAAAAA",
        packed(b'[["a"],["0"]]') + "=",
        packed(b'[["a"],["0"]]') + "AAAA",
        packed(b'[["a"],["0"]] x'),
        packed(b""),
        packed(b"\xff"),
        packed(b"[]"),
        packed(b"[[]]"),
        packed(b"[[],[]]"),
        packed(b'{"a":["0"]}'),
        packed(b'["a","0"]'),
        packed(b'[["a"],[0]]'),
        packed(b'[["a"],[["0"]]]'),
        packed(b'[["a"],["0","1"]]'),
        packed(b'[["a"],["\\ud800"]]'),
        packed(b'[["a"],[' + b"9" * 10_000 + b"]]"),
        packed(b"[" * 900_000),
    ],
)
def test_a_link_that_holds_no_table_is_refused(text):
    """Bad characters, trailing text, broken streams, JSON of another shape or too deep."""
    with pytest.raises(InvalidTableText, match=f"^{DAMAGED}$"):
        decode_table(text)


@given(
    st.text()
    | st.from_regex(r"1[z~][A-Za-z0-9._~-]*", fullmatch=True)
    | st.binary().map(packed)
    | st.recursive(st.text() | st.integers() | st.none(), st.lists).map(
        lambda value: packed(json.dumps(value).encode())
    )
)
def test_any_text_is_read_or_refused(text):
    """What is read is a table that has a link of its own."""
    try:
        names, rows = decode_table(text)
    except InvalidTableText:
        return
    assert decode_table(encode_table(names, rows)) == (names, rows)


def test_a_bomb_is_refused_before_it_unfolds():
    """Ten million zeros in ten thousand characters."""
    bomb = packed(bytes(10_000_000))
    assert len(bomb) < 20_000
    with pytest.raises(InvalidTableText, match="at most 1,000,000 bytes"):
        decode_table(bomb)


def test_a_newer_link_is_told_from_a_damaged_one():
    """Its form may be one that this page has never seen."""
    for text in "2~a~0~end", "2q!", "10z" + "9" * 5000:
        with pytest.raises(InvalidTableText, match="newer version"):
            decode_table(text)


@pytest.mark.parametrize(
    ("names", "rows", "limit"),
    [
        ("a", ["0"] * MOST_ROWS, "10,000 rows"),
        ("a" * MOST_COLUMNS, ["0" * MOST_COLUMNS], "32 columns"),
        (["a"], [["é" * (MOST_JSON // 2 - 6)]], "1,000,000 bytes"),
    ],
)
def test_a_table_may_be_as_large_as_the_limit(names, rows, limit):
    """One more row, column or byte is refused, in a link as for one."""
    larger_names, larger_rows = (names, [*rows, ["é"]]) if "columns" not in limit else (names + "a", [rows[0] + "0"])
    assert decode_table(encode_table(names, rows)) == (tuple(names), tuple(map(tuple, rows)))
    larger = packed(json.dumps([list(larger_names), *map(list, larger_rows)], ensure_ascii=False).encode())
    for refused in (lambda: encode_table(larger_names, larger_rows)), (lambda: decode_table(larger)):
        with pytest.raises(InvalidTableText, match=f"at most {limit}"):
            refused()


def test_a_table_too_various_for_a_link_is_refused():
    """As is a text longer than any link that is made."""
    numbers = random.Random(1)  # noqa: S311
    with pytest.raises(InvalidTableText, match="at most 65,536 characters"):
        encode_table("ab", [[repr(numbers.random()), repr(numbers.random())] for _ in range(5000)])
    with pytest.raises(InvalidTableText, match="at most 65,536 characters"):
        decode_table("1~" + "0" * LONGEST_TEXT)


@given(st.lists(st.integers(1, 4), min_size=2, max_size=4).flatmap(layers_of))
def test_weights_survive_their_link(layers):
    """As typed, layer by layer, blank cells too."""
    assert decode_layers(encode_layers(layers)) == layers


def test_a_neurons_weights_can_be_read_in_their_link():
    """After their shape."""
    assert encode_layers([[["-0.16595599"], ["0.44064899"]]]) == "1~2x1~-0.16595599~0.44064899~end"
    assert encode_layers(WEIGHTS[:1]) == "1~3x2~0.5~-1~~1e3~x~0~end"
    assert encode_layers(WEIGHTS) == "1~3x2_2x1~0.5_1~-1_~_~1e3_~x_~0_~end"


@pytest.mark.parametrize(
    "text",
    ["1~1x1~end", "1~a~0~end", "1~0x1~0~end", "1~2x1~0~end", "1~1x1~0~1~end", "1~99999x1~0~end", "1~1x1", "1z"],
)
def test_a_link_that_holds_no_weights_is_refused(text):
    """Whose shapes are none, or do not fit the cells."""
    with pytest.raises(InvalidTableText, match=f"^{DAMAGED}$"):
        decode_layers(text)

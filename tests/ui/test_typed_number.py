"""Numbers as readers type them."""

import math
from contextlib import suppress
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.typed_number import NoNumber, read_number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0.5", 0.5),
        (" 0,5 ", 0.5),
        ("-,25", -0.25),
        ("3/8", 0.375),
        ("-3 / 8", -0.375),
        ("1,5/-2", -0.75),
        ("1e-1/4", 0.025),
        ("1.5e-3", 0.0015),
        ("1,5E-3", 0.0015),
        ("−0.5", -0.5),
        ("0/7", 0),
        ("1e400", float("inf")),
        ("0,125", 0.125),
        ("-0,125", -0.125),
        ("1,5", 1.5),
        ("1,25", 1.25),
        ("1,0625", 1.0625),
        ("0001,000", 1),
    ],
)
def test_a_number_is_read_as_it_is_typed(text, number):
    assert read_number(text) == number


@given(st.integers(-(10**6), 10**6), st.integers(1, 10**6))
def test_a_fraction_is_the_quotient(above, below):
    assert read_number(f"{above}/{below}") == float(Fraction(above, below))


@given(st.floats(allow_nan=False, allow_infinity=False), st.booleans())
def test_what_python_writes_is_read(number, has_comma):
    """With a point, or a comma in its place that is not before three last digits."""
    text = repr(number).replace(".", ",") if has_comma else repr(number)
    if not (has_comma and len(text.partition(",")[2]) == 3):
        assert read_number(text) == number


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("1,000", "“1,000” has a comma that may separate thousands. Type 1000 or 1.0."),
        (" -2,125 ", "“-2,125” has a comma that may separate thousands. Type -2125 or -2.125."),
        ("−999,500", "“-999,500” has a comma that may separate thousands. Type -999500 or -999.5."),
        ("1,000,000", "“1,000,000” has a comma that may separate thousands. Type 1000000."),
        ("1,234.5", "“1,234.5” has a comma that may separate thousands. Type 1234.5."),
        ("3/1,000", "“1,000” has a comma that may separate thousands. Type 1000 or 1.0."),
    ],
)
def test_a_comma_that_may_part_thousands_is_refused_with_what_to_type(text, said):
    with pytest.raises(NoNumber) as problem:
        read_number(text)
    assert str(problem.value) == said
    for number in said.partition("Type ")[2].removesuffix(".").split(" or "):
        assert read_number(number) == float(number)


@pytest.mark.parametrize(
    "text", ["x", "nan", "1/0", "1/", "/2", "1/2/3", "10,00,000", "1,234,5", "½", "1e", "0x1", "\ud800"]
)
def test_anything_else_is_quoted_with_the_remedy(text):
    with pytest.raises(NoNumber, match=r"^“.*” is not a number\. Type one, such as 0\.5 or 1/2\.$"):
        read_number(text)


@pytest.mark.parametrize("text", ["", " \t"])
def test_a_blank_is_asked_for(text):
    with pytest.raises(NoNumber, match=r"^the field is blank\. Type a number\.$"):
        read_number(text)


@given(st.text())
def test_any_text_is_a_number_or_explained(text):
    with suppress(NoNumber):
        assert not math.isnan(read_number(text))

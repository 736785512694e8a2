"""How the page writes numbers and names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.text import (
    amount_decimals,
    count_text,
    duration_text,
    escape,
    number_text,
    output_text,
    place_text,
    rounded_text,
    spoken,
)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_reads_back_as_itself(value):
    assert float(number_text(value)) == value


@pytest.mark.parametrize(("value", "text"), [(1.0, "1"), (-2.0, "-2"), (0.5, "0.5"), (1e20, "1e+20"), (0.0, "0")])
def test_a_number_is_written_short(value, text):
    """Whole numbers have no decimals."""
    assert number_text(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        *((0.0, "0.00"), (0.5, "0.50"), (0.973, "0.97"), (1.0, "1.00")),
        *((0.996, "0.996"), (0.9999, "0.9999"), (0.0004, "0.0004"), (1e-30, "0.00000000")),
    ],
)
def test_an_output_is_not_rounded_to_an_end(value, text):
    """Which a sigmoid does not reach; as far as eight decimals tell."""
    assert output_text(value) == text


@pytest.mark.parametrize(
    ("value", "span", "text"),
    [
        *((64.7835, 36.4, "64.8"), (-0.001, 1.4, "0"), (0.4949, 1.4, "0.49"), (1000.567, 1, "1000.57")),
        *((123456, 9e5, "123000"), (1.23456e50, 2e50, "1.235e+50"), (1.23456e-12, 5e-12, "1.235e-12")),
    ],
)
def test_a_place_has_the_digits_that_its_axis_tells(value, span, text):
    assert place_text(value, span) == text


@pytest.mark.parametrize(
    ("width", "amount", "shown"),
    [
        (240_000, 205_570.39, 205_570),
        (1.09, 0.1234567, 0.1235),
        (0.01, 0.1234567, 0.123457),
        (1e-12, 0.123456789, 0.12345679),
        (1e20, 1.23456e20, 1.2346e20),
    ],
)
def test_an_amount_has_five_digits_of_the_range_it_is_in(width, amount, shown):
    """At most eight decimals; where the range is huge, zeros before the point."""
    assert round(amount, amount_decimals(width)) == shown


@pytest.mark.parametrize(("number", "text"), [(0, "0 rows"), (1, "1 row"), (2000, "2,000 rows")])
def test_a_count_agrees_with_its_noun(number, text):
    """One row, two rows."""
    assert count_text(number, "row") == text


@pytest.mark.parametrize(
    ("seconds", "text"), [(61, "61 seconds"), (150, "2 minutes"), (7000, "117 minutes"), (90_000, "25 hours")]
)
def test_a_duration_has_a_fitting_unit(seconds, text):
    """Seconds, minutes or hours."""
    assert duration_text(seconds) == text


@pytest.mark.parametrize(
    ("text", "aloud"),
    [("größe", "größe"), ("x_1 (cm)", "x 1 cm"), ("www.a.example", "www a example"), (":red[a]", "red a"), ("***", "")],
)
def test_what_is_read_aloud_has_no_signs(text, aloud):
    """Words stay."""
    assert spoken(text) == aloud


@given(st.floats(-1e50, 1e50))
def test_a_rounded_number_is_short(value):
    """Whatever its size, and it is as near as its digits allow."""
    text = rounded_text(value, decimals=2)
    assert len(text) <= 11
    assert abs(float(text) - value) <= max(0.005, 0.005 * abs(value))


def test_escaped_text_has_no_markdown_left():
    """Every character that Markdown reads as more than itself is escaped."""
    assert escape("*a* [b](c) $d$ :red[e] `f` <g>") == (r"\*a\* \[b\]\(c\) \$d\$ \::small[]red\[e\] \`f\` \<g\>")


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("http://a.b", r"http\::small[]//a\.b"),
        ("WWW.a.b", r"WWW:small[]\.a\.b"),
        ("a@b.c", r"a:small[]@b\.c"),
        (":material/home:", r"\::small[]material/home\:"),
        ("a -> b", r"a \-:small[]\> b"),
        ("a <= b", r"a \<:small[]= b"),
        ("Row 1: -0.5", r"Row 1\: \-0\.5"),
    ],
)
def test_what_streamlit_would_make_a_link_or_a_picture_of_is_parted(text, markdown):
    """It does so with escaped text, too; tests/browser/test_names.py looks at it."""
    assert escape(text) == markdown


def test_escaped_text_is_one_line():
    """Line breaks make headings, and leading spaces code."""
    assert escape("    a\n===\tb") == "a === b"

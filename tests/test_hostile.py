"""Links, tables and files at random; `benchmarks/hostile.py` tries as many as one likes."""

import random

import pytest
from hostile_text import links, tables, uploads

from core.messages import LONGEST_QUOTE, shown


@pytest.mark.parametrize("attempt", [links, tables, uploads])
def test_whatever_is_read_is_used_or_explained(attempt):
    """A hundred of each."""
    for number in range(100):
        attempt(random.Random(f"1-{number}"))  # noqa: S311 - to be repeated


@pytest.mark.parametrize(
    "text", ["a\nb", "a\x1db", "a\u2028b", "a\u2029", "\x85", "\ud800", "\udfff" * 99, "\r\n" * 99]
)
def test_what_is_quoted_is_one_line_that_can_be_sent(text):
    """Whatever is in it."""
    quote = shown(text, str)
    assert len(quote) <= LONGEST_QUOTE
    assert len(f"{quote}.".splitlines()) == 1
    quote.encode()

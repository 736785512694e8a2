"""Links, tables and files at random; `benchmarks/hostile.py` tries as many as one likes."""

import random

import pytest
from hostile_exports import exports
from hostile_text import links, tables, uploads

from core.messages import LONGEST_QUOTE, shown


@pytest.mark.parametrize(("attempt", "times"), [(links, 100), (tables, 100), (uploads, 100), (exports, 20)])
def test_whatever_is_read_or_written_is_right_or_explained(attempt, times):
    for number in range(times):
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

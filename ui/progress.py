"""A bar that shows how far a training is, the clock that ends what takes too long, and how much there may be."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

import streamlit as st

MOST_SECONDS: Final = 60
MOST_MEMORY: Final = 256 * 2**20  # bytes, by the estimate
SECONDS_UNTIL_PROGRESS: Final = 0.4
SECONDS_BETWEEN_PROGRESS: Final = 0.1


@contextmanager
def bar(
    describe: Callable[[int], tuple[float, str]], most_seconds: float, too_late: type[Exception]
) -> Iterator[Callable[[int], None]]:
    """Give what a training is to call with the updates made: it shows their share, from 0 to 1, and a text.

    Whatever the reader does meanwhile ends the training there; after `most_seconds` it raises `too_late`. The bar is
    gone when the training is made or ended.
    """
    place = st.empty()
    start = time.monotonic()
    due = start + SECONDS_UNTIL_PROGRESS

    def show(done: int) -> None:
        nonlocal due
        now = time.monotonic()
        if now >= start + most_seconds:
            raise too_late
        if now >= due:
            due = now + SECONDS_BETWEEN_PROGRESS
            place.progress(*describe(done))  # here Streamlit raises what cancels a run

    try:
        yield show
    except Exception:  # what Streamlit raises is none, and lets the bar stay until the page is drawn anew
        place.empty()
        raise
    place.empty()

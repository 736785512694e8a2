"""Many trainings at once, made when they are asked for: at once if they are quick, else at the press of a button."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import partial
from typing import Final, Generic, TypeVar

import streamlit as st

from core import Cost
from core.training import Progress
from ui.progress import MOST_MEMORY, MOST_SECONDS, bar
from ui.session import key
from ui.streamlit_private import is_waited_for
from ui.text import duration_text

AT_ONCE_SECONDS: Final = 1.0  # by the estimate, of a slow core

Result = TypeVar("Result")


class TookTooLong(Exception):
    """What ends trainings that take longer than was estimated."""


class WaitedFor(Exception):
    """What ends trainings that the reader has turned away from."""


@dataclass(frozen=True)
class Order(Generic[Result]):
    """What is asked for: `what` is trained, and what of it there may be less of if it is too much."""

    place: str  # of the latest result in this visit; no other order's
    asked: Hashable  # equal if the result is the same
    what: str  # such as “200 seeds”
    remedy: str  # such as “fewer seeds”
    cost: Cost
    updates: int  # of all trainings together
    make: Callable[[Progress], Result]


def result(order: Order[Result], *, is_asked: bool = False) -> Result | None:
    """Return the result, made now if that is quick; else show the button that makes it, or why it is too much.

    There is no button if the reader has asked for it elsewhere.
    """
    place = key(f"made_{order.place}")
    known: tuple[Hashable, Result] | None = st.session_state.get(place)
    if known and known[0] == order.asked:
        return known[1]
    if problem := refusal(order):
        st.warning(problem)
        return None
    is_quick = order.cost.seconds <= AT_ONCE_SECONDS
    if not (is_quick or is_asked or _is_pressed(order)):
        return None
    try:
        with bar(lambda done: _progress(order, done), MOST_SECONDS, TookTooLong) as show:
            made = order.make(show if is_quick else partial(_show_unless_waited_for, show))
    except TookTooLong:
        st.warning(f"Training {order.what} was stopped at the limit of {MOST_SECONDS} seconds. Try {order.remedy}.")
        return None
    except WaitedFor:
        return None
    st.session_state[place] = order.asked, made
    return made


def refusal(order: Order[Result]) -> str | None:
    """Say why an order is too much for the page, with the figure and the limit; None if it is not."""
    if order.cost.seconds > MOST_SECONDS:
        return (
            f"Training {order.what} would take about {duration_text(order.cost.seconds)}; the limit is {MOST_SECONDS} "
            f"seconds. Try {order.remedy}."
        )
    if order.cost.bytes > MOST_MEMORY:
        return (
            f"Training {order.what} would need about {order.cost.bytes / 2**20:,.0f} MB of memory; the limit is "
            f"{MOST_MEMORY // 2**20} MB. Try {order.remedy}."
        )
    return None


def _show_unless_waited_for(show: Progress, done: int) -> None:
    """Show how far a training is; end it for a control of the fragment that the button is in: others end it anyway."""
    if is_waited_for():
        raise WaitedFor
    show(done)


def _is_pressed(order: Order[Result]) -> bool:
    """Show the button, which is gone once it is pressed."""
    place = st.empty()
    with place.container(horizontal=True, vertical_alignment="center"):
        is_pressed = st.button(f"Train {order.what}", type="primary", key=key(f"make_{order.place}"))
        st.caption(f"It takes up to about {duration_text(max(2, order.cost.seconds))}.")
    if is_pressed:
        place.empty()
    return is_pressed


def _progress(order: Order[Result], done: int) -> tuple[float, str]:
    share = done / order.updates
    return share, f"Training {order.what}: {100 * share:.0f} %. Changing any control cancels it."

"""The bar that shows how far a training is goes with it."""

import pytest
from app import new_part

from ui import progress

PAGE = """
import streamlit as st
from ui.progress import bar

def train(show):
    for _ in range(st.session_state["updates"]):
        show(1)
    while st.session_state["is_endless"]:
        show(1)
    if st.session_state["is_left"]:
        raise LookupError

try:
    with bar(lambda done: (0.5, "half"), 0.2 if st.session_state["is_endless"] else 60, TimeoutError) as show:
        train(show)
except (TimeoutError, LookupError) as error:
    st.caption(type(error).__name__)
"""


@pytest.mark.parametrize(
    ("is_endless", "is_left", "said"),
    [(False, False, []), (True, False, ["TimeoutError"]), (False, True, ["LookupError"])],
    ids=["made", "too late", "left"],
)
def test_no_bar_stays_whether_training_is_made_or_ended(monkeypatch, is_endless, is_left, said):
    """By the clock, or since the reader has turned away."""
    monkeypatch.setattr(progress, "SECONDS_UNTIL_PROGRESS", 0)
    app = new_part(PAGE)
    app.session_state["updates"], app.session_state["is_endless"], app.session_state["is_left"] = 3, is_endless, is_left
    assert not app.run().exception
    assert [caption.value for caption in app.caption] == said
    assert not app.get("progress")

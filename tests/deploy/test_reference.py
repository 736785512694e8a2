"""The page that the page's time is measured against shows as much as the page does."""

import asyncio

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from benchmarks.page import ACTIONS, page_and_reference, visit


def elements(answer):
    """Count the elements that were sent."""
    return sum(ForwardMsg.FromString(message).WhichOneof("type") == "delta" for message in answer.messages)


def test_the_reference_shows_as_many_elements_as_the_page():
    """After each action that is timed; else the ratio would be that of a smaller page."""
    with page_and_reference() as (_, reference, recorded):
        shown = asyncio.run(visit(reference, 2))
    for action, page, other in zip(ACTIONS, recorded, shown, strict=True):
        assert elements(other) == pytest.approx(elements(page), rel=0.05), action

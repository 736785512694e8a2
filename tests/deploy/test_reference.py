"""What the page sends, and that the page that its time is measured against shows as much as it does."""

import asyncio

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from benchmarks.page import ACTIONS, MOST_BYTES_OF_A_MESSAGE, MOST_BYTES_OF_A_RERUN, page_and_reference, visit


@pytest.fixture(scope="module")
def visits():
    """Return what is sent in a visit to the page, and in one to the reference, after each action that is timed."""
    with page_and_reference() as (_, reference, recorded):
        return recorded, asyncio.run(visit(reference, 2))


def messages(answer):
    return [ForwardMsg.FromString(message) for message in answer.messages]


def elements(answer):
    """Count the elements that were sent."""
    return sum(message.WhichOneof("type") == "delta" for message in messages(answer))


def test_the_reference_shows_as_many_elements_as_the_page(visits):
    """Else the ratio would be that of a smaller page."""
    for action, page, other in zip(ACTIONS, *visits, strict=True):
        assert elements(other) == pytest.approx(elements(page), rel=0.05), action


def test_no_element_is_left_to_the_browser_to_keep(visits):
    """It may have let go of it when it is asked to show it again: the page would end with a connection error."""
    for action, page in zip(ACTIONS, visits[0], strict=True):
        assert elements(page) > 0
        assert not any(message.metadata.cacheable for message in messages(page)), action


def test_a_change_sends_little(visits):
    answers = dict(zip(ACTIONS, visits[0], strict=True))
    assert answers["a new seed"].size <= MOST_BYTES_OF_A_RERUN
    assert max(len(message) for answer in answers.values() for message in answer.messages) <= MOST_BYTES_OF_A_MESSAGE

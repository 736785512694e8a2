"""Training for all visits: what two of them ask for at once."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Event

import pytest

from core import NOTEBOOK, train
from ui import training

SECONDS = 30  # the longest wait of a test


class Cancelled(BaseException):
    """What Streamlit raises in a visit whose reader uses a control."""


@pytest.fixture
def slow(monkeypatch):
    """Let training wait for `go`, once it has `begun`; return both and what was trained."""
    begun, go, trained = Event(), Event(), []

    def wait_and_train(experiment):
        trained.append(experiment)
        begun.set()
        assert go.wait(SECONDS)
        return train(experiment)

    monkeypatch.setattr(training, "_train_with_progress", wait_and_train)
    monkeypatch.setattr(training, "SECONDS_BETWEEN_PROGRESS", 0.01)
    training._place.clear()
    yield begun, go, trained
    training._place.clear()


def test_two_visits_at_once_train_once(slow):
    begun, go, trained = slow
    with ThreadPoolExecutor() as visits:
        first = visits.submit(training.run_of, NOTEBOOK)
        assert begun.wait(SECONDS)
        second = visits.submit(training.run_of, replace(NOTEBOOK))
        go.set()
        assert first.result(SECONDS) is second.result(SECONDS)
    assert trained == [NOTEBOOK]


def test_a_visit_that_waits_can_be_cancelled(slow, monkeypatch):
    """It ends while the other still trains, and leaves that one alone."""
    begun, go, trained = slow

    class Note:
        def caption(self, _text):
            raise Cancelled

    with ThreadPoolExecutor() as visits:
        first = visits.submit(training.run_of, NOTEBOOK)
        assert begun.wait(SECONDS)
        monkeypatch.setattr("streamlit.empty", Note)
        with pytest.raises(Cancelled):
            visits.submit(training.run_of, NOTEBOOK).result(SECONDS)
        assert not first.done()
        go.set()
        assert first.result(SECONDS).experiment == NOTEBOOK
    assert trained == [NOTEBOOK]


def test_a_cancelled_training_lets_the_next_visit_train(monkeypatch):
    def cancelled(_experiment):
        raise Cancelled

    training._place.clear()
    with monkeypatch.context() as patch:
        patch.setattr(training, "_train_with_progress", cancelled)
        with pytest.raises(Cancelled):
            training.run_of(NOTEBOOK)
    assert training.run_of(NOTEBOOK).experiment == NOTEBOOK

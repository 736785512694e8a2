"""A run that takes longer than was estimated: the clock stops it, and the page shows what it has reached."""

import re
from dataclasses import replace

import numpy as np
import pytest
from app import button, new_app, settled

from core import NOTEBOOK, Dataset, cost, train
from ui import training
from ui.settings import BY_NAME

MOST_EPOCHS = BY_NAME["epochs"].kind.most


@pytest.fixture
def app(monkeypatch):
    """Open the page where 100,000 epochs are estimated to take less than the limit, and take longer."""
    training._place.clear()
    monkeypatch.setattr(training, "MOST_SECONDS", 0.03)
    monkeypatch.setattr(cost, "UPDATE_SECONDS", 0)
    app = new_app()
    app.query_params["epochs"] = str(MOST_EPOCHS)
    yield settled(app.run())
    training._place.clear()


def run_of(app):
    return app.session_state[training.SHOWN].run


def test_a_run_is_stopped_at_the_limit_with_what_it_has_reached(app):
    """The run shown is that of fewer epochs, to the last bit; the controls still say what was asked for."""
    run = run_of(app)
    reached = run.experiment.epochs
    assert 0 < reached < MOST_EPOCHS
    assert run.experiment == replace(NOTEBOOK, epochs=reached)
    assert (run.cross_entropy == train(run.experiment).cross_entropy).all()
    assert app.warning[0].value == (
        f"Training was stopped at the limit of 0.03 seconds, after {reached:,} of 100,000 epochs. "
        f"Shown here is the run of {reached:,} epochs."
    )
    assert any(f"for {reached:,} epochs" in text.value for text in app.main.markdown)
    assert app.number_input(key="page_epochs").value == MOST_EPOCHS
    assert app.slider(key="page_state").max == reached


def test_a_stopped_run_is_not_trained_again(app):
    """Neither when the page runs anew, nor in another visit to the same link; both say that it was stopped."""
    run = run_of(app)
    assert run_of(settled(app.run())) is run
    elsewhere = new_app()
    elsewhere.query_params["epochs"] = str(MOST_EPOCHS)
    assert run_of(settled(elsewhere.run())) is run
    assert app.warning[0].value == elsewhere.warning[0].value


def test_the_link_and_the_comparison_are_those_of_the_epochs_reached(app):
    reached = run_of(app).experiment.epochs
    app.session_state["page_tab"] = "Share and take home"
    assert f"epochs={reached}" in settled(app.run()).code[0].value
    app.session_state["page_tab"] = "Compare"
    settled(button(app, "Keep this run").click().run())
    assert not button(app, "Bring back").disabled
    settled(button(app, "Bring back").click().run())
    assert app.number_input(key="page_epochs").value == reached


@pytest.mark.parametrize(("batch_size", "updates"), [(None, 200), (1, 800), (3, 400)])
def test_progress_is_told_in_epochs_also_where_each_makes_several_updates(batch_size, updates):
    """All of it is done after the last update."""
    experiment = replace(NOTEBOOK, batch_size=batch_size)
    seen = []
    train(experiment, lambda done: seen.append(training.progress(experiment, done)))
    assert training.progress(experiment, updates // 2) == (
        0.5,
        "Training: 100 of 200 epochs. Changing any control cancels it.",
    )
    assert seen[-1][0] == 1
    assert all(0 < share <= 1 for share, _ in seen)


def test_a_million_updates_are_the_most():
    """Of tiny batches, however quick; the message tells how many epochs there may be."""
    small = replace(NOTEBOOK, batch_size=1)
    assert training.refusal(replace(small, epochs=100_000)) is None
    rows = Dataset(np.eye(20), np.ones(20))
    message = training.refusal(replace(small, dataset=rows, epochs=60_000))
    assert message.startswith(
        "This run would make 1,200,000 updates; the limit is 1,000,000. Set at most 50,000 epochs, "
    )


def test_what_a_refusal_advises_is_not_refused():
    """Of several limits the advice keeps to all."""
    rows = Dataset(np.eye(30), np.ones(30))
    experiment = replace(NOTEBOOK, dataset=rows, batch_size=1, epochs=100_000)
    (epochs,) = re.findall(r"Set at most ([0-9,]+) epochs", training.refusal(experiment))
    assert training.refusal(replace(experiment, epochs=int(epochs.replace(",", "")))) is None

"""Runs whose numbers are huge: no figure writes fifty digits."""

import re
from dataclasses import replace
from itertools import chain

import numpy as np
import pytest

from core import NOTEBOOK, Dataset, Experiment, backward, forward, train
from ui.figures.film import learning_figure
from ui.figures.loss_chart import loss_chart
from ui.figures.network import network_figure

LONGEST = 12  # digits before the point
RUNS = {
    "inputs": Experiment(Dataset([[1e50, -1e50], [1, 1e49]], [1, 0]), epochs=20),
    "weights": replace(NOTEBOOK, epochs=20, starting_weights=[[[1e50], [-1e50], [12345678.9]]]),
    "hidden": Experiment(Dataset([[1e50], [1]], [0, 1]), epochs=20, hidden_units=2, learning_rate=1e50),
}


def figures(experiment):
    run = train(experiment)
    layers = forward(experiment.dataset.inputs, run.weights)
    steps = backward(layers, experiment.dataset.targets, experiment.objective, experiment.learning_rate)
    yield learning_figure(run)
    yield loss_chart(run, [("kept", run.cross_entropy), ("small", train(NOTEBOOK).cross_entropy)])
    yield network_figure(experiment, layers, steps, 0, (0, 0))


def traces(figure):
    """Yield the traces as they are drawn, in each frame."""
    yield from figure["data"]
    for frame in figure.get("frames", ()):
        yield from (figure["data"][place] | new for place, new in zip(frame["traces"], frame["data"], strict=True))


def texts(trace):
    for place in ("text", "hovertext"):
        yield from np.atleast_1d(trace.get(place, []))


@pytest.mark.parametrize("name", RUNS)
def test_no_figure_writes_a_number_of_fifty_digits(name):
    """Neither in what is drawn, nor where the pointer is, where Plotly writes it in the format that it is told."""
    drawn = list(chain.from_iterable(map(traces, figures(RUNS[name]))))
    assert len(drawn) > 60
    for trace in drawn:
        for text in texts(trace):
            assert not re.search(rf"\d{{{LONGEST + 1}}}\.?", str(text).replace(",", ""))
        for axis, _ in re.findall(r"%\{([xy]):\.(\d)f\}", trace.get("hovertemplate", "")):
            assert np.nanmax(np.abs(trace[axis]), initial=0) < 10**LONGEST


def test_the_numbers_of_other_runs_keep_their_decimals():
    """Eight in the loss chart, four in the film, two at its weights."""
    film, chart, _ = figures(NOTEBOOK)
    assert any(trace.get("hovertemplate", "").endswith("loss %{y:.4f}<extra></extra>") for trace in film["data"])
    assert "loss %{y:.8f}" in loss_chart(train(NOTEBOOK))["data"][-1]["hovertemplate"]
    assert all("%{y:.8f}" in trace["hovertemplate"] for trace in chart["data"][:-1])
    labels = next(trace["text"] for trace in film["data"] if "hovertext" in trace)
    assert list(labels) == [f"{weight:.2f}" for weight in NOTEBOOK.weights_before[0].ravel()]

"""Runs whose numbers are huge: no figure writes fifty digits."""

import re
from dataclasses import replace
from itertools import chain

import numpy as np
import pytest
from films import changed, changes

from core import NOTEBOOK, Dataset, Experiment, backward, forward, train
from core.slices import slice_of
from ui.figures.changing import changing_figure
from ui.figures.computed import Computed
from ui.figures.curve import curve_figure
from ui.figures.film import learning_figure
from ui.figures.guess import bars_chart, curve_chart, overlay_chart
from ui.figures.loss_chart import loss_chart
from ui.figures.map import map_figure
from ui.figures.network import network_figure
from ui.figures.row_marks import Marked
from ui.prediction.changes import change_of
from ui.prediction.curves import order

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
    yield learning_figure(run, [0, 1, 20])
    yield loss_chart(run, [("kept", run.cross_entropy), ("small", train(NOTEBOOK).cross_entropy)])
    yield network_figure(experiment, layers, steps, 0, (0, 0))
    for columns, draw in (([0], curve_figure), ([0, 1], map_figure))[: experiment.sizes[0]]:
        over = slice_of(experiment.dataset, columns, experiment.dataset.inputs[0], 9)
        yield draw(Computed(experiment, run.weights, over), (0, 0), Marked(0, experiment.dataset.inputs[1]))
        yield changing_figure(run, over, [0, 1, 20])
    found = order(experiment, change_of(experiment, "objective", 1), 1).make(lambda _done: None)
    yield from (curve_chart("A", curve, found.axis) for curve in found.curves)
    yield overlay_chart(found.curves[0], found.curves[-1], found.axis)
    weights = np.abs(run.weights[-1][:, 0])
    yield bars_chart(["w"] * len(weights), weights, ["#2f7fc1"] * len(weights), 0)


def traces(figure):
    """Yield the traces as they are drawn, in each frame, or after each change."""
    yield from figure["data"]
    for frame in figure.get("frames", ()):
        yield from (figure["data"][place] | new for place, new in zip(frame["traces"], frame["data"], strict=True))
    for change in changes(figure):
        yield from changed(figure["data"], change)


def texts(trace):
    for place in ("text", "hovertext"):
        yield from np.atleast_1d(trace.get(place, []))


def written_upon(figure):
    """Yield what stands on a figure beside its traces."""
    layouts = [figure["layout"], *(upon for _, upon, _ in changes(figure))]
    for annotation in chain.from_iterable(layout.get("annotations") or () for layout in layouts):
        yield annotation["text"]


@pytest.mark.parametrize("name", RUNS)
def test_no_figure_writes_a_number_of_fifty_digits(name):
    """Neither in what is drawn, nor where the pointer is, where Plotly writes it in the format that it is told."""
    every = list(figures(RUNS[name]))
    drawn = list(chain.from_iterable(map(traces, every)))
    assert len(drawn) > 60
    for trace in [*drawn, *({"text": list(written_upon(figure))} for figure in every)]:
        for text in texts(trace):
            assert not re.search(rf"\d{{{LONGEST + 1}}}\.?", str(text).replace(",", ""))
        for axis, _ in re.findall(r"%\{([xy]):\.(\d)f\}", trace.get("hovertemplate", "")):
            assert np.nanmax(np.abs(trace[axis]), initial=0) < 10**LONGEST


def test_the_numbers_of_other_runs_keep_their_decimals():
    """Eight in the loss chart, four in the film, two at its weights."""
    film, chart, *_ = figures(NOTEBOOK)
    assert any(trace.get("hovertemplate", "").endswith("loss %{y:.4f}<extra></extra>") for trace in film["data"])
    assert "loss %{y:.8f}" in loss_chart(train(NOTEBOOK))["data"][-1]["hovertemplate"]
    assert all("%{y:.8f}" in trace["hovertemplate"] for trace in chart["data"][:-1])
    labels = next(trace["text"] for trace in film["data"] if "hovertext" in trace)
    assert list(labels) == [f"{weight:.2f}" for weight in NOTEBOOK.weights_before[0].ravel()]

"""The numbers along the axes of updates, and when losses are drawn on a logarithmic axis."""

from dataclasses import replace

import numpy as np
import pytest

from core import NOTEBOOK, spread_of, train
from ui.figures.axis import Axis, are_wide
from ui.figures.fan import fan_chart
from ui.figures.film import learning_figure
from ui.figures.guess import Curve, curve_chart, overlay_chart
from ui.figures.loss_chart import loss_chart


@pytest.mark.parametrize(
    ("losses", "wide"),
    [
        ([0.1, 0.2, 10.0], True),
        ([0.1, 0.2, 1.0], False),
        ([0.1, 9.0, 10.0], False),  # most are seen
        ([0.0, 0.2, 10.0], False),  # a logarithmic axis has no 0
        ([0.0, 0.0], False),
        ([0.5], False),
    ],
)
def test_losses_are_wide_where_most_are_lost_at_the_foot_of_a_linear_axis(losses, wide):
    assert are_wide(np.array(losses)) == wide


def updates_axes(experiment):
    """Return the axes of updates of all charts that have one."""
    run = train(experiment)
    curve = Curve("", np.arange(experiment.updates + 1), run.cross_entropy, "")
    axis = Axis.of("linear", [run.cross_entropy])
    charts = [
        loss_chart(run),
        fan_chart(spread_of(experiment, [1, 2]), run),
        curve_chart("A", curve, axis),
        overlay_chart(curve, None, axis),
    ]
    return [*(chart["layout"]["xaxis"] for chart in charts), learning_figure(run, [0, 1])["layout"]["xaxis3"]]


@pytest.mark.parametrize("updates", [1, 5])
def test_of_few_updates_only_whole_numbers_are_named(updates):
    """Plotly names at most ten places along an axis: of six updates no halves."""
    for axis in updates_axes(replace(NOTEBOOK, epochs=updates)):
        assert axis["dtick"] == 1
        assert list(axis["range"]) == [0, updates]
    assert not any(axis["dtick"] for axis in updates_axes(replace(NOTEBOOK, epochs=updates + 5)))

"""Many seeds' losses as a fan, and their final losses beside it."""

from dataclasses import replace

import numpy as np
import pytest

from core import EXAMPLES, NOTEBOOK, spread_of, train
from ui.figures.fan import end_alike, fan_chart

SEEDS = range(1, 8)
ALIKE = {
    "to the last digit": EXAMPLES["challenger"].experiment,
    "but for rounding": EXAMPLES["xor-neuron"].experiment,
}


def drawn(experiment, *, is_log=False):
    return fan_chart(spread_of(experiment, SEEDS), train(experiment), is_log=is_log)


@pytest.mark.parametrize("is_log", [False, True])
@pytest.mark.parametrize("kind", ALIKE)
def test_equal_final_losses_are_in_the_middle_of_their_axis(kind, is_log):
    """Which holds no negative loss; the seeds are in their own order, for they have no other."""
    figure = drawn(ALIKE[kind], is_log=is_log)
    points = next(trace for trace in figure["data"] if trace.get("yaxis") == "y2" and len(trace["x"]) == len(SEEDS))
    low, high = figure["layout"]["yaxis2"]["range"]
    low, high = (10**low, 10**high) if is_log else (low, high)
    assert 0 < low < np.min(points["y"]) <= np.max(points["y"]) < high
    assert [seed for seed, _ in points["customdata"]] == list(SEEDS)
    assert figure["layout"]["xaxis2"]["title"]["text"] == "seeds"


def test_final_losses_that_differ_have_an_axis_that_shows_how():
    """Not below 0 either."""
    axis = drawn(NOTEBOOK)["layout"]["yaxis2"]
    assert "range" not in axis
    assert axis["rangemode"] == "nonnegative"
    assert axis["title"]["text"] == "final loss"


def test_losses_are_alike_to_the_digits_that_are_shown():
    for kind in ALIKE.values():
        assert end_alike(spread_of(kind, SEEDS))
    assert not end_alike(spread_of(NOTEBOOK, SEEDS))
    assert end_alike(spread_of(replace(NOTEBOOK, epochs=1, learning_rate=1e-300), [1, 1]))

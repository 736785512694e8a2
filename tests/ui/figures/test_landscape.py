"""The landscape's figures: what is drawn is what was computed, and the arrow is the step."""

from dataclasses import replace
from math import isclose, log10

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from core import EXAMPLES, NOTEBOOK, Dataset, Experiment, train
from core.arrays import LARGEST_NUMBER
from core.landscape import Landscape, landscape
from core.objectives import OBJECTIVES
from ui.figures.landscape import (
    CONTOURS,
    HEIGHT,
    LONGEST_ARROW,
    SHORTEST_ARROW,
    SMALL_HEIGHT,
    TINY_ARROW,
    Look,
    arrow_factor,
    landscape_figure,
    round_factor,
)

NAMES = ["<b>first</b>", "second"]
RUNS = {key: train(replace(EXAMPLES[key].experiment, epochs=300)) for key in ("notebook", "nielsen-bad", "xor-hidden")}
ONE_WEIGHT = train(Experiment(Dataset([[1], [2]], [0, 1]), epochs=30))
LOOKS = [Look(is_log=is_log, is_surface=is_surface) for is_log in (False, True) for is_surface in (False, True)]


def ground_of(run, k=7):
    return landscape(run, k, range(min(2, run.experiment.weight_count)))


GROUND = ground_of(RUNS["notebook"])


def drawn(ground, look, objective="squared_error"):
    return landscape_figure(ground, objective, NAMES, look)


@given(st.floats(TINY_ARROW, 1e100))
@example(np.nextafter(LONGEST_ARROW * 1e12, 2e11))  # of which rounding makes a power of ten
@example(np.nextafter(LONGEST_ARROW / 1e3, 1))
def test_an_arrow_of_any_length_is_brought_to_one_that_is_seen(share):
    """By a round number, and no longer than there is room for."""
    factor = round_factor(share)
    assert float(f"{factor:.0e}") == pytest.approx(factor, rel=1e-12)
    assert SHORTEST_ARROW <= factor * share <= LONGEST_ARROW * (1 + 1e-9)


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("key", RUNS)
def test_the_heights_are_drawn_over_their_weights(key, look):
    """The first weight across, the second up; on a logarithmic scale as powers of ten."""
    ground = ground_of(RUNS[key])
    surface = drawn(ground, look)["data"][0]
    heights = np.array(surface["z"], float)
    heights = 10**heights if look.is_log else heights
    assert np.array_equal(surface["x"], ground.axes[0])
    assert np.array_equal(surface["y"], ground.axes[1])
    assert heights == pytest.approx(ground.heights["squared_error"].T, rel=1e-5)


@pytest.mark.parametrize("look", LOOKS)
def test_the_path_goes_from_start_to_end_through_the_ring(look):
    ground = ground_of(RUNS["xor-hidden"])
    figure = drawn(ground, look)
    path = next(
        trace for trace in figure["data"] if trace.get("mode") in {"lines", "lines+markers"} and "customdata" in trace
    )
    in_run = ground.run.squared_error[ground.states]
    assert np.array_equal(np.column_stack([path["x"], path["y"]]), ground.path)
    assert np.array_equal(
        path["customdata"], np.column_stack([ground.states, in_run, ground.under_path["squared_error"]])
    )
    annotations = figure["layout"].get("annotations") or figure["layout"]["scene"]["annotations"]
    named = {one["text"]: [one["x"], one["y"]] for one in annotations if one["text"]}
    assert named == {"start": ground.path[0].tolist(), "end": ground.path[-1].tolist()}
    marks = [[trace["x"][0], trace["y"][0]] for trace in figure["data"] if trace.get("mode") == "markers"]
    assert ground.here.tolist() in marks


@pytest.mark.parametrize("objective", OBJECTIVES)
@pytest.mark.parametrize("k", [0, 7, 300])
@pytest.mark.parametrize("key", RUNS)
def test_the_arrow_is_the_next_step_so_many_times_as_long(key, k, objective):
    """From the ring, in the step's direction, long enough to be seen and within the picture."""
    ground = ground_of(RUNS[key], k)
    figure, factor = drawn(ground, Look(), objective), arrow_factor(ground, objective)
    arrow = figure["layout"]["annotations"][0]
    assert [arrow["ax"], arrow["ay"]] == ground.here.tolist()
    assert [arrow["x"], arrow["y"]] == pytest.approx(ground.here + factor * ground.step(objective))
    length = np.hypot(arrow["x"] - arrow["ax"], arrow["y"] - arrow["ay"]) / np.ptp(ground.axes[0])
    assert SHORTEST_ARROW <= length <= LONGEST_ARROW * (1 + 1e-9)
    assert all(axis[0] < end < axis[-1] for axis, end in zip(ground.axes, (arrow["x"], arrow["y"]), strict=True))


@given(st.floats(1e-11, 1e60), st.floats(0, 6.3))
def test_the_arrows_factor_is_round(length, angle):
    """1, 2 or 5 times a power of ten, and 1 wherever the step is seen as it is."""

    class Step(Landscape):
        def step(self, _objective):
            return 10 * length * np.array([np.cos(angle), np.sin(angle)])

    axis = np.linspace(-5, 5, 3)
    ground = Step(None, 0, (0, 1), (axis, axis), {}, None, None, {})
    factor = arrow_factor(ground, "squared_error")
    digit = factor / 10.0 ** np.floor(log10(factor) + 1e-9)
    assert any(isclose(digit, one) for one in (1, 2, 5))
    assert 0.9 * SHORTEST_ARROW <= factor * length <= LONGEST_ARROW * (1 + 1e-9)
    if SHORTEST_ARROW < length < LONGEST_ARROW:
        assert factor == 1


def test_no_step_has_no_arrow():
    """An update of nothing, on flat ground, has one height: it can be drawn all the same."""
    run = train(Experiment(Dataset([[0, 0]], [0.5]), epochs=3))
    for look in LOOKS:
        ground = ground_of(run, 1)
        figure = drawn(ground, look)
        assert arrow_factor(ground, "squared_error") == 0
        assert not any(one["showarrow"] for one in figure["layout"].get("annotations", []))
        assert np.all(np.isfinite(figure["data"][0]["z"]))


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("key", RUNS)
def test_contours_are_evenly_spread_and_heights_are_named_where_they_are(key, look):
    """Every named height lies within the heights drawn."""
    figure = drawn(ground_of(RUNS[key]), look)
    surface = figure["data"][0]
    levels = surface["contours"] if "start" in surface["contours"] else surface["contours"]["z"]
    assert len(np.arange(levels["start"], levels["end"], levels["size"])) == CONTOURS
    ticks = surface["colorbar"] if "colorbar" in surface else figure["layout"]["scene"]["zaxis"]
    places, texts = np.array(ticks["tickvals"]), np.array(ticks["ticktext"], float)
    assert len(places) >= 2
    assert np.all((places >= surface["z"].min() - 1e-6) & (places <= surface["z"].max() + 1e-6))
    assert texts == pytest.approx(10**places if look.is_log else places)


@given(
    lowest=st.floats(1e-9, 1e9),
    times=st.floats(1.0001, 1e6),
    is_log=st.booleans(),
    height=st.sampled_from([HEIGHT, SMALL_HEIGHT]),
)
@example(lowest=0.0123, times=300, is_log=False, height=SMALL_HEIGHT)  # of which only 2 is a multiple of 2
@example(lowest=0.02, times=45, is_log=True, height=SMALL_HEIGHT)  # between which 0.1 is the only power of ten
def test_every_bar_of_colours_has_at_least_two_numbers(lowest, times, is_log, height):
    """No two alike, and no more than find room."""
    heights = lowest * np.linspace(1, times, 9).reshape(3, 3)
    ground = replace(GROUND, heights={"squared_error": heights})
    bar = drawn(ground, Look(is_log=is_log, height=height))["data"][0]["colorbar"]
    assert 2 <= len({*bar["ticktext"]}) == len(bar["ticktext"]) == len(bar["tickvals"]) <= 7
    named = np.power(10, bar["tickvals"]) if is_log else np.array(bar["tickvals"])
    assert np.all((named >= heights.min() * (1 - 1e-9)) & (named <= heights.max() * (1 + 1e-9)))


@pytest.mark.parametrize("is_log", [False, True])
def test_one_weight_is_a_curve_with_the_way_on_it(is_log):
    """The ring and the arrow's tail are where the state is."""
    ground = ground_of(ONE_WEIGHT)
    figure = drawn(ground, Look(is_log=is_log, is_surface=True))
    way, curve, *_, ring = figure["data"]
    assert np.array_equal(curve["y"], ground.heights["squared_error"])
    assert set(way["x"]) <= set(curve["x"])
    assert ground.path.min() <= way["x"].min() <= way["x"].max() <= ground.path.max()
    assert (ring["x"], ring["y"]) == ([ground.here[0]], [ONE_WEIGHT.squared_error[7]])
    arrow = figure["layout"]["annotations"][0]
    assert (arrow["ax"], 10 ** arrow["ay"] if is_log else arrow["ay"]) == pytest.approx((ring["x"][0], ring["y"][0]))


def test_names_are_text():
    figure = drawn(ground_of(RUNS["notebook"]), Look())
    assert figure["layout"]["xaxis"]["title"]["text"] == "&lt;b&gt;first&lt;/b&gt;"
    assert "<b>" not in figure["data"][0]["hovertemplate"]


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize(
    "experiment",
    [
        Experiment(Dataset([[1e50, -1e50], [1, 1e49]], [1, 0]), epochs=20, objective="cross_entropy"),
        replace(NOTEBOOK, epochs=20, starting_weights=[[[1e50], [-1e50], [12345678.9]]]),
        Experiment(Dataset([[LARGEST_NUMBER, 1]], [0]), epochs=5, learning_rate=LARGEST_NUMBER),
    ],
)
def test_huge_numbers_are_drawn(experiment, look):
    """Whatever is drawn is finite, and written with few digits."""
    ground = ground_of(train(replace(experiment, epochs=20)))
    figure = drawn(ground, look, "cross_entropy")
    assert np.all(np.isfinite(figure["data"][0]["z"]))
    ticks = figure["data"][0].get("colorbar") or figure["layout"]["scene"]["zaxis"]
    assert all(len(text) < 12 for text in ticks["ticktext"])

"""The figures, from the numbers that they draw."""

from dataclasses import replace
from itertools import combinations

import numpy as np
import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from core import NOTEBOOK, train
from ui.figures.loss_chart import KEPT_LINES, MOST_POINTS, loss_chart, thin
from ui.figures.style import BLUE, GRAY, GREEN, ORANGE, VIOLET


def test_the_loss_chart_draws_every_state_of_the_notebooks_run():
    """201 states are 201 points, from before training to the final weights."""
    run = train(NOTEBOOK)
    (line,) = go.Figure(loss_chart(run)).data
    assert list(line.x) == list(range(201))
    assert np.array_equal(line.y, run.cross_entropy)


def test_without_kept_runs_there_is_nothing_to_tell_apart():
    """One curve has no name and no legend."""
    chart = go.Figure(loss_chart(train(NOTEBOOK)))
    assert [curve.name for curve in chart.data] == [None]
    assert chart.layout.showlegend is None


def test_kept_runs_are_drawn_under_the_current_one():
    """Thinner, in the legend below it, in a figure that has room for their names and epochs."""
    run = train(NOTEBOOK)
    kept = [("seed 7", np.linspace(1, 0, 301)), ("50 epochs", np.linspace(1, 0, 51))]
    chart = go.Figure(loss_chart(run, kept))
    *under, current = chart.data
    assert [curve.name for curve in under] == ["seed 7", "50 epochs"]
    assert all(np.array_equal(curve.y, losses) for curve, (_, losses) in zip(under, kept, strict=True))
    assert np.array_equal(current.y, run.cross_entropy)
    assert all(curve.line.width < current.line.width for curve in under)
    assert current.legendrank < min(curve.legendrank for curve in under)
    assert chart.layout.xaxis.range == (0, 300)
    assert chart.layout.height > go.Figure(loss_chart(run)).layout.height


def test_eight_kept_runs_look_different_and_like_nothing_else():
    """Each has a colour of its own that stands out on white and on black; the first four share no dash either."""
    *under, current = go.Figure(loss_chart(train(NOTEBOOK), [("", np.ones(2))] * 8)).data
    colours = [curve.line.color for curve in under]
    assert len(set(colours)) == 8
    assert not set(colours) & {BLUE, ORANGE, GREEN, VIOLET, GRAY}
    assert len({curve.line.dash for curve in under[:4]} - {current.line.dash}) == 4
    assert all(contrast(colour, background) > 3 for colour in colours for background in ("#ffffff", "#1a1a1a"))


@pytest.mark.parametrize("sight", ["normal", "protanopia", "deuteranopia"])
def test_eight_kept_runs_are_told_apart_by_all_eyes(sight):
    """Two of one dash by their colours alone, and to most eyes any two, and the run that is shown."""
    lines = [(line["color"], line["dash"]) for line in KEPT_LINES]
    for (one, dash), (other, other_dash) in combinations([*lines, (BLUE, "solid")], 2):
        if sight == "normal" or dash == other_dash:
            assert seen_apart(one, other, sight) > 0.12


def contrast(*colours):
    """Return the contrast of two colours as the Web Content Accessibility Guidelines define it: 1 to 21."""
    darker, lighter = sorted(linear(colour) @ [0.2126, 0.7152, 0.0722] for colour in colours)
    return (lighter + 0.05) / (darker + 0.05)


def linear(colour):
    channels = np.array(list(bytes.fromhex(colour[1:]))) / 255
    return np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)


# Linear red, green and blue as colour-blind eyes see them: Machado, Oliveira and Fernandes (2009), severity 1.
SIGHTS = {
    "normal": np.eye(3),
    "protanopia": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deuteranopia": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
}
# Ottosson's Oklab (2020), in which a hundredth is about what the eye just tells apart.
TO_CONES = [[0.41222147, 0.53633254, 0.05144599], [0.2119035, 0.68069955, 0.10739696], [0.0883025, 0.2817188, 0.629979]]
TO_LAB = [[0.2104543, 0.7936178, -0.004072], [1.9779985, -2.4285922, 0.4505937], [0.025904, 0.7827718, -0.8086758]]


def seen_apart(one, other, sight):
    """Return how far apart two colours are to these eyes."""
    seen = [np.clip(SIGHTS[sight] @ linear(colour), 0, 1) for colour in (one, other)]
    return np.linalg.norm(np.subtract(*(TO_LAB @ np.cbrt(TO_CONES @ colour) for colour in seen)))


def test_rows_held_out_have_a_curve_of_their_own():
    """Dashed, in the colour of the run, named beside the other."""
    run = train(replace(NOTEBOOK, held_out=0.5))
    held_out, learned_from = loss_chart(run)["data"]
    assert (held_out["name"], learned_from["name"]) == ("rows held out", "rows learned from")
    assert held_out["line"] == learned_from["line"] | {"dash": held_out["line"]["dash"]}
    assert np.array_equal(held_out["y"], run.held_out_losses["cross_entropy"])


def test_a_name_in_the_chart_is_text():
    """Plotly would draw its HTML; a long name would leave a phone's screen."""
    *under, _ = go.Figure(loss_chart(train(NOTEBOOK), [("<b>a</b> & b", np.ones(2)), ("long " * 20, np.ones(2))])).data
    assert under[0].name == "&lt;b&gt;a&lt;/b&gt; &amp; b"
    assert len(under[1].name) <= 45
    assert under[1].name.endswith("…")


def test_many_long_curves_are_drawn_with_as_many_points_as_one():
    """All together send at most 2,000."""
    losses = np.random.default_rng(1).random(5_000)
    chart = go.Figure(loss_chart(train(NOTEBOOK), [("", losses)] * 8))
    assert sum(len(curve.x) for curve in chart.data) <= MOST_POINTS
    assert all(curve.x[-1] == 4_999 for curve in chart.data[:-1])


@given(arrays(float, st.integers(1, 3_000), elements=st.floats(-1e6, 1e6)), st.integers(4, 400))
def test_thinning_keeps_the_ends_and_the_extremes(values, most):
    """Few enough positions, in order, with the first, the last, the lowest and the highest value."""
    positions = thin(values, most)
    assert len(positions) <= most or len(values) <= most
    assert np.all(np.diff(positions) > 0)
    assert (positions[0], positions[-1]) == (0, len(values) - 1)
    assert (values[positions].min(), values[positions].max()) == (values.min(), values.max())


@given(st.integers(0, 99_999))
def test_thinning_never_loses_a_spike(position):
    """One outlier among 100,000 values is drawn wherever it is."""
    values = np.linspace(1, 0, 100_000)
    values[position] = 9
    assert position in thin(values, 2_000)

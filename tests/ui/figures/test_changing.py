"""The film of what a network computes, held against a plain loop, and against the still pictures of its states."""

from dataclasses import replace

import numpy as np
import pytest
from films import changed, changes
from hypothesis import given
from hypothesis import strategies as st
from plain import outputs
from plotly.io import to_json
from strategies import is_moderate, networks, tables

from core import EXAMPLES, Dataset, Experiment, train
from core.slices import slice_of, telling_inputs
from ui.figures.changing import (
    CLASSES_POINTS,
    FRAME_POINTS,
    MOST_COLOUR,
    MOST_HEIGHT,
    changing_figure,
    frame_bytes,
    slice_shown,
)
from ui.figures.computed import CURVE_POINTS, FEWEST_CLASSES, Computed, first_subject
from ui.figures.curve import curve_figure
from ui.figures.film import film_states, learning_figure
from ui.figures.map import map_figure
from ui.figures.ready import ReadyFigure
from ui.figures.row_marks import Marked

POINTS = 3
LARGEST_FILM = 500_000  # bytes
FEWEST_FRAMES = 20  # of a run that is long enough
UPON = ("annotations", "shapes")
RUNS = {
    "map": train(replace(EXAMPLES["xor-two-bits"].experiment, epochs=500)),
    "curve": train(replace(EXAMPLES["two-layers"].experiment, epochs=3_000)),
    "flights": train(replace(EXAMPLES["challenger"].experiment, epochs=300)),
    "classes": train(replace(EXAMPLES["iris"].experiment, epochs=300)),
}


@st.composite
def films(draw, axes, experiments=networks(tables(most_features=3))):  # noqa: B008 - strategies are immutable
    """Draw a run, a slice over so many of its inputs, and all its states."""
    experiment = draw(experiments.filter(lambda one: one.sizes[0] >= axes and is_moderate(one)))
    columns = draw(st.lists(st.integers(0, experiment.sizes[0] - 1), min_size=axes, max_size=axes, unique=True))
    run = train(experiment)
    over = slice_of(experiment.dataset, columns, experiment.dataset.inputs[0], POINTS)
    return run, over, list(range(experiment.updates + 1))


def answers(run, k, over, place):
    """Return what the network answers in state k at a point of a slice, in plain Python."""
    row = over.held.copy()
    for column, axis, point in zip(over.columns, over.axes, reversed(place), strict=True):
        row[column] = axis[point]
    return np.real(outputs(run.experiment.given(row), run.weights_after(k)))


def played(figure, order):
    """Yield what a figure shows after each of some of its buttons: its traces, and what is upon them."""
    traces, layout, every = figure["data"], figure["layout"], changes(figure)
    for place in order:
        traces, layout = changed(traces, every[place]), layout | every[place][1]
        yield traces, layout


def numbers(traces, kind):
    return [trace["z"] for trace in traces if trace.get("type") == kind]


def share(colours):
    """Return how far up the scale of its colours each point of a map is, from 0 to 1."""
    return (colours["z"].astype(float) - colours["zmin"]) / (colours["zmax"] - colours["zmin"])


def drawn_frame(data, run, over, states):
    """Draw a state of a film, and return it with what its frame shows."""
    figure = changing_figure(run, over, states)
    k = data.draw(st.sampled_from(states))
    traces, _ = next(played(figure, [k]))
    return k, traces


@given(films(axes=2), st.data())
def test_each_point_of_a_frames_map_is_the_answer_there(drawn, data):
    """In bytes, and the ½ line between what is above and what is not; of classes the largest by its lead."""
    run, over, states = drawn
    k, traces = drawn_frame(data, run, over, states)
    colours, lines = numbers(traces, "heatmap"), numbers(traces, "contour")
    for place in np.ndindex(POINTS, POINTS):
        expected, shown = answers(run, k, over, place), [int(one[place]) for one in colours]
        if len(expected) < FEWEST_CLASSES:
            assert shown == [pytest.approx(MOST_COLOUR * expected[0], abs=0.51)]
            assert lines[0][place] == 0 or (lines[0][place] > 0) == (expected[0] > 0.5)
        else:
            *_, second, first = sorted(expected)
            middle = MOST_COLOUR / 2
            assert max(shown) == pytest.approx(middle * (1 + first - second), abs=0.51 * (1 + middle / 100))
            assert first - second < 0.02 or shown[int(np.argmax(expected))] == max(shown) > middle
            assert sorted(shown)[-2] <= middle + 1


@given(films(axes=1), st.data())
def test_each_point_of_a_frames_curve_is_the_answer_there(drawn, data):
    """Of an only output, or of each class's."""
    run, over, states = drawn
    k, traces = drawn_frame(data, run, over, states)
    expected = np.transpose([answers(run, k, over, [point]) for point in range(POINTS)])
    shown = expected if len(expected) >= FEWEST_CLASSES else expected[:1]
    for curve, outputs_there in zip(traces, shown, strict=False):
        assert curve["y"] == pytest.approx(outputs_there, abs=1e-6)


@pytest.mark.parametrize("axes", [1, 2])
@pytest.mark.parametrize("key", RUNS)
def test_a_frame_shows_its_whole_state_whatever_was_shown_before(key, axes):
    """It is the picture of What it computes, with its marks, lines and numbers: the slider goes anywhere."""
    run = RUNS[key]
    dataset = run.experiment.dataset
    columns = telling_inputs(dataset)[:axes]
    over = slice_of(dataset, columns, dataset.inputs[0], 31)
    draw, subject = curve_figure if len(columns) == 1 else map_figure, first_subject(run.experiment)
    states = [0, 1, 3, 10, 60, 300]
    figure = changing_figure(run, over, states)
    order = [5, 0, 4, 2, 3, 1, 5]
    for place, (traces, layout) in zip(order, played(figure, order), strict=True):
        picture = draw(Computed(run.experiment, run.weights_after(states[place]), over), subject, Marked())
        for name in UPON:
            assert (picture["layout"].get(name) or []) == (layout.get(name) or [])
        for trace, still in zip(traces, picture["data"], strict=True):
            assert {**trace.get("marker", {})} == {**still.get("marker", {})}
            np.testing.assert_array_equal((trace["x"], trace["y"]), (still["x"], still["y"]))
            match still.get("type"):
                case "heatmap":
                    assert share(trace) == pytest.approx(share(still), abs=0.51 / MOST_COLOUR)
                case "contour":
                    assert trace["z"] == pytest.approx(MOST_HEIGHT * still["z"], abs=0.51)


@pytest.mark.parametrize(
    ("key", "points"), [("map", FRAME_POINTS), ("flights", CURVE_POINTS), ("classes", CLASSES_POINTS)]
)
def test_the_others_are_as_in_the_first_row(key, points):
    experiment = RUNS[key].experiment
    columns = telling_inputs(experiment.dataset)[:2]
    over = slice_shown(experiment, columns)
    assert {len(axis) for axis in over.axes} == {points}
    assert over.departures(experiment.dataset.inputs[0]) == []


def film_of(run):
    """Return both figures of a film as Streamlit sends them, and how many states they show."""
    over = slice_shown(run.experiment, telling_inputs(run.experiment.dataset)[:2])
    states = film_states(run.experiment, frame_bytes(run.experiment, over))
    films = learning_figure(run, states), changing_figure(run, over, states)
    return [to_json(ReadyFigure(film), validate=False) for film in films], len(states)


@pytest.mark.parametrize("key", RUNS)
def test_a_frame_takes_about_as_many_bytes_as_are_reckoned_with(key):
    """As Streamlit sends it."""
    run = RUNS[key]
    (_, written), states = film_of(run)
    over = slice_shown(run.experiment, telling_inputs(run.experiment.dataset)[:2])
    buttons = written[written.index('"updatemenus"') : written.index('"template"')]
    assert len(buttons) < 1.3 * states * frame_bytes(run.experiment, over)


@pytest.mark.parametrize("key", EXAMPLES)
def test_the_film_of_every_example_is_small(key):
    (network, picture), states = film_of(train(EXAMPLES[key].experiment))
    assert len(network) + len(picture) < LARGEST_FILM
    assert states >= min(FEWEST_FRAMES, EXAMPLES[key].experiment.updates + 1)


def own(inputs, targets, **settings):
    """Make an experiment with more rows than are drawn, and names that take long to write."""
    generator = np.random.default_rng(3)
    names = [f"{place}{'<' * 200}" for place in range(inputs + targets)]
    given, wanted = generator.standard_normal((600, inputs)), generator.random((600, targets))
    return Experiment(Dataset(given, wanted, names[:inputs], names[inputs:]), biases="learned", **settings)


@pytest.mark.parametrize(
    ("inputs", "targets", "hidden_units"),
    [
        *((1, 1, ()), (1, 4, 13), (1, 4, 32), (2, 1, 3), (2, 1, (32, 32, 32)), (2, 3, ()), (2, 4, 3), (2, 4, 32)),
        *((2, 4, (8, 8)), (29, 4, ()), (29, 4, (32, 32, 32)), (32, 1, (32, 32, 32))),
    ],
)
def test_the_film_of_any_table_is_small(inputs, targets, hidden_units):
    run = train(own(inputs, targets, hidden_units=hidden_units, batch_size=200, epochs=25, learning_rate=0.5))
    (network, picture), states = film_of(run)
    assert len(network) + len(picture) < LARGEST_FILM
    assert states >= 2

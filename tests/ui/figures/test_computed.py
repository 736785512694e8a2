"""Curves and maps of what a network computes, held against a plain loop over the points that they draw."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from plain import outputs
from strategies import is_moderate, networks, tables

from core import EXAMPLES, Dataset, Experiment, train
from core.slices import slice_of
from ui.figures.computed import Computed, crossings
from ui.figures.curve import curve_figure
from ui.figures.map import map_figure
from ui.figures.neurons import CELLS, MOST, neurons_figure, pictured
from ui.figures.row_marks import MOST_DRAWN_ROWS, Marked
from ui.worked.step import neurons

POINTS = 4
NO_ROW_ASKED = Marked(0, None)
IRIS = EXAMPLES["iris"].experiment
XOR = replace(EXAMPLES["xor-two-bits"].experiment, epochs=500)
FLIGHTS = EXAMPLES["challenger"].experiment


def computed(experiment, columns, points=POINTS, weights=None):
    dataset = experiment.dataset
    over = slice_of(dataset, columns, dataset.inputs[0], points)
    return Computed(experiment, weights or experiment.weights_before, over)


@st.composite
def pictures(draw, axes, experiments=networks(tables(most_features=3))):  # noqa: B008 - strategies are immutable
    """Draw what a network computes over so many of its inputs, and one of its neurons."""
    experiment = draw(experiments.filter(lambda one: one.sizes[0] >= axes and is_moderate(one)))
    columns = draw(st.lists(st.integers(0, experiment.sizes[0] - 1), min_size=axes, max_size=axes, unique=True))
    return computed(experiment, columns), draw(st.sampled_from(list(neurons(experiment).values())))


def answer(picture, neuron, **inputs):
    """Return what a neuron answers to the held row with some inputs set, in plain Python."""
    row = picture.over.held.copy()
    for column, value in inputs.items():
        row[int(column)] = value
    layer, unit = neuron
    return np.real(outputs(picture.experiment.given(row), picture.weights[: layer + 1])[unit])


def traces(figure, **wanted):
    return [trace for trace in figure["data"] if all(trace.get(name) == value for name, value in wanted.items())]


@given(pictures(axes=2))
def test_each_point_of_a_map_is_the_answer_there(drawn):
    """And the ½ line is drawn from numbers that are above 0 just where the output is above ½."""
    picture, neuron = drawn
    figure = map_figure(picture, neuron, NO_ROW_ASKED)
    (colours,), (line,) = traces(figure, type="heatmap"), traces(figure, type="contour")
    across, up = map(str, picture.over.columns)
    for place in np.ndindex(POINTS, POINTS):
        expected = answer(picture, neuron, **{across: colours["x"][place[1]], up: colours["y"][place[0]]})
        assert colours["z"][place] == pytest.approx(expected, abs=1e-6)
        assert expected == pytest.approx(0.5, abs=1e-9) or (line["z"][place] > 0) == (expected > 0.5)


@given(pictures(axes=1))
def test_each_point_of_a_curve_is_the_answer_there(drawn):
    picture, neuron = drawn
    curve = curve_figure(picture, neuron, NO_ROW_ASKED)["data"][0]
    expected = [answer(picture, neuron, **{str(picture.over.columns[0]): x}) for x in curve["x"]]
    assert curve["y"] == pytest.approx(expected, abs=1e-6)


@given(pictures(2, networks(tables(most_features=3)).filter(lambda one: one.sizes[-1] == 3)))
def test_a_map_of_classes_has_the_colour_of_the_largest_output(drawn):
    """As strong as it is ahead of the next one, in hundredths; no other colour is seen there."""
    picture, _ = drawn
    colours = traces(map_figure(picture, None, NO_ROW_ASKED), type="heatmap")
    across, up = map(str, picture.over.columns)
    for place in np.ndindex(POINTS, POINTS):
        at = {across: colours[0]["x"][place[1]], up: colours[0]["y"][place[0]]}
        answers = [answer(picture, output, **at) for output in picture.outputs]
        *_, second, first = sorted(answers)
        strengths = [int(one["z"][place]) for one in colours]
        assert max(strengths) == pytest.approx(100 * (first - second), abs=0.51)
        assert max(strengths) == 0 or strengths[int(np.argmax(answers))] == max(strengths)
        assert max(sorted(strengths)[:-1]) <= 0
        (_, nothing), (half, nothing_yet), _ = colours[0]["colorscale"]
        assert (half, nothing_yet) == (0.5, nothing)
        assert (colours[0]["zmin"], colours[0]["zmax"]) == (-100, 100)


@given(pictures(axes=1))
def test_where_a_fine_curve_crosses_one_half_the_answer_is_one_half(drawn):
    coarse, neuron = drawn
    picture = computed(coarse.experiment, coarse.over.columns, points=2_001)
    for place in crossings(picture.over.axes[0], picture.height(neuron)):
        assert answer(picture, neuron, **{str(picture.over.columns[0]): place}) == pytest.approx(0.5, abs=1e-3)


def test_the_example_crosses_one_half_where_its_published_fit_does():
    """At 15.0429 / 0.2322 °F."""
    picture = computed(FLIGHTS, [0], 201, train(FLIGHTS).weights)
    (place,) = crossings(picture.over.axes[0], picture.height((0, 0)))
    assert place == pytest.approx(15.0429 / 0.2322, abs=0.05)


@given(pictures(axes=2), st.data())
def test_every_neuron_has_a_panel_of_its_outputs(drawn, data):
    """From corner to corner, in bytes; a click in it tells the neuron, and the chosen one has a frame."""
    coarse, chosen = drawn
    if not pictured(coarse.experiment):
        return
    picture = computed(coarse.experiment, coarse.over.columns, points=2 * CELLS)
    figure = neurons_figure(picture, chosen)
    panels = traces(figure, type="heatmap")
    (clicks,) = (trace for trace in figure["data"] if "customdata" in trace)
    by_name = neurons(picture.experiment)
    assert {*by_name} == {*clicks["text"]}
    assert len(panels) == len(clicks["customdata"])
    neuron, panel, name = data.draw(
        st.sampled_from(list(zip(clicks["customdata"], panels, clicks["text"], strict=True)))
    )
    assert by_name[name] == neuron
    place = clicks["customdata"].index(neuron)
    assert panel["x"].min() < clicks["x"][place] < panel["x"].max()
    assert panel["y"].min() < clicks["y"][place] < panel["y"].max()
    across, up = map(str, picture.over.columns)
    for corner in ((0, 0), (0, -1), (-1, 0), (-1, -1)):
        at = {across: picture.over.axes[0][corner[1]], up: picture.over.axes[1][corner[0]]}
        assert panel["z"][corner] == pytest.approx(MOST * answer(picture, neuron, **at), abs=0.51)
    frame = figure["data"][-2]
    middle = clicks["customdata"].index(chosen)
    assert (np.nanmean(frame["x"][:4]), np.nanmean(frame["y"][:4])) == (clicks["x"][middle], clicks["y"][middle])


def test_panels_do_not_overlap():
    """Those of three layers of 32, with four outputs."""
    targets = np.eye(4)
    experiment = Experiment(Dataset(np.eye(4)[:, :2], targets), epochs=1, hidden_units=(32, 32, 32))
    figure = neurons_figure(computed(experiment, [0, 1], points=CELLS), (0, 0))
    taken = [
        (x, y) for panel in traces(figure, type="heatmap") for x in panel["x"][[0, -1]] for y in panel["y"][[0, -1]]
    ]
    assert len({*taken}) == 4 * (3 * 32 + 4)
    assert all(panel["x"].size == CELLS for panel in traces(figure, type="heatmap"))


def rows_of(figure):
    """Return the number, place and name of each row that is drawn, in the table's order."""
    return sorted(
        (int(row), float(x), float(y), trace["name"])
        for trace in figure["data"]
        if "customdata" in trace
        for row, x, y in zip(trace["customdata"], trace["x"], trace["y"], strict=True)
    )


def test_rows_are_on_a_map_by_their_target():
    """In another shape and colour each."""
    figure = map_figure(computed(XOR, [0, 1]), (0, 0), NO_ROW_ASKED)
    assert rows_of(figure) == [
        (1, 0, 0, "target 0"),
        (2, 0, 1, "target 1"),
        (3, 1, 0, "target 1"),
        (4, 1, 1, "target 0"),
    ]
    looks = [(trace["marker"]["symbol"], trace["marker"]["color"]) for trace in figure["data"] if "customdata" in trace]
    symbols, colors = zip(*looks, strict=True)
    assert len({*symbols}) == len({*colors}) == 2


def test_rows_of_classes_are_on_a_map_by_the_largest_target():
    """In four columns two of which are drawn; each flower by its species."""
    figure = map_figure(computed(IRIS, [2, 3]), None, NO_ROW_ASKED)
    species = [name for name in IRIS.dataset.target_names for _ in range(50)]
    assert rows_of(figure) == [
        (row, *inputs[2:], name)
        for row, (inputs, name) in enumerate(zip(IRIS.dataset.inputs.tolist(), species, strict=True), start=1)
    ]


def test_targets_on_neither_side_have_a_mark_of_their_own():
    dataset = Dataset([[0, 0], [0, 1], [1, 0]], [0.5, 0.4, 0.9])
    assert [name for *_, name in rows_of(map_figure(computed(Experiment(dataset), [0, 1]), (0, 0), NO_ROW_ASKED))] == [
        *("target ½", "target below ½", "target above ½")
    ]
    tied = Dataset([[0, 0], [0, 1], [1, 0]], [[1, 1, 0], [1, 0, 0], [0, 0, 0.5]], None, ["a", "b", "c"])
    assert [name for *_, name in rows_of(map_figure(computed(Experiment(tied), [0, 1]), None, NO_ROW_ASKED))] == [
        *("no largest target", "a", "c")
    ]


def test_rows_stand_at_their_targets_or_on_the_curve():
    """An output's at its targets; a hidden neuron's on its curve; several outputs' on the curve of their class."""
    run = train(replace(FLIGHTS, hidden_units=2))
    picture = computed(run.experiment, [0], weights=run.weights)
    targets = [y for *_, y, _ in rows_of(curve_figure(picture, (1, 0), NO_ROW_ASKED))]
    assert targets == FLIGHTS.dataset.targets.tolist()
    hidden = [y for *_, y, _ in rows_of(curve_figure(picture, (0, 1), NO_ROW_ASKED))]
    inputs = run.experiment.inputs.tolist()
    assert hidden == pytest.approx([np.real(outputs(row, run.weights[:1])[1]) for row in inputs])
    classes = train(Experiment(Dataset([[0], [1], [2]], np.eye(3)), biases="learned"))
    picture = computed(classes.experiment, [0], weights=classes.weights)
    own = [y for *_, y, _ in rows_of(curve_figure(picture, None, NO_ROW_ASKED))]
    assert own == pytest.approx(np.diag(classes.after))


def test_rows_held_out_are_hollow():
    """And said to be where the pointer is."""
    experiment = replace(IRIS, held_out=0.2, epochs=1)
    figure = map_figure(computed(experiment, [2, 3]), None, NO_ROW_ASKED)
    drawn = [trace for trace in figure["data"] if "customdata" in trace]
    hollow = [trace for trace in drawn if trace["marker"]["color"] == "white"]
    assert sorted(np.concatenate([trace["customdata"] for trace in hollow])) == (experiment.held_out_rows + 1).tolist()
    assert all(trace["name"].endswith(", held out") for trace in hollow)
    assert sum(len(trace["x"]) for trace in drawn) == 150


def test_few_of_many_rows_are_drawn():
    rng = np.random.default_rng(1)
    dataset = Dataset(rng.random((5_000, 2)), rng.integers(0, 2, 5_000))
    rows = rows_of(map_figure(computed(Experiment(dataset, epochs=1), [0, 1]), (0, 0), NO_ROW_ASKED))
    assert len(rows) == MOST_DRAWN_ROWS
    assert (rows[0][0], rows[-1][0]) == (1, 5_000)


@pytest.mark.parametrize(("asked", "color"), [([0.25, 0.5, 1.0], "#147d5e"), ([0.25, 0.5, 0.0], "#6d727e")])
def test_the_row_asked_about_is_a_star(asked, color):
    """Green where its colour is its answer, gray where the picture holds another input elsewhere."""
    experiment = EXAMPLES["notebook"].experiment
    picture = computed(experiment, [0, 1])
    star = map_figure(picture, (0, 0), Marked(0, np.array(asked)))["data"][-1]
    assert (star["x"], star["y"], star["marker"]["color"]) == ([0.25], [0.5], color)
    assert f"{np.real(outputs(asked, picture.weights)[0]):.4f}" in star["hovertemplate"]


def test_a_row_beyond_the_picture_is_not_drawn():
    figures = [map_figure(computed(XOR, [0, 1]), (0, 0), Marked(0, asked)) for asked in (None, np.array([9.0, 0]))]
    assert len(figures[0]["data"]) == len(figures[1]["data"])
    figures = [curve_figure(computed(FLIGHTS, [0]), (0, 0), Marked(0, asked)) for asked in (None, np.array([900.0]))]
    assert len(figures[0]["data"]) == len(figures[1]["data"])


def test_the_row_asked_about_is_as_high_as_its_answer():
    """On a curve; of several outputs once on each."""
    run = train(Experiment(Dataset([[0], [1], [2]], np.eye(3)), biases="learned"))
    picture, asked = computed(run.experiment, [0], weights=run.weights), np.array([0.7])
    star = curve_figure(picture, None, Marked(0, asked))["data"][-1]
    assert star["x"] == [0.7] * 3
    assert star["y"] == pytest.approx(np.real(outputs(asked, run.weights)))

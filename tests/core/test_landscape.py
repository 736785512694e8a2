"""The landscape: every height by direct evaluation, every step and slope as training takes them."""

import tracemalloc
from dataclasses import replace

import numpy as np
import plain
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import networks, tables

from core import EXAMPLES, NOTEBOOK, Dataset, Experiment, landscape, train
from core.arrays import LARGEST_NUMBER, flat
from core.cost import row_seconds
from core.examples import XOR
from core.landscape import LEAST_POINTS, MOST_POINTS, losses_at, most_moved, points_along, way
from core.objectives import OBJECTIVES

fractions = st.floats(0, 1)
TWO_WEIGHTS = EXAMPLES["nielsen-bad"].experiment
ONE_WEIGHT = Experiment(Dataset([[1], [2]], [0, 1]), epochs=30)


def places_of(experiment):
    """Draw one place or two different ones."""
    count = experiment.weight_count
    return st.lists(st.integers(0, count - 1), min_size=1, max_size=min(2, count), unique=True)


def layers_with(experiment, weights, places, point):
    """Return the weights, an array a layer, with some of them replaced."""
    numbers = flat(weights).tolist()
    for place, value in zip(places, point, strict=True):
        numbers[place] = value
    numbers = iter(numbers)
    return [[[next(numbers) for _ in range(units)] for _ in range(rows)] for rows, units in experiment.shapes]


def mean_loss(experiment, weights, objective):
    return plain.loss(experiment.inputs, experiment.target_columns, weights, objective).real / len(experiment.inputs)


def ground_of(experiment, fraction, places):
    run = train(experiment)
    return landscape.landscape(run, round(fraction * experiment.updates), places)


@given(st.data(), networks(tables(st.floats(-2, 2))))
def test_every_height_is_that_of_a_plain_loop(data, experiment):
    """Of any network, whichever weights are chosen, and wherever they are; for both objectives."""
    places = data.draw(places_of(experiment))
    points = data.draw(st.lists(st.tuples(*[st.floats(-6, 6)] * len(places)), min_size=1, max_size=4))
    heights = losses_at(experiment, experiment.weights_before, places, np.array(points))
    for number, point in enumerate(points):
        weights = layers_with(experiment, experiment.weights_before, places, point)
        for objective in OBJECTIVES:
            loss = mean_loss(experiment, weights, objective)
            assert heights[objective][number] == pytest.approx(loss, rel=1e-9, abs=1e-12)


@given(st.data(), networks(tables(st.floats(-2, 2))), fractions)
def test_the_ground_at_a_state_is_as_high_as_the_run_was_there(data, experiment, fraction):
    """The chosen weights of state k, among the others of state k, give the loss that training found."""
    run, k = train(experiment), round(fraction * experiment.updates)
    places = data.draw(places_of(experiment))
    here = flat(run.weights_after(k))[places]
    for objective, (height,) in losses_at(experiment, run.weights_after(k), places, here[np.newaxis]).items():
        assert height == pytest.approx(run.losses[objective][k], rel=1e-12, abs=1e-15)


@pytest.mark.parametrize("numbers", [1, 7, 40])
def test_blocks_of_any_size_give_the_same_heights(numbers, monkeypatch):
    """Of rows and of points."""
    experiment = replace(EXAMPLES["iris"].experiment, epochs=3)
    points = np.random.RandomState(1).uniform(-3, 3, (9, 2))
    expected = losses_at(experiment, experiment.weights_before, [2, 20], points)
    monkeypatch.setattr(landscape, "BLOCK_NUMBERS", numbers)
    blocks = losses_at(experiment, experiment.weights_before, [2, 20], points)
    for objective in OBJECTIVES:
        assert blocks[objective] == pytest.approx(expected[objective], rel=1e-13)


@given(st.data(), networks(tables(st.floats(-2, 2))), fractions)
def test_a_landscape_holds_the_heights_over_its_axes_and_under_its_path(data, experiment, fraction):
    """The first weight along the first axis of the array."""
    places = data.draw(places_of(experiment))
    ground = ground_of(experiment, fraction, places)
    weights = ground.run.weights_after(ground.k)
    corners = np.array([[axis[place] for axis in ground.axes] for place in (0, 3, -1)])
    if len(places) > 1:
        corners[0, 1] = ground.axes[1][-1]
    for objective, heights in losses_at(experiment, weights, places, corners).items():
        drawn = ground.heights[objective]
        assert drawn.shape == tuple(map(len, ground.axes))
        at = [(0, -1), (3, 3), (-1, -1)] if len(places) > 1 else [0, 3, -1]
        assert [drawn[place] for place in at] == pytest.approx(heights.tolist(), rel=1e-12)
        under = losses_at(experiment, weights, places, ground.path)[objective]
        assert np.array_equal(ground.under_path[objective], under)
    assert not any(array.flags.writeable for array in (*ground.axes, *ground.heights.values(), ground.path))


@pytest.mark.parametrize("experiment", [TWO_WEIGHTS, ONE_WEIGHT, replace(TWO_WEIGHTS, objective="cross_entropy")])
def test_where_all_weights_are_chosen_the_path_lies_on_the_ground(experiment):
    ground = ground_of(experiment, 0.5, range(experiment.weight_count))
    for objective in OBJECTIVES:
        in_run = ground.run.losses[objective][ground.states]
        assert ground.under_path[objective] == pytest.approx(in_run, rel=1e-12)


@given(st.data(), networks(tables(st.floats(-2, 2))), fractions)
def test_the_next_step_is_the_one_that_training_makes(data, experiment, fraction):
    """With its batch, its learning rate and its fixed biases."""
    places = data.draw(places_of(experiment))
    k = round(fraction * (experiment.updates - 1))
    run = train(experiment)
    step = landscape.landscape(run, k, places).step(experiment.objective)
    made = flat(run.weights_after(k + 1)) - flat(run.weights_after(k))
    assert step == pytest.approx(made[places], abs=1e-12)


@given(st.data(), networks(tables(st.floats(-2, 2))))
def test_the_gradient_is_that_of_the_ground(data, experiment):
    """By a complex step, over all rows, for both objectives."""
    places = data.draw(places_of(experiment))
    ground = ground_of(experiment, 0, places)
    for objective in OBJECTIVES:
        for place, slope in zip(places, ground.gradient(objective), strict=True):
            value = complex(flat(experiment.weights_before)[place], 1e-30)
            nudged = layers_with(experiment, experiment.weights_before, [place], [value])
            loss = plain.loss(experiment.inputs, experiment.target_columns, nudged, objective)
            assert slope == pytest.approx(loss.imag / 1e-30 / len(experiment.inputs), abs=1e-10)


@pytest.mark.parametrize("kept", [landscape.MOST_STATES, 5])
def test_the_way_has_both_ends_and_the_weights_of_its_states(kept, monkeypatch):
    """Also of a run that keeps only some of its states."""
    monkeypatch.setattr("core.training.KEPT_NUMBERS", 16 * kept)
    run = train(Experiment(XOR, epochs=203, hidden_units=4))
    states, path = way(run, [3, 15])
    assert (states[0], states[-1]) == (0, 203)
    assert len(states) > min(kept, 30)
    for k, point in zip(states, path, strict=True):
        assert np.array_equal(point, flat(run.weights_after(int(k)))[[3, 15]])


@given(networks())
def test_those_that_moved_most_are_first(experiment):
    """By the distance between the furthest values that each had."""
    run = train(experiment)
    states = np.stack([flat(run.weights_after(k)) for k in range(experiment.updates + 1)])
    distances = np.ptp(states, axis=0)
    order = most_moved(run)
    assert sorted(order) == list(range(experiment.weight_count))
    assert np.all(np.diff(distances[order]) <= 0)


@pytest.mark.parametrize(
    "experiment",
    [
        NOTEBOOK,
        Experiment(Dataset([[1e-6, 0]], [1]), epochs=1),
        replace(NOTEBOOK, epochs=20, starting_weights=[[[1e50], [-1e50], [12345678.9]]]),
        Experiment(Dataset([[LARGEST_NUMBER, 1]], [0]), epochs=5, learning_rate=LARGEST_NUMBER),
        Experiment(Dataset([[0, 0]], [0.5]), epochs=5),
    ],
)
def test_the_axes_hold_the_path_with_room_around_it(experiment):
    """Both are equally long, no longer than is said, and rise, however far the weights moved, and however large."""
    ground = ground_of(experiment, 0.5, [0, 1])
    lengths = [axis[-1] - axis[0] for axis in ground.axes]
    assert lengths[0] == pytest.approx(lengths[1], rel=1e-9)
    width, largest = np.ptp(ground.path, axis=0).max(), np.abs(ground.path).max()
    assert lengths[0] == pytest.approx(max((1 + 2 * landscape.MARGIN) * width, 2, 2e-3 * largest))
    for axis, values in zip(ground.axes, ground.path.T, strict=True):
        room = 0.9 * landscape.MARGIN / (1 + 2 * landscape.MARGIN) * (axis[-1] - axis[0])
        assert np.all(np.diff(axis) > 0)
        assert axis[0] + room <= values.min()
        assert values.max() <= axis[-1] - room
    for objective in OBJECTIVES:
        assert np.all(np.isfinite(ground.heights[objective]))


def table(rows, hidden_units=0, epochs=1):
    inputs = np.random.RandomState(0).uniform(-1, 1, (rows, 2))
    return Experiment(Dataset(inputs, (inputs[:, 0] > 0).astype(float)), epochs=epochs, hidden_units=hidden_units)


def test_a_large_table_has_fewer_points_and_a_larger_one_none():
    """No more than the limit of seconds allows; the fewest would take longer than that."""
    few, more, most = (points_along(table(rows), 2) for rows in (4, 5_000, 10_000))
    assert few == MOST_POINTS[2] > more > most >= LEAST_POINTS
    too_large = table(10_000, hidden_units=(32, 32))
    assert points_along(too_large, 2) is None
    assert landscape.landscape(train(too_large), 0, [0, 1]) is None
    assert landscape.picture_seconds(too_large, LEAST_POINTS**2) > landscape.PICTURE_LIMIT


def test_the_points_of_the_path_count():
    """All points of a picture together, those of a long path among them, keep to the limit."""
    experiment = table(5_000, epochs=500)
    ground = landscape.landscape(train(experiment), 0, [0, 1])
    points = ground.heights["cross_entropy"].size + len(ground.under_path["cross_entropy"])
    assert points * len(experiment.inputs) * row_seconds(experiment) <= landscape.PICTURE_LIMIT
    assert landscape.picture_seconds(experiment, ground.heights["cross_entropy"].size) == pytest.approx(
        points * len(experiment.inputs) * row_seconds(experiment)
    )


def test_a_large_table_takes_little_memory():
    """A few of the blocks, and not the numbers of all points and all rows at once."""
    run = train(table(10_000))
    tracemalloc.start()
    landscape.landscape(run, 1, [0, 1])
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 20 * 8 * landscape.BLOCK_NUMBERS

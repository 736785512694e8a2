"""The curves to choose from: real runs, one of them the changed experiment's, no two alike."""

from dataclasses import replace
from functools import cache
from itertools import combinations

import numpy as np
import plain
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import networks

from core import EXAMPLES, NOTEBOOK, Experiment, train
from ui.prediction.changes import change_of, further, in_words, near
from ui.prediction.curves import order
from ui.view import CHANGES

NUMBERS = range(1, 41)
KINDS = {
    "notebook": NOTEBOOK,
    "hidden": EXAMPLES["xor-two-bits"].experiment,
    "row by row": replace(EXAMPLES["xor-rows"].experiment, epochs=400),
    "long": replace(EXAMPLES["trask-10000"].experiment, epochs=2_000),
    "typed weights": EXAMPLES["nielsen-bad"].experiment,
    "many rows": replace(EXAMPLES["iris"].experiment, epochs=100),
    "held out": replace(NOTEBOOK, held_out=0.25, epochs=100),
}


def changes_of(experiment: Experiment):
    return [name for name in CHANGES if not (experiment.starting_weights and name in {"hidden_units", "seed"})]


def made(experiment, name="learning_rate", number=1):
    """Return the change and its curves."""
    change = change_of(experiment, name, number)
    return change, order(experiment, change, number).make(lambda _done: None)


@cache
def made_of(kind):
    """Return every change of a kind's experiment with its curves."""
    return [made(KINDS[kind], name) for name in changes_of(KINDS[kind])]


def heights(curve, axis):
    """Return how high a curve is drawn along its chart, in shares of the axis that Plotly is given."""
    losses = np.interp(np.linspace(0, curve.states[-1], 1_000), curve.states, curve.losses)
    layout = axis.layout()
    low, high = layout["range"]
    return ((np.log10(losses) if layout.get("type") == "log" else losses) - low) / (high - low)


def mean_cross_entropy(experiment, weights):
    """Return the loss of plain outputs; from the last logits, for an output may be next to 0 or 1."""
    total = 0.0
    for row, wanted in zip(experiment.inputs, experiment.target_columns, strict=True):
        inputs = [number.real for number in plain.outputs(list(row), weights[:-1])] + [1.0] * experiment.has_biases
        logits = [sum(x * w for x, w in zip(inputs, column, strict=True)) for column in weights[-1].T]
        total += sum(np.logaddexp(0, z) - y * z for z, y in zip(logits, wanted, strict=True))
    return total / len(experiment.inputs)


@settings(max_examples=15)
@given(networks(learning_rates=st.floats(0.01, 0.1)), st.sampled_from(list(CHANGES)), st.integers(1, 9999))
def test_the_right_curve_is_the_changed_experiments_own(experiment, name, number):
    """It begins and ends with the losses of plain training, whatever the network."""
    change, found = made(experiment, name, number)
    changed, right = change.of(experiment), found.curves[found.right]
    assert right.name == change.words or right.name.startswith(f"{change.words}, ")
    losses = [mean_cross_entropy(changed, weights) for weights in (changed.weights_before, plain.trained(changed))]
    assert np.allclose([right.losses[0], right.losses[-1]], losses, rtol=1e-6)
    assert right.states[-1] == changed.updates


@pytest.mark.parametrize("kind", KINDS)
def test_every_curve_is_a_run_of_the_settings_that_it_is_called_by(kind):
    experiment = KINDS[kind]
    for change, found in made_of(kind):
        values = [*near(experiment, change), *further(experiment, change)]
        called = {in_words(one): replace(experiment, **one) for one in values}
        for curve in found.curves:
            assert np.array_equal(curve.losses, train(called[curve.name]).cross_entropy[curve.states])


@pytest.mark.parametrize("kind", KINDS)
def test_no_two_curves_look_alike(kind):
    """On the axis that all charts have, their lines are apart by a twentieth of the height, on average."""
    for change, found in made_of(kind):
        assert len(found.curves) >= 2, change.words
        assert len({curve.shape for curve in found.curves}) == len(found.curves)
        for one, other in combinations(found.curves, 2):
            assert np.abs(heights(one, found.axis) - heights(other, found.axis)).mean() > 0.05


def test_a_change_of_rate_has_four_curves_in_every_order():
    """The number draws order and neighbours, the same ones each time."""
    experiment = replace(NOTEBOOK, epochs=60)
    drawn = [made(experiment, number=number)[1] for number in NUMBERS]
    again = [made(experiment, number=number)[1] for number in NUMBERS[::8]]
    assert {len(found.curves) for found in drawn} == {4}
    assert {found.right for found in drawn} == {0, 1, 2, 3}
    assert [[curve.name for curve in found.curves] for found in drawn[::8]] == [
        [curve.name for curve in found.curves] for found in again
    ]
    assert len({frozenset(curve.name for curve in found.curves) for found in drawn[::4]}) > 1


def test_curves_that_all_look_alike_leave_one():
    """One small update hardly moves a loss."""
    _, found = made(replace(NOTEBOOK, epochs=1, learning_rate=0.001))
    assert len(found.curves) == 1
    assert found.right == 0


def test_what_is_too_much_is_told_beforehand():
    """The cost is that of all runs."""
    experiment = replace(NOTEBOOK, epochs=5_000)
    runs = order(experiment, change_of(experiment, "learning_rate", 1), 1)
    assert runs.updates == 8 * 5_000
    assert runs.what == "8 runs"
    one = order(replace(experiment, epochs=2_500), change_of(experiment, "learning_rate", 1), 1)
    assert runs.cost.seconds == pytest.approx(2 * one.cost.seconds)

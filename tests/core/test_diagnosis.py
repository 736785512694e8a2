"""What went wrong in a run: each finding where it holds, none close by, and nothing that the numbers do not show."""

import math
from dataclasses import replace
from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from strategies import datasets, experiments

from core import EXAMPLES, NOTEBOOK, Dataset, Experiment, diagnose, forward, rows_right, train
from core.arrays import LARGEST_NUMBER
from core.examples import XOR
from core.objectives import OBJECTIVES

OVERLAP = Dataset([[-1, 1], [0, 1], [1, 1], [2, 1]], [0, 1, 0, 1])
SAME = Dataset([[0, 1], [1, 1], [1, 1], [2, 1]], [0, 0, 1, 1])
NO_BIAS = Dataset([[0, 0], [0, 1], [1, 0], [1, 1]], [0, 0, 1, 1])
TABLE_KINDS = {"contradiction", "zero_inputs", "needs_bias", "not_separable"}
LOGIT_99 = math.log(99)  # where the output is 0.99 and the slope 0.0099


def nielsen(start, **settings):
    """Return chapter 3's neuron, a weight and a bias that both start at `start`, for 100 epochs."""
    settings = {"epochs": 100, "learning_rate": 0.15, **settings}
    return Experiment(Dataset([[1, 1]], [0]), starting_weights=([[start], [start]],), **settings)


def found(experiment):
    """Return kind and rows of each finding."""
    return [(finding.kind, finding.rows) for finding in diagnose(train(experiment))]


@pytest.mark.parametrize(
    "key",
    [
        "notebook",
        "trask-10000",
        "nielsen-moderate",
        "nielsen-bad",
        "nielsen-cross-entropy",
        "and",
        "or",
        "nand",
        "majority",
    ],
)
def test_nothing_is_wrong_with_a_run_that_gets_every_row_right(key):
    """As the published examples and the gates do."""
    assert found(EXAMPLES[key].experiment) == []


def test_a_hidden_layer_that_learns_xor_has_nothing_wrong():
    """And is still learning when it stops."""
    assert found(Experiment(XOR, hidden_units=4, epochs=2000)) == []


@pytest.mark.parametrize(
    ("experiment", "rows"),
    [
        (nielsen(20), (0,)),
        (nielsen(LOGIT_99 / 2, epochs=1, learning_rate=1e-3), (0,)),
        (replace(NOTEBOOK, learning_rate=100), (0, 1)),
        (replace(NOTEBOOK, learning_rate=1000), (0, 1)),
        (Experiment(OVERLAP, learning_rate=16), (2,)),
        (Experiment(Dataset(100 * XOR.inputs, XOR.targets), hidden_units=4, objective="cross_entropy"), (1,)),
    ],
)
def test_learning_stops_where_slopes_are_near_zero(experiment, rows):
    """Squared error's output, or a hidden layer whatever the objective; told for the rows left wrong."""
    run = train(experiment)
    (finding,) = diagnose(run)
    assert (finding.kind, finding.rows) == ("saturated", rows)
    assert finding.slope < 0.01
    assert not rows_right(run.after, experiment.dataset.targets)[list(rows)].any()


@pytest.mark.parametrize(
    ("experiment", "findings"),
    [
        (nielsen(2), [("not_converged", (0,))]),
        (nielsen(LOGIT_99 / 2 - 0.01, epochs=1, learning_rate=1e-3), [("not_converged", (0,))]),
        (nielsen(20, objective="cross_entropy"), [("not_converged", (0,))]),
        (nielsen(-20), []),
        (replace(NOTEBOOK, learning_rate=50), []),
        (replace(NOTEBOOK, learning_rate=100, objective="cross_entropy"), []),
    ],
)
def test_learning_goes_on_where_slopes_are_larger_or_not_in_the_way(experiment, findings):
    """Beside the rows that are stuck: a milder start, cross-entropy, or a saturated output that is right."""
    assert found(experiment) == findings


def test_learning_has_not_stopped_while_other_rows_still_learn():
    """One row is stuck from the start; the other takes a while."""
    experiment = Experiment(Dataset([[1, 0], [0, 1]], [0, 1]), epochs=3, starting_weights=([[10], [0]],))
    assert found(experiment) == [("not_converged", (0,))]
    assert found(replace(experiment, epochs=2000)) == [("saturated", (0,))]


@pytest.mark.parametrize(
    "experiment",
    [
        Experiment(OVERLAP, objective="cross_entropy", learning_rate=2),
        Experiment(XOR, objective="cross_entropy", learning_rate=8),
        Experiment(OVERLAP, learning_rate=6.5),
        Experiment(Dataset([[1]], [0.3]), learning_rate=50),
    ],
)
def test_too_large_a_learning_rate_makes_the_loss_jump(experiment):
    """To and fro between two values, whatever the last bits: up in every other of the last twenty epochs."""
    run = train(experiment)
    assert run.loss[-21:-2] == pytest.approx(run.loss[-19:], rel=0.01)
    (finding,) = diagnose(run)
    assert (finding.kind, finding.rises, finding.epochs) == ("oscillates", 10, 20)


@pytest.mark.parametrize("learning_rate", [7.5, 8, 9])
def test_a_loss_that_jumps_without_a_pattern_oscillates(learning_rate):
    """Such a run is chaotic: how often the loss rises hangs on the last bits, that it often does does not."""
    run = train(Experiment(OVERLAP, learning_rate=learning_rate, epochs=2000))
    (finding,) = diagnose(run)
    assert (finding.kind, finding.rises) == ("oscillates", loss_rises(run.loss[-201:], "squared_error"))


@pytest.mark.parametrize(
    ("experiment", "findings"),
    [
        (Experiment(OVERLAP, objective="cross_entropy", learning_rate=1), [("not_separable", (1, 2))]),
        (Experiment(OVERLAP, learning_rate=4), [("not_separable", (1, 2))]),
        (Experiment(Dataset([[1]], [0.3]), learning_rate=20), []),
    ],
)
def test_a_smaller_learning_rate_settles(experiment, findings):
    """On the same rows."""
    assert found(experiment) == findings


def test_a_few_rises_are_no_oscillation():
    """Four in the last twenty epochs."""
    experiment = Experiment(XOR, objective="cross_entropy", learning_rate=1.8, epochs=25)
    (finding,) = diagnose(train(experiment))
    assert (finding.kind, finding.rises, finding.epochs) == ("not_converged", 4, 20)


@pytest.mark.parametrize(
    ("experiment", "rows"),
    [
        (replace(NOTEBOOK, epochs=3), (2,)),
        (replace(NOTEBOOK, learning_rate=0.01), (2,)),
        (replace(NOTEBOOK, learning_rate=1e-5), (2, 3)),
        (replace(NOTEBOOK, learning_rate=1e-5, objective="cross_entropy"), (2, 3)),
        (Experiment(XOR, hidden_units=4), (3,)),
        (Experiment(XOR, hidden_units=4, seed=3), (2, 3)),
    ],
)
def test_more_epochs_help_while_the_loss_falls(experiment, rows):
    """However slowly it falls, as long as it does not slow down; all rows come right in the end."""
    (finding,) = diagnose(train(experiment))
    assert (finding.kind, finding.rows) == ("not_converged", rows)
    assert finding.fall > 0
    assert found(replace(experiment, epochs=5 * experiment.epochs, learning_rate=1)) == []


@pytest.mark.parametrize(
    "experiment",
    [Experiment(XOR, epochs=100), Experiment(XOR, objective="cross_entropy", learning_rate=4)],
)
def test_more_epochs_do_not_help_once_the_loss_hardly_falls(experiment):
    """Compared with how far it has fallen from its highest, even if it has not settled yet."""
    losses = getattr(train(experiment), experiment.objective)
    assert 0 < losses[-21] - losses[-1] < (losses.max() - losses[-1]) / 100
    assert found(experiment) == []


def test_the_fall_is_that_of_the_loss_descended_over_the_last_epochs():
    """Over all of them, over twenty, or over a tenth."""
    for objective, epochs, ending in [
        ("squared_error", 3, 3),
        ("squared_error", 20, 20),
        ("squared_error", 199, 20),
        ("squared_error", 310, 31),
        ("cross_entropy", 310, 31),
    ]:
        run = train(replace(NOTEBOOK, learning_rate=1e-3, objective=objective, epochs=epochs))
        losses = getattr(run, objective)
        (finding,) = diagnose(run)
        assert (finding.epochs, finding.rises) == (ending, 0)
        assert finding.fall == losses[epochs - ending] - losses[epochs]


@pytest.mark.parametrize("objective", OBJECTIVES)
def test_one_neuron_cannot_separate_xor(objective):
    """No straight line does; the loss has settled, and every output is one half."""
    experiment = Experiment(XOR, epochs=1000, objective=objective)
    assert found(experiment) == [("not_separable", (0, 1, 2, 3))]
    assert found(replace(experiment, epochs=10))[0][0] == "not_converged"


@pytest.mark.parametrize("hidden_units", [0, 3])
def test_equal_inputs_with_targets_on_both_sides_are_told_exactly(hidden_units):
    """No network gets both right; the others are right."""
    assert found(Experiment(SAME, hidden_units=hidden_units, epochs=1000)) == [("contradiction", (1, 2))]


def test_a_target_without_a_side_does_not_clash():
    """It has the inputs of two rows that do."""
    experiment = Experiment(Dataset([[0, 1], [1, 1], [1, 1], [1, 1], [2, 1]], [0, 0, 0.5, 1, 1]))
    assert found(experiment) == [("contradiction", (1, 3))]


@pytest.mark.parametrize("objective", OBJECTIVES)
def test_rows_that_clash_are_told_rather_than_those_that_no_line_separates(objective):
    """Here rows of both sorts are wrong when the loss has settled."""
    dataset = Dataset([*OVERLAP.inputs, [5, 1], [5, 1]], [*OVERLAP.targets, 0, 1])
    experiment = Experiment(dataset, epochs=5000, learning_rate=0.1, objective=objective)
    assert rows_right(train(experiment).after, dataset.targets).tolist() == [True, False, True, True, False, True]
    assert found(experiment) == [("contradiction", (4, 5))]


@pytest.mark.parametrize("objective", OBJECTIVES)
def test_targets_between_prove_nothing_about_a_line(objective):
    """The second row is wrong for the sake of the others' exact targets, and a line after the first separates it."""
    dataset = Dataset([[0, 1], [1, 1], [2, 1], [3, 1]], [0, 0.55, 0.55, 0.55])
    experiment = Experiment(dataset, epochs=5000, learning_rate=0.1, objective=objective)
    assert not rows_right(train(experiment).after, dataset.targets)[1]
    assert found(experiment) == []


def test_equal_inputs_with_targets_on_one_side_are_no_finding():
    """A network can be right about both, as it can where one asks for neither side."""
    assert found(Experiment(Dataset(SAME.inputs, [0, 0.6, 0.9, 1]))) == []
    assert found(Experiment(Dataset(SAME.inputs, [0, 0.5, 1, 1]))) == []


def test_the_flights_have_outcomes_of_both_kinds_at_two_temperatures():
    """70 °F and 75 °F: the best that a network can do there is a probability."""
    assert found(EXAMPLES["challenger"].experiment) == [("contradiction", (1, 7, 10, 15, 16, 20))]


def test_how_training_went_comes_before_rows_that_clash():
    """The two are told side by side, about different rows."""
    flights = EXAMPLES["challenger"].experiment
    clash = ("contradiction", (1, 7, 10, 15, 16, 20))
    assert found(replace(flights, learning_rate=1)) == [("oscillates", (8, 9, 13, 22)), clash]
    assert found(replace(flights, learning_rate=100, objective="squared_error")) == [("saturated", (9,)), clash]


def test_a_row_of_zeros_stays_at_one_half_for_want_of_a_bias():
    """For a single neuron; hidden units have an output of one half to weigh."""
    assert found(Experiment(NO_BIAS)) == [("zero_inputs", (0,))]
    assert found(Experiment(NO_BIAS, hidden_units=3, epochs=1000)) == []
    assert found(Experiment(Dataset(NO_BIAS.inputs, [0.5, 0, 1, 1]))) == []


def loss_rises(losses, objective):
    """Count the rises by a hundredth of the loss, or of the loss of an output of one half."""
    unsure = {"squared_error": 1 / 8, "cross_entropy": math.log(2)}[objective]
    return sum(after - before > 0.01 * max(before, unsure) for before, after in pairwise(losses))


def scale(run, row):
    """Return the smallest slope between the error of a row and its network's first weights; 1 if there is none."""
    slopes = [1.0]
    for number, layer in enumerate(reversed(forward(run.experiment.dataset.inputs, run.weights))):
        if number or run.experiment.objective == "squared_error":
            slopes.append(max(activation * (1 - activation) for activation in layer.activation[row]))
    return min(slopes)


def check_what_is_found(run):
    """Hold each finding of a run against what defines it, computed another way."""
    experiment, findings = run.experiment, diagnose(run)
    inputs, targets = experiment.dataset.inputs, experiment.dataset.targets
    losses = getattr(run, experiment.objective).tolist()
    wrong = {
        row
        for row, (output, target) in enumerate(zip(run.after, targets, strict=True))
        if target != 0.5 and not (output < 0.5 if target < 0.5 else output > 0.5)
    }
    kinds = [finding.kind for finding in findings]
    assert len(kinds) == len(set(kinds)) <= 2
    assert set(kinds[1:]) <= TABLE_KINDS
    for finding in findings:
        rows = list(finding.rows)
        assert rows == sorted(set(rows))
        ending = losses[-1 - finding.epochs :]
        assert finding.rises == loss_rises(ending, experiment.objective)
        assert finding.fall == ending[0] - ending[-1]
        assert finding.slope == pytest.approx(max((scale(run, row) for row in rows), default=1))
        if finding.kind == "contradiction":
            for row in rows:
                assert any(
                    np.array_equal(inputs[row], inputs[other]) and (targets[row] - 0.5) * (targets[other] - 0.5) < 0
                    for other in rows
                )
            continue
        assert set(rows) <= wrong
        assert rows or finding.kind == "oscillates"
        if finding.kind == "oscillates":
            assert finding.rises >= 2
            assert finding.rises >= finding.epochs / 4
        if finding.kind == "not_converged":
            assert losses[-1] < ending[0]
        if finding.kind in {"zero_inputs", "needs_bias", "not_separable"}:
            assert experiment.hidden_units == 0
        if finding.kind == "zero_inputs":
            assert not inputs[rows].any()
        if finding.kind == "saturated":
            assert finding.slope < 0.01
            assert experiment.hidden_units or experiment.objective == "squared_error"


@given(experiments(learning_rates=st.sampled_from([1e-3, 0.1, 1.0, 10.0, 1000.0])))
def test_a_finding_is_only_what_the_numbers_show(experiment):
    """In runs of every setting; findings never contradict each other."""
    check_what_is_found(train(experiment))


@given(
    experiments(
        datasets(st.floats(-LARGEST_NUMBER, LARGEST_NUMBER) | st.sampled_from([0.0, 1.0, -1000.0, 1000.0])),
        learning_rates=st.sampled_from([1e-320, 1.0, LARGEST_NUMBER]),
    )
)
def test_the_most_extreme_runs_are_diagnosed(experiment):
    """Without an error or a warning."""
    check_what_is_found(train(experiment))


whole_tables = st.integers(2, 6).flatmap(
    lambda rows: st.builds(
        Dataset,
        arrays(float, (rows, 2), elements=st.sampled_from([-2.0, -1.0, 0.0, 1.0, 2.0])),
        arrays(float, rows, elements=st.sampled_from([0.0, 1.0])),
    )
)


@given(
    whole_tables,
    st.sampled_from(list(OBJECTIVES)),
    st.sampled_from([0.1, 1.0, 10.0]),
    st.integers(0, 9),
)
def test_rows_called_not_separable_are_not(dataset, objective, learning_rate, seed):
    """Of all directions that such small whole numbers could need, none separates them."""
    experiment = Experiment(dataset, seed=seed, epochs=100, objective=objective, learning_rate=learning_rate)
    if {"needs_bias", "not_separable"} & dict(found(experiment)).keys():
        signed = dataset.inputs * (2 * dataset.targets - 1)[:, np.newaxis]
        directions = np.array(list(product(range(-9, 10), repeat=2))).T
        assert not np.any(np.all(signed @ directions > 0, axis=0))

"""What went wrong in a run: each finding where it holds, and none close by.

That a finding is true, whatever the run, is judged in its words: tests/ui/results/test_findings_judged.py.
"""

import math
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from core import EXAMPLES, NOTEBOOK, Dataset, Experiment, diagnose, forward, rows_right, train
from core.examples import XOR
from core.objectives import OBJECTIVES

OVERLAP = Dataset([[-1, 1], [0, 1], [1, 1], [2, 1]], [0, 1, 0, 1])
SAME = Dataset([[0, 1], [1, 1], [1, 1], [2, 1]], [0, 0, 1, 1])
TARGETS_BETWEEN = Dataset([[0, 1], [1, 1], [2, 1], [3, 1]], [0, 0.55, 0.55, 0.55])
NO_BIAS = Dataset([[0, 0], [0, 1], [1, 0], [1, 1]], [0, 0, 1, 1])
LARGE_XOR = Experiment(Dataset(100 * XOR.inputs, XOR.targets), hidden_units=4, objective="cross_entropy")
LOGIT_99 = math.log(99)  # where the output is 0.99 and the slope 0.0099


def nielsen(start, **settings):
    """Return chapter 3's neuron, a weight and a bias that both start at `start`, for 100 epochs."""
    settings = {"epochs": 100, "learning_rate": 0.15, **settings}
    return Experiment(Dataset([[1, 1]], [0]), starting_weights=([[start], [start]],), **settings)


def loss_rises(losses, objective):
    """Count the rises by a hundredth of the loss, or of the loss of an output of one half."""
    unsure = {"squared_error": 1 / 8, "cross_entropy": math.log(2)}[objective]
    return sum(after - before > 0.01 * max(before, unsure) for before, after in pairwise(losses))


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
    ("experiment", "kind", "rows"),
    [
        (nielsen(20), "saturated", (0,)),
        (nielsen(LOGIT_99 / 2, epochs=1, learning_rate=1e-3), "saturated", (0,)),
        (replace(NOTEBOOK, learning_rate=100), "saturated", (0, 1)),
        (replace(NOTEBOOK, learning_rate=1000), "saturated", (0, 1)),
        (LARGE_XOR, "hidden_saturated", (1,)),
    ],
)
def test_learning_stops_where_slopes_are_near_zero(experiment, kind, rows):
    """Squared error's output, or a hidden layer whatever the objective; told for the rows left wrong."""
    run = train(experiment)
    (finding,) = diagnose(run)
    assert (finding.kind, finding.rows) == (kind, rows)
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
    finding = diagnose(run)[0]
    assert (finding.kind, finding.rises, finding.epochs) == ("oscillates", 10, 20)


def test_two_rises_are_enough_in_a_few_epochs():
    (finding,) = diagnose(train(Experiment(Dataset([[1]], [0.3]), learning_rate=50, epochs=4)))
    assert (finding.kind, finding.rises, finding.epochs) == ("oscillates", 2, 4)


@pytest.mark.parametrize("learning_rate", [7.5, 8, 9])
def test_a_loss_that_jumps_without_a_pattern_oscillates(learning_rate):
    """Such a run is chaotic: how often the loss rises hangs on the last bits, that it often does does not."""
    run = train(Experiment(OVERLAP, learning_rate=learning_rate, epochs=2000))
    finding, _ = diagnose(run)
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
    run = train(Experiment(XOR, objective="cross_entropy", learning_rate=1.8, epochs=25))
    assert loss_rises(run.loss[-21:], "cross_entropy") == 4
    assert [finding.kind for finding in diagnose(run)] == ["not_separable"]


@pytest.mark.parametrize(
    ("experiment", "rows"),
    [
        (replace(NOTEBOOK, epochs=3), (2,)),
        (replace(NOTEBOOK, learning_rate=0.01), (2,)),
        (replace(NOTEBOOK, learning_rate=1e-5), (2, 3)),
        (replace(NOTEBOOK, learning_rate=1e-5, objective="cross_entropy"), (2, 3)),
        (replace(NOTEBOOK, hidden_units=4, seed=2, learning_rate=1e-6), (2, 3)),
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
    [
        Experiment(TARGETS_BETWEEN, epochs=1000, learning_rate=0.1),
        Experiment(TARGETS_BETWEEN, epochs=200, learning_rate=0.1, objective="cross_entropy"),
    ],
)
def test_more_epochs_do_not_help_once_the_loss_hardly_falls(experiment):
    """Compared with how far it has fallen from its highest, even if it has not settled yet."""
    losses = train(experiment).loss
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
        assert finding.slope == 1


@pytest.mark.parametrize("objective", OBJECTIVES)
def test_one_neuron_cannot_separate_xor(objective):
    """No straight line does, whether the loss has settled, at outputs of one half, or still falls."""
    experiment = Experiment(XOR, epochs=1000, objective=objective)
    assert found(experiment) == [("not_separable", (0, 1, 2, 3))]
    early = replace(experiment, epochs=10)
    wrong = np.flatnonzero(~rows_right(train(early).after, XOR.targets))
    assert found(early) == [("not_separable", tuple(wrong))]


def test_of_several_outputs_the_rows_are_those_in_which_no_neuron_gets_that_output_right():
    """They are named whether or not another output of theirs, which some weights would get right, is wrong as well."""
    dataset = Dataset(XOR.inputs, np.column_stack([XOR.targets, np.ones(4)]))
    for bias in (5, -5):
        experiment = Experiment(dataset, epochs=1, biases="learned", starting_weights=[[[1, 0]] * 3 + [[1, bias]]])
        run = train(experiment)
        findings = {finding.kind: finding.rows for finding in diagnose(run)}
        assert ((run.after[:, 1] < 0.5) == (bias < 0)).all()
        assert findings["not_separable"] == (0, 3)
        assert [*np.flatnonzero((run.after[:, 0] >= 0.5) != XOR.targets)] == [0, 3]


def test_a_cut_that_need_not_pass_through_zero_needs_a_bias():
    """The rows lie on a line that starts at 0, in three ways; no bias helps where targets alternate."""
    for inputs in ([[1], [2], [3], [4]], [[1, 2], [2, 4], [3, 6], [4, 8]], [[-4], [-3], [-2], [-1]]):
        assert found(Experiment(Dataset(inputs, [0, 0, 1, 1])))[-1][0] == "needs_bias"
        assert found(Experiment(Dataset(np.column_stack([inputs, np.zeros(4)]), [0, 0, 1, 1])))[-1][0] == "needs_bias"
        assert found(Experiment(Dataset(inputs, [0, 1, 0, 1])))[-1][0] == "not_separable"
        assert found(Experiment(Dataset(np.column_stack([inputs, np.ones(4)]), [0, 0, 1, 1]), epochs=5000)) == []


def test_nearly_coincident_rows_that_a_cut_parts_are_not_called_inseparable():
    """-10000 and 50005 get both right, though training will take long to find such weights."""
    dataset = Dataset([[5, 1], [5.001, 1]], [1, 0])
    assert rows_right(forward(dataset.inputs, ([[-10000], [50005]],))[-1].activation[:, 0], dataset.targets).all()
    experiment = Experiment(dataset, seed=570, epochs=2000, learning_rate=0.1, objective="cross_entropy")
    assert not rows_right(train(experiment).after, dataset.targets).all()
    assert found(experiment) == []


@pytest.mark.parametrize("hidden_units", [0, 3])
def test_equal_inputs_with_targets_on_both_sides_are_told_exactly(hidden_units):
    """No network gets both right; the others are right."""
    assert found(Experiment(SAME, hidden_units=hidden_units, epochs=1000)) == [("contradiction", (1, 2))]


def test_what_clashes_in_one_output_may_be_wrong_for_another_reason_in_the_other():
    """Rows 2 and 3 clash in the first output alone; in the second their targets, 1 and 1, are still far off."""
    dataset = Dataset(SAME.inputs, np.column_stack([SAME.targets, np.ones(4)]))
    start = [[[0, 0], [0, -4]]]
    experiment = Experiment(dataset, epochs=20, learning_rate=0.01, starting_weights=start)
    assert found(experiment) == [("not_converged", (0, 1, 2, 3)), ("contradiction", (1, 2))]
    assert found(replace(experiment, starting_weights=[[[0, 0], [0, 4]]])) == [("contradiction", (1, 2))]


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
    experiment = Experiment(TARGETS_BETWEEN, epochs=5000, learning_rate=0.1, objective=objective)
    assert not rows_right(train(experiment).after, TARGETS_BETWEEN.targets)[1]
    assert found(experiment) == []


def test_equal_inputs_with_targets_on_one_side_are_no_finding():
    """A network can be right about both, as it can where one asks for neither side."""
    assert found(Experiment(Dataset(SAME.inputs, [0, 0.6, 0.9, 1]))) == []
    assert found(Experiment(Dataset(SAME.inputs, [0, 0.5, 1, 1]))) == []
    assert found(Experiment(Dataset(SAME.inputs, [0, 0, 0.5, 1]))) == []


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


def small_start(reach):
    """Return XOR with five hidden units and starting weights within ±`reach`, slowly trained."""
    numbers = np.random.default_rng(1)
    start = (numbers.uniform(-reach, reach, (3, 5)), numbers.uniform(-reach, reach, (5, 1)))
    return Experiment(XOR, objective="cross_entropy", learning_rate=0.025, hidden_units=5, starting_weights=start)


ALTERNATING = Experiment(
    Dataset([[k / 9, 1] for k in range(1, 10)], [k % 2 == 0 for k in range(1, 10)]),
    epochs=10_000,
    learning_rate=0.1,
    hidden_units=1,
)


@pytest.mark.parametrize(("reach", "epochs"), [(0.02, 1_000), (0.02, 10_000), (1e-10, 1_000)])
def test_starting_weights_near_zero_get_stuck(reach, epochs):
    """Every output stays at one half, the loss at ln 2."""
    experiment = replace(small_start(reach), epochs=epochs)
    run = train(experiment)
    assert run.after == pytest.approx(np.full(4, 0.5), abs=0.01)
    assert run.loss[-1] == pytest.approx(math.log(2), abs=1e-3)
    assert [kind for kind, _ in found(experiment)] == ["stuck"]


def test_from_larger_starting_weights_the_same_rows_are_learned():
    assert found(replace(small_start(1), epochs=20_000)) == []


def test_a_plateau_that_is_being_left_is_not_called_stuck():
    """It lies before the fall, and the loss falls a little already."""
    falling = replace(small_start(1), epochs=1_500)
    run = train(falling)
    assert not rows_right(run.after, XOR.targets).all()
    assert "stuck" not in [kind for kind, _ in found(falling)]


def test_one_hidden_unit_cannot_alternate():
    """Four of nine rows stay wrong, each output near the targets' mean."""
    ((kind, rows),) = found(ALTERNATING)
    assert kind == "stuck"
    assert rows == (1, 3, 5, 7)
    assert train(ALTERNATING).after == pytest.approx(np.full(9, 4 / 9), abs=0.01)
    assert found(replace(ALTERNATING, epochs=50)) != [("stuck", rows)]


@pytest.mark.parametrize("weight", [0.0, 0.3])
@pytest.mark.parametrize("hidden_units", [4, (4, 3)])
def test_hidden_units_that_start_equal_stay_equal(weight, hidden_units):
    """All of them, of the largest layer; a start that differs in one weight is enough to part them."""
    experiment = Experiment(XOR, epochs=1_000, hidden_units=hidden_units)
    start = [np.full(shape, weight) for shape in experiment.shapes]
    (finding,) = diagnose(train(replace(experiment, starting_weights=start)))
    assert finding.kind == "symmetric"
    assert finding.units == ((0, 0), (0, 1), (0, 2), (0, 3))
    parted = [np.random.default_rng(3).normal(size=layer.shape) for layer in start]
    assert not any(finding.units for finding in diagnose(train(replace(experiment, starting_weights=parted))))


def test_only_the_units_that_are_equal_are_told():
    first, second = np.random.default_rng(0).normal(size=(3, 4)), np.ones((4, 1))
    first[:, 3] = first[:, 1]
    (finding,) = diagnose(train(Experiment(XOR, epochs=30, hidden_units=4, starting_weights=(first, second))))
    assert finding.units == ((0, 1), (0, 3))


def test_a_learned_bias_needs_no_column():
    """What one neuron lacks without, it has: no row of zeros, no cut through 0."""
    assert [kind for kind, _ in found(replace(Experiment(NO_BIAS), epochs=2_000))] == ["zero_inputs"]
    assert found(Experiment(NO_BIAS, epochs=2_000, biases="learned")) == []


def test_hidden_units_with_biases_that_stop_learning_are_found():
    """For rows that the hidden units answer with 0 or 1: from this start, two of XOR's stay near one half."""
    stopped = Experiment(
        Dataset(XOR.inputs[:, :2], XOR.targets), seed=3, epochs=1_000, hidden_units=2, biases="learned"
    )
    assert found(stopped) == [("hidden_saturated", (2, 3))]


def test_a_row_of_several_outputs_is_wrong_where_one_is():
    """XOR beside AND: one neuron for each learns AND alone."""
    both = Experiment(Dataset(XOR.inputs, np.column_stack([XOR.targets, [0, 0, 0, 1]])), epochs=2_000)
    run = train(both)
    assert [finding.kind for finding in diagnose(run)] == ["not_separable"]
    assert rows_right(run.after[:, 1], both.dataset.targets[:, 1]).all()
    assert found(replace(both, hidden_units=4, epochs=5_000)) == []


def test_with_batches_the_loss_is_looked_at_once_an_epoch():
    """Within an epoch it may rise: each row pulls its own way."""
    run = train(Experiment(XOR, epochs=300, batch_size=1, learning_rate=2))
    (finding,) = diagnose(run)
    assert loss_rises(run.loss, "squared_error") > 300
    assert finding.kind == "not_separable"
    assert (finding.epochs, finding.rises) == (30, 0)

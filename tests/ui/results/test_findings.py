"""What went wrong, in words: the rows and numbers of the finding, and a remedy that works."""

from dataclasses import replace

import numpy as np
import pytest
from app import new_part, opened, settled
from hypothesis import given
from strategies import experiments, networks

from core import EXAMPLES, NOTEBOOK, Dataset, Experiment, diagnose, rows_right, train
from core.examples import XOR
from ui.results.findings import explanation, explanations, wants_scaling
from ui.training import SHOWN

STUCK = Experiment(Dataset([[1, 1]], [0]), epochs=100, learning_rate=0.15, starting_weights=([[20], [20]],))
OVERSHOOTING = Experiment(
    Dataset([[-1, 1], [0, 1], [1, 1], [2, 1]], [0, 1, 0, 1]), objective="cross_entropy", learning_rate=2
)
ONE_NEURON = Experiment(XOR, epochs=1000)
NO_BIAS = Experiment(Dataset([[0, 0], [0, 1], [1, 0], [1, 1]], [0, 0, 1, 1]), epochs=1000)
SAME = Experiment(Dataset([[0, 1], [1, 1], [1, 1], [2, 1]], [0, 0, 1, 1]), epochs=1000)
EQUAL = Experiment(XOR, epochs=5_000, hidden_units=4, starting_weights=([[0] * 4] * 3, [[0]] * 4))
SMALL = Experiment(
    XOR,
    epochs=1_000,
    learning_rate=0.025,
    objective="cross_entropy",
    hidden_units=5,
    starting_weights=(
        [[0.02, -0.01, 0.01, 0, 0.01], [0, 0.01, -0.02, 0.01, 0], [0.01, 0, 0, 0.02, -0.01]],
        [[0.01], [-0.02], [0.02], [0], [-0.01]],
    ),
)
PAGE = """
import streamlit as st
from ui.results import findings
findings.show(st.session_state["run"])
"""


def told(experiment):
    """Return what is said of an experiment's run."""
    run = train(experiment)
    return [explanation(run, finding) for finding in diagnose(run)]


@pytest.mark.parametrize(
    ("experiment", "said", "remedied"),
    [
        (
            STUCK,
            ["row 1 is not on its target's side", "its slope", "or the objective cross-entropy"],
            replace(STUCK, objective="cross_entropy", epochs=1000),
        ),
        (STUCK, ["smaller inputs or starting weights"], replace(STUCK, starting_weights=([[1], [1]],))),
        (
            replace(NOTEBOOK, epochs=3),
            [
                "row 3 is not",
                "the loss (squared error) still fell by 0.064",
                "over the last 3 epochs",
                "Try more epochs",
            ],
            NOTEBOOK,
        ),
        (replace(NOTEBOOK, epochs=1), ["over the last epoch."], NOTEBOOK),
        (
            replace(NOTEBOOK, learning_rate=0.01),
            ["row 3 is not", "over the last 20 epochs", "or a larger learning rate"],
            NOTEBOOK,
        ),
        (
            ONE_NEURON,
            ["rows 1, 2, 3 and 4 are not on their targets' side", "one straight cut", "Add hidden units"],
            replace(ONE_NEURON, hidden_units=4, epochs=5000),
        ),
        (
            Experiment(
                Dataset([[1], [2], [3], [4]], [0, 0, 1, 1]), epochs=1_000, learning_rate=0.1, objective="cross_entropy"
            ),
            ["Without a bias its cut", "With a bias, under Finer controls"],
            Experiment(
                Dataset([[1, 1], [2, 1], [3, 1], [4, 1]], [0, 0, 1, 1]), epochs=5_000, objective="cross_entropy"
            ),
        ),
        (
            EQUAL,
            ["rows 1, 2, 3 and 4 are not", "h1, h2, h3 and h4 started with equal weights", "those of a seed"],
            replace(EQUAL, starting_weights=None),
        ),
        (
            SMALL,
            ["are not on their targets' side", "cross-entropy) has stopped falling", "larger starting weights"],
            replace(SMALL, starting_weights=None, epochs=10_000),
        ),
        (
            NO_BIAS,
            ["in row 1 all inputs are 0", "Have it learn a bias, under Finer controls"],
            replace(NO_BIAS, dataset=NOTEBOOK.dataset),
        ),
        (
            SAME,
            ["each of rows 2 and 3, another row has the same inputs", "add an input that tells the rows apart"],
            replace(SAME, dataset=Dataset([[0, 1, 0], [1, 1, 0], [1, 1, 1], [2, 1, 1]], SAME.dataset.targets)),
        ),
    ],
)
def test_a_finding_is_told_with_its_numbers_and_a_remedy(experiment, said, remedied):
    """The remedy leaves nothing wrong."""
    (text,) = told(experiment)
    for part in said:
        assert part in text
    assert not told(remedied)


def test_half_the_learning_rate_settles():
    """What is left is what the table asks of one neuron."""
    overshooting, too_few = told(OVERSHOOTING)
    assert "learning rate 2 is too large" in overshooting
    assert "the loss (cross-entropy) rose noticeably in 10 of the last 20 epochs" in overshooting
    assert "half of it" in overshooting
    assert "row 2 is not on its target's side" in too_few
    (text,) = told(replace(OVERSHOOTING, learning_rate=1))
    assert "one straight cut" in text


def test_a_larger_learning_rate_is_not_recommended_where_the_loss_rose():
    """Here it rose in one of three epochs, and fell on the whole."""
    (text,) = told(replace(NOTEBOOK, learning_rate=8, epochs=3))
    assert text.endswith("Try more epochs.")


@pytest.mark.parametrize(
    ("slope", "written"),
    [(0.00991, "at most 0.01"), (0.0098, "at most 0.0098"), (1.23e-9, "at most 1.3e-09"), (0.0, "0")],
)
def test_a_slope_is_at_most_what_is_written(slope, written):
    (finding,) = diagnose(train(STUCK))
    assert f"is {written};" in explanation(train(STUCK), replace(finding, slope=slope))


def test_cross_entropy_is_not_recommended_to_itself():
    """Where it is descended already, hidden neurons are saturated."""
    experiment = Experiment(Dataset(100 * XOR.inputs, XOR.targets), hidden_units=4, objective="cross_entropy")
    (text,) = told(experiment)
    assert "**Saturated**: row 2 is" in text
    assert "cross-entropy" not in text


def test_many_rows_are_not_all_named():
    """The first ten, and how many more."""
    (text,) = told(Experiment(Dataset([[0, 1]] * 1200, [0, 1] * 600), epochs=1))
    assert "each of rows 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 and 1,190 more, another row" in text


@given(experiments() | networks())
def test_every_row_of_a_finding_is_named(experiment):
    """Counted from 1, as on the page."""
    run = train(experiment)
    for finding in diagnose(run):
        names = [str(row + 1) for row in finding.rows]
        listed = f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else "".join(names)
        assert f"{'row' if len(names) == 1 else 'rows'} {listed}" in explanation(run, finding) or not names


def test_findings_are_shown_one_by_one_and_nothing_where_nothing_is_wrong():
    """The second table has zeros that a neuron without bias cannot learn, and was trained for one epoch."""
    app = new_part(PAGE)
    app.session_state["run"] = train(NOTEBOOK)
    assert not app.run().exception
    assert not app.info
    app.session_state["run"] = train(replace(NO_BIAS, epochs=1))
    assert not app.run().exception
    first, second = (info.value for info in app.info)
    assert "still fell" in first
    assert "all inputs are 0" in second


TEMPERATURES = [60 + 7 * row % 26 for row in range(30)]


@pytest.mark.parametrize("objective", ["squared_error", "cross_entropy"])
def test_where_large_inputs_are_in_the_way_a_button_standardises_them(objective):
    """The network then learns, with a bias for inputs that are around 0."""
    rows = "~".join(f"{temperature}_{int(temperature > 72)}" for temperature in TEMPERATURES)
    app = opened(table=f"1~temperature_warm~{rows}~end", objective=objective)
    assert app.info
    assert any(caption.value.startswith("Inputs are up to 85 in size;") for caption in app.main.caption)
    before = app.session_state[SHOWN].run
    settled(app.button(key="page_standardise_inputs").click().run())
    after = app.session_state[SHOWN].run
    assert (after.experiment.standardise, after.experiment.biases) == (True, "learned")
    targets = after.experiment.dataset.targets
    assert rows_right(before.after, targets).sum() < 20
    assert rows_right(after.after, targets).all()
    assert after.cross_entropy[-1] < 0.1 < before.cross_entropy[-1]
    assert not app.info


def test_saturated_large_inputs_are_standardised_before_anything_else():
    """Other advice is for inputs of order one."""
    (text,) = told(Experiment(Dataset([[30, 1], [40, 1]], [0, 0]), starting_weights=([[2], [0]],)))
    assert "**Saturated**" in text
    assert text.endswith("Inputs are up to 40 in size: standardise them.")


def test_a_constant_input_is_the_bias_where_inputs_are_standardised():
    """No other is added; and small inputs are not said to be large."""
    rows = "~".join(f"{temperature}_1_{int(temperature > 72)}" for temperature in TEMPERATURES)
    app = opened(table=f"1~temperature_one_warm~{rows}~end")
    settled(app.button(key="page_standardise_inputs").click().run())
    assert app.session_state[SHOWN].run.experiment.biases == "none"
    assert not wants_scaling(STUCK)


def test_what_no_weights_get_right_are_the_rows_learned_from():
    """Where others are held out."""
    table = Dataset(np.tile(XOR.inputs, (4, 1)), np.tile(XOR.targets, 4))
    (text,) = told(Experiment(table, epochs=1000, held_out=0.25))
    assert "no weights of a single neuron get every row learned from right" in text


def test_where_rows_have_equal_inputs_it_is_said_that_the_other_finding_leaves_them_out():
    """The Challenger's flights, trained in too large steps: of the rows that are wrong only some are its fault."""
    experiment = replace(EXAMPLES["challenger"].experiment, held_out=0.3, epochs=5_000, learning_rate=100)
    run = train(experiment)
    (_, rate), (_, equal) = explanations(run)
    oscillates, contradiction = diagnose(run)
    assert "In the end row 10 is not on its target's side of 0.5." in rate
    assert rate.endswith(" The rows of the next finding are not among these.")
    assert "are not among these" not in equal
    wrong = experiment.training_rows[~rows_right(run.after[experiment.training_rows], experiment.target_columns[:, 0])]
    assert set(wrong) - set(oscillates.rows) <= set(contradiction.rows)
    ((_, alone),) = explanations(train(EXAMPLES["challenger"].experiment))
    assert "are not among these" not in alone

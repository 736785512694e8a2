"""The lessons: every answer is what plain loops, formulas and complex steps find, and judged as it should be."""

import re
from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from notebook import INPUTS, TARGETS, XOR_TARGETS, notebook_loop, three_layer_loop
from plain import loss, outputs, passed, trained

from core import EXAMPLES, train
from ui.lessons.catalogue import LESSONS, step_of
from ui.lessons.lesson import HowMuch, Prediction, answer_text, judge, right_answer
from ui.settings import dataset_of, experiment_of
from ui.view import LESSON_KEYS, LESSON_STEPS

XOR_OF_TWO = EXAMPLES["xor-two-bits"].experiment
EQUAL_UNITS = replace(XOR_OF_TWO, starting_weights=(np.full((3, 2), 0.5), np.full((3, 1), 0.5)))
STEPS = [(key, number) for key, lesson in LESSONS.items() for number in range(1, len(lesson.steps) + 1)]


def first_pass():
    return notebook_loop(INPUTS, TARGETS, seed=1, epochs=1)


def deltas():
    output = first_pass().outputs[0]
    return (TARGETS - output) * output * (1 - output)


def row_of_largest_delta():
    return f"row {1 + max(range(4), key=lambda row: abs(deltas()[row]))}"


def how_near():
    short, long = (notebook_loop(INPUTS, TARGETS, seed=1, epochs=epochs + 1) for epochs in (200, 1_000))
    gaps = [np.abs(TARGETS - loop.outputs[-1]).sum() for loop in (short, long)]
    assert gaps[0] > gaps[1] > 0
    return "nearer"


def plotted(targets, epochs):
    return notebook_loop(INPUTS, targets, seed=1, epochs=epochs + 1).losses


def descended():
    """Hold the notebook's first update against the slopes of both losses, by complex steps."""
    before, after = first_pass().states[0]

    def falls(objective):
        slopes = []
        for place in range(3):
            nudged = before.astype(complex)
            nudged[place] += 1e-30j
            slopes.append(-loss(INPUTS, TARGETS[:, None], [nudged], objective).imag / 1e-30)
        return np.allclose(slopes, (after - before).ravel(), rtol=1e-12)

    (name,) = (name for name in ("squared_error", "cross_entropy") if falls(name))
    return name.replace("squared_error", "squared error").replace("cross_entropy", "cross-entropy")


def is_cut():
    grid = product(np.linspace(-2, 2, 21), repeat=3)
    side = 2 * XOR_TARGETS - 1
    return "yes" if any((INPUTS @ weights * side > 1e-9).all() for weights in grid) else "no"


def are_right(answers, targets):
    return "yes" if all((answer > 0.5) == (y > 0.5) for answer, y in zip(answers, targets, strict=True)) else "no"


def right_of_xor(experiment):
    weights = trained(experiment)
    answers = [outputs(row, weights)[0].real for row in INPUTS[:, :2]]
    return are_right(answers, XOR_TARGETS)


def of_first_step(name, neuron):
    return passed(XOR_OF_TWO, XOR_OF_TWO.weights_before, 1, neuron)[name]


def larger_delta():
    hidden, output = (abs(of_first_step("delta", neuron)) for neuron in ((0, 0), (1, 0)))
    return "the output's" if output > hidden else "that of h1"


def rows_above_half():
    weights = trained(XOR_OF_TWO)
    return sum(outputs(row, weights[:1])[1].real > 0.5 for row in INPUTS[:, :2])


def descent(rate):
    """Train the notebook's neuron at a learning rate; return the outputs in each state (states, rows)."""
    weights = first_pass().states[0][0].ravel()
    states = []
    for _ in range(201):
        output = 1 / (1 + np.exp(-INPUTS @ weights))
        states.append(output)
        weights = weights + rate * INPUTS.T @ ((TARGETS - output) * output * (1 - output))
    return np.array(states)


def squared_errors(rate):
    return ((TARGETS - descent(rate)) ** 2 / 2).mean(axis=1)


def bad_output():
    return 1 / (1 + np.exp(-(2 * 1 + 2 * 1)))


def first_update():
    error = 0 - bad_output()
    with_slope, without = abs(error * bad_output() * (1 - bad_output())), abs(error)
    assert without > with_slope
    return "larger"


def units_that_differ():
    into, out = trained(EQUAL_UNITS)
    return len({tuple(np.round([*into[:, unit], out[unit, 0]], 9)) for unit in range(2)})


ANSWERS = {
    ("start", 1): lambda: first_pass().outputs[0, 0],
    ("start", 2): lambda: (INPUTS @ first_pass().states[0][0])[2, 0],
    ("start", 3): lambda: 1 - first_pass().outputs[0, 2],
    ("start", 4): row_of_largest_delta,
    ("start", 5): lambda: first_pass().states[0][1][0, 0],
    ("start", 6): how_near,
    ("start", 7): lambda: plotted(TARGETS, 200)[0] - plotted(TARGETS, 200)[200],
    ("start", 8): descended,
    ("hidden", 1): lambda: plotted(XOR_TARGETS, 1_000)[1_000],
    ("hidden", 2): is_cut,
    ("hidden", 3): lambda: are_right(three_layer_loop(INPUTS, XOR_TARGETS, 1, 4, 1_001).outputs[1_000], XOR_TARGETS),
    ("hidden", 4): lambda: of_first_step("error", (0, 0)),
    ("hidden", 5): larger_delta,
    ("hidden", 6): rows_above_half,
    ("hidden", 7): lambda: right_of_xor(replace(XOR_OF_TWO, seed=3)),
    ("wrong", 1): lambda: "yes" if (np.diff(squared_errors(20)) > 0).any() else "no",
    ("wrong", 2): lambda: squared_errors(20)[1],
    ("wrong", 3): lambda: are_right(descent(100)[200], TARGETS),
    ("wrong", 4): lambda: bad_output() * (1 - bad_output()),
    ("wrong", 5): first_update,
    ("wrong", 6): units_that_differ,
    ("wrong", 7): lambda: right_of_xor(XOR_OF_TWO),
}


def experiment(settings):
    return experiment_of(settings, dataset_of(settings.names, settings.targets, settings.rows))


def answer(step, settings):
    """Return the answer while the page shows the run of some settings."""
    runs = [train(experiment(one)) for one in (step.before(settings), step.changed(settings))]
    return right_answer(step.question, *runs)


def test_every_lesson_and_step_has_a_link():
    assert list(LESSON_KEYS.names) == ["none", *LESSONS]
    assert len(LESSONS["start"].steps) == 8
    assert max(len(lesson.steps) for lesson in LESSONS.values()) <= LESSON_STEPS.most
    assert set(STEPS) == ANSWERS.keys()


@pytest.mark.parametrize(("lesson", "number"), STEPS)
def test_the_answer_of_every_step_is_computed(lesson, number):
    """It is what an independent computation finds, and is taken as right."""
    step = step_of(lesson, number)
    found, right = ANSWERS[lesson, number](), answer(step, step.settings)
    assert right == (found if isinstance(found, str) else pytest.approx(found, abs=1e-9))
    reply = judge(step.question, answer_text(step.question, right), right)
    assert reply.is_right
    assert reply.text


@pytest.mark.parametrize(("lesson", "number"), STEPS)
def test_a_wrong_answer_gets_a_hint(lesson, number):
    """Of every choice but one, too; a prediction is told how it turns out."""
    step = step_of(lesson, number)
    question, right = step.question, answer(step, step.settings)
    wrong = ["77"] if isinstance(question, HowMuch) else [choice for choice in question.choices if choice != right]
    assert wrong
    for given_answer in wrong:
        reply = judge(question, given_answer, right)
        assert not reply.is_right
        if isinstance(question, Prediction):
            assert reply.text == f"It turns out otherwise: {right}. {question.because}"
        else:
            assert reply.text == f"Not yet. {question.hint}"
            assert judge(question, given_answer, right, with_hint=False).text == "Not yet."


@pytest.mark.parametrize(("lesson", "number"), STEPS)
def test_the_right_choice_is_among_the_choices(lesson, number):
    """From other starts as well, from which the answer may be another."""
    step = step_of(lesson, number)
    if not isinstance(step.question, HowMuch):
        for seed in (1, 2, 3):
            assert answer(step, replace(step.settings, seed=seed)) in step.question.choices


def test_answers_are_those_of_the_run_that_is_shown():
    """Another seed has other ones; a prediction starts from what its step opened, even once its change is shown."""
    first, sixth = step_of("start", 1), step_of("start", 6)
    shown = replace(first.settings, seed=7)
    assert answer(first, shown) == pytest.approx(notebook_loop(INPUTS, TARGETS, 7, 1).outputs[0, 0], abs=1e-12)
    assert answer(sixth, sixth.changed(sixth.settings)) == "nearer"


@pytest.mark.parametrize(("lesson", "number"), STEPS)
@pytest.mark.parametrize(
    "change",
    [
        {"epochs": 10},
        {"learning_rate": 3.0},
        {"objective": "cross_entropy"},
        {"hidden_units": 5},
        {"biases": "fixed"},
        {"standardise": True},
        {"held_out": 0.5},
        {"names": ("p", "q", "r", "s")},
        {"rows": (("0", "1", "0", "1"),)},
        {"weights": ()},
    ],
)
def test_a_step_is_about_its_own_experiment(lesson, number, change):
    """Its words speak of the table, and its hints of the settings; only what it changes itself may be changed."""
    step = step_of(lesson, number)
    assert step.is_about(replace(step.settings, **change)) == (change.keys() <= step.change.keys())


@pytest.mark.parametrize(("lesson", "number"), STEPS)
def test_a_step_is_about_any_seed_and_any_way_to_write_its_settings(lesson, number):
    step = step_of(lesson, number)
    settings = step.settings
    rows = tuple(tuple(f"{cell}.0" for cell in row) for row in settings.rows)
    assert step.is_about(replace(settings, seed=7, rows=rows))
    assert step.is_about(step.changed(settings))
    assert step.is_about(replace(settings, batch_size=1)) == (len(rows) == 1)


NUMBER = HowMuch("How much?", lambda _run: 0.0, "Look there.", "So it is.")
WHOLE = replace(NUMBER, decimals=0)


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("-1.16572724", "Right: -1.16572724. So it is."),
        ("-1,1657", "Right: -1.16572724. So it is."),
        ("−116572724/100000000", "Right: -1.16572724. So it is."),
        ("-1.17", "Right to 2 decimals; 4 are asked for."),
        ("-1.1658", "Not yet. Look there."),
        ("1.1657", "Not yet. Look there."),
        ("1e400", "Not yet. Look there."),
        ("*much*", "Here “\\*much\\*” is not a number\\. Type one, such as 0\\.5 or 1/2\\."),
    ],
)
def test_numbers_are_read_and_rounded_as_in_your_turn(typed, text):
    assert judge(NUMBER, typed, -1.1657272409601622).text == text


@given(st.integers(-1000, 1000), st.floats(0.001, 0.5))
def test_a_whole_number_is_exact(right, off):
    assert judge(WHOLE, str(right), float(right)).is_right
    assert not judge(WHOLE, str(right + off), float(right)).is_right


@pytest.mark.parametrize(("lesson", "number"), [("none", 1), ("nope", 1)])
def test_there_is_no_step_without_a_lesson(lesson, number):
    assert step_of(lesson, number) is None


def test_a_step_beyond_the_last_is_the_last():
    assert step_of("start", 12) == step_of("start", 8)


@pytest.mark.parametrize(("lesson", "number"), [step for step in STEPS if step_of(*step).change])
def test_what_a_prediction_starts_from_is_named(lesson, number):
    """The text stays while the changed run is shown: what it says of the other run, it does not say of “here”."""
    step = step_of(lesson, number)
    words = re.findall(r"\w+", f"{step.text} {step.question.asks}".lower())
    assert not {"here", "this", "these", "final"} & set(words)


def test_a_neuron_that_is_badly_wrong_falls_as_little_as_is_said():
    """Squared error and cross-entropy fall differently in these epochs: it is the output that is told."""
    experiment = EXAMPLES["nielsen-bad"].experiment
    start, late = (
        outputs(
            experiment.inputs[0], trained(replace(experiment, epochs=epochs)) if epochs else experiment.weights_before
        )
        for epochs in (0, 150)
    )
    (text,) = (step.text for step in LESSONS["wrong"].steps if "150 epochs" in step.text)
    assert f"from {start[0].real:.2f} to {late[0].real:.2f} only" in text

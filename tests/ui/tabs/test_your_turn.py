"""Your turn: a step with numbers missing, which the reader works out and the page checks."""

import re
from dataclasses import replace

import pytest
from app import button, new_part, opened, query, settled
from hypothesis import given, settings
from hypothesis import strategies as st
from steps import steps
from strategies import networks, tables

from core import EXAMPLES, NOTEBOOK, Dataset, Experiment, train
from ui import training
from ui.exercise_text import hint, level_name
from ui.tabs import your_turn
from ui.text import exact_text, rounded_text
from ui.view import MOST_LEVELS, Place
from ui.worked.exercise import exercise_of
from ui.worked.small_network import small_experiment
from ui.worked.step import step_at

PART = """
import streamlit as st
from ui.tabs import your_turn
from ui.training import Shown
your_turn.show(Shown(st.session_state["run"], None, None), st.session_state["place"])
"""
THIRD_ROW = {"tab": "turn", "row": "3"}
KINDS = {
    "notebook": (NOTEBOOK, (0, 0)),
    "cross-entropy": (replace(NOTEBOOK, objective="cross_entropy"), (0, 0)),
    "hidden": (replace(NOTEBOOK, hidden_units=(3, 2), learning_rate=0.5), (0, 1)),
    "hidden of cross-entropy": (replace(NOTEBOOK, hidden_units=2, objective="cross_entropy"), (0, 1)),
    "several outputs": (EXAMPLES["mazur"].experiment, (0, 0)),
    "many rows": (replace(EXAMPLES["iris"].experiment, epochs=3), (1, 2)),
    "row by row": (replace(NOTEBOOK, batch_size=1), (0, 0)),
    "held out": (replace(NOTEBOOK, held_out=0.7), (0, 0)),
    "standardised": (EXAMPLES["challenger"].experiment, (0, 0)),
    "huge": (Experiment(Dataset([[1e50], [-3e9]], [0, 1]), epochs=1, biases="learned"), (0, 0)),
    "saturated": (Experiment(Dataset([[800.0]], [1]), epochs=1, seed=5), (0, 0)),
}


def part(run, place, level=1, decimals=4):
    """Open the tab on a run."""
    app = new_part(PART)
    app.session_state["run"], app.session_state["place"] = run, place
    app.session_state["page_level"], app.session_state["page_decimals"] = level, decimals
    return settled(app.run())


@pytest.fixture(scope="module")
def parts():
    """Keep a run a kind, and the tab opened on it."""
    known = {}

    def of(kind):
        if kind not in known:
            experiment, neuron = KINDS[kind]
            place = Place(1, len(experiment.dataset.targets) - 1, neuron)
            run = train(experiment)
            known[kind] = exercise_of(step_at(run, place)), part(run, place)
        return known[kind]

    return of


def texts(app):
    return "\n".join(text.value for text in (*app.markdown, *app.caption))


def field(app, quantity):
    return next(field for field in app.text_input if field.key.endswith(f"_{quantity}"))


def quantity_of(field):
    return field.key.rpartition("_")[2]


def press(app, action, quantity):
    """Press Hint or Show me beside a field."""
    pressed = next(one for one in app.button if one.key.startswith(f"page_{action}_") and one.key.endswith(quantity))
    return settled(pressed.click().run())


def answer(app, quantity, text):
    return settled(field(app, quantity).set_value(text).run())


def said(app):
    return [message.value.replace("\\", "") for message in (*app.success, *app.warning, *app.error)]


def tally(app):
    return next((caption.value for caption in app.caption if caption.value.startswith("Done")), "")


@settings(max_examples=8)
@given(steps(networks(tables(most_rows=12))), st.integers(1, MOST_LEVELS), st.integers(4, 8))
def test_the_right_numbers_are_right_in_every_kind_of_network(step, level, decimals):
    """A field for each number that the level asks, none for another."""
    exercise = exercise_of(step)
    app = part(step.run, Place(step.k, step.row, step.neuron), level, decimals)
    assert list(map(quantity_of, app.text_input)) == exercise.asked(level)
    for one in app.text_input:
        one.set_value(rounded_text(exercise.value(quantity_of(one)), decimals))
    settled(app.run())
    assert [message.value.replace("\\", "") for message in app.success] == [
        f"Right: {exact_text(exercise.value(quantity))}" for quantity in exercise.asked(level)
    ]
    assert not app.warning


@pytest.mark.parametrize("kind", KINDS)
def test_no_number_that_is_asked_is_told(kind, parts):
    """Not in the tables, formulas and sentences of any level; hints are formulas without it."""
    exercise, app = parts(kind)
    for level in range(1, MOST_LEVELS + 1):
        settled(app.selectbox(key="page_level").set_value(level).run())
        given_numbers = {
            exact_text(term.value)
            for name, question in exercise.questions.items()
            for term, source in zip(question.worked.terms, question.sources, strict=True)
            if name not in exercise.asked(level) or source not in exercise.asked(level)
        }
        told = texts(app) + "".join(hint(exercise, quantity) for quantity in exercise.asked(level))
        for quantity in exercise.asked(level):
            number = exact_text(exercise.value(quantity))
            if number not in given_numbers:  # as an error of cross-entropy, which is the delta
                assert not re.search(rf"(?<![\d.]){re.escape(number)}(?!\d)", told), (level, quantity)


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_shown_is_right(kind, parts):
    """Whatever the number's size; it is said and counted as shown, and as right once the reader types it."""
    exercise, app = parts(kind)
    settled(app.selectbox(key="page_level").set_value(MOST_LEVELS).run())
    for quantity in exercise.questions:
        press(app, "show", quantity)
    numbers = {quantity: exact_text(exercise.value(quantity)) for quantity in exercise.questions}
    assert [message.value.replace("\\", "") for message in app.info] == [f"Shown: {one}" for one in numbers.values()]
    assert said(app) == []
    expected = f"Done in this visit: {len(numbers)} numbers ({len(numbers)} shown)."
    assert tally(app) == expected
    answer(app, "new weight", f" {field(app, 'new weight').value}")
    assert said(app) == [f"Right: {numbers['new weight']}"]
    assert tally(app) == expected


def test_a_newcomer_finds_the_new_weight():
    """The old weight and the change are there; a decimal comma does."""
    app = opened(THIRD_ROW)
    assert [one.label for one in app.text_input if one.key.startswith("page_answer")] == ["New weight w1"]
    assert "in state 0: :orange[-0.16595599]" in texts(app)
    assert "over 4 rows = :violet[0.28621005]" in texts(app)
    answer(app, "new weight", "0,1203")
    assert said(app) == ["Right: 0.12025406"]
    assert tally(app) == "Done in this visit: 1 number (1 right at first)."


@pytest.mark.parametrize(
    ("quantity", "text", "message"),
    [
        ("delta", "0.1381", "Right: 0.13811206"),
        ("delta", "0.1368", "Right, but for rounding on the way: it is 0.13811206. Keep more decimals until the end."),
        ("delta", "0.14", "Right to 2 decimals; 4 are asked for."),
        ("delta", "0.7624", "Not yet. That is the error alone, the delta of cross-entropy. For squared error it is "),
        ("delta", "3/8", "Not yet. Hint shows the formula."),
        ("delta", "*x*", "Here “*x*” is not a number. Type one, such as 0.5 or 1/2."),
        ("change", "0.0716", "Not yet. That is the mean over the rows. The change is their sum."),
        ("new weight", "-0.4522", "Not yet. The sign is flipped. The change is added as it is, not taken away."),
    ],
)
def test_an_answer_is_judged_beside_its_field(quantity, text, message):
    """And what was typed stays."""
    app = opened(THIRD_ROW, level="3")
    answer(app, quantity, text)
    (one,) = said(app)
    assert one.startswith(message)
    assert field(app, quantity).value == text


def test_what_follows_from_a_wrong_number_is_told():
    """One row's change of a wrong delta: the third row's input is 1, the fourth row's delta 0.14809799."""
    app = opened(THIRD_ROW, level="3")
    answer(app, "delta", "0.5")
    answer(app, "change", "0.6481")
    assert said(app)[1] == "Worked out correctly, but from another number that is not right yet: the delta."
    assert tally(app) == ""


def test_a_hint_leaves_out_most_of_many_products():
    run = train(replace(EXAMPLES["iris"].experiment, epochs=1))
    said = hint(exercise_of(step_at(run, Place(0, 0, (0, 0)))), "total input")
    assert said.count(" · ") == 3
    assert " + … + " in said


def test_a_hint_is_the_formula_and_is_counted():
    """A second look at the answer counts nothing more."""
    app = opened(THIRD_ROW, level="3")
    press(app, "hint", "delta")
    assert ":violet[$δ$] = :violet[$e$] · :violet[$s$]" in texts(app)
    answer(app, "delta", "1")
    answer(app, "delta", "0.1381")
    answer(app, "change", "1")
    answer(app, "change", "0.2862")
    press(app, "show", "new weight")
    press(app, "show", "delta")
    expected = "Done in this visit: 3 numbers (1 after more tries, 1 with a hint, 1 shown)."
    assert tally(app) == expected
    assert tally(settled(app.run())) == expected


def test_what_was_typed_is_there_again():
    """After another row, level, tab and seed; the numbers of another seed are others, with fields of their own."""
    app = opened(THIRD_ROW, level="3")
    answer(app, "change", "0.2862")
    for key, value, before in [("page_row", 2, 3), ("page_seed", 7, 1)]:
        settled(app.number_input(key=key).set_value(value).run())
        assert field(app, "change").value == ""
        settled(app.number_input(key=key).set_value(before).run())
        assert field(app, "change").value == "0.2862"
    for level in (1, 3):
        settled(app.selectbox(key="page_level").set_value(level).run())
    for tab in ("What it computes", "Your turn"):
        app.session_state["page_tab"] = tab
        settled(app.run())
    assert field(app, "change").value == "0.2862"
    assert said(app) == ["Right: 0.28621005"]
    assert tally(app) == "Done in this visit: 1 number (1 right at first)."


def test_of_many_exercises_the_last_are_remembered(monkeypatch):
    """So that a visit stays as small as it is; the numbers that were found still count."""
    monkeypatch.setattr(your_turn, "MOST_FIELDS", 6)
    app = opened(THIRD_ROW, level="2")
    for exercise in range(1, 9):
        app.session_state["page_exercise"] = exercise
        settled(app.run())
        press(app, "show", "change")
        answer(app, "new weight", f"{exercise}")
    texts_kept = [name for name in app.session_state if name.startswith("page_answer_")]
    assert len(texts_kept) == len(app.session_state[your_turn.ATTEMPTS]) == 6
    assert tally(app) == "Done in this visit: 8 numbers (8 shown)."
    app.session_state["page_exercise"] = 7
    settled(app.run())
    assert field(app, "new weight").value == "7"
    app.session_state["page_exercise"] = 1
    settled(app.run())
    assert field(app, "new weight").value == ""
    assert tally(app) == "Done in this visit: 8 numbers (8 shown)."


def test_another_is_another_row_in_another_state():
    """Each row in its turn."""
    app = opened(THIRD_ROW)
    states = [0]
    for row in (4, 1, 2):
        settled(button(app, "Another").click().run())
        assert app.number_input(key="page_row").value == row
        states.append(app.slider(key="page_state").value)
        assert states[-1] != states[-2]
        assert f"row {row} in state {states[-1]}" in texts(app)


def test_a_small_network_has_a_link_of_its_own():
    """What is looked at in the run is as before when the reader comes back to it."""
    app = opened(THIRD_ROW, state="12")
    settled(button(app, "A small network").click().run())
    seed = query(app)["exercise"]
    assert not app.slider
    assert "a small network with made-up numbers" in texts(app)
    said_here = texts(app)
    settled(button(app, "Another").click().run())
    assert query(app)["exercise"] != seed
    settled(button(app, "Back to your network").click().run())
    assert "exercise" not in query(app)
    assert "row 3 in state 12." in texts(app)
    assert texts(opened(THIRD_ROW, state="12", exercise=seed)) == said_here


def test_a_small_networks_numbers_are_checked():
    """Those that its seed makes."""
    app = opened(tab="turn", exercise="5", example="xor-hidden")
    experiment, place = small_experiment(5, app.session_state[training.SHOWN].run.experiment)
    exercise = exercise_of(step_at(train(experiment), place))
    answer(app, "new weight", str(exercise.value("new weight")))
    assert said(app) == [f"Right: {exact_text(exercise.value('new weight'))}"]


def test_the_levels_are_named_by_what_they_ask():
    assert [level_name(level) for level in (1, 2, 3, 7)] == [
        "1: the new weight",
        "2: from the change on",
        "3: from the delta on",
        "7: the whole step",
    ]
    assert "needs no slope" in texts(opened(tab="turn", level="4", objective="cross_entropy"))
    assert "needs no slope" not in texts(opened(tab="turn", level="3", objective="cross_entropy"))

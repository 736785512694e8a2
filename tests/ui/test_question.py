"""Ask it: a row of the reader's own, answered with the final weights, and every number on its way."""

import math
import re
from dataclasses import replace

import numpy as np
import pytest
from app import new_part
from hypothesis import given
from strategies import networks

from core import EXAMPLES, NOTEBOOK, Dataset, Experiment, train
from ui.explanation import forward_parts
from ui.names import neuron_names
from ui.question import InvalidInputs, answer, asked, first_question, read_inputs
from ui.text import escape, exact_text

PAGE = """
import streamlit as st
from ui.question import ask, show_answer
if not st.session_state.get("is_closed"):
    inputs = ask(st.session_state["run"])
    if inputs is not None:
        show_answer(st.session_state["run"], inputs)
"""
TRASK = EXAMPLES["trask-10000"].experiment
HIDDEN = Experiment(Dataset([[0, 1], [1, 1]], [0, 1]), hidden_units=2)


@pytest.fixture(scope="module")
def visit():
    """Open the section on the notebook's run once, for tests that fill in the same field."""
    return opened(train(NOTEBOOK))


def opened(run):
    """Open the section on a run."""
    app = new_part(PAGE)
    return shown(app, run)


def shown(app, run):
    """Show a run on an open page."""
    app.session_state["run"] = run
    return settled(app.run())


def settled(app):
    """Return the page after a run that raised nothing."""
    assert not app.exception
    return app


def texts(app):
    return [field.value for field in app.text_input]


def output(app):
    return app.metric[0].value


def test_the_new_situation_of_the_sources_is_asked_first():
    """After 10,000 epochs the answer to [1, 0, 0] is the published one."""
    app = opened(train(TRASK))
    assert texts(app) == ["1", "0", "0"]
    assert output(app) == "0.99993704"
    assert app.markdown[-1].value.endswith(":green[0.99993704]")


def test_the_answer_follows_the_fields():
    """The notebook's third row, whose final output its page shows."""
    app = opened(train(NOTEBOOK))
    settled(app.text_input[2].set_value(" 1.0 ").run())
    assert output(app) == "0.95022027"


@given(networks())
def test_a_row_of_the_table_is_answered_as_in_the_predictions(experiment):
    """To eight decimals, in the table's units; every layer's neurons come before those of the next."""
    run = train(experiment)
    for inputs, expected in zip(experiment.dataset.inputs, run.after, strict=True):
        steps = asked(run, inputs)
        names = [name for layer in neuron_names(experiment.sizes) for name in layer]
        assert list(steps) == names
        outputs = [float(answer(step)) for step in steps.values() if step.is_output]
        assert outputs == pytest.approx(np.ravel(expected), abs=1e-8)
        for step in steps.values():
            assert forward_parts(step)[-1].endswith(f":green[{answer(step)}]")


def test_several_answers_are_named_by_their_targets():
    """And the way of the standardised inputs is shown once, before the neurons."""
    iris = EXAMPLES["iris"].experiment
    app = opened(train(replace(iris, epochs=20)))
    assert [metric.label for metric in app.metric] == ["o1: setosa", "o2: versicolor", "o3: virginica"]
    assert [heading.value for heading in app.header] == ["Standardise", "Forward"]
    assert texts(app) == ["5.1", "3.5", "1.4", "0.2"]


def test_a_neuron_is_computed_by_hand():
    """The logit of [1, 0, 0] is the first weight alone."""
    run = train(NOTEBOOK)
    assert answer(asked(run, [1, 0, 0])["output"]) == exact_text(1 / (1 + math.exp(-5.45668723)))


def test_other_numbers_of_inputs_start_from_the_first_row():
    """In full, so that its answer is the page's."""
    run = train(EXAMPLES["challenger"].experiment)
    app = opened(run)
    assert list(map(float, texts(app))) == first_question(run) == run.experiment.dataset.inputs[0].tolist()
    assert output(app) == exact_text(run.after[0])


def test_hidden_neurons_are_shown_before_the_output():
    """Each with its own output, the last one open."""
    app = opened(train(HIDDEN))
    names = [section.label.split(":")[0] for section in app.expander]
    assert names == ["h1", "h2", "output"]
    assert app.expander[-1].label.endswith(output(app))
    assert [section.proto.expanded for section in app.expander] == [False, False, True]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "x2: the field is blank. Type a number."),
        ("  ", "x2: the field is blank. Type a number."),
        ("one", "x2: “one” is not a number. Type one, such as 0.5 or 1/2."),
        ("1,234.5", "x2: “1,234.5” has a comma that may separate thousands. Type 1234.5."),
        ("1,000", "x2: “1,000” has a comma that may separate thousands. Type 1000 or 1.0."),
        ("nan", "x2: “nan” is not a number. Type one, such as 0.5 or 1/2."),
        ("-inf", "x2: -inf is too large. Type a number between -1e50 and 1e50."),
        ("2e50", "x2: 2e50 is too large. Type a number between -1e50 and 1e50."),
    ],
)
def test_a_field_without_a_number_is_named_with_the_remedy(text, problem, visit):
    """In place of the answer; the field keeps its text."""
    with pytest.raises(InvalidInputs, match=f"^{re.escape(problem)}$"):
        read_inputs(["x1", "x2"], ["1", text])
    app = visit
    settled(app.text_input[1].set_value(text).run())
    (message,) = app.error
    assert message.value.replace("\\", "") == f"- {problem}"
    assert not app.metric
    assert texts(app)[1] == text


def test_all_fields_without_a_number_are_named():
    """One line each, long names and texts cut short."""
    with pytest.raises(InvalidInputs) as caught:
        read_inputs(["a" * 1000, "b", "c"], ["x" * 1000, "1", ""])
    first, second = str(caught.value).splitlines()
    assert len(first) < 250
    assert second == "c: the field is blank. Type a number."


@pytest.mark.parametrize(
    ("text", "number"),
    [("1e50", 1e50), ("-.5", -0.5), ("+3", 3), (" 1e-3 ", 0.001), ("-0,5", -0.5), (",25", 0.25), ("1,5e-1", 0.15)],
)
def test_any_writing_of_a_number_is_read(text, number):
    """As the data table reads it, and with a decimal comma."""
    assert read_inputs(["x1"], [text]) == [number]


def test_names_are_shown_to_the_letter():
    """Markdown in a column's name stays text, in labels and in messages."""
    name = "*a* [b](c) $x$ :red[d]"
    app = opened(train(Experiment(Dataset([[1]], [0], [name]))))
    assert any(escape(name) in text.value for text in app.markdown)
    assert app.text_input[0].label == "a b c x red d"
    settled(app.text_input[0].set_value("").run())
    assert escape(name) in app.error[0].value


def test_other_columns_are_asked_anew():
    """What was typed for a column does not end up in another one, and does not keep the section from working."""
    app = opened(train(NOTEBOOK))
    settled(app.text_input[0].set_value("bad").run())
    assert texts(shown(app, train(HIDDEN))) == ["0", "1"]
    assert not app.error
    renamed = Dataset(NOTEBOOK.dataset.inputs, NOTEBOOK.dataset.targets, ["a", "b", "one"])
    assert texts(shown(app, train(replace(NOTEBOOK, dataset=renamed)))) == ["0", "0", "1"]
    settled(app.text_input[0].set_value("0.5").run())
    assert texts(shown(app, train(replace(NOTEBOOK, dataset=renamed, seed=5)))) == ["0.5", "0", "1"]


def test_thirty_two_columns_and_sixteen_hidden_units_are_shown():
    """The widest table and network."""
    app = opened(train(Experiment(Dataset([[1] * 32], [1]), hidden_units=16, epochs=1)))
    assert len(app.text_input) == 32
    assert len(app.expander) == 17


def test_a_question_is_kept_while_the_section_is_closed():
    """In another tab, say."""
    app = opened(train(NOTEBOOK))
    settled(app.text_input[0].set_value("0.5").run())
    app.session_state["is_closed"] = True
    assert not settled(app.run()).text_input
    app.session_state["is_closed"] = False
    assert texts(settled(app.run())) == ["0.5", "0", "0"]


def test_scaled_targets_are_answered_in_their_units():
    """Beside the output itself, of which the amount is made."""
    dataset = Dataset([[60], [85], [110]], [250_000, 400_000, 637_500], ["area"], "price", scale_targets=True)
    run = train(Experiment(dataset, epochs=50, standardise=True))
    app = opened(run)
    amount, number = app.metric
    assert (amount.label, number.label) == ("price", "Output")
    assert float(amount.value) == pytest.approx(250_000 + 387_500 * float(number.value), abs=0.6)

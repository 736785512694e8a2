"""Ask it: a row of the reader's own goes forward through the trained network."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from core import EXAMPLES, Run
from core.arrays import LARGEST_NUMBER
from core.messages import shown as quoted
from ui import markup
from ui.explanation import forward_parts, standardised_parts
from ui.names import neuron_names
from ui.session import key
from ui.text import escape, exact_text, number_text, spoken
from ui.training import Shown
from ui.typed_number import NoNumber, read_number
from ui.view import Place
from ui.worked.step import Step, neurons, question_step

FIELD_WIDTH = 120  # pixels


class InvalidInputs(ValueError):
    """Fields without a number; the message has a line for each, with its name, its text and the remedy."""


def show(shown: Shown, _place: Place) -> None:
    """Show a field an input, the output, and how it comes about."""
    st.markdown(
        "Ask the trained network about a row of your own, which need not be in the table. It goes forward through the "
        "final weights; nothing goes back, since nobody says what its target is."
    )
    run = shown.run
    texts = _choose_inputs(run)
    try:
        inputs = read_inputs(run.experiment.dataset.input_names, texts)
    except InvalidInputs as error:
        st.error("\n".join(f"- {escape(line)}" for line in str(error).splitlines()))
        return
    steps = asked(run, inputs)
    with st.container(horizontal=True):
        for label, step in zip(answer_labels(run), (one for one in steps.values() if one.is_output), strict=True):
            st.metric(label, answer(step), width="content")
    if parts := standardised_parts(next(iter(steps.values()))):
        st.subheader("Standardise", anchor=False)
        markup.show(parts)
    st.subheader("Forward", anchor=False)
    for name, step in steps.items():
        with _container(name, step) if len(steps) > 1 else st.container():
            markup.show(forward_parts(step))


def first_question(run: Run) -> list[float]:
    """Return the row that a source of this table asks about, else the table's first."""
    dataset = run.experiment.dataset
    questions = (example.question for example in EXAMPLES.values() if example.experiment.dataset == dataset)
    return [float(number) for number in next(filter(None, questions), dataset.inputs[0])]


def read_inputs(names: Sequence[str], texts: Sequence[str]) -> list[float]:
    """Read what was typed into the fields of the inputs. Raises `InvalidInputs`."""
    numbers, problems = [], []
    for name, text in zip(names, texts, strict=True):
        try:
            numbers.append(_read_input(text))
        except NoNumber as problem:
            problems.append(f"{quoted(name, str)}: {problem}")
    if problems:
        raise InvalidInputs("\n".join(problems))
    return numbers


def asked(run: Run, inputs: Sequence[float]) -> dict[str, Step]:
    """Propagate one row (inputs,) forward with the final weights: a step a neuron, by name, the outputs last."""
    by_name = neurons(run.experiment)
    step = question_step(run, inputs)
    return {name: replace(step, neuron=by_name[name]) for layer in neuron_names(run.experiment.sizes) for name in layer}


def answer_labels(run: Run) -> list[str]:
    """Return what the answers are called: an output, or of several each with its target."""
    targets = run.experiment.dataset.target_names
    names = neuron_names(run.experiment.sizes)[-1]
    if len(targets) == 1:
        return ["Output"]
    return [f"{name}: {escape(quoted(target, str))}" for name, target in zip(names, targets, strict=True)]


def answer(step: Step) -> str:
    """Return the neuron's output for the row asked about, to eight decimals."""
    return exact_text(step.ahead.activation[step.row, step.neuron[1]])


def _choose_inputs(run: Run) -> list[str]:
    """Show the fields; other columns get fields of their own, so that no text ends up under another name."""
    names = run.experiment.dataset.input_names
    with st.container(horizontal=True):
        return [
            _choose_input(name, number, position, f"ask_{len(names)}_{position}_{name}")
            for position, (name, number) in enumerate(zip(names, first_question(run), strict=True))
        ]


def _choose_input(name: str, first: float, position: int, place: str) -> str:
    """Show the field of an input under its name; a label would be read aloud with all that escapes its Markdown."""
    label = spoken(name) or f"input {position + 1}"
    with st.container(width=FIELD_WIDTH, gap="xxsmall"):
        st.markdown(f":small[{escape(name)}]")
        return st.text_input(
            label, number_text(first), key=key(place), persist_state="page", label_visibility="collapsed"
        )


def _container(name: str, step: Step) -> DeltaGenerator:
    """Return where one of several neurons is shown: the output open, hidden ones opened by the reader."""
    return st.expander(f"{name}: {answer(step)}", expanded=step.is_output, key=key(f"ask_{name}"))


def _read_input(text: str) -> float:
    """Read a number that may be an input. Raises `NoNumber`."""
    number = read_number(text)
    if abs(number) > LARGEST_NUMBER:
        raise NoNumber(f"{quoted(text, str)} is too large. Type a number between -1e50 and 1e50.")
    return number

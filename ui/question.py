"""A row of the reader's own: the fields that it is typed into, and its way forward through the trained network."""

from collections.abc import Mapping, Sequence
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
from ui.text import amount_text, escape, exact_text, number_text, spoken
from ui.typed_number import NoNumber, read_number
from ui.worked.step import Step, neurons, question_step

FIELD_WIDTH = 120  # pixels
ASKED = key("asked")  # as a link says it
FILLED = key("filled")  # what of it the fields were set to


class InvalidInputs(ValueError):
    """Fields without a number; the message has a line for each, with its name, its text and the remedy."""


def ask(run: Run) -> list[float] | None:
    """Show a field an input and return what is typed; None, saying why, while a field holds no number."""
    try:
        return read_inputs(run.experiment.dataset.input_names, _choose_inputs(run))
    except InvalidInputs as error:
        st.error("\n".join(f"- {escape(line)}" for line in str(error).splitlines()))
    return None


def show_answer(run: Run, inputs: Sequence[float]) -> None:
    """Show what the network answers to a row (inputs,) with its final weights, and how that comes about."""
    steps = asked(run, inputs)
    with st.container(horizontal=True):
        for label, step in zip(answer_labels(run), (one for one in steps.values() if one.is_output), strict=True):
            _show_amount(step)
            st.metric(label, answer(step), width="content")
    if parts := standardised_parts(next(iter(steps.values()))):
        st.header("Standardise", anchor=False)
        markup.show(parts)
    st.header("Forward", anchor=False)
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


def _show_amount(step: Step) -> None:
    """Show the answer in the units of its targets, if these were scaled."""
    dataset, unit = step.run.experiment.dataset, step.neuron[1]
    if dataset.scale_targets:
        amount = amount_text(dataset, unit, float(step.ahead.activation[step.row, unit]))
        st.metric(escape(quoted(dataset.target_names[unit], str)), amount, width="content")


def _choose_inputs(run: Run) -> list[str]:
    """Show the fields; other columns get fields of their own, so that no text ends up under another name."""
    names = run.experiment.dataset.input_names
    first = dict(zip(names, first_question(run), strict=True))
    places = {name: key(f"ask_{len(names)}_{position}_{name}") for position, name in enumerate(names)}
    _fill(places, first)
    with st.container(horizontal=True):
        return [_choose_input(name, position, places, first) for position, name in enumerate(names)]


def _fill(places: Mapping[str, str], first: Mapping[str, float]) -> None:
    """Set the fields to what a link asks about; to what is asked `first` where it says nothing of these inputs."""
    linked = st.session_state.get(ASKED, ())
    asked = linked if {name for name, _ in linked} == places.keys() else ()
    if asked != st.session_state.get(FILLED, ()):
        numbers = dict(asked) or first
        st.session_state.update({place: number_text(numbers[name]) for name, place in places.items()})
        st.session_state[FILLED] = asked


def _choose_input(name: str, position: int, places: Mapping[str, str], first: Mapping[str, float]) -> str:
    """Show the field of an input under its name; a label would be read aloud with all that escapes its Markdown."""
    with st.container(width=FIELD_WIDTH, gap="xxsmall"):
        st.markdown(f":small[{escape(name)}]")
        st.session_state.setdefault(places[name], number_text(first[name]))
        return st.text_input(
            spoken(name) or f"input {position + 1}",
            key=places[name],
            on_change=_note,
            args=(places, first),
            persist_state="page",
            label_visibility="collapsed",
        )


def _note(places: Mapping[str, str], first: Mapping[str, float]) -> None:
    """Take down what is asked about, for the link, if it can be read."""
    try:
        numbers = read_inputs(list(places), [st.session_state[place] for place in places.values()])
    except InvalidInputs:
        return
    asked = tuple(zip(places, numbers, strict=True))
    st.session_state[ASKED] = st.session_state[FILLED] = () if dict(asked) == first else asked


def _container(name: str, step: Step) -> DeltaGenerator:
    """Return where one of several neurons is shown: the output open, hidden ones opened by the reader."""
    return st.expander(f"{name}: {answer(step)}", expanded=step.is_output, key=key(f"ask_{name}"))


def _read_input(text: str) -> float:
    """Read a number that may be an input. Raises `NoNumber`."""
    number = read_number(text)
    if abs(number) > LARGEST_NUMBER:
        raise NoNumber(f"{quoted(text, str)} is too large. Type a number between -1e50 and 1e50.")
    return number

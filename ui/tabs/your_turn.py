"""Your turn: a step with numbers missing, which the reader works out, or a change whose outcome is guessed."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from core import Run, train
from ui import exercise_text, markup
from ui.comparison import taking
from ui.hiding import is_hidden
from ui.prediction import predict
from ui.session import key
from ui.sidebar import controls
from ui.sidebar.controls import DECIMALS, EXERCISE, LEVEL, PRACTICE, ROW, STATE
from ui.text import escape, rounded_text
from ui.training import Shown
from ui.typed_number import NoNumber, read_number
from ui.view import MOST_DECIMALS, MOST_EXERCISES, MOST_LEVELS, PRACTICES, Place, View
from ui.worked.attempt import Attempt, Way, tally
from ui.worked.check import Verdict, check
from ui.worked.exercise import Exercise, exercise_of
from ui.worked.small_network import small_experiment
from ui.worked.step import Step, step_at

ATTEMPTS: Final = key("attempts")  # by the place of the field, those shown last at the end
DONE: Final = key("done")  # how the numbers were found whose fields are forgotten
MOST_FIELDS: Final = 350  # that are remembered: those of fifty whole steps
FIELD_WIDTH: Final = 180  # pixels
PARTS: Final = {"Forward": ("total input", "output"), "Backward": ("error", "slope", "delta")}
LAST_PART: Final = ("change", "new weight")


@dataclass(frozen=True)
class Assignment:
    """An exercise, what of it is asked, and where the answers are kept, for when the reader comes back to it."""

    exercise: Exercise
    asked: list[str]
    decimals: int
    place: str


@dataclass(frozen=True)
class Field:
    """What was typed for a number, where that is kept, and where something can be said of it."""

    text: str
    place: str
    below: DeltaGenerator


def looks_at_run() -> bool:
    """Tell whether a step of the run that is shown is worked, rather than of a small network, or none."""
    return st.session_state.get(PRACTICE, View.practice) == "step" and not st.session_state.get(EXERCISE)


def show(shown: Shown, place: Place) -> None:
    """Show what there is to do, and of that the part which is chosen."""
    taking.show_taken()
    if _choose_practice(shown) == "predict":
        predict.show(shown)
    else:
        _work(shown, place)


def _choose_practice(shown: Shown) -> str:
    """Show the choice of what to do, unless it is hidden."""
    chosen = controls.within("practice", shown.settings)
    if not is_hidden("practice"):
        st.segmented_control(
            "What you do",
            list(PRACTICES.names),
            format_func=PRACTICES.shown,
            required=True,
            key=chosen,
            persist_state="page",
            label_visibility="collapsed",
        )
    practice: str = st.session_state[chosen]
    return practice


def _work(shown: Shown, place: Place) -> None:
    """Show the step, a field for each number that is missing, and what was done."""
    level, decimals = _choose_level()
    exercise, is_small = _exercise(shown.run, place), not looks_at_run()
    assignment = Assignment(exercise, exercise.asked(level), decimals, _place(exercise.step))
    st.markdown(exercise_text.introduction(exercise, level, decimals, is_small=is_small))
    st.caption(exercise_text.remarks(exercise, level, is_small=is_small))
    fields: dict[str, Field] = {}
    for column, (heading, quantities) in zip(st.columns(2, gap="medium"), PARTS.items(), strict=True):
        with column:
            st.header(heading, anchor=False)
            fields |= _show_part(assignment, quantities)
    st.header("Update", anchor=False)
    fields |= _show_part(assignment, LAST_PART)
    _say(assignment, fields)
    _show_what_next(shown.run)


def _choose_level() -> tuple[int, int]:
    """Show the controls of how much is asked, and how exactly, unless they are hidden."""
    if is_hidden("level"):
        return st.session_state[LEVEL], st.session_state[DECIMALS]
    with st.container(horizontal=True, vertical_alignment="bottom"):
        level = st.selectbox(
            "Left to you",
            range(1, MOST_LEVELS + 1),
            format_func=exercise_text.level_name,
            key=LEVEL,
            persist_state="page",
            width=220,
            help="Each level leaves one number more to you, from the last of the step to its first.",
        )
        decimals = st.number_input(
            "Decimals", View.decimals, MOST_DECIMALS, key=DECIMALS, persist_state="page", width=120
        )
    return level, decimals


def _exercise(run: Run, place: Place) -> Exercise:
    """Return the step of the run that is looked at, or that of the small network that is chosen instead."""
    if not looks_at_run():
        experiment, place = small_experiment(st.session_state[EXERCISE], like=run.experiment)
        run = train(experiment)
    return exercise_of(step_at(run, place))


def _place(step: Step) -> str:
    layer, unit = step.neuron
    return f"answer_{hash(step.run.experiment)}_{step.k}_{step.row}_{layer}_{unit}"


def _show_part(assignment: Assignment, quantities: tuple[str, ...]) -> dict[str, Field]:
    """Show what is given of some quantities, and the fields of those that are asked."""
    fields = {}
    for quantity in quantities:
        if quantity in assignment.exercise.questions:
            markup.show(exercise_text.given_parts(assignment.exercise, quantity, assignment.asked))
        if quantity in assignment.asked:
            with st.container(gap="xsmall"):
                fields[quantity] = _ask(assignment, quantity)
    return fields


def _ask(assignment: Assignment, quantity: str) -> Field:
    """Show the field of a number, and the buttons that help."""
    exercise, place = assignment.exercise, f"{assignment.place}_{quantity}"
    _remember(place)
    answer = rounded_text(exercise.value(quantity), assignment.decimals)
    st.markdown(exercise_text.title(exercise, quantity))
    with st.container(horizontal=True, gap="small"):
        text = st.text_input(
            exercise_text.label(exercise, quantity),
            key=key(place),
            persist_state="page",
            label_visibility="collapsed",
            autocomplete="off",
            width=FIELD_WIDTH,
        )
        if not is_hidden("hint"):
            st.button("Hint", on_click=_give_hint, args=(place,), key=key(f"hint_{place}"))
        if not is_hidden("show_me"):
            st.button("Show me", on_click=_show_answer, args=(place, answer), key=key(f"show_{place}"))
    if _attempt(place).is_hinted:
        st.markdown(exercise_text.hint(exercise, quantity))
    return Field(text, place, st.empty())


def _say(assignment: Assignment, fields: dict[str, Field]) -> None:
    """Check what was typed; say so below each field, and take it down."""
    typed = {}
    for quantity, field in fields.items():
        if field.text.strip():
            try:
                typed[quantity] = read_number(field.text)
            except NoNumber as problem:
                field.below.error(escape(f"Here {problem}"))
    for quantity, verdict in check(assignment.exercise, typed, assignment.decimals).items():
        field = fields[quantity]
        attempt = _attempt(field.place).tried(field.text, counts=verdict.counts)
        _take_down(field.place, attempt)
        if verdict.counts and attempt.is_shown:
            field.below.info(escape(exercise_text.shown_text(assignment.exercise, quantity)))
            continue
        text = exercise_text.verdict_text(
            assignment.exercise, quantity, verdict, assignment.decimals, has_hint=not is_hidden("hint")
        )
        _say_verdict(field.below, text, verdict)


def _say_verdict(below: DeltaGenerator, text: str, verdict: Verdict) -> None:
    if verdict.counts:
        below.success(escape(text))
    else:
        below.warning(escape(text))


def _remember(place: str) -> None:
    """Remember a field that is shown; of those shown longest ago only how their numbers were found."""
    attempts: dict[str, Attempt] = st.session_state.setdefault(ATTEMPTS, {})
    attempts[place] = attempts.pop(place, Attempt())
    for forgotten in list(attempts)[:-MOST_FIELDS]:
        st.session_state[DONE] = _done([attempts.pop(forgotten)])
        st.session_state.pop(key(forgotten), None)


def _done(attempts: Iterable[Attempt]) -> dict[Way, int]:
    """Return how many numbers were found in each way, in these attempts and in those that are forgotten."""
    before: dict[Way, int] = st.session_state.get(DONE, {})
    return {way: count + before.get(way, 0) for way, count in tally(attempts).items()}


def _attempt(place: str) -> Attempt:
    attempt: Attempt = st.session_state[ATTEMPTS][place]
    return attempt


def _take_down(place: str, attempt: Attempt) -> None:
    st.session_state[ATTEMPTS][place] = attempt


def _give_hint(place: str) -> None:
    _take_down(place, _attempt(place).hinted())


def _show_answer(place: str, answer: str) -> None:
    st.session_state[key(place)] = answer
    _take_down(place, _attempt(place).shown(answer))


def _show_what_next(run: Run) -> None:
    """Show the ways to new numbers, and what was done so far."""
    rows, last = len(run.experiment.dataset.targets), run.experiment.updates
    with st.container(horizontal=True, vertical_alignment="center"):
        # Of each two that take one another's place, so that the focus stays.
        another, other_network = key("another"), key("other_network")
        if looks_at_run():
            st.button(
                "Another",
                on_click=_go_elsewhere,
                args=(rows, last),
                help="Another row, in another state.",
                key=another,
            )
            st.button(
                "A small network",
                on_click=_choose_small_network,
                help="Of the same kind as yours, with numbers that are easy to work with.",
                key=other_network,
            )
        else:
            st.button("Another", on_click=_choose_small_network, help="Another small network.", key=another)
            st.button(
                "Back to your network",
                on_click=_leave_small_network,
                help="The step of the run that is shown.",
                key=other_network,
            )
        found = _done(st.session_state[ATTEMPTS].values())
        if any(found.values()):
            st.caption(exercise_text.tally_text(found))


def _go_elsewhere(rows: int, last: int) -> None:
    """Choose the next row, and any other state."""
    st.session_state[ROW] = st.session_state[ROW] % rows + 1
    st.session_state[STATE] = (st.session_state[STATE] + 1 + secrets.randbelow(last)) % (last + 1)


def _choose_small_network() -> None:
    """Choose a small network that is not the one that is chosen."""
    chosen = st.session_state.get(EXERCISE, 0)
    st.session_state[EXERCISE] = (chosen + secrets.randbelow(MOST_EXERCISES - 1)) % MOST_EXERCISES + 1


def _leave_small_network() -> None:
    st.session_state[EXERCISE] = 0

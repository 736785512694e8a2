"""Lessons on the page: where they begin, and the panel of the one that is under way."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

import streamlit as st

from core import Run
from ui import style
from ui.hiding import is_hidden
from ui.lessons.catalogue import LESSONS, step_of
from ui.lessons.lesson import HowMuch, Lesson, LessonStep, Reply, answer_text, as_shown, judge, right_answer
from ui.once import once_a_run
from ui.session import key
from ui.settings import Settings, experiment_from
from ui.sidebar import controls
from ui.sidebar.controls import LESSON, LESSON_STEP
from ui.text import count_text
from ui.training import Shown, run_of
from ui.view import View

ENTRY, IS_LISTED = key("lessons"), key("lessons_are_listed")
BEFORE: Final = key("before_the_lesson")  # the settings, and the view, that a lesson was begun from
OTHER_RUN: Final = key("lesson_other_run")
FIELD_WIDTH: Final = 150  # pixels


def show_entry(tabs: Mapping[str, str]) -> None:
    """Show the button that opens the list of lessons, closes it, or leaves the lesson; `tabs` are labels by key."""
    if is_under_way():
        st.button("Leave the lesson", on_click=_leave, args=(tabs,), type="tertiary", key=ENTRY)
    elif not is_hidden("lessons"):
        label = "Close" if st.session_state.get(IS_LISTED) else "Lessons"
        st.button(label, on_click=_open_or_close, type="tertiary", key=ENTRY)


def is_under_way() -> bool:
    """Tell whether a lesson is under way."""
    return st.session_state[LESSON] in LESSONS


def tab() -> str | None:
    """Return the key of the tab that the step under way is about, if it is about one: there it is not hidden."""
    step = step_of(st.session_state[LESSON], st.session_state[LESSON_STEP])
    return step.tab if step else None


def show_list(settings: Settings, tabs: Mapping[str, str]) -> None:
    """Show the lessons to choose from, if the reader wants them; `tabs` are the tabs' labels by key."""
    if not st.session_state.get(IS_LISTED) or is_hidden("lessons"):
        return
    with st.container(key=style.LESSON_PANEL):
        for lesson, column in zip(LESSONS.values(), st.columns(len(LESSONS)), strict=True):
            with column, st.container(gap="xxsmall"):
                place = key(f"open_{lesson.key}")
                st.button(lesson.title, on_click=_begin, args=(lesson.key, settings, tabs), key=place)
                st.caption(f"{lesson.about} {count_text(len(lesson.steps), 'step')}.")


def show(shown: Shown, tabs: Mapping[str, str]) -> None:
    """Show the step that is under way: what it says, what it asks, what is said of the answer, and the ways on."""
    lesson = LESSONS[st.session_state[LESSON]]
    number = lesson.nearest(st.session_state[LESSON_STEP])
    step = lesson.steps[number - 1]
    is_about = step.is_about(shown.settings)
    # Above what a training shows, so that it keeps the focus.
    panel = st.container(key=style.LESSON_PANEL, gap="xsmall")
    right = _right_answer(shown.run, shown.settings, lesson.key, number) if is_about else None
    with panel:
        st.markdown(f"**{lesson.title}, {number} of {len(lesson.steps)}.** {step.text}")
        if right is not None:
            st.markdown(f"**{step.question.asks}**")
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            with st.container(key=style.ANSWER, horizontal=True, vertical_alignment="center", gap="small"):
                if right is not None:
                    is_answered = _ask(step, key(f"lesson_{lesson.key}_{number}"), right)
                else:
                    is_answered = False
                    st.caption("This step asks about another experiment than the page shows.")
            changed = step.changed(shown.settings)
            if is_answered and changed != shown.settings:
                st.button("See it", on_click=_see, args=(changed,), type="tertiary", key=OTHER_RUN)
            else:  # whatever is shown: a tab, state or row is chosen without a run of the panel
                st.button("Reopen", on_click=_go, args=(0, tabs), type="tertiary", key=OTHER_RUN)
            _show_ways(lesson, number, tabs)


@once_a_run
def _right_answer(run: Run, settings: Settings, lesson: str, number: int) -> float | str:
    """Compute the answer for the run that is shown, of `settings`."""
    step = LESSONS[lesson].steps[number - 1]
    before, changed = step.before(settings), step.changed(settings)
    runs = [run if one == settings else run_of(experiment_from(one)) for one in (before, changed)]
    return right_answer(step.question, *runs)


def _ask(step: LessonStep, place: str, right: float | str) -> bool:
    """Show where the answer is typed or chosen, and what is said of it; tell whether there is one."""
    question = step.question
    given: str | None
    if isinstance(question, HowMuch):
        given = st.text_input(
            question.asks,
            key=place,
            persist_state="page",
            label_visibility="collapsed",
            autocomplete="off",
            placeholder=f"{question.decimals} decimals" if question.decimals else "a whole number",
            width=FIELD_WIDTH,
        )
    else:
        given = st.segmented_control(
            question.asks, question.choices, key=place, persist_state="page", label_visibility="collapsed"
        )
    if not is_hidden("show_me"):
        st.button("Show me", on_click=_show_answer, args=(place, answer_text(question, right)), key=f"{place}_shown")
    if not given or not given.strip():
        return False
    reply = judge(question, given, right, with_hint=not is_hidden("hint"))
    if reply.is_right and given == st.session_state.get(_place_of_shown(place)):
        reply = as_shown(question, right)
    with st.container(key=style.REPLY):
        _say(reply)
    return True


def _say(reply: Reply) -> None:
    if reply.is_shown:
        st.info(reply.text)
    elif reply.is_right:
        st.success(reply.text)
    else:
        st.warning(reply.text)


def _show_ways(lesson: Lesson, number: int, tabs: Mapping[str, str]) -> None:
    """Show the buttons that lead on and back. Each stays where it is, so that the focus does."""
    if number == 1:
        st.button("Leave", on_click=_leave, args=(tabs,), key=key("lesson_back"))
    else:
        st.button("Back", on_click=_go, args=(-1, tabs), key=key("lesson_back"))
    if number == len(lesson.steps):
        st.button("Finish", on_click=_leave, args=(tabs,), type="primary", key=key("lesson_next"))
    else:
        st.button("Next", on_click=_go, args=(1, tabs), type="primary", key=key("lesson_next"))


def _show_answer(place: str, answer: str) -> None:
    st.session_state[place] = st.session_state[_place_of_shown(place)] = answer


def _place_of_shown(place: str) -> str:
    """Return where the answer is kept that was put into a field for the reader."""
    return f"{place}_put_in"


def _see(changed: Settings) -> None:
    if is_under_way():
        controls.apply(changed)


def _go(steps: int, tabs: Mapping[str, str]) -> None:
    """Go on or back from where the reader is by now: of two quick clicks the second counts, unless the first left."""
    if is_under_way():
        _open(st.session_state[LESSON], st.session_state[LESSON_STEP] + steps, tabs)


def _open(lesson: str, number: int, tabs: Mapping[str, str]) -> None:
    """Set the controls, and what is looked at, as a step says."""
    step = step_of(lesson, number)
    if step:
        view = step.looked_at(controls.current_view(step.settings, tabs))
        controls.apply(step.settings)
        controls.apply_view(replace(view, lesson=lesson, lesson_step=number), tabs)


def _open_or_close() -> None:
    st.session_state[IS_LISTED] = not st.session_state.get(IS_LISTED)


def _begin(lesson: str, settings: Settings, tabs: Mapping[str, str]) -> None:
    """Open the first step, and keep what the page shows."""
    st.session_state[BEFORE] = settings, controls.current_view(settings, tabs)
    _open(lesson, 1, tabs)


def _leave(tabs: Mapping[str, str]) -> None:
    """Leave the lesson, for the list of all and what it was begun from: by a link, for what it shows."""
    st.session_state[IS_LISTED] = True
    st.session_state[LESSON], st.session_state[LESSON_STEP] = View.lesson, View.lesson_step
    if BEFORE in st.session_state:
        settings, view = st.session_state.pop(BEFORE)
        controls.apply(settings)
        controls.apply_view(view, tabs)

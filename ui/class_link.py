"""A link for a class: what it begins with, and what the page does without."""

from dataclasses import replace
from typing import Final

import streamlit as st

from ui import address
from ui.hideable import GROUPS
from ui.hiding import is_hidden
from ui.lessons.catalogue import LESSONS
from ui.names import TABS
from ui.session import key
from ui.settings import Settings
from ui.sidebar import controls
from ui.sidebar.controls import LESSON, LESSON_STEP
from ui.training import Shown
from ui.view import View

BEGINNING, NUMBER = key("class_begins_with"), key("class_lesson_step")
BEGINNINGS: Final = {
    **{tab: label for tab, label in TABS.items() if tab != "take"},
    **{lesson.key: f"Lesson: {lesson.title}" for lesson in LESSONS.values()},
}


def show(shown: Shown) -> None:
    """Show the choices, and the link that they make."""
    st.caption(
        "A link can begin with a tab or with a step of a lesson, and have the page do without what a class does not "
        "need. Hiding is not locking: whoever takes “hide” out of the address has the whole page."
    )
    settings, view = _choose_beginning(shown)
    st.markdown("It hides:")
    for (title, group), column in zip(GROUPS.items(), st.columns(len(GROUPS)), strict=True):
        with column, st.container(gap="xxsmall"):
            st.markdown(f"**{title}**")
            hidden = [name for name, label in group.items() if _is_ticked(name, label)]
            view = replace(view, hide=(*view.hide, *hidden))
    link = address.links(settings)(view)
    if link is None:
        st.info("The data table is too large for a link. Send the experiment as a file instead.")
    else:
        st.code(link, language=None, wrap_lines=True)


def _is_ticked(name: str, label: str) -> bool:
    st.session_state.setdefault(_place(name), is_hidden(name))
    return st.checkbox(label, key=_place(name), persist_state="page")


def _place(name: str) -> str:
    """Return where it is in the session state whether something is ticked to be hidden."""
    return key(f"class_hides_{name}")


def _choose_beginning(shown: Shown) -> tuple[Settings, View]:
    """Show what the link may begin with; return the experiment that it opens, and what of it is looked at."""
    lesson = st.session_state[LESSON]
    with st.container(horizontal=True, vertical_alignment="bottom"):
        beginnings = [name for name in BEGINNINGS if not st.session_state.get(_place(name), is_hidden(name))]
        if st.session_state.setdefault(BEGINNING, lesson if lesson in LESSONS else View.tab) not in beginnings:
            st.session_state[BEGINNING] = beginnings[0]
        beginning = st.selectbox(
            "It begins with",
            beginnings,
            format_func=BEGINNINGS.__getitem__,
            key=BEGINNING,
            persist_state="page",
            width=280,
        )
        if beginning in LESSONS:
            last = len(LESSONS[beginning].steps)
            now = st.session_state.get(NUMBER, st.session_state[LESSON_STEP])
            st.session_state[NUMBER] = min(now, last)
            number = st.number_input("At step", 1, last, key=NUMBER, persist_state="page", width=120)
            step = LESSONS[beginning].steps[number - 1]
            return step.settings, replace(step.view, lesson=beginning, lesson_step=number)
    view = controls.current_view(shown.settings, tabs={})
    return shown.settings, replace(view, tab=beginning, lesson=View.lesson, lesson_step=View.lesson_step, hide=())

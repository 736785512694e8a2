"""Backprop by Numbers: choose an experiment, train it, see every number."""

from pathlib import Path

import streamlit as st

from ui import address, aloud, browser, focus, introduction, lesson_panel, process, style, training, version
from ui.hideable import FINER_CONTROLS, SIDEBAR
from ui.hiding import are_hidden
from ui.results import findings, flights, notes, overview, published, two_programs
from ui.sidebar.experiment import choose_experiment
from ui.streamlit_private import forget_gone_controls
from ui.tabs import tabs

address.read(tabs.LABELS)
st.set_page_config(
    page_title="Backprop by Numbers",
    page_icon=Path(__file__).parent / "ui" / "icon.svg",
    layout="wide",
    initial_sidebar_state="collapsed" if are_hidden([*SIDEBAR, *FINER_CONTROLS]) else 340,
)
with st.sidebar:
    settings, experiment = choose_experiment()
address.write(tabs.LABELS, settings)

style.show()
with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
    st.title("Backprop by Numbers", anchor=False, width="content")
    lesson_panel.show_entry(tabs.LABELS)
at_the_top = st.container(key=style.INTRODUCTION)
with st.container(key=style.ON_THE_WAY):  # what comes and goes, so that all below keeps its place, and the focus
    address.show_problems()
    shown = training.trained(settings, experiment)


def explain(shown: training.Shown) -> None:
    """Show what the numbers and the curve are of, and what went wrong, if anything did."""
    if shown.obstacle:
        st.warning(shown.obstacle)
    findings.show(shown.run)
    notes.show(shown.settings, shown.run)


def hold_against_sources(shown: training.Shown) -> None:
    """Show the numbers and the fit that the example's source published beside this run's."""
    published.show(shown.settings, shown.run)
    two_programs.show(shown.run)
    flights.show(shown.run)


with at_the_top:
    if shown and lesson_panel.is_under_way():
        lesson_panel.show(shown, tabs.LABELS)
    else:
        lesson_panel.show_list(settings, tabs.LABELS)
        introduction.show()
if shown:
    overview.show(shown.run)
    tabs.show(shown, explain, hold_against_sources)
    aloud.tell(overview.in_words(shown.run))
version.show()
focus.keep()
browser.watch(address.reading(), on_unread=address.note_unread)
process.settle()
forget_gone_controls()

"""Backprop by Numbers: choose an experiment, train it, see every number."""

from pathlib import Path

import streamlit as st

from ui import address, browser, process, tables, training, version
from ui.results import findings, flights, overview, published, two_programs
from ui.sidebar.experiment import choose_experiment
from ui.tabs import tabs

st.set_page_config(
    page_title="Backprop by Numbers",
    page_icon=Path(__file__).parent / "ui" / "icon.svg",
    layout="wide",
    initial_sidebar_state=340,
)

address.read(tabs.LABELS)
with st.sidebar:
    settings, experiment = choose_experiment()
address.write(tabs.LABELS, settings)

tables.style()
st.title("Backprop by Numbers")
address.show_problems()
shown = training.trained(settings, experiment)
if shown:
    overview.show(shown.settings, shown.run, shown.obstacle)
    findings.show(shown.run)
    published.show(shown.settings, shown.run)
    two_programs.show(shown.run)
    flights.show(shown.run)
    tabs.show(shown)
version.show()
browser.watch(address.reading(), on_unread=address.note_unread)
process.settle()

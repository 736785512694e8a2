"""Backprop by Numbers: choose an experiment, train it, see every number."""

from pathlib import Path

import streamlit as st

from core import EXAMPLES
from ui import address, training
from ui.results import findings, flights, overview, published
from ui.sidebar.experiment import choose_experiment
from ui.tabs import tabs

st.set_page_config(
    page_title="Backprop by Numbers",
    page_icon=Path(__file__).parent / "ui" / "icon.svg",
    layout="wide",
    initial_sidebar_state=340,
)

address.read()
with st.sidebar:
    settings, experiment = choose_experiment()
address.write(settings)

st.title("Backprop by Numbers")
address.show_problems()
run = training.trained(experiment)
if run:
    example = EXAMPLES[settings.example]
    overview.show(example, run)
    findings.show(run)
    published.show(example, run)
    flights.show(run)
    tabs.show(run, settings if experiment and run.experiment == experiment else None)

"""Backprop by Numbers: choose an experiment, train it, see every number."""

from pathlib import Path

import streamlit as st

from core import EXAMPLES
from ui import address, results, sidebar, states, training

st.set_page_config(
    page_title="Backprop by Numbers",
    page_icon=Path(__file__).parent / "ui" / "icon.svg",
    layout="wide",
    initial_sidebar_state=340,
)

address.read()
with st.sidebar:
    settings, experiment = sidebar.choose_experiment()
address.write(settings)

st.title("Backprop by Numbers")
address.show_problems()
run = training.trained(experiment)
if run:
    results.show(EXAMPLES[settings.example], run)
    states.show(run)

"""Backprop by Numbers: choose an experiment, train it, see every number."""

from pathlib import Path

import streamlit as st

from ui import results, sidebar, training

st.set_page_config(
    page_title="Backprop by Numbers",
    page_icon=Path(__file__).parent / "ui" / "icon.svg",
    layout="wide",
    initial_sidebar_state=340,
)

with st.sidebar:
    experiment = sidebar.choose_experiment()

st.title("Backprop by Numbers")
run = training.trained(experiment)
if run:
    results.show(run)

"""The page that the page is measured against: a recorded visit without the work. `benchmarks/page.py` serves it."""

import streamlit as st

from benchmarks.replay import show_next_run
from ui import process

st.set_page_config(layout="wide", initial_sidebar_state=340)
show_next_run()
process.settle()

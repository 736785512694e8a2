"""How the page differs from Streamlit's own looks, where no parameter says so."""

from typing import Final

import streamlit as st

from ui import tables
from ui.colors import ON_PRIMARY
from ui.figures.style import TEXT_STYLE
from ui.session import key

CHART, BESIDE_CHART = key("chart"), key("beside_chart")
CURVE: Final = key("curve_")  # how the key of a small chart begins
# The loss chart and what is said of it stand beside each other where there is room for both.
_STYLE: Final = f"""
/* However little a tab shows, the bar of the tabs stays where the reader has it. */
[data-testid="stTabs"] [role="tabpanel"] {{ min-height: 100vh; }}
[data-testid="stMainBlockContainer"] {{ padding-top: 2.5rem; }}
[data-testid="stBaseButton-primary"] p {{ color: {ON_PRIMARY}; }}
[data-testid="stCaptionContainer"] {{ opacity: 1; color: color-mix(in srgb, currentColor 78%, transparent); }}
[data-testid="stLayoutWrapper"]:has(> .st-key-{CHART}) {{ flex: 5 1 25rem; min-width: min(100%, 20rem); }}
[data-testid="stLayoutWrapper"]:has(> .st-key-{BESIDE_CHART}) {{ flex: 4 1 20rem; min-width: min(100%, 20rem); }}
[data-testid="stLayoutWrapper"]:has(> [class*="st-key-{CURVE}"]) {{ flex: 1 1 9rem; min-width: 9rem; }}
"""


def show() -> None:
    """Have the browser show the page so; to be called once a page."""
    st.html(f"<style>{tables.STYLE}{TEXT_STYLE}{_STYLE}</style>")

"""How the page differs from Streamlit's own looks, where no parameter says so."""

from typing import Final

import streamlit as st

from ui import tables
from ui.colors import ON_PRIMARY
from ui.compact import compact
from ui.figures.style import TEXT_STYLE
from ui.session import key
from ui.settings import BY_NAME

CHART, BESIDE_CHART = key("chart"), key("beside_chart")
OTHER_RESULTS: Final = key("other_results")
FEW_NUMBERS: Final = key("few_numbers")
CURVE: Final = key("curve_")  # how the key of a small chart begins
INTRODUCTION, LESSON_PANEL = key("introduction"), key("lesson_panel")
ON_THE_WAY: Final = key("on_the_way")  # to a run
SEED: Final = BY_NAME["seed"].key
ANSWER, REPLY = key("lesson_answer"), key("lesson_reply")
# The loss chart and what is said of it stand beside each other where there is room for both. A lesson stays in sight
# where it leaves room for what it is about.
_STYLE: Final = f"""
/* However little a tab shows, the bar of the tabs stays where the reader has it. */
[data-testid="stTabs"] [role="tabpanel"] {{ min-height: 100vh; }}
[data-testid="stMainBlockContainer"] {{ padding-top: 3.5rem; }}
/* What the keyboard is on is to be seen, and not below the bar at the top. */
[data-testid="stMain"] {{ scroll-padding-top: 3.75rem; }}
[data-testid="stMain"]:focus-visible {{ outline: 2px solid; outline-offset: -2px; }}
[data-testid="stTab"][role="tab"]:focus-visible {{ box-shadow: -3px 0, 3px 0, inset 0 2px, inset 0 -2px; }}
[data-testid="stElementToolbar"]:has(:focus-visible) {{ opacity: 1; z-index: 2; }}
/* What comes into an open part is there at once. While it slid, a click could miss the button that it began on. */
/* Streamlit 1.67 animates the height, also of a part that closes, which then holds what is inert. */
[data-testid="stExpander"] details:has(> [data-testid="stExpanderDetails"]:not([inert])) {{ height: auto !important; }}
/* Beside its button there is no room for “Press Enter to apply”. */
.st-key-{SEED} [data-testid="InputInstructions"] {{ display: none; }}
[data-testid="stBaseButton-primary"] p {{ color: {ON_PRIMARY}; }}
[data-testid="stCaptionContainer"] {{ opacity: 1; color: color-mix(in srgb, currentColor 78%, transparent); }}
[data-testid="stLayoutWrapper"]:has(> .st-key-{CHART}) {{ flex: 5 1 25rem; min-width: min(100%, 20rem); }}
[data-testid="stLayoutWrapper"]:has(> .st-key-{BESIDE_CHART}) {{ flex: 4 1 20rem; min-width: min(100%, 20rem); }}
[data-testid="stLayoutWrapper"]:has(> .st-key-{OTHER_RESULTS}) {{ flex: 1 1 21.5rem; min-width: min(100%, 21.5rem); }}
[data-testid="stLayoutWrapper"]:has(> [class*="st-key-{CURVE}"]) {{ flex: 1 1 9rem; min-width: 9rem; }}
/* On a wide screen the chart begins beside tables that are small: so what a tab shows begins higher. */
@media (min-width: 1850px) {{
    [data-testid="stLayoutWrapper"]:has(> .st-key-{FEW_NUMBERS}) {{ max-width: 53rem; min-height: 13rem; }}
    [data-testid="stMain"]:has(.st-key-{FEW_NUMBERS}) {{
        :has(> * > .st-key-{CHART}) {{ flex-flow: row-reverse nowrap; }}
        [data-testid="stLayoutWrapper"]:has(> .st-key-{CHART}) {{ flex: 1 1 0; min-width: 0; margin-top: -14rem; }}
        [data-testid="stLayoutWrapper"]:has(> .st-key-{BESIDE_CHART}) {{ flex: 0 0 53rem; }}
    }}
}}
[data-testid="stLayoutWrapper"]:has(> .st-key-{ON_THE_WAY}):not(:has(p)) {{ display: none; }}
.st-key-{LESSON_PANEL} {{
    padding: 0.5rem 0.75rem;
    border: 1px solid light-dark(#c9dcea, #31485a);
    border-radius: 0.5rem;
    background: light-dark(#f3f8fc, #18222b);
}}
[data-testid="stLayoutWrapper"]:has(> .st-key-{ANSWER}) {{ flex: 1 1 21rem; min-width: min(100%, 21rem); }}
[data-testid="stLayoutWrapper"]:has(> .st-key-{REPLY}) {{ flex: 1 1 12rem; min-width: min(100%, 12rem); }}
.st-key-{LESSON_PANEL} [data-testid="stAlertContainer"] {{ padding: 0.3rem 0.75rem; }}
.st-key-{LESSON_PANEL} [data-testid="stAlertContainer"] p {{ font-size: 0.875rem; line-height: 1.4; }}
@media (min-width: 1000px) and (min-height: 600px) {{
    [data-testid="stMain"]:has(.st-key-{ANSWER}) {{ scroll-padding-top: 15rem; }}
    [data-testid="stLayoutWrapper"]:has(> .st-key-{INTRODUCTION} .st-key-{ANSWER}) {{
        position: sticky;
        top: 3.75rem;
        z-index: 10;
    }}
}}
"""


def show() -> None:
    """Have the browser show the page so; to be called once a page."""
    st.html(f"<style>{compact(tables.STYLE + TEXT_STYLE + _STYLE)}</style>")

"""The address and the controls, kept the same: a link sets the controls, and a control writes its link.

Streamlit runs the script anew when the reader uses a control and when the reader goes back or
forward. In the first case a control has changed since the last run, and its value counts, even
while the browser still shows an older address. In the second it is the address that counts, even
while the browser still shows older controls: whoever goes back twice is faster than the page.
"""

from typing import Final
from urllib.parse import urlencode

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from ui.formats.link import NOT_HERE, from_query, settings_query, to_query, view_query
from ui.settings import Settings
from ui.sidebar import controls
from ui.text import escape

ADDRESS: Final = "address"  # as the browser shows it
QUERY: Final = "query"  # as the controls would write it
LARGE: Final = "large"  # the last settings that are too large for an address
SNAPSHOT, SETTINGS, PROBLEMS = "snapshot", "settings", "problems"


def read() -> None:
    """Set the controls from the address on a first visit, and after Back and Forward."""
    address = {name: st.query_params[name] for name in st.query_params}
    if SNAPSHOT in st.session_state and not _is_back_or_forward():
        if controls.used_since(st.session_state[SNAPSHOT]):
            st.session_state[QUERY], st.session_state[PROBLEMS] = address, []
            return
        if address == st.session_state[ADDRESS]:
            return
    settings, view, problems = from_query(address, st.session_state.get(LARGE))
    controls.apply(settings)
    controls.apply_view(view)
    st.session_state[ADDRESS], st.session_state[PROBLEMS] = address, problems
    st.session_state[QUERY] = to_query(settings, view)
    st.session_state[SNAPSHOT] = controls.snapshot()


def _is_back_or_forward() -> bool:
    # No public call tells it; tried with Streamlit 1.67.
    context = get_script_run_ctx()
    return context is not None and context.is_history_navigation


def write(settings: Settings | None = None) -> None:
    """Write what the controls have become into the address; `settings` if those may have changed."""
    settings = st.session_state[SETTINGS] = settings or st.session_state[SETTINGS]
    query = settings_query(settings) | view_query(controls.current_view(settings))
    if NOT_HERE in query.values():
        st.session_state[LARGE] = settings
    if query != st.session_state[QUERY]:
        st.query_params.from_dict(query)
        st.session_state[QUERY] = st.session_state[ADDRESS] = query
    st.session_state[SNAPSHOT] = controls.snapshot()


def link() -> str | None:
    """Return the link that opens the experiment at its first tab; None if a table is too large for one."""
    query: dict[str, str] = st.session_state[QUERY]
    if NOT_HERE in query.values():
        return None
    parameters = urlencode({name: value for name, value in query.items() if name != "tab"})
    page = f"{(st.context.url or '').rstrip('/')}/"
    return f"{page}?{parameters}" if parameters else page


def show_problems() -> None:
    """Say what of the link could not be read."""
    problems: list[str] = st.session_state[PROBLEMS]
    if problems:
        lines = "\n".join(f"- {escape(problem)}" for problem in problems)
        st.warning(f"Part of this link could not be read and was left out.\n{lines}")

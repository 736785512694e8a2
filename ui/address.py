"""The address and the controls, kept the same: a link sets the controls, and a control writes its link.

Streamlit runs the script anew when the reader uses a control and when the reader goes back or
forward. In the first case a control has changed since the last run, and its value counts, even
while the browser still shows an older address. In the second it is the address that counts, even
while the browser still shows older controls: whoever goes back twice is faster than the page.
"""

from collections.abc import Callable, Mapping
from typing import Final
from urllib.parse import urlencode
from uuid import uuid4

import streamlit as st

from ui import keeping
from ui.formats.kept import PARAMETER
from ui.formats.link import NOT_HERE, LeftOut, from_query, left_out, settings_query, to_query, view_query
from ui.session import key
from ui.settings import Settings
from ui.sidebar import controls
from ui.streamlit_private import MOST_PARAMETERS, is_back_or_forward
from ui.text import escape
from ui.view import View

ADDRESS: Final = key("address")  # as the browser shows it
QUERY: Final = key("query")  # as the controls would write it
LARGE: Final = key("large")  # the last tables that are too large for an address
MOST_LARGE: Final = 4  # kept for Back and Forward
UNREAD: Final = f"It has more than {MOST_PARAMETERS:,} parameters, and none of them was read. Ask for the link again."
SNAPSHOT, LATEST_SETTINGS, PROBLEMS = key("snapshot"), key("settings"), key("problems")
READING: Final = key("reading")  # which time the address was read


def read(tabs: Mapping[str, str]) -> None:
    """Set the controls from the address on a first visit, and after Back and Forward.

    `tabs` are the tabs' labels by their keys in the address.
    """
    address = {name: st.query_params[name] for name in st.query_params}
    if SNAPSHOT in st.session_state and not is_back_or_forward():
        if controls.used_since(st.session_state[SNAPSHOT]):
            st.session_state[QUERY], st.session_state[PROBLEMS] = address, []
            return
        if address == st.session_state[ADDRESS]:
            return
    st.session_state[READING] = uuid4().hex
    of_shown = {name: text for name, text in address.items() if name != PARAMETER}
    settings, view, problems = from_query(of_shown, tabs, st.session_state.get(LARGE, {}))
    controls.apply(settings)
    controls.apply_view(view, tabs)
    problems += keeping.read(address.get(PARAMETER, ""), settings)
    st.session_state[ADDRESS], st.session_state[PROBLEMS] = address, problems
    st.session_state[QUERY] = to_query(settings, view) | keeping.query(settings)
    st.session_state[SNAPSHOT] = controls.snapshot()


def write(tabs: Mapping[str, str], settings: Settings | None = None) -> None:
    """Write what the controls have become into the address; `settings` if those may have changed."""
    settings = st.session_state[LATEST_SETTINGS] = settings or st.session_state[LATEST_SETTINGS]
    view = view_query(settings, controls.current_view(settings, tabs))
    query = settings_query(settings) | view | keeping.query(settings)
    _keep(left_out(settings, query))
    if query != st.session_state[QUERY]:
        st.query_params.from_dict(query)
        st.session_state[QUERY] = st.session_state[ADDRESS] = query
    st.session_state[SNAPSHOT] = controls.snapshot()


def _keep(large: LeftOut) -> None:
    """Keep what is too large for the address, the last few of it."""
    if large:
        others = {place: value for place, value in st.session_state.get(LARGE, {}).items() if place not in large}
        st.session_state[LARGE] = dict([*others.items(), *large.items()][-MOST_LARGE:])


def link(settings: Settings) -> str | None:
    """Return the link that opens a run at the first tab, in the state, row and neuron looked at now.

    None if a table is too large for a link.
    """
    return links(settings)(controls.current_view(settings, tabs={}))


def links(settings: Settings) -> Callable[[View], str | None]:
    """Return what makes a link to a run of what is looked at, also once this run of the script has ended."""
    page = f"{(st.context.url or '').rstrip('/')}/"

    def link_to(view: View) -> str | None:
        query = to_query(settings, view)
        if left_out(settings, query):
            return None
        parameters = urlencode(query)
        return f"{page}?{parameters}" if parameters else page

    return link_to


def reading() -> str:
    """Return what names the last time that the address was read: another each time."""
    name: str = st.session_state[READING]
    return name


def note_unread() -> None:
    """Take down that nothing of the address came here, for `show_problems`; a callback of the browser's word for it."""
    problems: list[str] = st.session_state.get(PROBLEMS, [])
    st.session_state[PROBLEMS] = [*problems, UNREAD]


def show_problems() -> None:
    """Say what of the link could not be read, and what is not in the address."""
    problems: list[str] = st.session_state[PROBLEMS]
    if problems:
        lines = "\n".join(f"- {escape(problem)}" for problem in problems)
        st.warning(f"Part of this link could not be read and was left out.\n{lines}")
    if any(text.startswith(NOT_HERE) for text in st.session_state[QUERY].values()):
        st.caption(
            "The table is too large for the address: to open it again after a reload, or elsewhere, save the "
            "experiment as a file, under Share and take home."
        )

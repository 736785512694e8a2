"""What the browser alone knows: that it has found its server again, and what of a link never came there.

A session ends with its process, or when a laptop sleeps for long. The browser does not notice: it sends
the reader's next click or edit to a new session that has not shown anything yet, and a click in a
fragment is then dropped without a word. So the page is run anew first, from its address, and takes
nothing from the reader until it has been.

Of an address with more than a thousand parameters Streamlit takes none, and the page sees an empty one.
"""

from collections.abc import Callable
from typing import Final
from uuid import uuid4

import streamlit as st

from ui.compact import compact
from ui.streamlit_private import MOST_PARAMETERS

# Streamlit tells the connection's state to its own tests, by an attribute of the page; there is no public way.
_WATCH: Final = """
const CONNECTION = "data-test-connection-state";
const app = document.querySelector(`[${CONNECTION}]`);
let phase = "shown";  // then lost, and asked for again
let shownRun = null;
let reading = null;

function showChosenTab() {
    const tab = document.querySelector("[role=tab][aria-selected=true]"), bar = tab?.closest("[role=tablist]");
    const beyond = bar ? tab.getBoundingClientRect().right - bar.getBoundingClientRect().right : 0;
    if (beyond > 0) bar.scrollLeft += beyond;
}
function enter(next) {
    phase = next;
    app.inert = next === "asked";
    app.style.opacity = app.inert ? "0.6" : "";
}

export default function ({ data, setTriggerValue }) {
    function look() {
        if (app.getAttribute(CONNECTION) !== "CONNECTED") {
            enter("lost");
        } else if (phase === "lost") {
            enter("asked");
            setTriggerValue("reconnected", true);
        }
    }
    if (data.run !== shownRun && phase === "asked") {
        enter("shown");
    }
    shownRun = data.run;
    look();
    if (data.reading !== reading && location.search.split("&").length > data.mostParameters) {
        setTriggerValue("unread", true);
    }
    if (data.reading !== reading) showChosenTab();
    reading = data.reading;  // at other times the address may be one of before
    const observer = new MutationObserver(look);
    observer.observe(app, { attributeFilter: [CONNECTION] });
    return () => observer.disconnect();
}
"""
_watch = st.components.v2.component("browser", js=compact(_WATCH))


def watch(reading: str, on_unread: Callable[[], None]) -> None:
    """Let the browser ask for the page whenever its connection comes back; to be called last.

    `reading` is another whenever the page has read the address anew. If that was too long, the browser
    says so, and `on_unread` is called before the run that follows. The tab that is chosen then is brought in sight in
    its bar, which on a phone is wider than the screen.
    """
    _watch(
        data={"run": uuid4().hex, "reading": reading, "mostParameters": MOST_PARAMETERS},
        height=0,
        on_reconnected_change=lambda: None,
        on_unread_change=on_unread,
    )

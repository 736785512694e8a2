"""A browser that finds its server again asks for the page at once.

A session ends with its process, or when a laptop sleeps for long. The browser does not notice: it sends
the reader's next click or edit to a new session that has not shown anything yet, and a click in a
fragment is then dropped without a word. So the page is run anew first, from its address, and takes
nothing from the reader until it has been.
"""

from typing import Final
from uuid import uuid4

import streamlit as st

# Streamlit tells the connection's state to its own tests, by an attribute of the page; there is no public way.
_ASK_AGAIN: Final = """
const CONNECTION = "data-test-connection-state";
const app = document.querySelector(`[${CONNECTION}]`);
let phase = "shown";  // then lost, and asked for again
let shownRun = null;

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
    const observer = new MutationObserver(look);
    observer.observe(app, { attributeFilter: [CONNECTION] });
    return () => observer.disconnect();
}
"""
_watch = st.components.v2.component("reconnection", js=_ASK_AGAIN)


def watch() -> None:
    """Let the browser ask for the page whenever its connection comes back; to be called last."""
    _watch(data={"run": uuid4().hex}, height=0, on_reconnected_change=lambda: None)

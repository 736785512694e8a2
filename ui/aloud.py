"""What a screen reader is told beyond what the page shows: that a run has ended, what tables and controls are of.

Streamlit gives a table of Markdown no name, and the keyboard no way into one that scrolls; and a button or a choice
only the name that is seen.
"""

from typing import Final

import streamlit as st

from ui.compact import compact
from ui.tables import CELLS

_HTML: Final = '<div role="status" class="said"></div>'
_CSS: Final = ".said { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }"
# A table goes by what it is folded away under, else by the heading above it, or by its tab.
_JS: Final = """
const DRAWING = ".js-plotly-plot";
const OPEN_TAB = "[role=tab][aria-selected=true]";
const folded = table => table.closest("details")?.querySelector("summary p")?.textContent;

function name(table, heading) {
    const scroller = table.parentElement;
    table.setAttribute("aria-label", heading);
    const isWider = scroller.scrollWidth > scroller.clientWidth + 1;
    scroller.toggleAttribute("data-is-wider", isWider);
    if (isWider || scroller.scrollHeight > scroller.clientHeight + 1) {
        scroller.tabIndex = 0;
        scroller.setAttribute("role", "region");
        scroller.setAttribute("aria-label", `${heading}, which scrolls`);
    } else {
        ["tabindex", "role", "aria-label"].forEach(attribute => scroller.removeAttribute(attribute));
    }
}

// Beside each of several fields there are buttons and choices of the same names: they go by the field, too.
function nameNeighbours() {
    for (const field of document.querySelectorAll("[data-testid=stTextInput] input")) {
        const row = field.closest("[data-testid=stHorizontalBlock]"), of = field.getAttribute("aria-label");
        for (const button of row?.querySelectorAll("[data-testid=stButton] button") ?? []) {
            button.setAttribute("aria-label", `${button.textContent}: ${of}`);
        }
        for (const choice of row?.querySelectorAll("[data-testid=stSelectbox]") ?? []) {
            const said = choice.querySelector("label").textContent;
            choice.querySelector("input").setAttribute("aria-label", `${of} ${said}`);
        }
    }
}

export default function ({ data, parentElement }) {
    const status = parentElement.querySelector(".said");
    if (status.textContent !== data.said) status.textContent = data.said;
    let isDue = false;

    function look() {
        isDue = false;
        nameNeighbours();
        let heading = "";
        const times = {};
        for (const element of document.querySelectorAll(`h1, h2, h3, ${OPEN_TAB}, ${data.tables}`)) {
            if (element.tagName !== "TABLE") {
                heading = element.textContent;
                continue;
            }
            const of = folded(element) ?? heading;
            times[of] = (times[of] ?? 0) + 1;
            name(element, times[of] > 1 ? `${of}, table ${times[of]}` : of);
        }
    }
    function lookSoon() {
        if (!isDue) requestAnimationFrame(look);
        isDue = true;
    }
    const observer = new MutationObserver(changes => {
        if (changes.some(change => !change.target.closest?.(DRAWING))) lookSoon();
    });
    observer.observe(document.querySelector("[data-testid=stApp]"), { childList: true, subtree: true });
    addEventListener("resize", lookSoon);
    lookSoon();
    return () => {
        observer.disconnect();
        removeEventListener("resize", lookSoon);
    };
}
"""
_aloud = st.components.v2.component("aloud", html=_HTML, css=_CSS, js=compact(_JS))


def tell(said: str) -> None:
    """Have what has become of the page said aloud, and its tables named; to be called once a page."""
    _aloud(data={"said": said, "tables": CELLS}, height="content", key="aloud")

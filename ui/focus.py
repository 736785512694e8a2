"""Where the focus goes when the control that had it is gone, or can no longer be used, as after what it did.

A browser then gives it to nothing, and who has no pointer begins again at the top of the page. Streamlit keeps it only
where the same kind of control stands in the same place with the same key. Anywhere else, what stands there now gets it
when the page's run has ended; a control that could not be used for a moment, as a tab meanwhile, gets it back at once.
"""

from typing import Final

import streamlit as st

from ui.compact import compact

# Streamlit tells whether its script runs to its own tests, by an attribute of the page; there is no public way.
_JS: Final = """
const STATE = "data-test-script-state";
const CONTROLS = "a[href], button, input, select, textarea, summary, [tabindex]";
const app = document.querySelector(`[${STATE}]`);
const areBefore = Node.DOCUMENT_POSITION_PRECEDING;
const SEEN = { opacityProperty: true, visibilityProperty: true };
let last = null;  // what had the focus last, or has it
let before = [];  // the controls before it, the nearest first
let around = [];  // what it is in, the nearest first
let given = null;  // what got the focus in its place
let owed = null;  // what gets it back if it can be used again, as after a download, before another key is pressed
let isPointing = false;  // who uses a pointer looks where that is, and a phone would open its keyboard
let isLeaving = false;  // by a key that may lead out of the page
// Along the bar of the tabs: of two quick keys, Streamlit's answer to the first closes what the second opened.
let isTurning = false;

const isUsable = control =>
    control.isConnected && !control.disabled && control.tabIndex >= 0 && control.checkVisibility(SEEN);
const isAlongTabs = ({ key, altKey, target }) =>
    !altKey && ["ArrowLeft", "ArrowRight", "Home", "End"].includes(key) && target.matches("[role=tab]");
const controlsIn = element => Array.from(element.querySelectorAll(CONTROLS)).filter(isUsable);

function note({ target }) {
    if (!app.contains(target)) return;  // as a list of choices, which gives it back
    last = target;
    isLeaving = false;
    before = controlsIn(app).filter(one => target.compareDocumentPosition(one) & areBefore).reverse();
    around = [];
    for (let element = target.parentElement; element !== app; element = element.parentElement) around.push(element);
}

function nearest() {
    const place = before.find(isUsable);
    const isAfter = one => !place || one.compareDocumentPosition(place) & areBefore;
    for (const element of around.filter(one => one.isConnected)) {
        const controls = controlsIn(element);
        if (controls.length) return controls.find(isAfter) ?? controls.at(-1);
    }
}

function look() {
    if (isPointing || isLeaving || !last) return;
    if (document.activeElement === document.body && isUsable(last)) last.focus();  // as a tab, disabled for a moment
    if (app.getAttribute(STATE) !== "notRunning") return;
    if (owed && isUsable(owed)) {
        if ([document.body, given].includes(document.activeElement)) owed.focus();
        owed = null;
    }
    const focused = document.activeElement;
    if (isTurning && focused.matches("[role=tab][aria-selected=false]")) focused.click();
    if (focused !== document.body && !(focused === last && last.disabled)) return;
    owed = last;
    given = nearest() ?? null;
    given?.focus();
}

export default function () {
    let isDue = false;
    const lookSoon = () => {
        if (!isDue) requestAnimationFrame(() => { isDue = false; look(); });
        isDue = true;
    };
    const listeners = {
        focusin: note,
        keydown: event => {
            const { key, target } = event;
            const isElsewhere = target === document.body;  // where other keys scroll the page
            if (["Tab", "Escape"].includes(key)) isLeaving = true;
            else if (!isElsewhere) isLeaving = false;
            if (!isElsewhere || key === "Tab") isPointing = false;
            isTurning = isAlongTabs(event);
            owed = null;
        },
        popstate: () => { isTurning = false; },
        pointerdown: () => { isPointing = true; isTurning = false; owed = null; },
    };
    const observer = new MutationObserver(lookSoon);
    observer.observe(app, { subtree: true, childList: true, attributeFilter: [STATE, "disabled", "tabindex"] });
    for (const [name, listener] of Object.entries(listeners)) addEventListener(name, listener, true);
    return () => {
        observer.disconnect();
        for (const [name, listener] of Object.entries(listeners)) removeEventListener(name, listener, true);
    };
}
"""
_keeper = st.components.v2.component("focus", js=compact(_JS))


def keep() -> None:
    """Let the browser keep the focus near where it was; to be called once a page."""
    _keeper(height=0, key="focus")

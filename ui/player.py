"""A film's buttons and its slider, which a keyboard reaches; they play it in the browser, without a word to the server.

Plotly's own buttons and sliders are drawings. It shows another picture when one of its buttons is pressed, and in no
other way from outside: so a film's figures have one for each frame of the film, which nobody sees, and the player
presses them.
"""

from collections.abc import Sequence
from typing import Final

import streamlit as st

from ui.compact import compact
from ui.session import key

FRAME_MILLISECONDS: Final = 120

_HTML: Final = """
<div class="player" role="group" aria-label="The film">
    <button type="button">Play</button>
    <input type="range" min="0" value="0" aria-label="Frame">
    <output aria-live="off"></output>
    <label>Speed
        <select>
            <option value="0.5">½</option>
            <option value="1" selected>1</option>
            <option value="2">2</option>
        </select>
    </label>
</div>
"""
_CSS: Final = """
.player {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.5rem 1rem;
    color: var(--st-text-color);
    font: 1rem var(--st-font);
}
button, select {
    padding: 0.3rem 0.75rem;
    border: 1px solid var(--st-border-color);
    border-radius: var(--st-button-radius);
    background: var(--st-background-color);
    color: inherit;
    font: inherit;
    cursor: pointer;
}
button { min-width: 5rem; }
button:hover, select:hover { border-color: var(--st-primary-color); color: var(--st-primary-color); }
:is(button, select, input):focus-visible { outline: 2px solid var(--st-primary-color); outline-offset: 2px; }
input { flex: 1 1 10rem; accent-color: var(--st-primary-color); }
output { min-width: 7.5rem; font-variant-numeric: tabular-nums; }
label { display: flex; align-items: center; gap: 0.5rem; }
"""
_JS: Final = """
export default function ({ data, parentElement }) {
    const [play, slider, shown, speed] = ["button", "input", "output", "select"].map(
        name => parentElement.querySelector(name));
    let timer = null;

    function tell() {
        shown.textContent = `${data.word} ${data.names[slider.value]}`;
        slider.setAttribute("aria-valuetext", shown.textContent);
        play.textContent = timer === null ? "Play" : "Pause";
    }
    function show(frame) {
        slider.value = frame;
        for (const figure of data.figures) {
            const buttons = document.querySelectorAll(`.st-key-${figure} .updatemenu-button`);
            buttons[frame]?.dispatchEvent(new MouseEvent("click", { bubbles: true }));
        }
        tell();
    }
    function stop() {
        clearTimeout(timer);
        timer = null;
        tell();
    }
    function wait() {
        timer = setTimeout(goOn, data.milliseconds / speed.value);
    }
    function goOn() {
        wait();
        show(Number(slider.value) + 1);
        if (slider.value === slider.max) stop();
    }

    if (slider.dataset.run !== data.run) {  // a new figure begins at its first frame, one that stays goes back to it
        slider.max = data.names.length - 1;
        slider.dataset.run = data.run;
        show(0);
    }
    play.onclick = () => {
        if (timer !== null) return stop();
        if (slider.value === slider.max) show(0);
        wait();
        tell();
    };
    slider.oninput = () => {
        stop();
        show(slider.value);
    };
    tell();
    return stop;
}
"""
_player = st.components.v2.component("player", html=_HTML, css=compact(_CSS), js=compact(_JS))


def show(figures: Sequence[str], run: str, names: Sequence[str], word: str) -> None:
    """Show the player of the film whose figures have these keys: `run` is another for another film.

    `names` are those of the frames, and `word` says what they count. Each figure needs an unseen button a frame.
    """
    data = {"figures": list(figures), "run": run, "names": list(names), "word": word}
    _player(data=data | {"milliseconds": FRAME_MILLISECONDS}, key=key("player"))

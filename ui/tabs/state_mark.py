"""The mark in the loss chart at the state that is looked at.

The browser draws it over the chart: a chart that was sent anew for every state would lose its zoom.
"""

from typing import Final
from uuid import uuid4

import streamlit as st

from core import Run
from ui.colors import BACKGROUND
from ui.compact import compact
from ui.figures.style import BLUE

# Plotly keeps the axes in `_fullLayout`, its name for them since its first version; `d2p` leads from data to pixels.
_DRAW: Final = """
const STYLES = {
    line: "border-left: 1.5px solid; opacity: 0.45; width: 0",
    dot: `width: 9px; height: 9px; border-radius: 50%; margin: -6px 0 0 -6px; border: 2px solid ${BLUE};
          background: ${BACKGROUND}`,
    label: "font: 12px 'Source Sans', sans-serif; white-space: nowrap; opacity: 0.85; padding: 0 5px",
};
const mark = document.createElement("div");
mark.setAttribute("aria-hidden", "true");
mark.style.cssText = "position: absolute; inset: 0; pointer-events: none; overflow: hidden; z-index: 2";
mark.className = "state-mark";
const parts = {};
for (const [name, style] of Object.entries(STYLES)) {
    parts[name] = mark.appendChild(document.createElement("div"));
    parts[name].style.cssText = `position: absolute; box-sizing: content-box; ${style}`;
}
let shown = null;  // state and loss
let chart = null;

function place() {
    const layout = chart?._fullLayout;
    const box = chart?.querySelector(".svg-container");
    if (!shown || !layout?.xaxis?.d2p || !box) {
        mark.remove();
        return;
    }
    const { xaxis, yaxis } = layout;
    const x = xaxis.d2p(shown.state);
    const y = yaxis.d2p(shown.loss);
    const isInside = x >= -1 && x <= xaxis._length + 1;
    mark.hidden = !isInside;
    parts.line.style.left = parts.dot.style.left = `${xaxis._offset + x}px`;
    parts.line.style.top = `${yaxis._offset}px`;
    parts.line.style.height = `${yaxis._length}px`;
    parts.dot.style.top = `${yaxis._offset + y}px`;
    parts.dot.hidden = !(y >= -1 && y <= yaxis._length + 1);
    parts.label.textContent = shown.label;
    parts.label.style.top = `${yaxis._offset}px`;
    const isLeft = x > xaxis._length / 2;
    parts.label.style.left = isLeft ? "" : `${xaxis._offset + x}px`;
    parts.label.style.right = isLeft ? `${layout.width - xaxis._offset - x}px` : "";
    box.append(mark);
}

function attach(place_of_chart) {
    const found = place_of_chart.querySelector(".js-plotly-plot");
    if (found?.on && found !== chart) {
        chart = found;
        chart.on("plotly_afterplot", place);
        chart.on("plotly_relayouting", place);
    }
    place();
}

export default function ({ data }) {
    shown = data.shown;
    const place_of_chart = document.querySelector(`.${data.chart}`);
    attach(place_of_chart);
    const observer = new MutationObserver(() => mark.isConnected || attach(place_of_chart));
    observer.observe(place_of_chart, { childList: true, subtree: true });
    return () => observer.disconnect();
}
"""
_mark = st.components.v2.component(
    "state_mark", js=compact(_DRAW.replace("${BLUE}", BLUE).replace("${BACKGROUND}", BACKGROUND))
)


def show(run: Run, k: int | None, chart: str) -> None:
    """Mark state `k` in the loss chart, none for None; `chart` is the key of the container that the chart is in."""
    shown = None if k is None else {"state": k, "loss": float(run.cross_entropy[k]), "label": f"state {k:,}"}
    _mark(data={"run": uuid4().hex, "shown": shown, "chart": f"st-key-{chart}"}, height=0, key="state_mark")

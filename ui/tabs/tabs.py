"""The loss of every state, and the one state that the reader chooses to look into, in tabs."""

import streamlit as st

from core import Run
from ui import address
from ui.figures.loss_chart import loss_chart
from ui.figures.style import toolbar
from ui.formats.link import TABS, View
from ui.settings import Settings
from ui.sidebar import controls
from ui.tabs import ask_it, side_by_side, step_through, take_home, truth, watch_it_learn
from ui.worked.step import Neuron, neurons, step_at

LOSS_CHART, CLICKED = "loss_chart", "clicked"


@st.fragment
def show(run: Run, settings: Settings | None) -> None:
    """Show the loss chart, in which a click chooses a state, and what is in that state.

    `settings` are those that `run` came from, None where they now say something that could not be trained.
    """
    st.plotly_chart(
        loss_chart(run, side_by_side.kept_losses(settings)),
        key=LOSS_CHART,
        on_select=_go_to_clicked,
        selection_mode="points",
        config=toolbar("loss"),
        alt="Loss by epoch",
    )
    side_by_side.show_keep_button(run, settings)
    _show_state(run, settings)


def _go_to_clicked() -> None:
    """Choose the state that was clicked; a second click on a point comes as an empty selection."""
    points = st.session_state[LOSS_CHART].selection.points
    if points:
        st.session_state[CLICKED] = int(points[0]["x"])
    if CLICKED in st.session_state:
        st.session_state[controls.STATE] = st.session_state[CLICKED]


@st.fragment
def _show_state(run: Run, settings: Settings | None) -> None:
    choice = st.container(horizontal=True, vertical_alignment="bottom")
    tabs = dict(zip(TABS, st.tabs(list(TABS.values()), key=controls.TAB, on_change="rerun"), strict=True))
    tab = next(name for name, place in tabs.items() if place.open)
    if tab in {"step", "truth"}:
        with choice:
            k, row, neuron = _choose(run)
    else:
        k, row, neuron = 0, 0, (0, 0)
    address.write()
    with tabs[tab]:
        if tab == "step":
            step_through.show(step_at(run, k, row, neuron))
        elif tab == "watch":
            watch_it_learn.show(run)
        elif tab == "truth":
            truth.show(run, k)
        elif tab == "compare":
            side_by_side.show(run, settings)
        elif tab == "ask":
            ask_it.show(run)
        elif tab == "take":
            take_home.show(run, settings)


def _choose(run: Run) -> tuple[int, int, Neuron]:
    """Show the controls of what to look at: the state, the row and, with hidden units, the neuron."""
    experiment = run.experiment
    epochs, rows, choices = experiment.epochs, len(experiment.dataset.targets), neurons(experiment)
    _clamp(controls.STATE, 0, epochs)
    _clamp(controls.ROW, 1, rows)
    if st.session_state.get(controls.NEURON) not in choices:
        st.session_state[controls.NEURON] = View.neuron
    k = st.slider(
        "State",
        0,
        epochs,
        key=controls.STATE,
        persist_state="page",
        help="The number of updates made so far: 0 is before training. A click in the chart chooses one, too.",
    )
    steps = {"First": 0, "-1": max(k - 1, 0), "+1": min(k + 1, epochs), "+10": min(k + 10, epochs), "Last": epochs}
    for label, target in steps.items():
        st.button(label, on_click=_go_to, args=(target,), key=f"go_{label}", disabled=target == k)
    row = st.number_input("Row", 1, rows, key=controls.ROW, persist_state="page", width=120)
    neuron = View.neuron
    if len(choices) > 1:
        neuron = st.selectbox("Neuron", list(choices), key=controls.NEURON, persist_state="page", width=120)
    return k, row - 1, choices[neuron]


def _go_to(k: int) -> None:
    st.session_state[controls.STATE] = k


def _clamp(key: str, least: int, most: int) -> None:
    """Bring a control's value within its bounds, which Streamlit refuses to do."""
    st.session_state[key] = min(max(st.session_state.get(key, least), least), most)

"""The loss of every state, and the one state that the reader chooses to look into, in tabs.

A tab is an entry of `TABS`, which the page, its link and the controls of what is looked at read.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import streamlit as st

from core import Experiment
from ui import address, lesson_panel, names, style
from ui.comparison import kept
from ui.figures.loss_chart import loss_chart, loss_in_words
from ui.figures.ready import ReadyFigure
from ui.figures.style import toolbar
from ui.hiding import is_hidden
from ui.session import key
from ui.sidebar import controls
from ui.sidebar.controls import NEURON, ROW, STATE
from ui.tabs import (
    compare,
    state_mark,
    step_through,
    take_home,
    the_way_down,
    watch_it_learn,
    what_it_computes,
    your_turn,
)
from ui.text import count_text, update_word
from ui.training import Shown
from ui.view import AXES, Place
from ui.worked.step import neurons

LOSS_CHART, CLICKED, TYPED = key("loss_chart"), key("clicked"), key("typed_state")
TYPED_WIDTH = 84  # pixels: too few for buttons like those beside it


@dataclass(frozen=True)
class Tab:
    """A tab: `key` in the link, which controls of what is looked at it needs, and its keys in older links.

    It needs none while it does not look at the run.
    """

    key: str
    show: Callable[[Shown, Place], None]
    needs: tuple[str, ...] = ()
    older_keys: tuple[str, ...] = ()
    looks_at_run: Callable[[], bool] = lambda: True

    @property
    def label(self) -> str:
        """What it is called."""
        return names.TABS[self.key]


TABS: Final = (
    Tab("step", step_through.show, needs=(STATE, ROW, NEURON)),
    Tab("turn", your_turn.show, needs=(STATE, ROW, NEURON), looks_at_run=your_turn.looks_at_run),
    Tab("watch", watch_it_learn.show),
    Tab(
        "computes",
        what_it_computes.show,
        needs=(STATE, ROW, NEURON),
        older_keys=("ask",),
    ),
    Tab("down", the_way_down.show, needs=(STATE,), older_keys=("truth",)),
    Tab("compare", compare.show),
    Tab("take", take_home.show),
)
LABELS: Final = {name: tab.label for tab in TABS for name in (tab.key, *tab.older_keys)}  # the key of today first


@st.fragment
def show(shown: Shown, beside_chart: Callable[[Shown], None], below_chart: Callable[[Shown], None]) -> None:
    """Show the loss chart, in which a click chooses a state, what is said of it, and what is in that state."""
    with st.container(horizontal=True):
        with st.container(key=style.CHART, gap="xsmall"):
            is_log = _choose_axis()
            st.plotly_chart(
                ReadyFigure(loss_chart(shown.run, kept.kept_losses(), is_log=is_log)),
                key=LOSS_CHART,
                on_select=_go_to_clicked,
                selection_mode="points",
                config=toolbar("loss"),
                alt=f"Loss by {update_word(shown.run.experiment)}: {loss_in_words(shown.run)}",
            )
        with st.container(key=style.BESIDE_CHART):
            beside_chart(shown)
            kept.show_keep_button(shown)
    below_chart(shown)
    _show_tabs(shown)


def _choose_axis() -> bool:
    """Show the choice of the axis of losses, and that the curve can be clicked; tell whether it is logarithmic."""
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.radio(
            "Axis of the losses",
            list(AXES),
            format_func=AXES.__getitem__,
            key=controls.AXIS,
            persist_state="page",
            horizontal=True,
            label_visibility="collapsed",
        )
        st.caption("Click the curve to choose a state.", width="content")
    return controls.has_log_axis()


def _go_to_clicked() -> None:
    """Choose the state that was clicked; a second click on a point comes as an empty selection."""
    k = _state_of(st.session_state[LOSS_CHART].selection.points)
    if k is not None:
        st.session_state[CLICKED] = k
    if CLICKED in st.session_state:
        st.session_state[STATE] = st.session_state[CLICKED]


def _state_of(points: object) -> int | None:
    """Return the state of the first of the chart's points that were clicked; None where a program made them up."""
    match points:
        case [{"x": int() | float() as x}, *_] if math.isfinite(x):
            return int(x)
    return None


@st.fragment
def _show_tabs(shown: Shown) -> None:
    tabs = [tab for tab in TABS if not is_hidden(tab.key) or tab.key == lesson_panel.tab()]
    if not tabs:
        address.write(LABELS)
        return
    places = st.tabs([tab.label for tab in tabs], key=controls.TAB, on_change="rerun")
    tab, content = next((tab, place) for tab, place in zip(tabs, places, strict=True) if place.open)
    needs = tab.needs if tab.looks_at_run() else ()
    with content:
        with st.container(horizontal=True, vertical_alignment="bottom", gap="xsmall"):
            place = _choose(shown, needs)
        tab.show(shown, place)
    address.write(LABELS)
    state_mark.show(shown.run, place.k if STATE in needs else None, style.CHART)


def _choose(shown: Shown, needs: tuple[str, ...]) -> Place:
    """Show the controls of what to look at, those that are needed."""
    experiment = shown.run.experiment
    rows, choices = len(experiment.dataset.targets), neurons(experiment)
    k, row, neuron = 0, 1, next(iter(choices))
    _clamp(STATE, 0, experiment.updates)
    _clamp(ROW, 1, rows)
    if st.session_state.get(NEURON) not in choices:
        st.session_state[NEURON] = neuron
    if is_hidden("place"):
        k, row, neuron = (st.session_state[place] for place in (STATE, ROW, NEURON))
        return Place(k, row - 1, choices[neuron])
    if STATE in needs:
        k = _choose_state(experiment)
    if ROW in needs:
        row = st.number_input("Row", 1, rows, key=ROW, persist_state="page", width=120)
    if NEURON in needs and len(choices) > 1:
        neuron = st.selectbox("Neuron", list(choices), key=NEURON, persist_state="page", width=110)
    return Place(k, row - 1, choices[neuron])


def _choose_state(experiment: Experiment) -> int:
    """Show the ways to choose a state: a slider, steps, and a field to type it into."""
    last, in_epoch = experiment.updates, count_text(experiment.updates_per_epoch, "update")
    k = st.slider(
        "State",
        0,
        last,
        key=STATE,
        persist_state="page",
        help="The number of updates made so far. In state 0 the weights are the starting weights; each update makes "
        f"the next state. An epoch is {in_epoch} here. A click in the chart chooses a state, too.",
    )
    for label, updates in {"First": -last, "-1": -1, "+1": 1, "+10": 10, "Last": last}.items():
        is_at_end = k == (last if updates > 0 else 0)
        st.button(label, on_click=_move, args=(updates, last), key=key(f"go_{label}"), disabled=is_at_end)
    st.session_state[TYPED] = k  # in every run: it need not persist
    st.number_input("Go to state", 0, last, key=TYPED, on_change=_go_to_typed, width=TYPED_WIDTH)
    return k


def _go_to_typed() -> None:
    st.session_state[STATE] = st.session_state[TYPED]


def _move(updates: int, last: int) -> None:
    """Go on or back from where the reader is by now: of two quick clicks the second counts, too."""
    st.session_state[STATE] = min(max(st.session_state[STATE] + updates, 0), last)


def _clamp(place: str, least: int, most: int) -> None:
    """Bring a control's value within its bounds, which Streamlit refuses to do."""
    st.session_state[place] = min(max(st.session_state.get(place, least), least), most)

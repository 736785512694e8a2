"""The controls' places in the session state: the one way to set controls from elsewhere."""

from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import Any, Final

import streamlit as st

from core.experiment import layers_of, units_of
from ui.kinds import Layers
from ui.names import neuron_choices
from ui.session import key
from ui.settings import BY_NAME, SETTINGS, Setting, Settings
from ui.sidebar import data_table, starting_weights
from ui.view import VIEW_SETTINGS, View

EXAMPLE, OWN_WEIGHTS = key("example"), key("own_weights")
OWN: Final = "own"  # what is chosen in place of an example while the table is the reader's
BEGAN_WITH: Final = key("began_with")  # the example whose controls were changed, also where the table is the reader's
KEPT: Final = key("kept_runs")  # what is kept to be compared, which the reader chooses, too
TITLE: Final = key("title")  # of the table, set by where it comes from
TAB, STATE, ROW, NEURON, COMPARE = key("tab"), key("state"), key("row"), key("neuron"), key("compare")
AXIS: Final = key("axis")
LEVEL, DECIMALS, EXERCISE = key("level"), key("decimals"), key("exercise")  # of Your turn
PRACTICE, PREDICTION = key("practice"), key("prediction")
LESSON, LESSON_STEP = key("lesson"), key("lesson_step")


def places(setting: Setting) -> list[str]:
    """Return where the values of a setting's controls are in the session state: one, or one a layer."""
    more = range(2, setting.kind.most + 1) if isinstance(setting.kind, Layers) else ()
    return [setting.key, *(f"{setting.key}_{number}" for number in more)]


ALWAYS: Final = (
    *(EXAMPLE, TITLE, OWN_WEIGHTS, TAB, KEPT),
    *(setting.key for setting in VIEW_SETTINGS),
    *(place for setting in SETTINGS for place in places(setting)),
)


def apply(settings: Settings) -> None:
    """Set all controls of the experiment; to be called before they are shown."""
    st.session_state[BEGAN_WITH] = st.session_state[EXAMPLE] = settings.example
    call_table(settings.title)
    for setting in SETTINGS:
        set_to(setting.name, getattr(settings, setting.name))
    data_table.start_from(settings.names, settings.rows, settings.targets)
    st.session_state[OWN_WEIGHTS] = settings.weights is not None
    starting_weights.forget()
    starting_weights.start_from(settings.weights or ())


def call_table(title: str) -> None:
    """Set what the reader's own table is called, "" for an example's; to be called before the controls are shown."""
    st.session_state[TITLE] = title
    if title:
        st.session_state[EXAMPLE] = OWN


def set_to(name: str, value: Any) -> None:  # noqa: ANN401 - of the setting's kind
    """Set the controls of one setting; to be called before they are shown, as callbacks are."""
    setting = BY_NAME[name]
    values = [*layers_of(value), 0, 0, 0] if isinstance(setting.kind, Layers) else [value]
    st.session_state.update(zip(places(setting), values, strict=False))


def button(label: str, set_controls: Callable[..., None], *args: Any, **look: Any) -> None:  # noqa: ANN401
    """Show a button outside the sidebar that sets controls; a fragment alone would go on with the page as it was."""
    if st.button(label, on_click=set_controls, args=args, **look):
        st.rerun()


def value_of(setting: Setting) -> Any:  # noqa: ANN401
    """Return what the controls of a setting were set to last, be they shown or hidden."""
    values = [st.session_state[place] for place in places(setting)]
    return units_of(tuple(takewhile(bool, values))) if isinstance(setting.kind, Layers) else values[0]


def apply_view(view: View, tabs: Mapping[str, str]) -> None:
    """Set what is looked at; `tabs` are the tabs' labels by key. To be called before it is shown."""
    st.session_state[TAB] = tabs[view.tab]
    for setting in VIEW_SETTINGS:
        st.session_state[setting.key] = getattr(view, setting.name)


def has_log_axis() -> bool:
    """Tell whether the losses are to be drawn on a logarithmic axis."""
    return bool(st.session_state.get(AXIS) == "log")


def within(name: str, settings: Settings) -> str:
    """Bring a choice of what is looked at to one that there is, before its control is shown; return its key."""
    look = next(look for look in VIEW_SETTINGS if look.name == name)
    st.session_state[look.key] = look.nearest(st.session_state.get(look.key, look.default), settings)
    return look.key


def current_view(settings: Settings, tabs: Mapping[str, str]) -> View:
    """Return what is looked at, as far as it exists in the run of `settings`."""
    label = st.session_state.get(TAB)
    chosen = {
        setting.name: setting.nearest(st.session_state.get(setting.key, setting.default), settings)
        for setting in VIEW_SETTINGS
    }
    view = View(tab=next((tab for tab, name in tabs.items() if name == label), View.tab), **chosen)
    first = neuron_choices(settings.sizes)[0]
    return replace(view, neuron=View.neuron) if view.neuron == first else view


@dataclass(frozen=True)
class Snapshot:
    """What the controls were set to, at the end of a run."""

    keys: list[str]  # of all controls: where tables start anew, of other ones
    values: dict[str, object]  # of those that are shown, were shown, or are set to be; of editors, those that are shown


def snapshot() -> Snapshot:
    """Return what all controls are set to, to tell later whether the reader has used one."""
    keys = [*ALWAYS, *data_table.keys(), *starting_weights.keys()]
    state = st.session_state.to_dict()  # at once: to ask for each of them takes several times as long
    return Snapshot(keys, {name: deepcopy(state[name]) for name in keys if name in state})


def used_since(before: Snapshot) -> bool:
    """Tell whether a control differs from `before`; editors that are no longer shown are dropped, unused."""
    now = snapshot()
    return now.keys != before.keys or any(
        name not in before.values or value != before.values[name] for name, value in now.values.items()
    )

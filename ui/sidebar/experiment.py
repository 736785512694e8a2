"""The sidebar: every control, and the settings that they make up."""

import random
from collections.abc import Sequence
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from core import EXAMPLES, Dataset, Experiment, InvalidDataset, InvalidExperiment
from core.experiment import HiddenUnits, units_of
from ui.hideable import FINER_CONTROLS
from ui.hiding import are_hidden, is_hidden
from ui.kinds import Choice, Layers, NumberOrWord, RealNumber, Switch, WholeNumber
from ui.session import key
from ui.settings import BY_NAME, OWN_TABLE, PUBLISHED, SETTINGS, Cells, Setting, Settings, dataset_of, experiment_of
from ui.sidebar import controls, data_table, starting_weights, upload
from ui.sidebar.fold import fold
from ui.text import escape, number_text

SEED, EPOCHS = BY_NAME["seed"], BY_NAME["epochs"]
FINER = tuple(setting for setting in SETTINGS if setting not in (SEED, EPOCHS))
FINER_ARE_SHOWN = key("finer_controls_are_shown")
SEEDS_DRAWN = 10_000
SHORT_CHOICE = 8  # letters, of which a few choices stand side by side
MORE_LAYERS = ("Second hidden layer", "Third hidden layer")


def choose_experiment() -> tuple[Settings, Experiment | None]:
    """Show the controls; return their settings, and the experiment, or None where it cannot be trained."""
    upload.apply_chosen()
    example = _choose_example()
    values = {
        SEED.name: controls.value_of(SEED) if is_hidden(SEED.name) else _choose_seed(),
        EPOCHS.name: _value(EPOCHS, is_shown=True),
    }
    (names, targets, rows), message = data_table.choose_table()
    if not is_hidden("upload"):
        upload.show()
    place, is_shown = _finer_controls()
    with place:
        values |= {setting.name: _value(setting, is_shown=is_shown) for setting in FINER}
        try:
            dataset = dataset_of(names, targets, rows, scale_targets=values["scale_targets"])
        except InvalidDataset as error:
            message.error(escape(str(error)))
            if not values["scale_targets"] and _are_amounts(names, targets, rows):
                message.button(
                    BY_NAME["scale_targets"].label,
                    on_click=controls.set_to,
                    args=("scale_targets", True),
                    type="primary",
                )
            dataset = None
        weights = _choose_weights(dataset, values, is_shown=is_shown)
    settings = Settings(
        example=example,
        title=st.session_state[controls.TITLE],
        names=names,
        targets=targets,
        rows=rows,
        weights=weights,
        **values,
    )
    return settings, _experiment(settings, dataset) if dataset else None


def _are_amounts(names: Sequence[str], targets: int, rows: Cells) -> bool:
    """Tell whether nothing is wrong with a table but that its targets are not from 0 to 1."""
    try:
        dataset_of(names, targets, rows, scale_targets=True)
    except InvalidDataset:
        return False
    return True


def _finer_controls() -> tuple[DeltaGenerator, bool]:
    """Return where the finer controls are, and whether they are made, unless all of them are hidden."""
    return (st.container(), False) if are_hidden(FINER_CONTROLS) else fold("Finer controls", FINER_ARE_SHOWN)


def _choose_example() -> str:
    """Show the choice of an example, or what the reader's own table is called; return what the controls began with."""
    if is_hidden("example"):
        return _began_with(st.session_state[controls.EXAMPLE])
    title = st.session_state[controls.TITLE]
    own = title if title == OWN_TABLE else f"“{title}”"  # which no example is called
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.selectbox(
            "Example",
            [*([controls.OWN] if title else []), *EXAMPLES],
            format_func=lambda key: own if key == controls.OWN else EXAMPLES[key].title,
            key=controls.EXAMPLE,
            persist_state="page",
            on_change=_apply_example,
            help="Experiments of the notebook, of the texts that it cites, and a few classics. Choosing one sets all "
            "controls.",
        )
        st.button("Reset", on_click=_apply_example, help="Set all controls and the table as the example was published.")
    return _began_with(chosen)


def _began_with(chosen: str) -> str:
    example: str = st.session_state[controls.BEGAN_WITH] if chosen == controls.OWN else chosen
    return example


def _apply_example() -> None:
    published = PUBLISHED.get(_began_with(st.session_state[controls.EXAMPLE]))
    if published:  # a program may name any example
        controls.apply(published)


def _value(setting: Setting, *, is_shown: bool) -> Any:  # noqa: ANN401 - of the setting's kind
    """Return the value of a setting, whose control is shown unless it is hidden."""
    return _choose(setting) if is_shown and not is_hidden(setting.name) else controls.value_of(setting)


def _choose(setting: Setting) -> Any:  # noqa: ANN401 - of the setting's kind
    """Show the control of a setting; return its value.

    Like every control that the session state sets, it persists: else only the run that sets it would tell the browser
    so, which may still be loading the script that draws it, and would draw its default after the next run.
    """
    label = setting.label
    control: Any = {"key": setting.key, "help": setting.help, "persist_state": "page"}
    match setting.kind:
        case WholeNumber(least, most):
            return st.number_input(label, min_value=least, max_value=most, **control)
        case NumberOrWord(WholeNumber(least, most), _):
            return st.number_input(label, least, most, value=None, step=1, placeholder="all rows", **control)
        case Layers():
            return _choose_layers(setting, setting.kind)
        case RealNumber(least, most):
            return st.number_input(label, least, most, step=0.1, format="%g", **control)
        case Choice(names):
            is_short = max(map(len, names.values())) <= SHORT_CHOICE
            return st.radio(label, list(names), None, names.__getitem__, horizontal=is_short, **control)
        case Switch():
            return st.toggle(label, **control)


def _choose_layers(setting: Setting, kind: Layers) -> HiddenUnits:
    """Show the units of each hidden layer, and those of one more, which are 0."""
    layers: list[int] = []
    for place, label in zip(controls.places(setting), (setting.label, *MORE_LAYERS), strict=True):
        text = setting.help if not layers else None
        units = st.number_input(label, 0, kind.units.most, key=place, help=text, persist_state="page")
        if not units:
            break
        layers.append(units)
    for place in controls.places(setting)[len(layers) + 1 :]:
        st.session_state[place] = 0  # is not shown, and not to come back
    return units_of(tuple(layers))


def _choose_seed() -> int:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        seed: int = _choose(SEED)
        st.button("Draw another", on_click=_draw_seed, help="Set the seed to a random number below 10,000.")
    return seed


def _draw_seed() -> None:
    now = st.session_state[SEED.key]
    others = [seed for seed in range(SEEDS_DRAWN) if seed != now]
    controls.set_to(SEED.name, random.choice(others))  # noqa: S311 - chance, not secrecy


def _choose_weights(dataset: Dataset | None, values: dict[str, Any], *, is_shown: bool) -> tuple[Cells, ...] | None:
    """Show the switch, and if it is on, the tables of the starting weights, unless they are folded away or hidden."""
    is_shown = is_shown and not is_hidden("weights")
    is_on = _choose_own_weights() if is_shown else st.session_state[controls.OWN_WEIGHTS]
    if not is_on:
        return None
    if dataset is None:
        if is_shown:
            st.caption("The starting weights are shown again once the data table can be trained on.")
        return starting_weights.latest()
    network = Experiment(dataset, seed=values["seed"], hidden_units=values["hidden_units"], biases=values["biases"])
    return starting_weights.choose_weights(network, is_shown=is_shown)


def _choose_own_weights() -> bool:
    return st.toggle(
        "Type the starting weights",
        key=controls.OWN_WEIGHTS,
        persist_state="page",
        help="They take the place of those that the seed draws.",
    )


def _experiment(settings: Settings, dataset: Dataset) -> Experiment | None:
    try:
        return experiment_of(settings, dataset)
    except InvalidExperiment as error:
        st.error(escape(_in_the_pages_words(settings, dataset) or str(error)))
        return None


def _in_the_pages_words(settings: Settings, dataset: Dataset) -> str | None:
    """Say what keeps an experiment from being made, by the names that its controls have, and the remedy."""
    if settings.held_out and len(dataset.targets) == 1:
        label = BY_NAME["held_out"].label
        return f"{label} is {number_text(settings.held_out)}, but training needs the only row. Type 0, or add a row."
    network = Experiment(dataset, hidden_units=settings.hidden_units, biases=settings.biases)
    return starting_weights.problem(network, settings.weights or ())

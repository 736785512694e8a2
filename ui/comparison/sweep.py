"""A sweep: the same experiment with other values of a setting, a few seeds each."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any, Final

import numpy as np
import streamlit as st

from core import Experiment, Spread
from ui import tables
from ui.comparison import taking
from ui.comparison.spreads import held_out_text, learned_cells, spreads_of, total
from ui.figures.axis import LOG_TEXT, are_wide
from ui.figures.ready import ReadyFigure
from ui.figures.style import toolbar
from ui.figures.sweep import sweep_chart
from ui.on_demand import Order, result
from ui.session import key
from ui.settings import BY_NAME
from ui.sidebar import controls
from ui.table import Table
from ui.text import count_text, exact_text
from ui.training import Shown
from ui.view import SWEPT

SWEEP_CHART: Final = key("sweep_chart")
SEEDS_EACH: Final = 20
QUESTIONS: Final = {
    "learning_rate": "What if it learned in larger or smaller steps?",
    "hidden_units": "What if the network had more hidden units, or fewer?",
}
VALUES: Final[dict[str, tuple[Any, ...]]] = {
    "learning_rate": (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0),
    "hidden_units": (0, 1, 2, 3, 4, 6, 8, 12, 16, 24, 32),
}


def show(shown: Shown) -> None:
    """Show the final losses of each value's seeds, and what each value comes to."""
    experiment, name = shown.run.experiment, _choose(shown)
    seeds = seeds_of(experiment, name)
    each = f"seeds 1 to {len(seeds)} each" if len(seeds) > 1 else "from the typed starting weights"
    st.markdown(
        f"{QUESTIONS[name]} The same experiment with other values, {each}. A click on a point takes its value"
        f"{' and its seed' if len(seeds) > 1 else ''}."
    )
    spreads = result(order(experiment, name))
    if spreads is None:
        return
    values = [getattr(spread.experiment, name) for spread in spreads]
    is_log = controls.has_log_axis() or are_wide(np.concatenate([spread.final_loss for spread in spreads]))
    best = min(spreads, key=median_loss)
    st.plotly_chart(
        ReadyFigure(sweep_chart(spreads, name, SWEPT.shown(name), shown.run, is_log=is_log)),
        key=SWEEP_CHART,
        on_select=partial(_take_clicked, name, values, seeds),
        selection_mode="points",
        config=toolbar("sweep"),
        alt=f"Final loss by {SWEPT.shown(name)}: the median is smallest, {median_loss(best):.4f}, at "
        f"{BY_NAME[name].kind.shown(getattr(best.experiment, name))}",
    )
    _show_take(shown, name, values, seeds)
    judged = not experiment.scale_targets  # amounts are neither right nor wrong
    header = [SWEPT.shown(name), "median final loss", *(["all rows right", "half of these after"] if judged else [])]
    tables.show(Table(header, rows(spreads, name), texts=0))
    filled = ", filled if all rows are right then. **half of these after**: at most this many updates" if judged else ""
    rest = _not_on_axis(experiment, name) + held_out_text(best.experiment)
    st.caption(f"Each point is a run's loss in the last state{filled}.{LOG_TEXT if is_log else ''}{rest}")


def order(experiment: Experiment, name: str) -> Order[list[Spread]]:
    """Return the order of the seeds' runs with each value."""
    networks, seeds = experiments_of(experiment, name), seeds_of(experiment, name)
    return Order(
        "sweep",
        (tuple(networks), seeds),
        f"{count_text(len(seeds), 'seed') if len(seeds) > 1 else 'a run'} with each of {len(networks)} values",
        "fewer epochs",
        total(networks, len(seeds)),
        len(seeds) * sum(network.updates for network in networks),
        partial(spreads_of, networks, seeds),
    )


def is_on_axis(experiment: Experiment, name: str) -> bool:
    """Tell whether an experiment's own value is one to sweep over: units in several hidden layers are not."""
    return not isinstance(getattr(experiment, name), tuple)


def seeds_of(experiment: Experiment, name: str) -> tuple[int, ...]:
    """Return the seeds: a few, or the experiment's own where it draws nothing."""
    has_draws = experiment.has_draws or name == "hidden_units"
    return tuple(range(1, SEEDS_EACH + 1)) if has_draws else (experiment.seed,)


def experiments_of(experiment: Experiment, name: str) -> list[Experiment]:
    """Return the experiment with each value, its own among them, whatever its seed is.

    Typed weights stay, unless other numbers of hidden units need others.
    """
    own = [getattr(experiment, name)] if is_on_axis(experiment, name) else []
    if name == "hidden_units":
        experiment = replace(experiment, hidden_units=0, starting_weights=None)
    if experiment.has_draws:
        experiment = replace(experiment, seed=1)
    return [replace(experiment, **{name: value}) for value in sorted({*VALUES[name], *own})]


def median_loss(spread: Spread) -> float:
    """Return the final loss of the seed in the middle."""
    return float(spread.final_loss[spread.median])


def rows(spreads: Sequence[Spread], name: str) -> list[list[str]]:
    """Return of each value its median loss, how many seeds learn it, and how soon."""
    kind = BY_NAME[name].kind
    return [
        [kind.shown(getattr(spread.experiment, name)), exact_text(median_loss(spread)), *learned_cells(spread)]
        for spread in spreads
    ]


def _choose(shown: Shown) -> str:
    place = controls.within("sweep", shown.settings)
    name: str = st.radio(
        "Sweep over", list(SWEPT.names), format_func=SWEPT.shown, key=place, horizontal=True, persist_state="page"
    )
    return name


def _take_clicked(name: str, values: Sequence[Any], seeds: Sequence[int]) -> None:
    match taking.clicked(SWEEP_CHART):
        case [int(position), int(seed), *_] if position in range(len(values)) and seed in seeds:
            taking.take(**{name: values[position], "seed": seed})


def _show_take(shown: Shown, name: str, values: Sequence[Any], seeds: Sequence[int]) -> None:
    """Show the keyboard's way to every point."""
    kind, settings = BY_NAME[name].kind, shown.settings
    own, seed = getattr(settings, name), settings.seed
    with st.container(horizontal=True, vertical_alignment="bottom"):
        value = st.selectbox(
            SWEPT.shown(name).capitalize(),
            values,
            values.index(own) if own in values else 0,
            kind.shown,
            key=key(f"take_{name}"),
            width=160,
        )
        if len(seeds) > 1:
            seed = st.selectbox(
                "Seed", seeds, seeds.index(seed) if seed in seeds else 0, key=key("take_seed"), width=120
            )
        st.button(
            "Take this run",
            on_click=taking.take,
            kwargs={name: value, "seed": seed},
            disabled=shown.is_current and (value, seed) == (own, settings.seed),
            key=key("take_point"),
        )


def _not_on_axis(experiment: Experiment, name: str) -> str:
    if not is_on_axis(experiment, name):
        return " This run has several hidden layers, and is not among them."
    if name == "hidden_units" and experiment.starting_weights is not None:
        return " The typed starting weights fit only their own network: here all are drawn."
    return ""

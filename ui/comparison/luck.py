"""XOR, and how luck goes with the number of hidden units, beside what the authors of backpropagation met."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Final

import streamlit as st

from core import EXAMPLES, Experiment, Spread
from core.experiment import HiddenUnits
from core.sources import RUMELHART
from ui import tables
from ui.comparison.spreads import learned_cells, spreads_of, total
from ui.on_demand import Order, result
from ui.table import Table
from ui.text import count_text, escape

UNITS: Final = (2, 3, 4, 8)  # hidden
SEEDS_EACH: Final = 100
MOST_EPOCHS: Final = 5_000
PRINTED: Final[dict[HiddenUnits, str]] = {2: "all but two of hundreds"}
XOR_TABLES: Final = tuple(EXAMPLES[name].experiment.dataset for name in ("xor-hidden", "xor-two-bits"))


def show(experiment: Experiment) -> None:
    """Show the table, if the experiment is about XOR."""
    if experiment.dataset not in XOR_TABLES:
        return
    networks = others(experiment)
    st.header("XOR, and luck", anchor=False)
    st.markdown(
        f"The same with other numbers of hidden units: {SEEDS_EACH} seeds each, "
        f"{count_text(networks[0].epochs, 'epoch')}{' only' if networks[0].epochs < experiment.epochs else ''}."
        f"{' Here all rows are learned from, and all starting weights are drawn.' if experiment.held_out else ''}"
    )
    spreads = result(order(networks))
    if spreads is None:
        return
    tables.show(Table(["hidden units", "all rows right", "half of these after", "published"], rows(spreads), texts=0))
    st.caption(
        f"**half of these after**: at most this many updates. **published**: what [{escape(RUMELHART.title)}]"
        f"({RUMELHART.url}) met with two hidden units. Their networks started elsewhere and learned with other rates, "
        "so the shares need not agree; and a seed that is not right yet need not be in a local minimum: it may just be "
        "slow."
    )


def others(experiment: Experiment) -> list[Experiment]:
    """Return the experiment with each number of hidden units, all weights drawn, for not too many epochs.

    No row is held out: without all four there is no XOR to learn.
    """
    whole = replace(
        experiment,
        seed=1,
        epochs=min(experiment.epochs, MOST_EPOCHS),
        hidden_units=0,
        starting_weights=None,
        held_out=0,
    )
    return [replace(whole, hidden_units=units) for units in UNITS]


def order(networks: Sequence[Experiment]) -> Order[list[Spread]]:
    """Return the order of the seeds' runs of each experiment."""
    return Order(
        "luck",
        tuple(networks),
        f"{SEEDS_EACH} seeds with each",
        "fewer epochs",
        total(networks, SEEDS_EACH),
        SEEDS_EACH * sum(experiment.updates for experiment in networks),
        partial(spreads_of, networks, range(1, SEEDS_EACH + 1)),
    )


def rows(spreads: Sequence[Spread]) -> list[list[str]]:
    """Return of each number of hidden units how many seeds learn it, how soon, and what was published."""
    return [
        [
            f"{spread.experiment.hidden_units}",
            *learned_cells(spread),
            PRINTED.get(spread.experiment.hidden_units, ""),
        ]
        for spread in spreads
    ]

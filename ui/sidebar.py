"""The sidebar: every control, and the experiment they make up."""

import random

import streamlit as st

from core import NOTEBOOK, Experiment
from core.experiment import LARGEST_SEED
from ui import dataset_table

MOST_EPOCHS = 100_000
SEED, EPOCHS = "seed", "epochs"


def choose_experiment() -> Experiment | None:
    """Show the controls; return what they make up, or None where the table cannot be trained on."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        seed = st.number_input(
            "Seed",
            min_value=0,
            max_value=LARGEST_SEED,
            value=NOTEBOOK.seed,
            key=SEED,
            bind="query-params",
            help="The starting weights are drawn at random. The same seed always draws the same ones.",
        )
        st.button("Draw another", on_click=_draw_seed, help="Set the seed to a random number below 10,000.")
    epochs = st.number_input(
        "Epochs",
        min_value=1,
        max_value=MOST_EPOCHS,
        value=NOTEBOOK.epochs,
        key=EPOCHS,
        bind="query-params",
        help="How often the network sees all rows and updates its weights: 1 to 100,000 times.",
    )
    dataset = dataset_table.choose_dataset(NOTEBOOK.dataset)
    return Experiment(dataset, seed=seed, epochs=epochs) if dataset else None


def _draw_seed() -> None:
    st.session_state[SEED] = random.randrange(10_000)  # noqa: S311 - chance, not secrecy

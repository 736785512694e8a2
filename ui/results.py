"""The results: predictions before and after, weights, loss."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
import streamlit as st

from core import Run
from ui import tables
from ui.names import connection_names
from ui.text import count_text

STATES = ("before", "last pass", "final")


def show(run: Run) -> None:
    """Show what was trained and what came out."""
    st.markdown(_summary(run))
    with st.container(horizontal=True, gap="medium"):
        _section("Predictions", predictions_table(run), exact=STATES, index=False)
        _section("Weights", weights_table(run), exact=("before", "final"), index=True)
        _section("Loss", loss_table(run), exact=("cross-entropy",), index=True)
    st.caption(
        "**before**: with the starting weights, drawn from the seed. **last pass**: in the last forward pass, which "
        "the notebook prints as “after”; one more update followed. **final**: with the final weights. "
        "**Loss**: how far the predictions are from the targets, here as the mean binary cross-entropy."
    )


def _section(title: str, table: pd.DataFrame, exact: Sequence[str], *, index: bool) -> None:
    with st.container(width="content", gap="xsmall"):
        st.subheader(title, anchor=False)
        tables.show(table, exact, index=index)


def predictions_table(run: Run) -> pd.DataFrame:
    """Return one row a row of the data: its inputs, its target, and the output in three states."""
    dataset = run.experiment.dataset
    columns = [*dataset.inputs.T, dataset.targets, run.before, run.last_pass, run.after]
    return tables.numbered(columns, [*dataset.input_names, dataset.target_name, *STATES])


def weights_table(run: Run) -> pd.DataFrame:
    """Return one row a weight, first layer first: the connection, its value before and its final one."""
    states = {"before": run.weights_after(0), "final": run.weights}
    columns = {name: np.concatenate([layer.ravel() for layer in layers]) for name, layers in states.items()}
    return pd.DataFrame(columns, index=connection_names(run.experiment))


def loss_table(run: Run) -> pd.DataFrame:
    """Return the loss in the three states that the predictions are shown in."""
    return pd.DataFrame({"cross-entropy": run.cross_entropy[[0, -2, -1]]}, index=list(STATES))


def _summary(run: Run) -> str:
    experiment = run.experiment
    rows, features = experiment.dataset.inputs.shape
    inputs = count_text(features, "input")
    if experiment.hidden_units:
        hidden = count_text(experiment.hidden_units, "hidden sigmoid neuron")
        network = f"A network of {inputs}, {hidden} and an output neuron"
    else:
        network = f"One sigmoid neuron with {inputs}"
    return (
        f"{network} was trained on {count_text(rows, 'row')} for "
        f"{count_text(experiment.epochs, 'epoch')}, from the starting weights of seed {experiment.seed}. "
        "Each epoch is one forward pass over all rows, which predicts their targets, and one backward pass, "
        "which updates the weights."
    )

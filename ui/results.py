"""The results: predictions before and after, weights, loss."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from core import Run
from ui import figures, tables
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
    st.plotly_chart(
        figures.loss_chart(run),
        key="loss_chart",
        config=figures.toolbar("loss"),
        alt="Loss by epoch",
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
    """Return one row a weight: the input it belongs to, its value before and its final one."""
    (before,), (final,) = run.weights_after(0), run.weights
    frame = pd.DataFrame({"before": before[:, 0], "final": final[:, 0]})
    return frame.set_axis(list(run.experiment.dataset.input_names), axis="index")


def loss_table(run: Run) -> pd.DataFrame:
    """Return the loss in the three states that the predictions are shown in."""
    return pd.DataFrame({"cross-entropy": run.cross_entropy[[0, -2, -1]]}, index=list(STATES))


def _summary(run: Run) -> str:
    experiment = run.experiment
    rows, features = experiment.dataset.inputs.shape
    return (
        f"One sigmoid neuron with {count_text(features, 'input')} was trained on {count_text(rows, 'row')} for "
        f"{count_text(experiment.epochs, 'epoch')}, from the starting weights of seed {experiment.seed}. "
        "Each epoch is one forward pass over all rows, which predicts their targets, and one backward pass, "
        "which updates the weights."
    )

"""The results: predictions before and after, weights, loss."""

from collections.abc import Sequence

import numpy as np
import streamlit as st

from core import Example, Run, rows_right
from core.arrays import flat
from ui import tables
from ui.names import STATE_NAMES, connection_names
from ui.results import confusion_matrix
from ui.tables import EXACT, Column
from ui.text import OBJECTIVE_NAMES, count_text, escape, number_text


def show(example: Example, run: Run) -> None:
    """Show what was trained and what came out."""
    if run.experiment == example.experiment:
        st.markdown(f"{escape(example.note)} {_source(example)}")
    else:
        st.markdown(f"This is “{escape(example.title)}”, changed. {_source(example)}")
    st.markdown(_summary(run))
    with st.container(horizontal=True, gap="small"):
        if run.experiment.hidden_units:  # many weights: a tall table, beside which the others find room
            with st.container(width="content"):
                _show_predictions(run)
                _show_loss(run)
            _show_weights(run)
        else:
            _show_predictions(run)
            _show_weights(run)
            _show_loss(run)
        confusion_matrix.show(run)
    st.caption(
        f"**before**: with the starting weights{_origin(run)}. **last pass**: in the last forward pass, which "
        "the notebook prints as “after”; one more update followed. **final**: with the final weights. "
        "**Loss**: how far the predictions are from the targets, here as the mean binary cross-entropy. "
        "A row is **right** when its output is on its target's side of ½."
    )


def _source(example: Example) -> str:
    source = escape(example.source)
    return f":small[Source: [{source}]({example.url}).]" if example.url else f":small[Source: {source}.]"


def _origin(run: Run) -> str:
    return ", which were typed" if run.experiment.starting_weights else ", drawn from the seed"


def _show_predictions(run: Run) -> None:
    _section("Predictions", predictions(run))


def _show_weights(run: Run) -> None:
    _section("Weights", weights(run), connection_names(run.experiment))


def _show_loss(run: Run) -> None:
    _section("Loss", losses(run), STATE_NAMES)


def _section(title: str, columns: Sequence[Column], labels: Sequence[str] = ()) -> None:
    with st.container(width="content", gap="xsmall"):
        st.subheader(title, anchor=False)
        tables.show_numbers(title, columns, labels)


def predictions(run: Run) -> list[Column]:
    """Return of each row of the data its inputs, its target, and the output in three states."""
    dataset = run.experiment.dataset
    given = zip((*dataset.input_names, *dataset.target_names), (*dataset.inputs.T, dataset.targets), strict=True)
    outputs = zip(STATE_NAMES, (run.before, run.last_pass, run.after), strict=True)
    return [*(Column(name, numbers) for name, numbers in given), *(Column(*output, EXACT) for output in outputs)]


def weights(run: Run) -> list[Column]:
    """Return each weight, first layer first, before and in the end."""
    return [Column("before", flat(run.weights_after(0)), EXACT), Column("final", flat(run.weights), EXACT)]


def losses(run: Run) -> list[Column]:
    """Return the loss and the number of rows right in the three states that the predictions are shown in."""
    targets = run.experiment.dataset.targets
    right = [rows_right(outputs, targets).sum() for outputs in (run.before, run.last_pass, run.after)]
    loss = Column("cross-entropy", run.cross_entropy[[0, -2, -1]], EXACT)
    return [loss, Column(f"right of {len(targets):,}", np.array(right, float))]


def _summary(run: Run) -> str:
    experiment = run.experiment
    rows, features = experiment.dataset.inputs.shape
    inputs = count_text(features, "input")
    if experiment.hidden_layers:
        hidden = count_text(sum(experiment.hidden_layers), "hidden sigmoid neuron")
        network = f"A network of {inputs}, {hidden} and an output neuron"
    else:
        network = f"One sigmoid neuron with {inputs}"
    rate = "" if experiment.learning_rate == 1 else f" with learning rate {number_text(experiment.learning_rate)}"
    seed = f"the starting weights of seed {experiment.seed}"
    return (
        f"{network}, trained on {count_text(rows, 'row')} for {count_text(experiment.epochs, 'epoch')} from "
        f"{'typed starting weights' if experiment.starting_weights else seed}{rate}, to make the "
        f"{OBJECTIVE_NAMES[experiment.objective]} small. In an **epoch**, a forward pass predicts the targets of all "
        "rows, and a backward pass updates the weights."
    )

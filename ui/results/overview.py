"""The results: predictions before and after, weights, loss."""

from collections.abc import Sequence
from typing import Final

import numpy as np
import streamlit as st

from core import EXAMPLES, Dataset, Example, Experiment, Run, rows_right
from core.arrays import flat
from ui import tables
from ui.aspects import changes
from ui.names import BIAS, STATE_NAMES, connection_names, output_columns
from ui.results import confusion_matrix
from ui.session import key
from ui.settings import OWN_TABLE, Settings
from ui.short_names import short_names
from ui.tables import EXACT, Column
from ui.text import OBJECTIVE_NAMES, count_text, escape, exact_text, number_text

LONGEST_NAME, LONGEST_TARGET = 8, 6  # letters in a grid, the latter before the name of a state
INTRODUCTION: Final = key("introduction")
# As high as that of the notebook, so that editing its table, which makes it another, does not move the tables below.
STYLE: Final = f"<style>.st-key-{INTRODUCTION} {{ min-height: 4.8rem; }}</style>"
OF_THE_NOTEBOOK = ("notebook", "trask-10000")  # the examples of its neuron


def show(settings: Settings, run: Run, obstacle: str) -> None:
    """Show what was trained, with these settings, and what came out; `obstacle` says why it is no newer run, if so."""
    st.html(STYLE)
    with st.container(key=INTRODUCTION):
        if obstacle:
            st.warning(obstacle)
        else:
            st.markdown(_introduction(settings, run))
    st.markdown(_summary(run))
    with st.container(horizontal=True, gap="small"):
        # Many weights make a tall table, beside which the others find room.
        if run.experiment.hidden_units and run.experiment.sizes[-1] == 1:
            with st.container(width="content"):
                _show_predictions(run)
                _show_loss(run)
            _show_weights(run)
        else:
            _show_predictions(run)
            _show_weights(run)
            _show_loss(run)
        if columns := in_table_units(run):
            _section("In the table's units", *columns)
        confusion_matrix.show(run)
    is_notebooks = settings.example in OF_THE_NOTEBOOK and not settings.title
    as_after = ", which the notebook prints as “after”" if is_notebooks else ""
    st.caption(
        f"**before**: with the starting weights{_origin(run)}. **last pass**: before the last update"
        f"{as_after}. **final**: with the final weights. "
        "**Loss**: how far the predictions are from the targets, here as the mean binary cross-entropy"
        f"{_of_several(run)}"
    )


def _introduction(settings: Settings, run: Run) -> str:
    """Say where the experiment comes from, and what differs from there."""
    example = EXAMPLES[settings.example]
    if settings.title:
        return f"This is {'your own table' if settings.title == OWN_TABLE else f'“{escape(settings.title)}”'}."
    if run.experiment == example.experiment:
        return f"{escape(example.note)} {_source(example)}"
    return f"This is “{escape(example.title)}”, changed: {escape(', '.join(changes(settings)))}. {_source(example)}"


def _of_several(run: Run) -> str:
    """Say how the outputs of a row count."""
    if run.experiment.sizes[-1] == 1:
        return ". A row is **right** when its output is on its target's side of ½."
    return (
        ": the sum over the outputs, then the mean over the rows. A row is **right** when every output is on its "
        "target's side of ½."
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
    """Return of each row of the data its inputs, its targets, and the outputs in three states."""
    return [*_given(run.experiment.dataset), *_outputs(run)]


def _given(dataset: Dataset) -> list[Column]:
    names = [*dataset.input_names, *dataset.target_names]
    table = np.column_stack([dataset.inputs, dataset.targets]).T
    return [
        Column(name, numbers, short_name=short)
        for name, numbers, short in zip(names, table, short_names(names, LONGEST_NAME), strict=True)
    ]


def _outputs(run: Run) -> list[Column]:
    """Return the outputs, state by state; of several the final ones first, as the others may be out of sight."""
    targets = run.experiment.dataset.target_names
    names, short = output_columns(targets), output_columns(short_names(targets, LONGEST_TARGET))
    states = np.column_stack([run.before, run.last_pass, run.after]).T
    columns = [Column(name, numbers, EXACT, text) for name, numbers, text in zip(names, states, short, strict=True)]
    size = len(targets)
    before, last_pass, final = columns[:size], columns[size : 2 * size], columns[2 * size :]
    return columns if size == 1 else [*final, *last_pass, *before]


def weights(run: Run) -> list[Column]:
    """Return each weight, first layer first, before and in the end."""
    return [Column("before", flat(run.weights_after(0)), EXACT), Column("final", flat(run.weights), EXACT)]


def losses(run: Run) -> list[Column]:
    """Return the loss and the number of rows right in the three states that the predictions are shown in."""
    targets = run.experiment.dataset.targets
    right = [rows_right(outputs, targets).sum() for outputs in (run.before, run.last_pass, run.after)]
    loss = Column("cross-entropy", run.cross_entropy[[0, -2, -1]], EXACT)
    return [loss, Column(f"right of {len(targets):,}", np.array(right, float))]


def in_table_units(run: Run) -> tuple[list[Column], list[str]] | None:
    """Return a single neuron's weights as they are for the table's own numbers, and their names.

    None unless the neuron is given others.
    """
    experiment = run.experiment
    is_scaled = experiment.scaling is not None and experiment.scaling.changes.any()
    if not (experiment.scaling and is_scaled) or experiment.hidden_layers or experiment.sizes[-1] > 1:
        return None
    states = [experiment.scaling.undo(weights[0]) for weights in (run.weights_after(0), run.weights)]
    before, final = (np.append(weights[:, 0], constant) for weights, constant in states)
    names = [*experiment.dataset.input_names, BIAS if experiment.has_biases else "constant"]
    return [Column("before", before, exact_text), Column("final", final, exact_text)], names


def _summary(run: Run) -> str:
    experiment = run.experiment
    rows = count_text(len(experiment.dataset.targets), "row")
    rate = "" if experiment.learning_rate == 1 else f" with learning rate {number_text(experiment.learning_rate)}"
    seed = f"the starting weights of seed {experiment.seed}"
    return (
        f"{_network(experiment)}, trained on {rows} for {count_text(experiment.epochs, 'epoch')} from "
        f"{'typed starting weights' if experiment.starting_weights else seed}{rate}, to make the "
        f"{OBJECTIVE_NAMES[experiment.objective]} small. {_epoch(experiment)}"
    )


def _network(experiment: Experiment) -> str:
    """Say what the network is made of."""
    features, *hidden, outputs = experiment.sizes
    scaled = int(experiment.scaling.changes.sum()) if experiment.scaling else 0
    inputs = count_text(features, "standardised input" if scaled == features else "input")
    if 0 < scaled < features:
        inputs += f" ({scaled} of them standardised)"
    biases = {"none": "", "learned": " and a bias", "fixed": " and a fixed bias"}[experiment.biases]
    if not hidden and outputs == 1:
        return f"One sigmoid neuron with {inputs}{biases}"
    answers = "an output neuron" if outputs == 1 else f"{outputs} output neurons"
    parts = [inputs, *_hidden(hidden), answers]
    each = f", each neuron with{biases.removeprefix(' and')}" if biases else ""
    return f"A network of {', '.join(parts[:-1])} and {parts[-1]}{each}"


def _hidden(layers: Sequence[int]) -> list[str]:
    """Say what lies between inputs and outputs, if anything does."""
    if len(layers) < 2:
        return [count_text(units, "hidden sigmoid neuron") for units in layers]
    *first, last = map(str, layers)
    return [f"hidden layers of {', '.join(first)} and {last} sigmoid neurons"]


def _epoch(experiment: Experiment) -> str:
    """Say what an epoch is."""
    if experiment.updates_per_epoch == 1:
        return (
            "In an **epoch**, a forward pass predicts the targets of all rows, and a backward pass updates the weights."
        )
    return (
        f"In an **epoch**, every row is learned from once, in the table's order: "
        f"{count_text(experiment.updates_per_epoch, 'update')}, each from {_batch(experiment)}."
    )


def _batch(experiment: Experiment) -> str:
    size, rows = experiment.batch_size or 1, len(experiment.inputs)
    rest = rows % size
    return count_text(size, "row") + (f", the last from {count_text(rest, 'row')}" if rest else "")

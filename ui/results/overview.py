"""The results: predictions before and after, weights, loss."""

from collections.abc import Sequence

import numpy as np
import streamlit as st

from core import EXAMPLES, Dataset, Example, Experiment, Run, mean_errors, rows_right
from core.arrays import Array, Rows, flat
from ui import tables
from ui.aspects import changes
from ui.names import BIAS, STATE_NAMES, connection_names, output_columns
from ui.results import confusion_matrix
from ui.settings import OWN_TABLE, Settings
from ui.tables import EXACT, Column
from ui.text import OBJECTIVE_NAMES, amount_pattern, count_text, escape, number_text

HELD_OUT_MARK, OF_HELD_OUT = "*", " held out"
OF_THE_NOTEBOOK = ("notebook", "trask-10000")  # the examples of its neuron


def show(settings: Settings, run: Run) -> None:
    """Show what was trained, with these settings, and what came out."""
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
    dataset = run.experiment.dataset
    if dataset.scale_targets:
        several = ": the sum over the outputs, then the mean over the rows" if len(dataset.target_names) > 1 else ""
        return (
            f"{several}. The targets were scaled: the least of a column became 0, the largest 1. Predictions are in "
            "the table's units, and so is the **mean error**, how far they are from the targets on average."
        )
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
    _section("Predictions", predictions(run), row_labels(run.experiment))


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
    dataset, states = run.experiment.dataset, np.column_stack([*map(run.experiment.dataset.in_units, states_of(run))])
    table = np.column_stack([dataset.inputs, dataset.given_targets]).T
    given = zip((*dataset.input_names, *dataset.target_names), table, strict=True)
    outputs = zip(output_columns(dataset.target_names), states.T, patterns(dataset) * len(STATE_NAMES), strict=True)
    return [*(Column(name, numbers) for name, numbers in given), *(Column(*output) for output in outputs)]


def patterns(dataset: Dataset) -> list[str]:
    """Return how the numbers of each output are written: outputs exactly, amounts in the table's units short."""
    if dataset.target_range is None:
        return [EXACT] * len(dataset.target_names)
    return [amount_pattern(width) for width in np.diff(dataset.target_range, axis=0)[0].tolist()]


def row_labels(experiment: Experiment) -> list[str]:
    """Return the rows' numbers, with a mark at those held out; nothing where none is."""
    if not experiment.held_out:
        return []
    held_out = np.isin(np.arange(len(experiment.dataset.targets)), experiment.held_out_rows)
    return [f"{row}{HELD_OUT_MARK * is_held_out}" for row, is_held_out in enumerate(held_out.tolist(), start=1)]


def weights(run: Run) -> list[Column]:
    """Return each weight, first layer first, before and in the end."""
    return [Column("before", flat(run.weights_after(0)), EXACT), Column("final", flat(run.weights), EXACT)]


def losses(run: Run) -> list[Column]:
    """Return the loss and the number of rows right in the three states that the predictions are shown in."""
    experiment, ends = run.experiment, [0, -2, -1]
    columns = [Column("cross-entropy", run.cross_entropy[ends], EXACT), *_quality(run, experiment.training_rows)]
    if experiment.held_out:
        loss = Column(f"cross-entropy{OF_HELD_OUT}", run.held_out_losses["cross_entropy"][ends], EXACT)
        columns += [loss, *_quality(run, experiment.held_out_rows, OF_HELD_OUT)]
    return columns


def _quality(run: Run, rows: Rows, of_which: str = "") -> list[Column]:
    """Return how many rows are right; of amounts, how far their predictions are from the targets on average."""
    dataset = run.experiment.dataset
    if dataset.scale_targets:
        errors = [mean_errors(dataset, outputs, rows) for outputs in states_of(run)]
        names = [f"mean error, {name}{of_which}" for name in dataset.target_names]
        return list(map(Column, names, np.array(errors).T, patterns(dataset)))
    right = [rows_right(outputs[rows], dataset.targets[rows]).sum() for outputs in states_of(run)]
    return [Column(f"right of {len(rows):,}{of_which}", np.array(right, float))]


def states_of(run: Run) -> tuple[Array, Array, Array]:
    """Return the outputs in the three states that are shown."""
    return run.before, run.last_pass, run.after


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
    return [Column("before", before, EXACT), Column("final", final, EXACT)], names


def _summary(run: Run) -> str:
    experiment = run.experiment
    rows = count_text(len(experiment.training_rows), "row")
    rate = "" if experiment.learning_rate == 1 else f" with learning rate {number_text(experiment.learning_rate)}"
    seed = f"the starting weights of seed {experiment.seed}"
    return (
        f"{_network(experiment)}, trained on {rows} for {count_text(experiment.epochs, 'epoch')} from "
        f"{'typed starting weights' if experiment.starting_weights else seed}{rate}, to make the "
        f"{OBJECTIVE_NAMES[experiment.objective]} small. {_epoch(experiment)}{_held_out(experiment)}"
    )


def _held_out(experiment: Experiment) -> str:
    """Say how many rows are held out, and what for."""
    rows = len(experiment.held_out_rows)
    if not rows:
        return ""
    are, them = ("is", "it") if rows == 1 else ("are", "them")
    return (
        f" **Held out** {are} {count_text(rows, 'row')}, marked \\{HELD_OUT_MARK} and drawn by the seed: training "
        f"never sees {them}, so the answers to {them} tell what the network makes of rows that are new to it."
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
        rows = "all of these rows" if experiment.held_out else "all rows"
        return (
            f"In an **epoch**, a forward pass predicts the targets of {rows}, and a backward pass updates the weights."
        )
    return (
        f"In an **epoch**, every row is learned from once, in the table's order: "
        f"{count_text(experiment.updates_per_epoch, 'update')}, each from {_batch(experiment)}."
    )


def _batch(experiment: Experiment) -> str:
    size, rows = experiment.batch_size or 1, len(experiment.training_rows)
    rest = rows % size
    return count_text(size, "row") + (f", the last from {count_text(rest, 'row')}" if rest else "")

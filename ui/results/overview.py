"""The results: predictions before and after, weights, loss."""

from collections.abc import Sequence

import numpy as np
import streamlit as st

from core import Dataset, Experiment, Run, mean_errors, rows_right
from core.arrays import Array, Rows, flat
from ui import style, tables
from ui.figures.loss_chart import loss_in_words
from ui.hiding import is_hidden
from ui.names import BIAS, STATE_NAMES, connection_names, output_columns
from ui.results import confusion_matrix
from ui.session import key
from ui.short_names import short_names
from ui.table import EXACT, FIXED, SHORT, Column
from ui.text import amount_decimals, count_text, exact_text

LONGEST_NAME, LONGEST_TARGET = 8, 6  # letters in a grid, the latter before the name of a state
ASKED_FOR = key("predictions_asked_for")  # the experiment of those that were
FEW_ROWS, FEW_INPUTS = 4, 3
HELD_OUT_MARK, OF_HELD_OUT = "*", " held out"


def show(run: Run) -> None:
    """Show what came out."""
    units, has_more = in_table_units(run), bool(run.experiment.hidden_units) or confusion_matrix.is_shown(run)
    are_few = not (units or has_more) and _are_few(run)
    with st.container(horizontal=True, gap="small", key=style.FEW_NUMBERS if are_few else None):
        # A tall table, or more than three, leave room beside them.
        if run.experiment.sizes[-1] == 1 and (units or has_more):
            with st.container(width="content"):
                _show_predictions(run)
                if has_more:
                    _show_loss(run)
            with st.container(horizontal=True, gap="small", key=style.OTHER_RESULTS):
                _show_weights(run)
                _show_in_units(units)
                if not has_more:
                    _show_loss(run)
                confusion_matrix.show(run)
        else:
            _show_predictions(run)
            _show_weights(run)
            _show_loss(run)
            confusion_matrix.show(run)


def _are_few(run: Run) -> bool:
    """Tell whether the tables of an only neuron are small enough to stand beside the loss chart on a wide screen."""
    rows, inputs = run.experiment.dataset.inputs.shape
    return run.experiment.sizes[-1] == 1 and rows <= FEW_ROWS and inputs <= FEW_INPUTS


def _show_in_units(units: tuple[list[Column], list[str]] | None) -> None:
    if units:
        _section("In the table's units", *units, of="weight")


def in_words(run: Run) -> str:
    """Say what has come out of training."""
    dataset, learned = run.experiment.dataset, run.experiment.training_rows
    if dataset.scale_targets:
        return f"Trained: {loss_in_words(run)}."
    right = int(rows_right(run.after[learned], dataset.targets[learned]).sum())
    return f"Trained: {loss_in_words(run)}; {right:,} of {count_text(len(learned), 'row')} right."


def _show_predictions(run: Run) -> None:
    """Show the predictions; where they are hidden, the button that asks for those of this run."""
    if is_hidden("predictions"):
        is_asked = st.session_state.get(ASKED_FOR) == run.experiment
        label, next_one = ("Hide the predictions", None) if is_asked else ("Show the predictions", run.experiment)
        st.button(label, on_click=_ask_for, args=(next_one,), key=key("ask_for_predictions"))
        if not is_asked:
            return
    _section("Predictions", predictions(run), row_labels(run.experiment), of="row")


def _ask_for(experiment: Experiment | None) -> None:
    st.session_state[ASKED_FOR] = experiment


def _show_weights(run: Run) -> None:
    _section("Weights", weights(run), connection_names(run.experiment), of="weight")


def _show_loss(run: Run) -> None:
    _section("Loss", losses(run), STATE_NAMES, of="state")


def _section(title: str, columns: Sequence[Column], labels: Sequence[str] = (), *, of: str) -> None:
    with st.container(width="content", gap="xsmall"):
        st.header(title, anchor=False)
        tables.show_numbers(title, columns, labels, of)


def predictions(run: Run) -> list[Column]:
    """Return of each row of the data its inputs, its targets, and the outputs in three states."""
    return [*_given(run.experiment.dataset), *_outputs(run)]


def _given(dataset: Dataset) -> list[Column]:
    names = [*dataset.input_names, *dataset.target_names]
    table = np.column_stack([dataset.inputs, dataset.given_targets]).T
    return [
        Column(name, numbers, short_name=short)
        for name, numbers, short in zip(names, table, short_names(names, LONGEST_NAME), strict=True)
    ]


def _outputs(run: Run) -> list[Column]:
    """Return the outputs, state by state; of several the final ones first, as the others may be out of sight."""
    dataset = run.experiment.dataset
    targets, size = dataset.target_names, len(dataset.target_names)
    names, short = output_columns(targets), output_columns(short_names(targets, LONGEST_TARGET))
    states = np.column_stack([*map(dataset.in_units, states_of(run))]).T
    columns = [
        _answers(dataset, place % size, name, numbers, text)
        for place, (name, numbers, text) in enumerate(zip(names, states, short, strict=True))
    ]
    before, last_pass, final = columns[:size], columns[size : 2 * size], columns[2 * size :]
    return columns if size == 1 else [*final, *last_pass, *before]


def _answers(dataset: Dataset, output: int, name: str, numbers: Array, short_name: str = "") -> Column:
    """Return numbers of an output, exactly; amounts in the table's units are rounded, to as many decimals each."""
    if dataset.target_range is None:
        return Column(name, numbers, EXACT, short_name)
    low, high = dataset.target_range[:, output]
    decimals = amount_decimals(high - low)
    return Column(name, np.round(numbers, decimals) + 0.0, FIXED[decimals] if decimals > 0 else SHORT, short_name)


def row_labels(experiment: Experiment) -> list[str]:
    """Return the rows' numbers, with a mark at those held out; nothing where none is."""
    if not experiment.held_out:
        return []
    held_out = np.isin(np.arange(len(experiment.dataset.targets)), experiment.held_out_rows)
    marks = [HELD_OUT_MARK if is_held_out else "" for is_held_out in held_out.tolist()]
    return [f"{row}{mark}" for row, mark in enumerate(marks, start=1)]


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
        errors = np.array([mean_errors(dataset, outputs, rows) for outputs in states_of(run)]).T
        names = [f"mean error, {name}{of_which}" for name in dataset.target_names]
        return [_answers(dataset, *numbered) for numbered in zip(range(len(names)), names, errors, strict=True)]
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
    return [Column("before", before, exact_text), Column("final", final, exact_text)], names

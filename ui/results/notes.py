"""What was trained, where it comes from, and what the tables of the results show, in words."""

from collections.abc import Sequence

import streamlit as st

from core import EXAMPLES, Example, Experiment, Run
from ui.aspects import changes
from ui.results.overview import HELD_OUT_MARK
from ui.settings import OWN_TABLE, Settings
from ui.text import OBJECTIVE_NAMES, count_text, escape, list_text, number_text

OF_THE_NOTEBOOK = ("notebook", "trask-10000")  # the examples of its neuron


def show(settings: Settings, run: Run) -> None:
    """Show what a run, which came from these settings, is of."""
    st.markdown(_introduction(settings, run))
    st.markdown(_summary(run))
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
    if rows == 1:
        are, so = "is", "it, so the answer to it tells what the network makes of a row that is new to it"
    else:
        are, so = "are", "them, so the answers to them tell what the network makes of rows that are new to it"
    return (
        f" **Held out** {are} {count_text(rows, 'row')}, marked \\{HELD_OUT_MARK} and drawn by the seed: training "
        f"never sees {so}."
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
    return [f"hidden layers of {list_text(list(map(str, layers)))} sigmoid neurons"]


def _epoch(experiment: Experiment) -> str:
    """Say what an epoch is."""
    if experiment.updates_per_epoch == 1:
        rows = "all of these rows" if experiment.held_out else "all rows"
        return (
            f"In an **epoch**, a forward pass predicts the targets of {rows}, and a backward pass updates the weights."
        )
    rows = "each of these rows" if experiment.held_out else "every row"
    return (
        f"In an **epoch**, {rows} is learned from once, in the table's order: "
        f"{count_text(experiment.updates_per_epoch, 'update')}, each from {_batch(experiment)}."
    )


def _batch(experiment: Experiment) -> str:
    size, rows = experiment.batch_size or 1, len(experiment.training_rows)
    rest = rows % size
    return count_text(size, "row") + (f", the last from {count_text(rest, 'row')}" if rest else "")

"""What it computes: the output over the inputs, as a curve or a map, and the answer to a row of the reader's own."""

from functools import partial
from typing import Final

import numpy as np
import streamlit as st

from core import Dataset, Experiment, Run
from core.arrays import Array
from core.scaling import varies
from core.slices import slice_of
from ui import question
from ui.chosen_inputs import choose, choose_columns
from ui.clicked_neuron import choose_clicked
from ui.figures.caption import caption
from ui.figures.computed import FEWEST_CLASSES, Computed, Subject, fine_points
from ui.figures.curve import curve_figure
from ui.figures.in_words import names_in, neurons_in_words, read_aloud, seen
from ui.figures.map import map_figure
from ui.figures.neurons import neurons_figure, pictured
from ui.figures.ready import ReadyFigure
from ui.figures.row_marks import Marked
from ui.names import neuron_names
from ui.session import key
from ui.text import escape, spoken
from ui.training import Shown
from ui.view import OTHER_INPUTS, PICTURE, Neuron, Place

HELD, PICTURED = key("other_inputs"), key("picture")
NEURONS: Final = key("neurons")
TITLES: Final = {"before": "Before training: state", "here": "State", "after": "After training: state"}
STILL: Final = {"displayModeBar": False}


def show(shown: Shown, place: Place) -> None:
    """Show what is computed before, in the state looked at and after; each neuron's part; and a field an input."""
    run = shown.run
    st.markdown("What the network answers to the rows of the table, and to all that lie between and around them.")
    pictures = st.container()
    st.header("Ask it", anchor=False)
    st.markdown(
        "Ask the trained network about a row of your own, which need not be in the table. It goes forward through the "
        "final weights; nothing goes back, since nobody says what its target is. In the pictures above it is the star, "
        "unless it lies beyond them."
    )
    inputs = question.ask(run)
    with pictures:
        _show_pictures(run, place, None if inputs is None else np.array(inputs))
    if inputs is not None:
        question.show_answer(run, inputs)


def _show_pictures(run: Run, place: Place, asked: Array | None) -> None:
    experiment = run.experiment
    dataset = experiment.dataset
    marked = Marked(place.row, asked)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        columns = choose_columns(dataset)
        held = _choose_held(dataset, columns, place.row, asked)
        subject = _choose_subject(experiment, place.neuron)
    over = slice_of(dataset, columns, held, fine_points(columns), beyond=asked)
    states = {"before": 0, "after": experiment.updates}
    if place.k not in states.values():
        states = {"before": 0, "here": place.k, "after": experiment.updates}
    computed = {k: Computed(experiment, run.weights_after(k), over) for k in states.values()}
    for column, (which, k) in zip(st.columns(len(states)), states.items(), strict=True):
        with column.container(gap="xxsmall"):
            st.markdown(f"**{TITLES[which]} {k:,}**")
            _show_picture(which, k, computed[k], subject, marked)
    st.caption(caption(experiment, over, subject, marked))
    if pictured(experiment):
        _show_neurons(computed[place.k], place)


def _choose_held(dataset: Dataset, columns: list[int], looked_at: int, asked: Array | None) -> Array:
    """Return what the inputs are (features,) that do not vary in the pictures."""
    row: Array = dataset.inputs[looked_at]
    held = np.delete(np.arange(len(row)), columns)
    names = {option: OTHER_INPUTS.names[option] for option in ("row", "mean", "asked")}
    names["row"] = f"as in row {looked_at + 1:,}"
    if not varies(dataset.inputs[:, held]).any():
        if asked is None or np.array_equal(row[held], asked[held]):
            return row
        del names["mean"]
        names["row"] = "as in the table"
    label = spoken(dataset.input_names[held[0]]) if len(held) == 1 else "The other inputs"
    match choose(label or "The other input", HELD, names, otherwise="row"):
        case "mean":
            return np.where(varies(dataset.inputs), dataset.inputs.mean(axis=0), row)
        case "asked" if asked is not None:
            return asked
    return row


def _choose_subject(experiment: Experiment, neuron: Neuron) -> Subject:
    """Return what is drawn: a neuron, or of several classes' outputs the largest, as the reader chooses."""
    if experiment.sizes[-1] < FEWEST_CLASSES:
        return neuron
    names = {**PICTURE.names, "neuron": f"neuron {_name(experiment, neuron)}"}
    return None if choose("Picture", PICTURED, names, otherwise="largest") == "largest" else neuron


def _show_picture(which: str, k: int, computed: Computed, subject: Subject, marked: Marked) -> None:
    """Show the curve or the map of state k, and say what is seen."""
    dataset = computed.experiment.dataset
    figure = map_figure if len(computed.over.columns) > 1 else curve_figure
    st.plotly_chart(
        ReadyFigure(figure(computed, subject, marked)),
        key=key(f"computed_{which}"),
        config=STILL,
        alt=f"State {k:,}. {read_aloud(computed, subject, *names_in(dataset, spoken))}",
    )
    _, targets = names_in(dataset, escape)
    said = seen(computed, subject, targets)
    st.caption(f"{said[0].upper()}{said[1:]}")


def _show_neurons(computed: Computed, place: Place) -> None:
    """Show a picture a neuron, of which a click chooses one."""
    experiment = computed.experiment
    st.markdown(f"**Each neuron in state {place.k:,}**")
    st.plotly_chart(
        ReadyFigure(neurons_figure(computed, place.neuron)),
        key=NEURONS,
        on_select=partial(_choose_clicked, experiment),
        selection_mode="points",
        config=STILL,
        alt=f"What each neuron computes in state {place.k:,}. {neurons_in_words(computed)}",
    )
    st.caption("The same picture for each neuron by itself. A click on one chooses it, above and in Step through.")


def _choose_clicked(experiment: Experiment) -> None:
    choose_clicked(experiment, NEURONS)
    if experiment.sizes[-1] >= FEWEST_CLASSES:
        st.session_state[PICTURED] = "neuron"


def _name(experiment: Experiment, neuron: Neuron) -> str:
    return neuron_names(experiment.sizes)[neuron[0]][neuron[1]]

"""Step through: every number on the way of one row forward and back, and what it does to the weights."""

from collections.abc import Sequence
from functools import partial
from itertools import groupby

import streamlit as st

from ui import markup, tables
from ui.clicked_neuron import choose_clicked
from ui.explanation import (
    absence,
    backward_parts,
    forward_parts,
    named,
    plain_text,
    rows_of_update,
    standardised_parts,
    symbol,
    travel_parts,
    written,
)
from ui.figures.network import network_figure
from ui.figures.ready import ReadyFigure
from ui.session import key
from ui.table import Table
from ui.text import number_text
from ui.training import Shown
from ui.view import Place
from ui.worked import one_row
from ui.worked.all_rows import StepColumn, columns_of, updates
from ui.worked.step import Step, step_at

NETWORK = key("network")
MOST_CELLS = 1_300  # of the table of all rows: a hundred of the notebook's, which a browser shows in half a second
GIVEN, PRODUCTS = f"{tables.SCROLLING}rows", f"{tables.SUMMED}rows"
# In pixels: the page's main part at 1280, without the rows' numbers, and what its tables need.
FITTING, CELL_PADDING, LETTER_WIDTH = 765, 13, 6.7


def show(shown: Shown, place: Place) -> None:
    """Show one step: the drawing, forward, backward, all rows, the update."""
    step = step_at(shown.run, place)
    experiment = shown.run.experiment
    st.plotly_chart(
        ReadyFigure(network_figure(experiment, step.forward, step.backward, step.row, step.neuron)),
        key=NETWORK,
        on_select=partial(choose_clicked, experiment, NETWORK),
        selection_mode="points",
        config={"displayModeBar": False},
        alt=f"The network in state {step.k}, for row {step.row + 1}",
    )
    st.caption(
        f"Row {step.row + 1} in state {step.k}. :blue[Blue] weights are positive, :orange[orange] ones negative, the "
        "wider the larger. :green[Green] numbers go forward, :violet[violet] ones back. All are rounded to eight "
        "decimals, tiny ones to five digits (1.5e-07 is 1.5 · 10⁻⁷): the last digit of a result may differ by a little."
    )
    if parts := standardised_parts(step):
        with st.container():
            st.header("Standardise", anchor=False)
            markup.show(parts)
    onward_column, back_column = st.columns(2, gap="medium")
    with onward_column:
        st.header("Forward", anchor=False)
        markup.show(forward_parts(step))
    with back_column:
        st.header("Backward", anchor=False)
        markup.show(backward_parts(step))
    if experiment.hidden_units:
        with st.container():
            one = experiment.sizes[-1] == 1
            st.header("The delta travels back" if one else "The deltas travel back", anchor=False)
            markup.show(travel_parts(step))
    with st.container():
        is_whole = experiment.updates_per_epoch == 1 and not experiment.held_out
        st.header("All rows" if is_whole else "The rows of this update", anchor=False)
        show_rows(step)
    with st.container():
        st.header("Update", anchor=False)
        markup.show(update_parts(step))


def show_rows(step: Step) -> None:
    """Show the table of the rows of the update, of very many those around the row that is looked at."""
    st.markdown(
        f"{rows_in_words(step)} A row's **input × delta** says how it wants to change each weight; "
        "the **sum** over the rows is what they want together."
    )
    columns, rows = columns_of(step), len(step.batch)
    places = places_in_sight(step, MOST_CELLS // len(columns))
    if len(places) < rows:
        first, last = step.batch[places[0]] + 1, step.batch[places[-1]] + 1
        st.caption(f"Rows {first:,} to {last:,} of these; the sum is that of all {rows:,}.")
    for part in parts_that_fit(columns, places):
        table = all_rows_table(step, part, places)
        tables.show_scrolling(table, PRODUCTS if part[-1].is_summed else GIVEN)


def parts_that_fit(columns: Sequence[StepColumn], places: range) -> list[Sequence[StepColumn]]:
    """Return all columns as one table, or, if that were wide, what every row is and what it asks for as two."""
    texts = ([plain_text(column.at(place)) for place in places] for column in columns)
    width = sum(CELL_PADDING + LETTER_WIDTH * max(map(len, column), default=0) for column in texts)
    if width <= FITTING:
        return [columns]
    return [list(part) for _, part in groupby(columns, lambda column: column.is_summed)]


def places_in_sight(step: Step, most: int) -> range:
    """Return which of the update's rows, counted from 0, are shown: at most `most`, around the one looked at."""
    rows = len(step.batch)
    middle = next((place for place, row in enumerate(step.batch.tolist()) if row == step.row), 0)
    first = min(max(middle - most // 2, 0), max(rows - most, 0))
    return range(first, min(first + most, rows))


def rows_in_words(step: Step) -> str:
    """Say which rows the update learns from."""
    experiment = step.run.experiment
    other = (
        "" if step.row in step.batch else f" Row {step.row + 1:,}, shown above, {absence(step)} and changes nothing."
    )
    unseen = " that is not held out" if experiment.held_out else ""
    if experiment.updates_per_epoch == 1:
        return f"Every row{unseen} goes forward and back like this.{other}"
    following = "goes on from there" if step.batch[-1] < experiment.training_rows[-1] else "begins with the first again"
    return f"This update learns from {rows_of_update(step, ' of the table')}; the next one {following}.{other}"


def all_rows_table(step: Step, columns: Sequence[StepColumn], places: range) -> Table:
    """Return the table of the update's rows at these places, and of sums over all; the row looked at is in bold."""
    rows = [[f"{step.batch[place] + 1:,}", *(written(column.at(place)) for column in columns)] for place in places]
    for row, place in zip(rows, places, strict=True):
        if step.batch[place] == step.row:
            row[:] = [f"**{cell}**" for cell in row]
    if any(column.is_summed for column in columns):
        rows.append(["sum", *(written(column.total) if column.is_summed else "" for column in columns)])
    return Table(["row", *(" · ".join(map(symbol, column.factors)) for column in columns)], rows)


def update_parts(step: Step) -> list[str | Table]:
    """Return how the sums change the weights, which is what the next state shows."""
    experiment, layer = step.run.experiment, step.neuron[0]
    header = ["weight", f"in state {step.k}", "\\+ change", f"= in state {step.k + 1}"]
    rows = [
        [named(update.old), written(update.old), written(update.change.number), written(update.new.number)]
        for update in updates(step)
    ]
    what, factor = "The sum", ""
    if experiment.learning_rate != 1:
        rate = number_text(experiment.learning_rate)
        what, factor = f"The sum, times the learning rate {rate},", f"{rate} * "
        header.insert(2, "sum")
        for row, update in zip(rows, updates(step), strict=True):
            row.insert(2, written(update.total))
    code = f" (`syn{layer} += {factor}np.dot(layer{layer}.T, layer{layer + 1}_delta)`)"
    ending = " The run ends in this state; one more update would make this change."
    bias = one_row.weights(step)[-1]
    fixed = f" The bias {named(bias)} = {written(bias)} is fixed and stays as it is."
    return [
        f"{what} is the **change** of each weight{'' if step.has_bias else code}.{fixed if step.has_fixed_bias else ''}"
        f"{ending if step.k == experiment.updates else ''}",
        Table(header, rows),
    ]

"""Step through: every number on the way of one row forward and back, and what it does to the weights."""

from collections.abc import Sequence
from functools import partial

import numpy as np
import pandas as pd
import streamlit as st

from core.arrays import Rows
from ui import markup, tables
from ui.clicked_neuron import choose_clicked
from ui.explanation import (
    absence,
    backward_parts,
    forward_parts,
    named,
    rows_of_update,
    standardised_parts,
    symbol,
    travel_parts,
    written,
)
from ui.figures.network import network_figure
from ui.figures.ready import ReadyFigure
from ui.session import key
from ui.tables import Table
from ui.text import number_text
from ui.training import Shown
from ui.view import Place
from ui.worked import one_row
from ui.worked.all_rows import Column, columns_of, updates
from ui.worked.step import Step, step_at

NETWORK = key("network")
MOST_CELLS = 600  # of a table in colours; a larger one is shown in a grid that scrolls
MOST_ROWS = 5_000  # of that grid


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
            st.subheader("Standardise", anchor=False)
            markup.show(parts)
    onward_column, back_column = st.columns(2, gap="medium")
    with onward_column:
        st.subheader("Forward", anchor=False)
        markup.show(forward_parts(step))
    with back_column:
        st.subheader("Backward", anchor=False)
        markup.show(backward_parts(step))
    if experiment.hidden_units:
        with st.container():
            one = experiment.sizes[-1] == 1
            st.subheader("The delta travels back" if one else "The deltas travel back", anchor=False)
            markup.show(travel_parts(step))
    with st.container():
        is_whole = experiment.updates_per_epoch == 1
        st.subheader("All rows" if is_whole else "The rows of this update", anchor=False)
        show_rows(step)
    with st.container():
        st.subheader("Update", anchor=False)
        markup.show(update_parts(step))


def show_rows(step: Step) -> None:
    """Show the table of the rows of the update: in colours, or, if it is large, as a grid that scrolls."""
    rows = len(step.batch)
    st.markdown(
        f"{rows_in_words(step)} A row's **input × delta** says how it wants to change each weight; "
        "the **sum** over the rows is what they want together."
    )
    columns = columns_of(step)
    if rows * len(columns) <= MOST_CELLS:
        tables.show(all_rows_table(step, columns))
        return
    if rows > MOST_ROWS:
        st.caption(f"The first {MOST_ROWS:,} rows; the sum is that of all {rows:,}.")
    grid = all_rows(columns, step.batch)
    st.dataframe(grid, column_config={name: st.column_config.NumberColumn(format="%.8g") for name in grid.columns})


def rows_in_words(step: Step) -> str:
    """Say which rows the update learns from."""
    experiment = step.run.experiment
    other = (
        "" if step.row in step.batch else f" Row {step.row + 1:,}, shown above, {absence(step)} and changes nothing."
    )
    unseen = " that is not held out" if experiment.held_out else ""
    if experiment.updates_per_epoch == 1:
        return f"Every row{unseen} goes forward and back like this.{other}"
    following = "those that follow" if step.batch[-1] < experiment.training_rows[-1] else "the first again"
    return f"This update learns from {rows_of_update(step, ' of the table')}; the next one from {following}.{other}"


def all_rows(columns: Sequence[Column], rows: Rows) -> pd.DataFrame:
    """Return the table of these rows: the first of many, and under them the sums over all."""
    frame = tables.grid([tables.Column(column.name, column.numbers[:MOST_ROWS]) for column in columns])
    frame.index = (rows[:MOST_ROWS] + 1).astype(str)
    frame.loc["sum"] = [column.total.value if column.is_summed else np.nan for column in columns]
    return frame


def all_rows_table(step: Step, columns: Sequence[Column]) -> Table:
    """Return the table of the update's rows in colours, the row that is looked at in bold."""
    rows = [[str(row + 1), *(written(column.at(place)) for column in columns)] for place, row in enumerate(step.batch)]
    for place in np.flatnonzero(step.batch == step.row):
        rows[place] = [f"**{cell}**" for cell in rows[place]]
    sums = [written(column.total) if column.is_summed else "" for column in columns]
    headers = [" · ".join(map(symbol, column.factors)) for column in columns]
    return Table(["row", *headers], [*rows, ["sum", *sums]])


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

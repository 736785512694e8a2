"""All rows and Update: every row's numbers in one table, and what their sums do to the weights."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import streamlit as st

from core.arrays import Array
from ui import markup, tables
from ui.markup import back, onward, table, weighted
from ui.names import node_names
from ui.text import exact_text, input_text, number_text
from ui.worked.step import Step

MOST_CELLS = 600  # of a table in colours; a larger one is shown in a grid that scrolls
MOST_ROWS = 5_000  # of that grid


def show_all_rows(step: Step) -> None:
    """Show the table of all rows: in colours, or, if it is large, as a grid that scrolls."""
    rows = len(step.ahead.inputs)
    st.markdown(
        "Every row goes forward and back like this. Its **input × delta** says how it wants to change each weight; "
        "the **sum** over the rows is what they want together."
    )
    columns = columns_of(step)
    if rows * len(columns) <= MOST_CELLS:
        markup.show([all_rows_table(step, columns)])
        return
    if rows > MOST_ROWS:
        st.caption(f"The first {MOST_ROWS:,} rows; the sum is that of all {rows:,}.")
    grid = all_rows(columns)
    st.dataframe(grid, column_config={name: st.column_config.NumberColumn(format="%.8g") for name in grid.columns})


@dataclass(frozen=True)
class Column:
    """A column of the table of all rows."""

    name: str  # plain
    header: str  # in colours
    numbers: Array  # (rows,)
    style: Callable[[str], str]
    text: Callable[[float], str] = exact_text
    is_summed: bool = False


def columns_of(step: Step) -> list[Column]:
    """Return every intermediate of the neuron for every row, and each input × delta."""
    dataset = step.run.experiment.dataset
    layer, unit = step.neuron
    ahead, behind = step.ahead, step.behind
    names, symbols = node_names(step.run.experiment)[layer], step.input_symbols
    columns = [
        Column(name, onward(x), values, onward, input_text)
        for name, x, values in zip(names, symbols, ahead.inputs.T, strict=True)
    ]
    if step.is_output:
        columns.append(Column(dataset.target_name, "$y$", dataset.targets, str, input_text))
    columns.append(Column("z", onward("$z$"), ahead.logit[:, unit], onward))
    columns.append(Column("a", onward("$a$"), ahead.activation[:, unit], onward))
    columns.append(Column("e", back("$e$"), behind.error[:, unit], back))
    columns.append(Column("s", back("$s$"), behind.slope[:, unit], back))
    columns.append(Column("δ", back("$δ$"), behind.delta[:, unit], back))
    columns += [
        Column(f"{name} · δ", f"{onward(x)} · {back('$δ$')}", values, back, is_summed=True)
        for name, x, values in zip(names, symbols, step.products.T, strict=True)
    ]
    return columns


def all_rows(columns: Sequence[Column]) -> pd.DataFrame:
    """Return the table of all rows: the first rows of many, and under them the sums over all."""
    frame = tables.numbered([column.numbers[:MOST_ROWS] for column in columns], [column.name for column in columns])
    frame.index = frame.index.astype(str)
    frame.loc["sum"] = [column.numbers.sum() if column.is_summed else np.nan for column in columns]
    return frame


def all_rows_table(step: Step, columns: Sequence[Column]) -> pd.DataFrame:
    """Return the table of all rows in colours, the row that is looked at in bold."""
    rows = [
        [str(row + 1), *(column.style(column.text(column.numbers[row])) for column in columns)]
        for row in range(len(step.ahead.inputs))
    ]
    rows[step.row] = [f"**{cell}**" for cell in rows[step.row]]
    sums = [column.style(column.text(column.numbers.sum())) if column.is_summed else "" for column in columns]
    return table(["row", *(column.header for column in columns)], [*rows, ["sum", *sums]])


def update_parts(step: Step) -> list[str | pd.DataFrame]:
    """Return how the sums change the weights, which is what the next state shows."""
    run, (layer, _) = step.run, step.neuron
    rate = run.experiment.learning_rate
    scaled = rate != 1
    sums, changes = step.products.sum(axis=0), step.update
    rows = []
    for w, old, total, change in zip(step.weight_symbols, step.weights, sums, changes, strict=True):
        new = old + change
        scaling = [back(exact_text(total))] if scaled else []
        rows.append(
            [
                weighted(old, w),
                weighted(old, exact_text(old)),
                *scaling,
                back(exact_text(change)),
                weighted(new, exact_text(new)),
            ]
        )
    header = ["weight", f"in state {step.k}", *["sum"] * scaled, "\\+ change", f"= in state {step.k + 1}"]
    factor = f"{number_text(rate)} * " if scaled else ""
    times = f"The sum, times the learning rate {number_text(rate)}," if scaled else "The sum"
    ending = (
        "The run ends in this state; one more epoch would make this change." if step.k == run.experiment.epochs else ""
    )
    return [
        f"{times} is the **change** of each weight (`syn{layer} += {factor}np.dot(layer{layer}.T, "
        f"layer{layer + 1}_delta)`). "
        f"{ending}",
        table(header, rows),
    ]

"""The confusion matrix: how many rows of each class, or of each side of 0.5, were answered how."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import streamlit as st

from core import Run, class_confusion, confusion, rows_right, tells_classes
from core.arrays import Array
from ui import tables
from ui.table import Table
from ui.text import count_text, escape

FEWEST_ROWS = 11  # fewer are seen at a glance
WIDTH = 340  # pixels, of the text below the table


def is_shown(run: Run) -> bool:
    """Tell whether there are many rows, and no amounts are predicted."""
    return len(run.experiment.training_rows) >= FEWEST_ROWS and not run.experiment.scale_targets


def show(run: Run) -> None:
    """Show the confusion matrix of the final outputs, where it is shown."""
    if not is_shown(run):
        return
    with st.container(width="content", gap="xsmall"):
        st.header("Confusion matrix", anchor=False)
        tables.show(confusion_table(run))
        st.caption(explanation(run), width=WIDTH)


def confusion_table(run: Run) -> Table:
    """Return the counts as text, targets down and outputs across, the right ones in bold."""
    outputs, targets = _learned_from(run)
    if tells_classes(run.experiment.dataset.targets):
        names = [escape(name) for name in run.experiment.dataset.target_names]
        counts = class_confusion(outputs, targets)
        return _counted([f"is {name}" for name in names], [f"taken for {name}" for name in names], counts)
    counts = confusion(outputs, targets)
    return _counted(["target below 0.5", "target above 0.5"], ["output below 0.5", "output above 0.5"], counts)


def _counted(asked: Sequence[str], answered: Sequence[str], counts: npt.NDArray[np.int_]) -> Table:
    cells = [
        [f"**{count:,}**" if row == column else f"{count:,}" for column, count in enumerate(line)]
        for row, line in enumerate(counts.tolist())
    ]
    return Table(["rows", *answered], [[name, *line] for name, line in zip(asked, cells, strict=True)])


def _learned_from(run: Run) -> tuple[Array, Array]:
    """Return the final outputs and the targets, (rows,) or (rows, outputs), of the rows learned from."""
    rows = run.experiment.training_rows
    return run.after[rows], run.experiment.dataset.targets[rows]


def explanation(run: Run) -> str:
    """Say what is counted, and how; and why that is not the number of rows right, which stands under Loss."""
    outputs, targets = _learned_from(run)
    rows = "rows learned from" if run.experiment.held_out else "rows"
    if tells_classes(run.experiment.dataset.targets):
        told, right = class_confusion(outputs, targets).trace(), rows_right(outputs, targets).sum()
        return (
            f"{rows.capitalize()} by their class, and by the class whose final output is the largest: {told:,} of "
            f"{len(targets):,} agree, in **bold**. Under Loss, **right of {len(targets):,}** asks more: that every "
            f"output is on its target's side of ½, as in {count_text(right, 'row')}."
        )
    counted = rows.capitalize() if run.experiment.sizes[-1] == 1 else f"The outputs of all {rows}, each counted,"
    return (
        f"{counted} by the side of 0.5 that their target and their final output are on, the right ones in "
        "**bold**; an output of exactly 0.5 counts as wrong, and one whose target is 0.5 is left out."
    )

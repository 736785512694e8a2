"""The confusion matrix: how many rows of each class, or of each side of 0.5, were answered how."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import streamlit as st

from core import Run, class_confusion, confusion, tells_classes
from ui import tables
from ui.tables import Table
from ui.text import escape

FEWEST_ROWS = 11  # fewer are seen at a glance
WIDTH = 340  # pixels: the table's, which the text below would exceed


def show(run: Run) -> None:
    """Show the confusion matrix of the final outputs, if there are many rows, and no amounts are predicted."""
    if len(run.after) < FEWEST_ROWS or run.experiment.scale_targets:
        return
    with st.container(width=WIDTH, gap="xsmall"):
        st.header("Confusion matrix", anchor=False)
        tables.show(confusion_table(run))
        st.caption(_explanation(run))


def confusion_table(run: Run) -> Table:
    """Return the counts as text, targets down and outputs across, the right ones in bold."""
    outputs, dataset = run.after, run.experiment.dataset
    if tells_classes(dataset.targets):
        names = [escape(name) for name in dataset.target_names]
        counts = class_confusion(outputs, dataset.targets)
        return _counted([f"is {name}" for name in names], [f"taken for {name}" for name in names], counts)
    counts = confusion(outputs, dataset.targets)
    return _counted(["target below 0.5", "target above 0.5"], ["output below 0.5", "output above 0.5"], counts)


def _counted(asked: Sequence[str], answered: Sequence[str], counts: npt.NDArray[np.int_]) -> Table:
    cells = [
        [f"**{count:,}**" if row == column else f"{count:,}" for column, count in enumerate(line)]
        for row, line in enumerate(counts.tolist())
    ]
    return Table(["rows", *answered], [[name, *line] for name, line in zip(asked, cells, strict=True)])


def _explanation(run: Run) -> str:
    """Say what is counted, and how."""
    if tells_classes(run.experiment.dataset.targets):
        return "Rows by their class, and by the class whose final output is the largest, the right ones in **bold**."
    counted = "Rows" if run.experiment.sizes[-1] == 1 else "The outputs of all rows, each counted,"
    return (
        f"{counted} by the side of 0.5 that their target and their final output are on, the right ones in "
        "**bold**; an output of exactly 0.5 counts as wrong, and one whose target is 0.5 is left out."
    )

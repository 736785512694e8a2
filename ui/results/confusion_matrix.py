"""The confusion matrix: how many rows of each side of 0.5 were answered how."""

import streamlit as st

from core import Run, confusion
from ui import tables
from ui.tables import Table

FEWEST_ROWS = 11  # fewer are seen at a glance
WIDTH = 340  # pixels: the table's, which the text below would exceed


def show(run: Run) -> None:
    """Show the confusion matrix of the final outputs, if there are many rows, and no amounts are predicted."""
    if len(run.after) < FEWEST_ROWS or run.experiment.scale_targets:
        return
    with st.container(width=WIDTH, gap="xsmall"):
        st.subheader("Confusion matrix", anchor=False)
        tables.show(confusion_table(run))
        counted = "Rows" if run.experiment.sizes[-1] == 1 else "The outputs of all rows, each counted,"
        st.caption(
            f"{counted} by the side of 0.5 that their target and their final output are on, the right ones in "
            "**bold**; an output of exactly 0.5 counts as wrong, and one whose target is 0.5 is left out."
        )


def confusion_table(run: Run) -> Table:
    """Return the counts as text, targets down and outputs across, the right ones in bold."""
    counts = confusion(run.after, run.experiment.dataset.targets)
    (low_low, low_high), (high_low, high_high) = ((f"{count:,}" for count in row) for row in counts)
    return Table(
        ["", "output below 0.5", "output above 0.5"],
        [["target below 0.5", f"**{low_low}**", low_high], ["target above 0.5", high_low, f"**{high_high}**"]],
    )

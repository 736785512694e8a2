"""What went wrong in a run, in plain words, and what to try."""

from collections.abc import Sequence

import streamlit as st

from core import Finding, Run, diagnose
from ui.text import OBJECTIVE_NAMES, count_text, number_text

MOST_NAMED_ROWS = 10


def show(run: Run) -> None:
    """Show what went wrong, if anything did."""
    for finding in diagnose(run):
        st.info(explanation(run, finding))


def explanation(run: Run, finding: Finding) -> str:
    """Say what went wrong, with its numbers, and what to try."""
    match finding.kind:
        case "saturated":
            return _saturated(run, finding)
        case "oscillates":
            return _oscillates(run, finding)
        case "not_converged":
            return _not_converged(run, finding)
        case "not_separable":
            return _not_separable(run, finding)


def _saturated(run: Run, finding: Finding) -> str:
    objective = run.experiment.objective
    remedy = ", or the objective cross-entropy" if objective == "squared_error" else ""
    return (
        f"**Saturated**: {_rows(finding.rows)} {_are(finding.rows)} on the wrong side of 0.5 and can hardly learn. "
        f"The sigmoid is flat there: its slope, which multiplies what an error changes, is at most "
        f"{finding.slope:.2g}; the largest that it can be is 0.25. "
        f"Try a smaller learning rate, smaller inputs or starting weights{remedy}."
    )


def _oscillates(run: Run, finding: Finding) -> str:
    rows = f" In the end {_rows(finding.rows)} {_are(finding.rows)} on the wrong side of 0.5." if finding.rows else ""
    return (
        f"**The learning rate {number_text(run.experiment.learning_rate)} is too large**: {_loss(run)} rose in "
        f"{finding.rises} of {_ending(finding)}, since the updates overshoot.{rows} "
        "Try half of it, and half again, until the loss falls steadily."
    )


def _not_converged(run: Run, finding: Finding) -> str:
    return (
        f"**Not learned yet**: {_rows(finding.rows)} {_are(finding.rows)} on the wrong side of 0.5, and {_loss(run)} "
        f"is still falling: by {finding.fall:.2g} over {_ending(finding)}. Try more epochs, or a larger learning rate."
    )


def _not_separable(run: Run, finding: Finding) -> str:
    rows = _rows(finding.rows)
    if finding.same_inputs:
        return (
            f"**A contradiction**: {rows} have the inputs of another row whose target is on the other side of 0.5. "
            "No network gets all of them right. Correct the table, or add an input that tells them apart."
        )
    if not run.experiment.dataset.inputs[list(finding.rows)].any():
        zeros = "has only zeros as inputs" if len(finding.rows) == 1 else "have only zeros as inputs"
        return (
            f"**No bias**: {rows} {zeros}, and for those a single neuron answers 0.5 whatever its weights. "
            "Add an input column of ones."
        )
    return (
        f"**More training cannot help**: {rows} {_are(finding.rows)} on the wrong side of 0.5, and no weights of a "
        "single neuron get every row right. It divides the rows by one straight cut, and none divides these by their "
        "targets. Add hidden units, or an input that tells the rows apart."
    )


def _rows(rows: Sequence[int]) -> str:
    """Name rows, counted from 1: “row 2”, “rows 2, 3 and 5”, “rows 1, 2, … and 90 more”."""
    numbers = [f"{row + 1:,}" for row in rows]
    if len(numbers) == 1:
        return f"row {numbers[0]}"
    if len(numbers) > MOST_NAMED_ROWS:
        numbers[MOST_NAMED_ROWS:] = [f"{len(numbers) - MOST_NAMED_ROWS:,} more"]
    return f"rows {', '.join(numbers[:-1])} and {numbers[-1]}"


def _are(rows: Sequence[int]) -> str:
    return "is" if len(rows) == 1 else "are"


def _ending(finding: Finding) -> str:
    return "the last epoch" if finding.epochs == 1 else f"the last {count_text(finding.epochs, 'epoch')}"


def _loss(run: Run) -> str:
    return f"the loss ({OBJECTIVE_NAMES[run.experiment.objective]})"

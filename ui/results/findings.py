"""What went wrong in a run, in plain words, and what to try."""

from collections.abc import Sequence
from decimal import ROUND_CEILING, Decimal, localcontext

import streamlit as st

from core import Finding, Run, diagnose
from ui.once import once_a_run
from ui.text import OBJECTIVE_NAMES, count_text, number_text

MOST_NAMED_ROWS = 10


def show(run: Run) -> None:
    """Show what went wrong, if anything did."""
    for text in explanations(run):
        st.info(text)


@once_a_run
def explanations(run: Run) -> list[str]:
    """Say all that went wrong; on a large table, finding out takes more than a second."""
    return [explanation(run, finding) for finding in diagnose(run)]


def explanation(run: Run, finding: Finding) -> str:
    """Say what went wrong, with its numbers, and what to try."""
    match finding.kind:
        case "oscillates":
            text = _oscillates(run, finding)
        case "saturated":
            text = _saturated(finding)
        case "hidden_saturated":
            text = _hidden_saturated(finding)
        case "not_converged":
            text = _not_converged(run, finding)
        case "contradiction":
            text = _contradiction(finding)
        case "zero_inputs":
            text = _zero_inputs(finding)
        case "needs_bias":
            text = _needs_bias(finding)
        case "not_separable":
            text = _not_separable(finding)
    return text


def _oscillates(run: Run, finding: Finding) -> str:
    rows = f" In the end {_wrong(finding.rows)}." if finding.rows else ""
    return (
        f"**The learning rate {number_text(run.experiment.learning_rate)} is too large**: {_loss(run)} rose noticeably "
        f"in {finding.rises} of {_ending(finding)}, since the updates overshoot.{rows} "
        "Try half of it, and half again, until the loss falls steadily."
    )


def _saturated(finding: Finding) -> str:
    return (
        f"**Saturated**: {_wrong(finding.rows)}, and learn slowly. The sigmoid is flat there: its slope, by "
        f"which every change is multiplied, is at most {_rounded_up(finding.slope)}; it could be 0.25. "
        "Try smaller inputs or starting weights, a smaller learning rate, or the objective cross-entropy."
    )


def _hidden_saturated(finding: Finding) -> str:
    return (
        f"**Saturated**: {_wrong(finding.rows)}, and learn slowly. The sigmoids of the hidden neurons are flat "
        f"there: their slopes, by which every change of their weights is multiplied, are at most "
        f"{_rounded_up(finding.slope)}; they could be 0.25. "
        "Try smaller inputs or starting weights, or a smaller learning rate."
    )


def _not_converged(run: Run, finding: Finding) -> str:
    remedy = "Try more epochs." if finding.rises else "Try more epochs, or a larger learning rate."
    return (
        f"**Not learned yet**: {_wrong(finding.rows)}, and {_loss(run)} still fell by {finding.fall:.2g} over "
        f"{_ending(finding)}. {remedy}"
    )


def _contradiction(finding: Finding) -> str:
    return (
        f"**Equal inputs, different targets**: for each of {_rows(finding.rows)}, another row has the same inputs and "
        "its target on the other side of 0.5. No network gets all of them right. Measured data are often like this; "
        "if it is a mistake, correct it, or add an input that tells the rows apart."
    )


def _zero_inputs(finding: Finding) -> str:
    return (
        f"**No bias**: in {_rows(finding.rows)} all inputs are 0, and to that a single neuron answers 0.5 whatever its "
        "weights. Add an input column of ones."
    )


def _needs_bias(finding: Finding) -> str:
    return (
        f"**No bias**: {_wrong(finding.rows)}, and no weights of a single neuron get every row right. "
        "Without a bias its cut between the rows must pass through the point where all inputs are 0. "
        "With an input column of ones it need not, and some weights get every row right."
    )


def _not_separable(finding: Finding) -> str:
    return (
        f"**One neuron is not enough**: {_wrong(finding.rows)}, and no weights of a single neuron get every row "
        "right. It makes one straight cut between the rows, and no such cut parts them by their targets. "
        "Add hidden units, or an input that tells the rows apart."
    )


def _rounded_up(slope: float) -> str:
    """Write a slope with two digits, rounded up."""
    with localcontext(prec=2, rounding=ROUND_CEILING):
        return f"{float(+Decimal(slope)):g}"


def _rows(rows: Sequence[int]) -> str:
    """Name rows, counted from 1: “row 2”, “rows 2, 3 and 5”, “rows 1, 2, … and 90 more”."""
    numbers = [f"{row + 1:,}" for row in rows]
    if len(numbers) == 1:
        return f"row {numbers[0]}"
    if len(numbers) > MOST_NAMED_ROWS:
        numbers[MOST_NAMED_ROWS:] = [f"{len(numbers) - MOST_NAMED_ROWS:,} more"]
    return f"rows {', '.join(numbers[:-1])} and {numbers[-1]}"


def _wrong(rows: Sequence[int]) -> str:
    side = "is not on its target's side" if len(rows) == 1 else "are not on their targets' side"
    return f"{_rows(rows)} {side} of 0.5"


def _ending(finding: Finding) -> str:
    return "the last epoch" if finding.epochs == 1 else f"the last {count_text(finding.epochs, 'epoch')}"


def _loss(run: Run) -> str:
    return f"the loss ({OBJECTIVE_NAMES[run.experiment.objective]})"

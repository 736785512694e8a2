"""What went wrong in a run, in plain words, and what to try."""

from collections.abc import Callable, Sequence
from decimal import ROUND_CEILING, Decimal, localcontext
from typing import Final

import numpy as np
import streamlit as st

from core import Experiment, Finding, Run, diagnose
from core.scaling import are_large, largest_varying
from ui.hiding import is_hidden
from ui.names import neuron_names
from ui.once import once_a_run
from ui.session import key
from ui.sidebar import controls
from ui.text import OBJECTIVE_NAMES, count_text, digits_text, list_text, number_text

MOST_NAMED = 10
SCALING_HELPS: Final = ("saturated", "hidden_saturated", "oscillates", "stuck", "not_converged", "needs_bias")
STANDARDISE: Final = "Standardise the inputs"


def show(run: Run) -> None:
    """Show what went wrong, if anything did, and a button for what is sure to help; nothing where they are hidden."""
    if is_hidden("findings"):
        return
    told = explanations(run)
    for _, text in told:
        st.info(text)
    if wants_scaling(run.experiment) and any(kind in SCALING_HELPS for kind, _ in told):
        with st.container(horizontal=True, vertical_alignment="center"):
            controls.button(STANDARDISE, _standardise, run.experiment, key=key("standardise_inputs"))
            st.caption(f"{_inputs_reach(run.experiment)}; weights of order one make too much of them.")


def wants_scaling(experiment: Experiment) -> bool:
    """Tell whether an input is far from order one, which standardising would mend."""
    return not experiment.standardise and are_large(experiment.dataset.inputs)


def _standardise(experiment: Experiment) -> None:
    """Set the controls so that the inputs are standardised, with a bias for what is then around 0."""
    controls.set_to("standardise", value=True)
    has_constant = (np.ptp(experiment.dataset.inputs, axis=0) == 0).any()
    if not experiment.has_biases and not has_constant:
        controls.set_to("biases", "learned")


@once_a_run
def explanations(run: Run) -> list[tuple[str, str]]:
    """Say all that went wrong, each after its kind; on a large table, finding out takes more than a second."""
    findings = diagnose(run)
    told: list[tuple[str, str]] = [(finding.kind, explanation(run, finding)) for finding in findings]
    named = [set(finding.rows) for finding in findings]
    if len(named) > 1 and named[0] and named[0].isdisjoint(named[1]):
        kind, text = told[0]
        told[0] = kind, f"{text} The rows of the next finding are not among these."
    return told


def explanation(run: Run, finding: Finding) -> str:
    """Say what went wrong, with its numbers, and what to try."""
    return IN_WORDS[finding.kind](run, finding)


def _oscillates(run: Run, finding: Finding) -> str:
    rows = f" In the end {_wrong(finding.rows)}." if finding.rows else ""
    return (
        f"**The learning rate {number_text(run.experiment.learning_rate)} is too large**: {_loss(run)} rose noticeably "
        f"in {finding.rises} of {_ending(finding)}, since the updates overshoot.{rows} "
        "Try half of it, and half again, until the loss falls steadily."
    )


def _saturated(run: Run, finding: Finding) -> str:
    pace = "slowly" if finding.slope else "nothing"
    remedy = "Try smaller inputs or starting weights, a smaller learning rate, or the objective cross-entropy."
    return (
        f"**Saturated**: {_wrong(finding.rows)}, and {_learn(finding)} {pace}. The sigmoid is flat there: its slope, "
        f"by which every change is multiplied, is {_rounded_up(finding.slope)}; it could be 0.25. "
        f"{_scaling_or(run, remedy)}"
    )


def _hidden_saturated(run: Run, finding: Finding) -> str:
    remedy = "Try smaller inputs or starting weights, or a smaller learning rate."
    return (
        f"**Saturated**: {_wrong(finding.rows)}, and {_learn(finding)} slowly. The sigmoids of a layer of hidden "
        "neurons are flat there: their slopes, by which every change of their weights is multiplied, are "
        f"{_rounded_up(finding.slope)}; they could be 0.25. {_scaling_or(run, remedy)}"
    )


def _learn(finding: Finding) -> str:
    return "learns" if len(finding.rows) == 1 else "learn"


def _scaling_or(run: Run, remedy: str) -> str:
    """Advise to standardise where inputs are far from order one, before anything else; else the remedy."""
    if not wants_scaling(run.experiment):
        return remedy
    return f"{_inputs_reach(run.experiment)}: standardise them."


def _inputs_reach(experiment: Experiment) -> str:
    return f"Inputs are up to {digits_text(largest_varying(experiment.dataset.inputs), 4)} in size"


def _symmetric(run: Run, finding: Finding) -> str:
    names = neuron_names(run.experiment.sizes)
    units = [names[layer][unit] for layer, unit in finding.units]
    return (
        f"**Equal hidden units**: {_wrong(finding.rows)}, and {_listed(units)} started with equal weights, into them "
        "and out of them. Their updates are equal too, so they stay equal and do no more than one of them could. "
        "Try starting weights that differ: those of a seed."
    )


def _stuck(run: Run, finding: Finding) -> str:
    return (
        f"**Stuck**: {_wrong(finding.rows)}, and {_loss(run)} has stopped falling. The slopes are not flat: what one "
        "row asks of the weights, others take back, so that nearly nothing is left of each update. "
        "Try another seed, larger starting weights, or more hidden units."
    )


def _not_converged(run: Run, finding: Finding) -> str:
    remedy = "Try more epochs." if finding.ever_rose else "Try more epochs, or a larger learning rate."
    return (
        f"**Not learned yet**: {_wrong(finding.rows)}, and {_loss(run)} still fell by {finding.fall:.2g} over "
        f"{_ending(finding)}. {remedy}"
    )


def _contradiction(_run: Run, finding: Finding) -> str:
    return (
        f"**Equal inputs, different targets**: for each of {_rows(finding.rows)}, another row has the same inputs and "
        "its target on the other side of 0.5. No network gets all of them right. Measured data are often like this; "
        "if it is a mistake, correct it, or add an input that tells the rows apart."
    )


def _zero_inputs(run: Run, finding: Finding) -> str:
    zeros = (
        "every input is its column's mean, so that the neuron is given zeros"
        if run.experiment.standardise
        else "all inputs are 0"
    )
    return (
        f"**No bias**: in {_rows(finding.rows)} {zeros}, and to that a single neuron answers 0.5 whatever its "
        "weights. Have it learn a bias, under Finer controls."
    )


def _needs_bias(run: Run, finding: Finding) -> str:
    point = "of the columns' means" if run.experiment.standardise else "where all inputs are 0"
    return (
        f"**No bias**: {_wrong(finding.rows)}, and no weights of a single neuron get {_asked(run)} right. "
        f"Without a bias its cut between the rows must pass through the point {point}. "
        f"With a bias, under Finer controls, it need not, and some weights get {_asked(run)} right."
    )


def _not_separable(run: Run, finding: Finding) -> str:
    return (
        f"**One neuron is not enough**: {_wrong(finding.rows)}, and no weights of a single neuron get {_asked(run)} "
        "right. It makes one straight cut between the rows, and no such cut separates them by "
        f"{'their targets' if run.experiment.sizes[-1] == 1 else 'that target'}. "
        "Add hidden units, or an input that tells the rows apart."
    )


def _asked(run: Run) -> str:
    """Say what a neuron is to get right: every row, or of several outputs one target of every row."""
    rows = "every row learned from" if run.experiment.held_out else "every row"
    return rows if run.experiment.sizes[-1] == 1 else f"one of the targets of {rows}"


def _rounded_up(slope: float) -> str:
    """Write how large a slope is, with two digits, rounded up; 0 is exact."""
    with localcontext(prec=2, rounding=ROUND_CEILING):
        return f"at most {float(+Decimal(slope)):g}" if slope else "0"


def _rows(rows: Sequence[int]) -> str:
    """Name rows, counted from 1: “row 2”, “rows 2, 3 and 5”."""
    return f"{'row' if len(rows) == 1 else 'rows'} {_listed([f'{row + 1:,}' for row in rows])}"


def _listed(names: list[str]) -> str:
    """List names: “2”, “2, 3 and 5”, “1, 2, … and 90 more”."""
    if len(names) > MOST_NAMED:
        names[MOST_NAMED:] = [f"{len(names) - MOST_NAMED:,} more"]
    return list_text(names)


def _wrong(rows: Sequence[int]) -> str:
    side = "is not on its target's side" if len(rows) == 1 else "are not on their targets' side"
    return f"{_rows(rows)} {side} of 0.5"


def _ending(finding: Finding) -> str:
    return "the last epoch" if finding.epochs == 1 else f"the last {count_text(finding.epochs, 'epoch')}"


def _loss(run: Run) -> str:
    return f"the loss ({OBJECTIVE_NAMES[run.experiment.objective]})"


IN_WORDS: Final[dict[str, Callable[[Run, Finding], str]]] = {
    "contradiction": _contradiction,
    "symmetric": _symmetric,
    "zero_inputs": _zero_inputs,
    "needs_bias": _needs_bias,
    "not_separable": _not_separable,
    "oscillates": _oscillates,
    "saturated": _saturated,
    "hidden_saturated": _hidden_saturated,
    "stuck": _stuck,
    "not_converged": _not_converged,
}

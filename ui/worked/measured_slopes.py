"""The truth about the delta: the update beside measured slopes of both losses, in numbers and in words."""

from core import GradientCheck, Run
from core.arrays import flat
from core.objectives import OBJECTIVES, ObjectiveName
from core.sources import NIELSEN, SADOWSKI
from ui.table import EXACT, Column
from ui.text import OBJECTIVE_NAMES, exact_text, number_text

COLUMNS: dict[ObjectiveName, str] = {"squared_error": "½·Σ(y − a)²", "cross_entropy": "cross-entropy"}


def check_columns(run: Run, check: GradientCheck) -> list[Column]:
    """Return what is shown of each weight: its update, for a learning rate of 1, and how each loss falls along it."""
    rate = run.experiment.learning_rate
    update = "update" if rate == 1 else f"update ÷ {number_text(rate)}"
    falls = [Column(COLUMNS[objective], flat(check.differences[objective]), EXACT) for objective in OBJECTIVES]
    return [Column(update, flat(check.update), EXACT), *falls]


def verdict(check: GradientCheck, objective: ObjectiveName) -> str:
    """Say whether the update is minus the gradient of an objective, and how far it is off."""
    gap = check.largest_gap[objective]
    if check.agrees(objective):
        return (
            f"The update **is** minus the gradient of the {OBJECTIVE_NAMES[objective]}: the largest difference is "
            f"about {gap:.0e}, which is rounding."
        )
    return (
        f"The update is **not** minus the gradient of the {OBJECTIVE_NAMES[objective]}: a weight differs by "
        f"{exact_text(gap)}."
    )


def truth(objective: ObjectiveName) -> str:
    """Say which loss a run that descends this objective goes down, and why."""
    sources = f"([Nielsen, chapter 3]({NIELSEN.url}); [Sadowski's notes]({SADOWSKI.url}))"
    if OBJECTIVES[objective].delta_has_slope:
        return (
            "The notebook plots cross-entropy, but its delta, error × slope, descends the squared error ½·Σ(y − a)². "
            f"The gradient of cross-entropy is the error alone: its slope cancels out {sources}."
        )
    return (
        "This run descends the cross-entropy that the notebook plots: its delta is the error alone, because the slope "
        f"cancels out {sources}. The notebook itself multiplies by the slope, and so descends the squared error."
    )

"""The truth about the delta: the update beside measured slopes of both losses."""

import streamlit as st

from core import GradientCheck, Run, check_gradient
from core.arrays import flat
from core.objectives import OBJECTIVES, ObjectiveName
from core.sources import NIELSEN, SADOWSKI
from ui import tables
from ui.names import connection_names
from ui.sidebar import controls
from ui.tables import EXACT, Column
from ui.text import OBJECTIVE_NAMES, exact_text, number_text
from ui.training import Shown
from ui.view import Place

MOST_PRODUCTS = 600_000  # weights × rows: each weight costs two forward passes,
LAYER_ROWS = 100  # of which a layer takes as long as so many rows, however few there are
FIXED = " Biases are fixed: they are neither updated nor nudged."
COLUMNS: dict[ObjectiveName, str] = {"squared_error": "½·Σ(y − a)²", "cross_entropy": "cross-entropy"}


def show(shown: Shown, place: Place) -> None:
    """Show the check in state k, what it says, and the switch to the other objective."""
    run, experiment = shown.run, shown.run.experiment
    st.markdown(
        "Is the update that Step through shows really the way down? To find out without any of its formulas, each "
        "weight is nudged a little up and a little down, and the loss is computed both times. How much the loss falls "
        "for each 1 that the weight rises, measured like this, is minus the **gradient**; the method is called the "
        "**central finite difference**."
    )
    rows = len(range(len(experiment.inputs))[experiment.batch(place.k)])
    if experiment.weight_count * (rows + LAYER_ROWS * len(experiment.shapes)) > MOST_PRODUCTS:
        st.info("This experiment is too large to be checked at once.")
        return
    check = check_gradient(experiment, run.weights_after(place.k), k=place.k)
    columns = check_columns(run, check)
    tables.show_numbers("slopes", columns, connection_names(experiment))
    scaled = "" if experiment.learning_rate == 1 else ", divided by the learning rate"
    batched = experiment.updates_per_epoch > 1
    st.caption(
        f"**{columns[0].name}**: the change of each weight in Step through{scaled}. Beside it, minus the "
        f"measured gradient of each loss, summed over the rows{' of the update' if batched else ''} like the update."
        f"{FIXED if experiment.biases == 'fixed' else ''}"
    )
    st.markdown("\n".join(f"- {_verdict(check, objective)}" for objective in OBJECTIVES))
    st.markdown(_truth(experiment.objective))
    other = next(name for name in OBJECTIVES if name != experiment.objective)
    if st.button(f"Descend {OBJECTIVE_NAMES[other]} instead", on_click=controls.set_to, args=("objective", other)):
        st.rerun()


def check_columns(run: Run, check: GradientCheck) -> list[Column]:
    """Return what is shown of each weight: its update, for a learning rate of 1, and how each loss falls along it."""
    rate = run.experiment.learning_rate
    update = "update" if rate == 1 else f"update ÷ {number_text(rate)}"
    falls = [Column(COLUMNS[objective], flat(check.differences[objective]), EXACT) for objective in OBJECTIVES]
    return [Column(update, flat(check.update), EXACT), *falls]


def _verdict(check: GradientCheck, objective: ObjectiveName) -> str:
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


def _truth(objective: ObjectiveName) -> str:
    sources = f"([Nielsen, chapter 3]({NIELSEN.url}); [Sadowski’s notes]({SADOWSKI.url}))"
    if OBJECTIVES[objective].delta_has_slope:
        return (
            "The notebook plots cross-entropy, but its delta, error × slope, descends the squared error ½·Σ(y − a)². "
            f"The gradient of cross-entropy is the error alone: its slope cancels out {sources}."
        )
    return (
        "This run descends the cross-entropy that the notebook plots: its delta is the error alone, because the slope "
        f"cancels out {sources}. The notebook itself multiplies by the slope, and so descends the squared error."
    )

"""What of a reader's table is used, and how: targets, inputs, classes, blanks, and what the network makes of them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Final

import streamlit as st

from core import Dataset
from core.messages import shown
from core.scaling import are_far_from_0, are_large, largest_varying, varies
from ui.formats.choosing import (
    Proposal,
    classes_of,
    propose,
    rows_with_blanks,
    with_classes,
    with_means,
    without_blanks,
)
from ui.formats.csv import CsvTable, are_amounts, coded_values, to_dataset
from ui.settings import BIAS_NAMES, BY_NAME, MOST_TARGETS
from ui.sidebar import controls
from ui.text import count_text, digits_text, escape, number_text

MOST_LISTED: Final = 6  # classes, or columns left out
RATES: Final = (1.0, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001)  # of learning
ROWS_OF_RATE_1: Final = 10  # at most, of an update: what they ask is summed


@dataclass(frozen=True)
class Chosen:
    """What was chosen of a table."""

    targets: tuple[str, ...]
    inputs: tuple[str, ...]
    classes: tuple[str, ...]  # that have an output each; none if the target tells no classes
    fills_blanks: bool  # with the column's mean, else their rows are left out
    swapped: tuple[str, ...]  # the columns of two values whose 0 and 1 are exchanged


def choose(table: CsvTable, latest: Chosen | None = None) -> tuple[Chosen, Dataset, dict[str, object]] | None:
    """Show the choices, which begin with the `latest` of this table if there are any.

    Return them, the data set, and what controls are set to with it; None while there is no target. Raises
    `InvalidCsv` and `InvalidDataset`.
    """
    latest = latest if latest and {*latest.targets, *latest.inputs} <= {*table.names} else None
    proposal = propose(table)
    start = replace(proposal, targets=latest.targets, inputs=latest.inputs) if latest else proposal
    chosen = st.multiselect("Targets", table.names, default=start.targets, max_selections=MOST_TARGETS)
    others = [name for name in table.names if name not in chosen]
    likely = [name for name in (*start.inputs, *start.targets) if name in others]
    inputs = st.multiselect("Inputs", others, default=likely)
    _show_left_out(proposal, {*inputs, table.row_names})
    if not chosen:
        st.caption("Choose at least one target: what the network is to answer.")
        return None
    classes = _choose_classes(table, chosen, latest)
    table, targets = with_classes(table, chosen[0], classes) if classes else (table, chosen)
    fills_blanks = _choose_blanks(table, [*inputs, *targets], latest)
    table = _without_blanks(table, [*inputs, *targets], fills_blanks=fills_blanks)
    swapped = _choose_codes(table, targets, inputs, latest)
    scale_targets = _choose_scaling(table, targets)
    dataset = to_dataset(table, targets, inputs, scale_targets=scale_targets, swapped=swapped)
    choices = Chosen(tuple(chosen), tuple(inputs), classes, fills_blanks, swapped)
    is_known = latest is not None and latest.inputs == choices.inputs
    switches = _choose_switches(dataset, is_known=is_known) | {"scale_targets": scale_targets}
    return choices, dataset, switches if latest else switches | _suiting_rate(dataset)


def _show_left_out(proposal: Proposal, told: Collection[str | None]) -> None:
    left_out = [f"{escape(shown(name, str))} ({reason})" for name, reason in proposal.left_out if name not in told]
    if left_out:
        st.caption(f"Left out: {_few(left_out)}.")


def _choose_classes(table: CsvTable, targets: list[str], latest: Chosen | None) -> tuple[str, ...]:
    """Show what is made of a target of three classes or more; return those that have an output each."""
    if len(targets) != 1 or not (classes := tuple(classes_of(table, targets[0]))):
        return ()
    each = [] if len(classes) > MOST_TARGETS else [classes]
    ways = [*each, *((one,) for one in classes)]
    start = ways.index(latest.classes) if latest and latest.classes in ways else 0
    return ways[st.selectbox("Classes", range(len(ways)), start, format_func=lambda way: _way(ways[way]))]


def _way(classes: Sequence[str]) -> str:
    quoted = [shown(one, str) for one in classes]
    return f"{quoted[0]} against the rest" if len(quoted) == 1 else f"One output a class: {', '.join(quoted)}"


def _choose_blanks(table: CsvTable, names: list[str], latest: Chosen | None) -> bool:
    """Show what is made of blanks, if there are any; tell whether they are filled."""
    rows = rows_with_blanks(table, names)
    if not rows or rows == len(table.cells):
        return False
    ways = {False: f"leave out the {count_text(rows, 'row')}", True: "fill in the column's mean"}
    start = bool(latest and latest.fills_blanks)
    return st.radio("Blanks", list(ways), list(ways).index(start), ways.__getitem__, horizontal=True)


def _without_blanks(table: CsvTable, names: list[str], *, fills_blanks: bool) -> CsvTable:
    """Return the table without blanks in these columns, but for one that would have no row left."""
    if rows_with_blanks(table, names) == len(table.cells):
        return table
    return without_blanks(with_means(table, names) if fills_blanks else table, names)


def _choose_scaling(table: CsvTable, targets: list[str]) -> bool:
    """Show whether the targets are scaled, if one of them holds other numbers than from 0 to 1."""
    amounts = [escape(shown(name, str)) for name in targets if are_amounts(table, name)]
    if not amounts:
        return False
    setting = BY_NAME["scale_targets"]
    is_scaled = st.toggle(setting.label, value=True, help=setting.help)
    st.caption(f"A neuron answers from 0 to 1; {_few(amounts)} {'goes' if len(amounts) == 1 else 'go'} beyond.")
    return is_scaled


def _choose_switches(dataset: Dataset, *, is_known: bool) -> dict[str, object]:
    """Show what biases there are, which are learned where no column is constant, and whether inputs are standardised.

    These are, with learned biases, where they are off order one. Of inputs that are known the page's controls tell
    already.
    """
    biases, standardise = (BY_NAME[name] for name in ("biases", "standardise"))
    now = controls.value_of(biases) or "none"  # a page that is still loading sends nothing
    off_order_one = "" if is_known else _off_order_one(dataset)
    lacks_constant = not is_known and bool(varies(dataset.inputs).all())
    likely = "learned" if now == "none" and (off_order_one or lacks_constant) else now
    names = list(BIAS_NAMES)
    chosen = st.radio(
        biases.label, names, names.index(likely), BIAS_NAMES.__getitem__, help=biases.help, horizontal=True
    )
    is_scaled = st.toggle(
        standardise.label, bool(off_order_one) or controls.value_of(standardise), help=standardise.help
    )
    if off_order_one:
        st.caption(f"To begin with, these suit inputs that {off_order_one}.")
    elif likely != now:
        st.caption("To begin with, biases are learned: no constant column takes their place.")
    return {"biases": chosen, "standardise": is_scaled}


def _off_order_one(dataset: Dataset) -> str:
    """Say how inputs are not of order one; "" if they are."""
    if are_large(dataset.inputs):
        return f"are up to {digits_text(largest_varying(dataset.inputs), 4)} in size"
    return "are further from 0 than from each other" if are_far_from_0(dataset.inputs) else ""


def _suiting_rate(dataset: Dataset) -> dict[str, object]:
    """Return a smaller learning rate where the one that is set is too large for the number of rows, and say so."""
    setting, all_rows = BY_NAME["learning_rate"], len(dataset.targets)
    rows = min(controls.value_of(BY_NAME["batch_size"]) or all_rows, all_rows)
    rate = suiting_rate(rows)
    if rate >= controls.value_of(setting):
        return {}
    st.caption(f"The learning rate becomes {number_text(rate)}: an update sums what {count_text(rows, 'row')} ask.")
    return {"learning_rate": rate}


def suiting_rate(rows: int) -> float:
    """Return a learning rate that suits updates from `rows` rows: 1 for a few, the smaller the more.

    What the rows ask is summed, so that with one rate for all tables the weights of large ones would jump to and fro.
    """
    return next((rate for rate in RATES if rate * rows <= ROWS_OF_RATE_1), RATES[-1])


def _choose_codes(table: CsvTable, targets: list[str], inputs: list[str], latest: Chosen | None) -> tuple[str, ...]:
    """Say of each column of two values which of them becomes 0 and which 1; return the columns to be swapped."""
    coded = {
        name: values for name in (*targets, *inputs) if (values := coded_values(table, name, is_target=name in targets))
    }
    if not coded:
        return ()
    codes = st.container()
    before = [name for name in latest.swapped if name in coded] if latest else []
    swapped = st.multiselect("Swap 0 and 1 in", list(coded), default=before)
    codes.markdown(
        "  \n".join(_codes(name, *(values[::-1] if name in swapped else values)) for name, values in coded.items())
    )
    return tuple(swapped)


def _codes(name: str, zero: str, one: str) -> str:
    return f"{escape(shown(name, str))}: 0 = {escape(shown(zero, str))}, 1 = {escape(shown(one, str))}"


def _few(texts: list[str]) -> str:
    rest = len(texts) - MOST_LISTED
    return ", ".join([*texts[:MOST_LISTED], *([f"and {rest} more"] if rest > 0 else [])])

"""Published numbers: those that an example's source printed, beside those of this run, digit by digit."""

from collections.abc import Sequence

import streamlit as st

from core import EXAMPLES, Comparison, Run, compare
from ui import tables
from ui.aspects import changes
from ui.once import once_a_run
from ui.session import key
from ui.settings import Settings
from ui.table import Table
from ui.text import escape, exact_text

LARGEST_IN_FULL = 1e7  # what is larger agrees with nothing that was printed
IN_FULL = "to the last printed digit"
NOT_IN_THIS_RUN = "not in this run"
ALL_AGREE = {1: "the only one agrees", 2: "both agree"}


def show(settings: Settings, run: Run) -> None:
    """Show what the example of `settings` published beside what `run` gives, if anything was published."""
    if settings.title or not EXAMPLES[settings.example].published:
        return
    result, table = compared(run, settings.example)
    differing = escape(", ".join(changes(settings)))
    of_another = (
        f"of another run (this one differs: {differing}); " if differing and not result.endswith(IN_FULL) else ""
    )
    with st.expander(f"Published numbers: {of_another}{result}", key=key("published")):
        tables.show(table)
        st.caption(
            "This run's numbers are rounded as the printed ones are; digits are counted from the first that is not 0."
        )


@once_a_run
def compared(run: Run, key: str) -> tuple[str, Table]:
    """Return how many numbers of an example agree, and the table."""
    comparisons = compare(EXAMPLES[key], run)
    return label(comparisons), comparison_table(comparisons)


def label(comparisons: Sequence[Comparison]) -> str:
    """Say how many of the numbers agree."""
    total, agreeing = len(comparisons), sum(comparison.agrees for comparison in comparisons)
    missing = sum(comparison.computed is None for comparison in comparisons)
    if missing == total:
        return "none comparable"
    if agreeing == total:
        return f"{ALL_AGREE.get(total, f'all {total} agree')} {IN_FULL}"
    rest = f", {missing} not in this run" if missing else ""
    return f"{agreeing} of {total} agree{'s' if agreeing == 1 else ''}{rest}"


def comparison_table(comparisons: Sequence[Comparison]) -> Table:
    """Return one row a number: what it is, as printed, in this run, and how many digits agree."""
    rows = [
        [
            escape(comparison.label),
            comparison.printed,
            _computed_text(comparison),
            "" if comparison.computed is None else f"{comparison.digits} of {comparison.printed_digits}",
        ]
        for comparison in comparisons
    ]
    return Table(["what", "as printed", "this run", "digits that agree"], rows)


def _computed_text(comparison: Comparison) -> str:
    """Write the computed number with as many decimals as the printed one has."""
    if comparison.computed is None:
        return NOT_IN_THIS_RUN
    if abs(comparison.computed) > LARGEST_IN_FULL:
        return exact_text(comparison.computed)
    decimals = len(comparison.printed.partition(".")[2])
    return f"{comparison.computed:.{decimals}f}"

"""Kept runs: those that the reader keeps, their losses in one chart, their numbers in one table."""

from dataclasses import replace
from typing import Final

import streamlit as st

from core.arrays import Array
from ui import tables
from ui.keeping import kept, not_in_address, note, outcomes_of
from ui.kept_runs import LOSS_LEVEL, OUTCOMES, KeptRun, comparison, keep, obstacle, same
from ui.session import key
from ui.sidebar import controls
from ui.table import Table
from ui.text import escape
from ui.training import Shown

LONGEST_NAME: Final = 40  # characters


def kept_losses() -> list[tuple[str, Array]]:
    """Return name and loss of each kept run, for the chart of the run that is shown."""
    runs = kept()
    return [(run.name, outcome.cross_entropy) for run, outcome in zip(runs, outcomes_of(runs), strict=True)]


def show_keep_button(shown: Shown) -> None:
    """Show the button that keeps the run; where it cannot be kept, why."""
    reason = obstacle(kept(), shown.settings)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button("Keep this run", on_click=_keep, args=(shown,), disabled=reason is not None, key=key("keep"))
        st.caption(reason or "Its curve then stays in the chart, to compare other runs with.")


def _keep(shown: Shown) -> None:
    """Keep the run, and have Compare open where it is; a callback."""
    note(shown.settings, shown.run)
    st.session_state[controls.KEPT] = keep(kept(), shown.settings)
    st.session_state[controls.COMPARE] = "kept"


def show(shown: Shown) -> None:
    """Show the comparison, and what can be done with each kept run."""
    runs, settings = kept(), shown.settings
    st.markdown("What does a setting change? Keep a run, change the setting, and see both runs' numbers in one table.")
    if not runs:
        st.markdown("No run is kept yet. To keep the one shown, press **Keep this run** by the loss chart.")
        return
    header, rows = comparison(runs, outcomes_of(runs), settings, shown.run)
    tables.show(Table(header, rows, texts=len(header) - OUTCOMES))
    has_held_out = any(one.held_out for one in (settings, *(run.settings for run in runs)))
    st.caption(
        "Only settings that differ are listed. **final loss**: the mean cross-entropy in the last state. "
        f"**updates to a loss of {LOSS_LEVEL}**: after how many it was first that small."
        f"{' Where rows are held out, all is about the rows learned from.' if has_held_out else ''}"
    )
    changed = [_show_kept(one, shown) for one in runs]
    if changed != list(runs):
        st.session_state[controls.KEPT] = tuple(one for one in changed if one)
        st.rerun()  # all of the page: the chart shows them, too
    st.caption(_what_travels(shown))


def _what_travels(shown: Shown) -> str:
    """Say which of the kept runs are in the address."""
    missing = [f"“{escape(run.name)}”" for run in not_in_address(shown.settings)]
    if not missing:
        return "The kept runs are in the page's address: they are there after a reload, and for whoever opens it."
    return (
        f"Too long for the page's address, and gone after a reload: {', '.join(missing)}. An experiment can be saved "
        "as a file, under Share and take home."
    )


def _show_kept(run: KeptRun, shown: Shown) -> KeptRun | None:
    """Show the name and the buttons of a kept run; return it as it is named now, or None if it is dropped."""
    place = key(f"kept_name_{run.number}")
    if run.typed != st.session_state.get(f"{place}_set"):  # by a link; given as a value, it would take the focus away
        st.session_state[place] = st.session_state[f"{place}_set"] = run.typed
    with st.container(horizontal=True, vertical_alignment="bottom"):
        typed = st.text_input(
            f"Name of run {run.number}",
            max_chars=LONGEST_NAME,
            placeholder=run.automatic,
            key=place,
            persist_state="page",
            width=340,
        ).strip()
        controls.button(
            "Bring back",
            controls.apply,
            run.settings,
            disabled=shown.is_current and same(run.settings, shown.settings),
            help=f"Set all controls to those of {escape(run.name)}.",
            key=key(f"bring_back_{run.number}"),
        )
        if st.button("Drop", key=key(f"drop_{run.number}")):
            return None
    return replace(run, typed=typed)

"""Training for the page: once per experiment, with progress, cancelled by any control, never without bound."""

import time

import streamlit as st

from core import Experiment, Run, estimate_cost, train
from ui.text import duration_text

MOST_SECONDS = 60
MOST_BYTES = 256 * 2**20
SECONDS_UNTIL_PROGRESS = 0.4
SECONDS_BETWEEN_PROGRESS = 0.1
RUN = "run"


def trained(experiment: Experiment | None) -> Run | None:
    """Return the run of `experiment`, else the last one that the reader saw, saying why."""
    latest: Run | None = st.session_state.get(RUN)
    obstacle = (
        refusal(experiment) if experiment else "What is typed cannot be trained on yet: see the message in the sidebar."
    )
    if obstacle:
        st.warning(obstacle + (" Shown here is the last run that could be trained." if latest else ""))
    if obstacle or experiment is None:
        return latest
    if latest is None or latest.experiment != experiment:
        latest = st.session_state[RUN] = _shared_run(experiment)
    return latest


def refusal(experiment: Experiment) -> str | None:
    """Say why an experiment is too much for the page, with the figure and the limit; None if it is not."""
    cost = estimate_cost(experiment)
    if cost.seconds > MOST_SECONDS:
        epochs = int(experiment.epochs * MOST_SECONDS / cost.seconds)
        return (
            f"This run would take about {duration_text(cost.seconds)}; the limit is {MOST_SECONDS} seconds. "
            f"Set at most {max(1, epochs):,} epochs, or use a smaller table."
        )
    if cost.bytes > MOST_BYTES:
        return (
            f"This run would need about {cost.bytes / 2**20:,.0f} MB of memory; the limit is "
            f"{MOST_BYTES // 2**20} MB. Use fewer rows or columns, or fewer epochs."
        )
    return None


def _shared_run(experiment: Experiment) -> Run:
    """Train, unless another visit has done so within the hour."""
    slot = _slot(experiment)
    if not slot or slot[0].experiment != experiment:
        slot[:] = [_train_with_progress(experiment)]
    return slot[0]


@st.cache_resource(max_entries=16, ttl="1h", show_spinner=False, hash_funcs={Experiment: hash})
def _slot(experiment: Experiment) -> list[Run]:  # noqa: ARG001 - the key
    """Return the place of an experiment's run, shared by all visits."""
    return []


def _train_with_progress(experiment: Experiment) -> Run:
    bar = st.empty()
    due = time.monotonic() + SECONDS_UNTIL_PROGRESS

    def show(done: int) -> None:
        nonlocal due
        if time.monotonic() >= due:
            due = time.monotonic() + SECONDS_BETWEEN_PROGRESS
            text = f"Training: {done:,} of {experiment.epochs:,} epochs. Changing any control cancels it."
            bar.progress(done / experiment.epochs, text)

    run = train(experiment, show)
    bar.empty()
    return run

"""Training for the page: once per experiment, with progress, cancelled by any control, never without bound.

What would take too long is refused by its estimate; where the estimate was too low, the clock stops the run.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from threading import Lock

import streamlit as st

from core import Experiment, Run, StopTraining, estimate_cost, train
from ui.progress import MOST_MEMORY, MOST_SECONDS, SECONDS_BETWEEN_PROGRESS, bar
from ui.session import key
from ui.settings import Settings
from ui.text import count_text, duration_text

MOST_UPDATES = 1_000_000  # whose losses a visit may keep, of several runs
SHOWN = key("shown")


@dataclass(frozen=True, eq=False)
class Shown:
    """The run that the page shows, and the settings that it came from."""

    run: Run
    settings: Settings
    asked: Experiment  # by the controls; of more epochs than the run's if that was stopped
    is_current: bool = True  # whether the controls say the same
    obstacle: str = ""  # why there is no run of what they say


def trained(settings: Settings, experiment: Experiment | None) -> Shown | None:
    """Return the run of `experiment`, which `settings` make up, else the last that the reader saw, and why."""
    latest: Shown | None = st.session_state.get(SHOWN)
    if experiment is None:
        return _instead("What is typed cannot be trained on yet: see the message in the sidebar.", latest)
    if obstacle := refusal(experiment):
        return _instead(obstacle, latest)
    run = latest.run if latest and latest.asked == experiment else run_of(experiment)
    reached = run.experiment.epochs
    is_complete = reached == experiment.epochs
    if not is_complete:
        st.warning(
            f"Training was stopped at the limit of {MOST_SECONDS} seconds, after {reached:,} of {experiment.epochs:,} "
            f"epochs. Shown here is the run of {count_text(reached, 'epoch')}."
        )
    shown = st.session_state[SHOWN] = Shown(run, replace(settings, epochs=reached), experiment, is_complete)
    return shown


def _instead(obstacle: str, latest: Shown | None) -> Shown | None:
    """Return the latest run with the obstacle, to be said in place of what it is; without a run, say it here."""
    if latest is None:
        st.warning(obstacle)
        return None
    return replace(latest, is_current=False, obstacle=f"{obstacle} Shown here is the last run that could be trained.")


def refusal(experiment: Experiment) -> str | None:
    """Say why an experiment is too much for the page, with the figure and the limit; None if it is not."""
    cost = estimate_cost(experiment)
    possible = min(int(experiment.epochs * MOST_SECONDS / cost.seconds), MOST_UPDATES // experiment.updates_per_epoch)
    batches = ", more rows per update" if experiment.updates_per_epoch > 1 else ""
    remedy = f"Set at most {max(1, possible):,} epochs{batches}, or use a smaller table."
    if cost.seconds > MOST_SECONDS:
        return f"This run would take about {duration_text(cost.seconds)}; the limit is {MOST_SECONDS} seconds. {remedy}"
    if experiment.updates > MOST_UPDATES:
        return f"This run would make {experiment.updates:,} updates; the limit is {MOST_UPDATES:,}. {remedy}"
    if cost.bytes > MOST_MEMORY:
        return (
            f"This run would need about {cost.bytes / 2**20:,.0f} MB of memory; the limit is "
            f"{MOST_MEMORY // 2**20} MB. Use fewer rows or columns, or fewer epochs."
        )
    return None


@dataclass
class _Place:
    """Where the run of an experiment is kept for all visits."""

    asked: Experiment | None = None
    run: Run | None = None
    training: Lock = field(default_factory=Lock)  # held by the one visit that trains


def run_of(experiment: Experiment) -> Run:
    """Train, unless another visit has done so within the hour."""
    place = _place(experiment)
    with _turn(place.training):
        if place.run is None or place.asked != experiment:  # two experiments may have one hash
            place.run = _train_with_progress(experiment)
            place.asked = experiment
        return place.run


@contextmanager
def _turn(training: Lock) -> Iterator[None]:
    """Wait until no other visit trains the same; a control that the reader uses meanwhile ends the wait."""
    note = st.empty()
    while not training.acquire(timeout=SECONDS_BETWEEN_PROGRESS):
        note.caption("Another visit is training this very run.")  # here Streamlit raises what cancels a run
    try:
        note.empty()
        yield
    finally:
        training.release()


@st.cache_resource(max_entries=16, ttl="1h", show_spinner=False, hash_funcs={Experiment: hash})
def _place(experiment: Experiment) -> _Place:  # noqa: ARG001 - the key
    return _Place()


def progress(experiment: Experiment, updates_done: int) -> tuple[float, str]:
    """Return how much of a training is done, from 0 to 1, and what is said about it."""
    epochs = updates_done // experiment.updates_per_epoch
    text = f"Training: {epochs:,} of {experiment.epochs:,} epochs. Changing any control cancels it."
    return updates_done / experiment.updates, text


def _train_with_progress(experiment: Experiment) -> Run:
    with bar(partial(progress, experiment), MOST_SECONDS, StopTraining) as show:
        return train(experiment, show)

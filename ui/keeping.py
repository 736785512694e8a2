"""The kept runs of this visit: a choice of the reader's, which the address holds.

That is how they were made. What came out is remembered, or trained again for whoever opens the address.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import streamlit as st

from core import InvalidDataset, InvalidExperiment, Run, estimate_cost
from ui.formats.kept import PARAMETER, NamedSettings, decode, encode
from ui.formats.link import few
from ui.kept_runs import MOST_KEPT, KeptRun, Outcome, free_name, same
from ui.progress import MOST_SECONDS
from ui.session import key
from ui.settings import Settings, experiment_from
from ui.sidebar import controls
from ui.text import count_text, escape
from ui.training import refusal, run_of

MADE: Final = key("kept_outcomes")  # what came out of the kept runs, as far as it is known
WRITTEN: Final = key("kept_written")  # what was written into the address last, and of what


def kept() -> tuple[KeptRun, ...]:
    """Return the runs kept in this visit."""
    runs: tuple[KeptRun, ...] = st.session_state.get(controls.KEPT, ())
    return runs


def note(settings: Settings, run: Run) -> None:
    """Take down what came out of a run that is about to be kept."""
    st.session_state[MADE] = [*st.session_state.get(MADE, []), (settings, Outcome.of(run))]


def outcomes_of(runs: Sequence[KeptRun]) -> list[Outcome]:
    """Return what came out of the kept runs; those of a link are trained, with progress.

    Of one that the clock stopped the run of fewer epochs is kept in its place, and the page begins anew.
    """
    made = [(run, known) if (known := _known(run.settings)) else _trained(run) for run in runs]
    st.session_state[MADE] = [(run.settings, outcome) for run, outcome in made]
    reached = tuple(run for run, _ in made)
    if reached != tuple(runs):
        st.session_state[controls.KEPT] = reached
        st.rerun()
    return [outcome for _, outcome in made]


def _trained(run: KeptRun) -> tuple[KeptRun, Outcome]:
    """Train a kept run; return it as far as it came, and what came out."""
    made = run_of(experiment_from(run.settings))
    asked, reached = run.settings.epochs, made.experiment.epochs
    if reached < asked:
        st.toast(
            f"“{escape(run.name)}” was stopped at the limit of {MOST_SECONDS} seconds, after {reached:,} of {asked:,} "
            f"epochs. Kept is the run of {count_text(reached, 'epoch')}."
        )
        run = replace(run, settings=replace(run.settings, epochs=reached), automatic=f"{run.automatic}, stopped")
    return run, Outcome.of(made)


def _known(settings: Settings) -> Outcome | None:
    made: list[tuple[Settings, Outcome]] = st.session_state.get(MADE, [])
    return next((outcome for one, outcome in made if one == settings), None)


def query(settings: Settings) -> dict[str, str]:
    """Return the parameter of the address that holds the kept runs, none if there are none."""
    text, _ = _written(settings)
    return {PARAMETER: text} if text else {}


def not_in_address(settings: Settings) -> list[KeptRun]:
    """Return the kept runs that the address of `settings` has no room for."""
    runs = kept()
    return [runs[position] for position in _written(settings)[1]]


def _written(settings: Settings) -> tuple[str, list[int]]:
    """Write the kept runs; the page does at every click, and a large table takes a while."""
    of = (kept(), settings.names, settings.rows)
    latest = st.session_state.get(WRITTEN)
    if not latest or latest[0] != of:
        latest = of, _encode(of[0], settings)
        st.session_state[WRITTEN] = latest
    written: tuple[str, list[int]] = latest[1]
    return written


def _encode(runs: Sequence[KeptRun], settings: Settings) -> tuple[str, list[int]]:
    return encode([NamedSettings(run.name, run.settings) for run in runs], settings)


def read(text: str, settings: Settings) -> list[str]:
    """Keep the runs of the address of `settings`, and those of before that no address has room for.

    Return a line about each that could not be read, or is too much to be trained again.
    """
    before = kept()
    staying = [
        before[position] for position in encode([NamedSettings(r.name, r.settings) for r in before], settings)[1]
    ]
    named, problems = decode(text, settings, MOST_KEPT)
    runs: list[KeptRun] = []
    number, seconds = max((run.number for run in before), default=0), 0.0
    for one in named:
        try:
            experiment = experiment_from(one.settings)
            problem = refusal(experiment)
        except (InvalidDataset, InvalidExperiment) as error:
            problem = str(error)
        if not problem and _known(one.settings) is None:
            seconds += estimate_cost(experiment).seconds
            if seconds > MOST_SECONDS:
                problem = f"training it again, too, would take more than {MOST_SECONDS} seconds."
        if problem:
            problems.append(f"{PARAMETER}: {one.name}: {problem}")
        elif not any(same(run.settings, one.settings) for run in runs):
            number += 1
            name = free_name(one.name, runs)
            runs.append(KeptRun(number, one.settings, name))
    st.session_state[controls.KEPT] = (*runs, *staying)[:MOST_KEPT]
    return few(problems)

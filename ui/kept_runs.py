"""Runs kept to be compared: what is kept of each, what it is called, and how they compare."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, count
from typing import Final

from core import Run, rows_right, updates_to_reach
from core.arrays import Array
from ui.aspects import ASPECTS, Aspect, differing
from ui.names import first_free
from ui.settings import PUBLISHED, Settings
from ui.text import escape, exact_text

MOST_KEPT: Final = 8
LOSS_LEVEL: Final = 0.1  # of the loss that a run is to reach
OUTCOMES: Final = 3  # the last columns of the comparison, which are numbers
THIS_RUN: Final = "this run"
DATA: Final = ASPECTS[0]


@dataclass(frozen=True)
class KeptRun:
    """How a kept run was made, and what it is called: by the reader, else as it was when it was kept."""

    number: int  # from 1, no other kept run's
    settings: Settings
    automatic: str
    typed: str = ""

    @property
    def name(self) -> str:
        """What it is called."""
        return self.typed or self.automatic

    def __deepcopy__(self, _memo: object) -> "KeptRun":
        """Return itself, of which nothing can change; its table may be large."""
        return self


@dataclass(frozen=True, eq=False)
class Outcome:
    """What is remembered of what came out: far less than the run itself, which holds the weights of its states."""

    cross_entropy: Array  # (updates + 1,) of state 0 … updates
    right: int | None  # of `rows`, in the last state; None for amounts, which are neither right nor wrong
    rows: int  # that are learned from

    @staticmethod
    def of(run: Run) -> "Outcome":
        """Return what is remembered of a run."""
        dataset, rows = run.experiment.dataset, run.experiment.training_rows
        right = None if dataset.scale_targets else int(rows_right(run.after[rows], dataset.targets[rows]).sum())
        return Outcome(run.cross_entropy, right, len(rows))


def keep(runs: Sequence[KeptRun], settings: Settings) -> tuple[KeptRun, ...]:
    """Return the kept runs and, unless there is an obstacle, the one that came from `settings`."""
    if obstacle(runs, settings):
        return tuple(runs)
    number = max((other.number for other in runs), default=0) + 1
    return (*runs, KeptRun(number, settings, automatic_name(runs, settings)))


def obstacle(runs: Sequence[KeptRun], settings: Settings) -> str | None:
    """Say why the run that came from `settings` cannot be kept; None if it can."""
    if any(same(run.settings, settings) for run in runs):
        return "This run is kept: its curve stays in the chart, its numbers under Compare."
    if len(runs) >= MOST_KEPT:
        return f"{MOST_KEPT} runs are kept, and no more can be. Drop one under Compare to keep this one."
    return None


def same(one: Settings, other: Settings) -> bool:
    """Tell whether two settings make the same run, whichever example each began with."""
    return not differing([one, other])


def automatic_name(runs: Sequence[KeptRun], settings: Settings) -> str:
    """Name a run by what it changes in its example, and by its data if it changes nothing or others have other data.

    The name is given when a run is kept, and no other kept run has it.
    """
    changes = [aspect.label(settings) for aspect in differing([settings, PUBLISHED[settings.example]])]
    data = DATA.label(settings)
    has_other_data = any(DATA.value(run.settings) != DATA.value(settings) for run in runs)
    lead = [data] if data not in changes and (has_other_data or not changes) else []
    return free_name(", ".join([*lead, *changes]), runs)


def free_name(name: str, runs: Sequence[KeptRun]) -> str:
    """Return the name, with a number behind it if a kept run has it."""
    return first_free(chain([name], (f"{name} ({number})" for number in count(2))), [run.name for run in runs])


def comparison(
    runs: Sequence[KeptRun], outcomes: Sequence[Outcome], current: Settings, run: Run
) -> tuple[list[str], list[list[str]]]:
    """Return header and rows, in Markdown, of a table of the current run and the kept ones."""
    aspects = differing([*(one.settings for one in runs), current])
    header = ["run", *(aspect.header for aspect in aspects)]
    header += ["final loss", "rows right", f"updates to a loss of {LOSS_LEVEL}"]
    rows = [_row(THIS_RUN, current, Outcome.of(run), aspects)]
    rows += [_row(one.name, one.settings, outcome, aspects) for one, outcome in zip(runs, outcomes, strict=True)]
    return header, rows


def _row(name: str, settings: Settings, outcome: Outcome, aspects: Sequence[Aspect]) -> list[str]:
    updates = updates_to_reach(outcome.cross_entropy, LOSS_LEVEL)
    return [
        *(escape(text) for text in (name, *(aspect.cell(settings) for aspect in aspects))),
        exact_text(outcome.cross_entropy[-1]),
        "" if outcome.right is None else f"{outcome.right:,} of {outcome.rows:,}",
        "never" if updates is None else f"{updates:,}",
    ]

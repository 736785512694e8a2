"""Runs kept to be compared: what is remembered of each, and names made from what differs between them."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, count
from typing import Final

from core import EXAMPLES, Run, rows_right, updates_to_reach
from core.arrays import Array
from ui.aspects import Aspect, differing
from ui.names import first_free
from ui.settings import PUBLISHED, Settings
from ui.text import escape, exact_text

MOST_KEPT: Final = 8
LEVEL: Final = 0.1  # of the loss that a run is to reach
OUTCOMES = 3  # the last columns of the comparison, which are numbers
THIS_RUN: Final = "this run"


@dataclass(frozen=True, eq=False)
class KeptRun:
    """What is remembered of a run: far less than the run itself, which holds the weights of its states."""

    number: int  # from 1, no other kept run's
    settings: Settings
    cross_entropy: Array  # (updates + 1,) of state 0 … updates
    right: int  # of `rows`, in the last state
    rows: int
    name: str = ""  # as the reader typed it


def keep(kept: Sequence[KeptRun], settings: Settings, run: Run) -> tuple[KeptRun, ...]:
    """Return the kept runs and, unless there is an obstacle, this one, which came from `settings`."""
    if obstacle(kept, settings):
        return tuple(kept)
    number = max((other.number for other in kept), default=0) + 1
    return (*kept, KeptRun(number, settings, run.cross_entropy, _right(run), len(run.experiment.dataset.targets)))


def obstacle(kept: Sequence[KeptRun], settings: Settings) -> str | None:
    """Say why the run that came from `settings` cannot be kept; None if it can."""
    if any(same(run.settings, settings) for run in kept):
        return "This run is kept: its curve stays in the chart, its numbers under Compare."
    if len(kept) >= MOST_KEPT:
        return f"{MOST_KEPT} runs are kept, and no more can be. Drop one under Compare to keep this one."
    return None


def same(one: Settings, other: Settings) -> bool:
    """Tell whether two settings make the same run, whichever example each began with."""
    return not differing([one, other])


def names(kept: Sequence[KeptRun], current: Settings) -> list[str]:
    """Return what each kept run is called: as the reader typed, else its automatic name."""
    return [run.name or name for run, name in zip(kept, automatic_names(kept, current), strict=True)]


def automatic_names(kept: Sequence[KeptRun], current: Settings) -> list[str]:
    """Name each kept run by what differs between it, the others and the current one; no two alike."""
    aspects = differing([*(run.settings for run in kept), current])
    taken: list[str] = []
    for run in kept:
        name = _name(run.settings, aspects) or f"run {run.number}"
        taken.append(first_free(chain([name], (f"{name} ({number})" for number in count(2))), taken))
    return taken


def comparison(kept: Sequence[KeptRun], current: Settings, run: Run) -> tuple[list[str], list[list[str]]]:
    """Return header and rows, in Markdown, of a table of the current run and the kept ones."""
    aspects = differing([*(run.settings for run in kept), current])
    settings_header = [aspect.header for aspect in aspects]
    header = ["run", *settings_header, "final loss", "rows right", f"updates to a loss of {LEVEL}"]
    this = [THIS_RUN, *(escape(aspect.cell(current)) for aspect in aspects)]
    rows = [[*this, *_outcome(run.cross_entropy, _right(run), len(run.experiment.dataset.targets))]]
    for other, name in zip(kept, names(kept, current), strict=True):
        settings = [escape(aspect.cell(other.settings)) for aspect in aspects]
        rows.append([escape(name), *settings, *_outcome(other.cross_entropy, other.right, other.rows)])
    return header, rows


def _outcome(losses: Array, right: int, rows: int) -> list[str]:
    updates = updates_to_reach(losses, LEVEL)
    return [exact_text(losses[-1]), f"{right:,} of {rows:,}", "never" if updates is None else f"{updates:,}"]


def _right(run: Run) -> int:
    return int(rows_right(run.after, run.experiment.dataset.targets).sum())


def _name(settings: Settings, aspects: Sequence[Aspect]) -> str:
    """Join what differs; an example's title stands for all that is as its source published it."""
    labels = {aspect: aspect.label(settings) for aspect in aspects}
    title, published = EXAMPLES[settings.example].title, PUBLISHED[settings.example]
    if title not in labels.values():
        return ", ".join(labels.values())
    changed = [label for aspect, label in labels.items() if aspect.value(settings) != aspect.value(published)]
    return ", ".join([title, *changed])

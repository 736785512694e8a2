"""What is said of the runs of many seeds, and the orders of several experiments together."""

from collections import Counter
from collections.abc import Sequence
from typing import Final

from core import Cost, Experiment, Spread, estimate_spread, spread_of
from core.training import Progress

NEVER_TEXT: Final = "never"


def spreads_of(experiments: Sequence[Experiment], seeds: Sequence[int], progress: Progress) -> list[Spread]:
    """Train several experiments from many seeds, one after the other; `progress` is told the updates of all."""
    spreads, before = [], 0
    for experiment in experiments:
        spreads.append(spread_of(experiment, seeds, lambda done, before=before: progress(before + done)))  # type: ignore[misc]
        before += len(seeds) * experiment.updates
    return spreads


def total(experiments: Sequence[Experiment], seeds: int) -> Cost:
    """Estimate what `spreads_of` will take."""
    costs = [estimate_spread(experiment, seeds) for experiment in experiments]
    return Cost(sum(cost.seconds for cost in costs), max(cost.bytes for cost in costs))


def median_updates(spread: Spread) -> int | None:
    """Return after how many updates at least half of the seeds that learn it have; None if none does."""
    after: list[int] = sorted(spread.learned_after[spread.learned].tolist())
    return after[(len(after) - 1) // 2] if after else None


def learned_cells(spread: Spread) -> list[str]:
    """Return how many seeds have all rows right in the end, and since when half of these have; nothing of amounts."""
    if spread.experiment.scale_targets:
        return []
    updates = median_updates(spread)
    return [f"{spread.learned.sum()} of {len(spread.seeds)}", NEVER_TEXT if updates is None else f"{updates:,}"]


def learned_text(spread: Spread) -> str:
    """Say how many seeds have all rows right in the end, and since when half of these have; nothing of amounts."""
    if spread.experiment.scale_targets:
        return ""
    seeds, learned, updates = len(spread.seeds), int(spread.learned.sum()), median_updates(spread)
    if updates is None:
        return f"**None** of the {seeds:,} seeds ends with all rows right. {_commonest(spread)}"
    if learned == 1:
        return f"**1** of {seeds:,} seeds ends with all rows right, from update {updates:,} on. {_commonest(spread)}"
    by_then = f"with all rows right, half of them by update {updates:,}."
    if learned == seeds:
        return f"**All** {seeds:,} seeds end {by_then}"
    return f"**{learned:,}** of {seeds:,} seeds end {by_then} {_commonest(spread)}"


def _commonest(spread: Spread) -> str:
    """Say how many rows most of the seeds that do not have all of them have right."""
    counts = Counter(spread.rows_right[~spread.learned].tolist())
    right, rows = max(counts, key=counts.__getitem__), len(spread.experiment.inputs)
    return f"{'The others' if spread.learned.any() else 'They'} most often have {right:,} of {rows:,} right."


def held_out_text(experiment: Experiment) -> str:
    """Say of which rows the numbers are, where some are held out."""
    if not experiment.held_out:
        return ""
    draws = "draws the rows held out, too" if experiment.starting_weights is None else "draws only the rows held out"
    return f" Each seed {draws}; all is about the rows learned from."

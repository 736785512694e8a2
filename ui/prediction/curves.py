"""The curves to choose from: one is the changed experiment's, the others its neighbours', and no two look alike."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import combinations
from random import Random
from typing import Final

import numpy as np

from core import Cost, Experiment, estimate_cost, train
from core.training import Progress
from ui.figures.axis import Axis, AxisKind, are_apart
from ui.figures.guess import Curve
from ui.figures.loss_chart import thin
from ui.on_demand import Order
from ui.prediction.changes import Change, further, in_words, near
from ui.prediction.words import shape
from ui.text import count_text

MOST_CURVES: Final = 4
MOST_POINTS: Final = 300  # of a curve, to be drawn
COMPARED: Final = 400  # places along the axis in which curves are compared


@dataclass(frozen=True, eq=False)
class Curves:
    """What there is to choose from, in the order of the letters."""

    curves: tuple[Curve, ...]
    right: int  # which of them is the changed experiment's
    axis: Axis  # of all of them


def order(experiment: Experiment, change: Change, number: int) -> Order[Curves]:
    """Return the order of the curves; the number draws which neighbours there are, and in which order."""
    alike = near(experiment, change)
    values = [*alike, *further(experiment, change)]
    experiments = [replace(experiment, **one) for one in values]
    costs = list(map(estimate_cost, experiments))
    return Order(
        "curves",
        (tuple(experiments), number),
        count_text(len(experiments), "run"),
        "another change, or fewer epochs",
        Cost(sum(cost.seconds for cost in costs), max(cost.bytes for cost in costs)),
        sum(one.updates for one in experiments),
        partial(_curves_of, experiments, list(map(in_words, values)), len(alike), f"{change} {number}"),
    )


def _curves_of(
    experiments: Sequence[Experiment], names: Sequence[str], alike: int, seed: str, progress: Progress
) -> Curves:
    """Train the experiments, the changed one first, and choose from them."""
    curves, before = [], 0
    for experiment, name in zip(experiments, names, strict=True):
        losses = train(experiment, lambda done, before=before: progress(before + done)).cross_entropy  # type: ignore[misc]
        drawn = thin(losses, MOST_POINTS)
        curves.append(Curve(name, drawn, losses[drawn], shape(losses)))
        before += experiment.updates
    random = Random(seed)  # noqa: S311 - it keeps no secret
    members, kind = chosen(curves, alike, random)
    members = random.sample(members, len(members))
    picked = tuple(curves[member] for member in members)
    return Curves(picked, members.index(0), Axis.of(kind, [curve.losses for curve in picked]))


def chosen(curves: Sequence[Curve], alike: int, random: Random) -> tuple[list[int], AxisKind]:
    """Choose the first of some curves and others, no two drawn alike, and the axis on which they are not.

    There are four where that can be, from the first `alike` curves rather than from all, and on a linear axis rather
    than on a logarithmic one; else fewer, at worst the first alone.
    """
    for others in range(MOST_CURVES - 1, 0, -1):
        for kind, group in _ways(curves, alike):
            sets = [
                (0, *rest) for rest in combinations(group, others) if _differ([curves[n] for n in (0, *rest)], kind)
            ]
            if sets:
                return list(random.choice(sets)), kind
    return [0], "linear"


def _ways(curves: Sequence[Curve], alike: int) -> Iterator[tuple[AxisKind, list[int]]]:
    """Yield the axes, and which of the other curves to choose from on each, the best first."""
    groups = list(range(1, alike)), list(range(1, len(curves)))
    for group in groups:
        yield "linear", group
    if curves[0].losses.min() > 0:  # a logarithmic axis has no 0
        for group in groups:
            yield "log", [place for place in group if curves[place].losses.min() > 0]


def _differ(curves: Sequence[Curve], kind: AxisKind) -> bool:
    """Tell whether no two of some curves are drawn alike."""
    axis = Axis.of(kind, [curve.losses for curve in curves])
    along = np.linspace(0, curves[0].states[-1], COMPARED)
    heights = [np.interp(along, curve.states, axis.height(curve.losses)) for curve in curves]
    return all(are_apart(one, other) for one, other in combinations(heights, 2))

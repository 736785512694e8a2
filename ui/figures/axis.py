"""The axes of updates, and of losses: linear or logarithmic, and when they are which."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

import numpy as np
import numpy.typing as npt

from core.arrays import Array
from ui.figures.parts import Trace

AxisKind: TypeAlias = Literal["linear", "log"]

HEADROOM: Final = 1.05
VISIBLE: Final = 0.06  # of an axis, by which what is told apart is apart on average
FEW_UPDATES: Final = 5  # up to which Plotly would halve them
LOG_TEXT: Final = " The axis is logarithmic: equal steps are equal factors."


def updates_axis(last: int) -> Trace:
    """Return an axis of the updates made from 0 to the last, with whole numbers only."""
    return {"range": [0, last], "showgrid": False, "dtick": 1 if last <= FEW_UPDATES else None}


def loss_axis(*, is_log: bool) -> Trace:
    """Return an axis of losses, linear from 0 on or logarithmic."""
    return {"type": "log"} if is_log else {"type": "linear", "rangemode": "tozero"}


@dataclass(frozen=True)
class Axis:
    """The axis of losses that several charts share: its kind, and the least and the largest loss on it."""

    kind: AxisKind
    least: float
    most: float

    @staticmethod
    def of(kind: AxisKind, curves: Iterable[Array]) -> "Axis":
        """Return the axis that holds all of the losses: a linear one from 0, a logarithmic one over a power of ten.

        Over less than that, what differs by next to nothing would look different.
        """
        losses = np.concatenate(list(curves))
        most = float(losses.max())
        return Axis(kind, min(float(losses.min()), most / 10) if kind == "log" else 0.0, most)

    def height(self, losses: Array) -> Array:
        """Return how high losses are drawn, from 0 at the least to 1 at the largest."""
        if self.most == self.least:
            return np.zeros_like(losses)
        if self.kind == "log":
            low, high = np.log([self.least, self.most])
            return np.asarray((np.log(losses) - low) / (high - low))
        return np.asarray(losses / self.most)

    def layout(self) -> Trace:
        """Return the axis as Plotly has it."""
        if self.kind == "log":
            low, high = np.log10([self.least, self.most])
            room = (HEADROOM - 1) * (high - low)
            ticks = {"dtick": max(1, round((high - low) / 3)), "exponentformat": "power"}
            return {"type": "log", "range": [low - room, high + room]} | ticks
        return {"range": [0, HEADROOM * self.most or 1]}


def are_apart(one: npt.ArrayLike, other: npt.ArrayLike) -> bool:
    """Tell whether two that are drawn so high, as shares of the axis, are told apart."""
    return bool(np.abs(np.subtract(one, other)).mean() >= VISIBLE)


def are_wide(losses: Array) -> bool:
    """Tell whether losses differ so much that on a linear axis most of them would not be told from 0.

    Those of which one is 0 are not: a logarithmic axis has no 0.
    """
    middle = Axis.of("linear", [losses]).height(np.array([np.median(losses)]))
    return bool(losses.min() > 0) and not are_apart(middle, 0)

"""What of a run is looked at."""

from dataclasses import dataclass
from typing import TypeAlias

from ui.names import OUTPUT

Neuron: TypeAlias = tuple[int, int]  # layer and unit, from 0


@dataclass(frozen=True)
class View:
    """What the reader has chosen to look at, as a link says it: rows from 1, a neuron by its name."""

    tab: str = "step"
    state: int = 0
    row: int = 1
    neuron: str = OUTPUT  # or the first of several


@dataclass(frozen=True)
class Place:
    """Where in a run that is: state k, a row counted from 0, a neuron by its place."""

    k: int
    row: int
    neuron: Neuron

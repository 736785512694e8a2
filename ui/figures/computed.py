"""What a network computes over a slice of its inputs, in one state: what its curves and maps are drawn from."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

from core import Experiment, forward
from core.arrays import Array, Weights
from core.metrics import leads
from core.network import ForwardLayer
from core.slices import Slice
from ui.view import Neuron

FEWEST_CLASSES: Final = 3  # outputs, from which on the largest of them is drawn
CURVE_POINTS, MAP_POINTS = 201, 61  # along an input, for curves and borders without corners

Subject: TypeAlias = Neuron | None  # the neuron whose output is drawn; None for all outputs, of which the largest wins


def fine_points(columns: Sequence[int]) -> int:
    """Return of how many points along each of one or two inputs a picture is made that stands still."""
    return CURVE_POINTS if len(columns) == 1 else MAP_POINTS


@dataclass(frozen=True, eq=False)
class Computed:
    """A slice of the inputs, and the weights that everything over it is computed with."""

    experiment: Experiment
    weights: Weights
    over: Slice

    @cached_property
    def layers(self) -> tuple[ForwardLayer, ...]:
        """What every layer does with the rows of the slice."""
        return self.of(self.over.rows)

    def of(self, rows: Array) -> tuple[ForwardLayer, ...]:
        """Return what every layer does with `rows` (..., features), in the units of the table."""
        return forward(self.experiment.given(rows), self.weights)

    def output(self, neuron: Neuron) -> Array:
        """Return what a neuron computes over the slice."""
        layer, unit = neuron
        return self.layers[layer].activation[..., unit]

    def height(self, neuron: Neuron) -> Array:
        """Return a neuron's total input over the slice: above 0 where its output is above ½, and not flat far from it.

        So between two points a line finds its 0. It is a share of its largest size, which a float32 holds.
        """
        layer, unit = neuron
        return _share(self.layers[layer].logit[..., unit])

    @property
    def lead(self) -> Array:
        """By how much each output (..., outputs) is above the highest of the others; below 0 where it is not."""
        return leads(self.layers[-1].activation)

    @property
    def advantage(self) -> Array:
        """By how much each output's total input (..., outputs) is above the highest of the others; as `height` is."""
        return _share(leads(self.layers[-1].logit))

    def answers(self, rows: Array, subject: Subject) -> Array:
        """Return what a neuron, or each output, answers to `rows` (rows, features): (rows, 1) or (rows, outputs)."""
        layers = self.of(rows)
        if subject is None:
            return layers[-1].activation
        layer, unit = subject
        return layers[layer].activation[:, [unit]]

    @property
    def outputs(self) -> list[Neuron]:
        """The output neurons."""
        return [(len(self.weights) - 1, unit) for unit in range(self.experiment.sizes[-1])]


def _share(numbers: Array) -> Array:
    return numbers / (np.abs(numbers).max() or 1)


def first_subject(experiment: Experiment) -> Subject:
    """Return what is drawn until something else is chosen: of several classes' outputs the largest, else the first."""
    return None if experiment.sizes[-1] >= FEWEST_CLASSES else (len(experiment.hidden_layers), 0)


def crossings(axis: Array, heights: Array) -> Array:
    """Return where on an `axis` (points,) a line through `heights` (points,) comes above 0, or no longer is."""
    (before,) = np.nonzero(np.diff(heights > 0))
    return _zeros(axis, before, heights[before], heights[before + 1])


def largest_along(computed: Computed) -> tuple[Array, list[int]]:
    """Return where along an input another output becomes the largest, and which is, from the first place to the last.

    Between two points a line finds where the total inputs of the two outputs are equal.
    """
    (axis,), logits = computed.over.axes, computed.layers[-1].logit
    largest = logits.argmax(axis=-1)
    (before,) = np.nonzero(np.diff(largest))
    old, new = largest[before], largest[before + 1]
    leads_before, leads_after = (logits[place, old] - logits[place, new] for place in (before, before + 1))
    return _zeros(axis, before, leads_before, leads_after), [int(largest[0]), *new.tolist()]


def _zeros(axis: Array, before: npt.NDArray[np.int64], first: Array, second: Array) -> Array:
    """Return where lines are 0 that go from `first` at some points of an axis to `second` at the next ones."""
    return np.asarray(axis[before] + (axis[before + 1] - axis[before]) * (first / (first - second)))

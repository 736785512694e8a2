"""M. Mazur, "A Step by Step Backpropagation Example" (2015), and the two programs that its last figures come from.

Up to its first update the example is exact. Of the four figures that it prints of later states, one is what
the rule gives, and three are what one gets by taking the hidden layer's gradient with output weights that
were already updated. Both programs learn, and the figures are close.
"""

from dataclasses import dataclass
from functools import cache
from typing import Final, Literal

import numpy as np
import numpy.typing as npt

from core.arrays import Array, read_only
from core.dataset import Dataset
from core.experiment import Experiment
from core.network import sigmoid
from core.published import Comparison
from core.training import Run

STEP_BY_STEP: Final = Experiment(
    Dataset([[0.05, 0.10]], [[0.01, 0.99]], ["i1", "i2"], ["o1", "o2"]),
    epochs=10_000,
    learning_rate=0.5,
    hidden_units=2,
    starting_weights=(
        np.array([[0.15, 0.25], [0.20, 0.30], [0.35, 0.35]]),
        np.array([[0.40, 0.50], [0.45, 0.55], [0.60, 0.60]]),
    ),
    biases="fixed",
)


@dataclass(frozen=True)
class TwoWays:
    """A printed figure beside what two programs give in the same state."""

    label: str
    kind: Literal["error", "output"]
    printed: str  # a decimal number, to the digits of the source
    state: int
    right: float  # with the output weights before their update, as the gradient is
    early: float  # with the output weights after it

    @property
    def right_agrees(self) -> bool:
        """Whether `right`, rounded as the printed figure is, equals it."""
        return Comparison(self.label, self.printed, self.right).agrees

    @property
    def early_agrees(self) -> bool:
        """Whether `early`, rounded as the printed figure is, equals it."""
        return Comparison(self.label, self.printed, self.early).agrees


def two_programs(run: Run) -> tuple[TwoWays, ...]:
    """Return the four figures of states after the first, each both ways; none for a run of another experiment."""
    if run.experiment != STEP_BY_STEP:
        return ()
    early = outputs_updated_early()

    def error(label: str, printed: str, state: int) -> TwoWays:
        return TwoWays(label, "error", printed, state, float(run.squared_error[state]), total_error(early[state]))

    def output(index: int, printed: str, state: int) -> TwoWays:
        label = f"Output o{index + 1} after {state:,} updates"
        right = float(run.outputs_after(state)[0, index])
        return TwoWays(label, "output", printed, state, right, float(early[state, index]))

    return (
        error("Total error after 1 update", "0.291027924", 1),
        error("Total error after 9,999 updates", "0.0000351085", 9_999),
        output(0, "0.015912196", 10_000),
        output(1, "0.984065734", 10_000),
    )


def total_error(outputs: npt.ArrayLike) -> float:
    """Return Mazur's total error of `outputs` (2,): ½(y - a)², summed over the outputs."""
    return float(np.sum((STEP_BY_STEP.dataset.targets[0] - np.asarray(outputs)) ** 2) / 2)


@cache
def outputs_updated_early() -> Array:
    """Return the outputs (updates + 1, 2) in each state of the program that updates the output weights too early.

    In each update it changes the output weights first, and then takes the hidden layer's gradient with them.
    """
    (hidden_weights, hidden_biases), (output_weights, output_biases) = (
        (layer[:-1].copy(), layer[-1]) for layer in STEP_BY_STEP.weights_before
    )
    inputs, targets, rate = STEP_BY_STEP.inputs[0], STEP_BY_STEP.dataset.targets[0], STEP_BY_STEP.learning_rate
    states = np.empty((STEP_BY_STEP.updates + 1, len(targets)))
    for state in range(len(states)):
        hidden = sigmoid(inputs @ hidden_weights + hidden_biases)
        outputs = states[state] = sigmoid(hidden @ output_weights + output_biases)
        output_delta = (targets - outputs) * outputs * (1 - outputs)
        output_weights += rate * np.outer(hidden, output_delta)
        hidden_delta = (output_weights @ output_delta) * hidden * (1 - hidden)
        hidden_weights += rate * np.outer(inputs, hidden_delta)
    return read_only(states)

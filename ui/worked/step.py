"""One epoch looked into: the passes forward and back in one state, and the row and the neuron chosen.

The numbers are those of `forward` and `backward`; the page only puts them into words, tables and formulas.
"""

from dataclasses import dataclass
from typing import TypeAlias

from core import Experiment, Run, backward, forward
from core.arrays import Array
from core.network import BackwardLayer, ForwardLayer
from ui.names import node_names, symbol

Neuron: TypeAlias = tuple[int, int]  # layer and unit, from 0


@dataclass(frozen=True)
class Step:
    """One epoch: the passes forward and back in state k, and the row and the neuron to look at."""

    run: Run
    k: int
    row: int  # from 0
    neuron: Neuron
    forward: tuple[ForwardLayer, ...]
    backward: tuple[BackwardLayer, ...]  # none for a row without a target

    @property
    def is_output(self) -> bool:
        """Tell whether the neuron is the output."""
        return self.neuron[0] == len(self.forward) - 1

    @property
    def ahead(self) -> ForwardLayer:
        """The neuron's layer on the way forward."""
        return self.forward[self.neuron[0]]

    @property
    def behind(self) -> BackwardLayer:
        """The neuron's layer on the way back."""
        return self.backward[self.neuron[0]]

    @property
    def weights(self) -> Array:
        """The neuron's weights (inputs,)."""
        return self.ahead.weights[:, self.neuron[1]]

    @property
    def update(self) -> Array:
        """What the neuron's weights change by (inputs,)."""
        return self.behind.update[:, self.neuron[1]]

    @property
    def products(self) -> Array:
        """Each row's input × delta (rows, inputs), of which an update is the sum."""
        return self.ahead.inputs * self.behind.delta[:, [self.neuron[1]]]

    @property
    def input_symbols(self) -> list[str]:
        """What the neuron's inputs are called."""
        return [symbol(name) for name in node_names(self.run.experiment)[self.neuron[0]]]

    @property
    def weight_symbols(self) -> list[str]:
        """What the neuron's weights are called: w₁ …; with hidden units w₁₂ from input 1 to unit 2, and v₁ …."""
        numbers = range(1, len(self.weights) + 1)
        if not self.is_output:
            return [f"$w_{{{number},{self.neuron[1] + 1}}}$" for number in numbers]
        letter = "v" if self.run.experiment.hidden_units else "w"
        return [f"${letter}_{{{number}}}$" for number in numbers]

    @property
    def name_in_code(self) -> str:
        """What the notebook calls the layer, or would."""
        return f"layer{self.neuron[0] + 1}"


def neurons(experiment: Experiment) -> dict[str, Neuron]:
    """Return the neurons by name, the output first."""
    _, *layers = node_names(experiment)
    return {name: (layer, unit) for layer in reversed(range(len(layers))) for unit, name in enumerate(layers[layer])}


def step_at(run: Run, k: int, row: int, neuron: Neuron) -> Step:
    """Propagate forward and back in state k."""
    experiment, dataset = run.experiment, run.experiment.dataset
    layers = forward(dataset.inputs, run.weights_after(k))
    steps = backward(layers, dataset.targets, experiment.objective, experiment.learning_rate)
    return Step(run, k, row, neuron, layers, steps)

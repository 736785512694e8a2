"""One epoch looked into: the passes forward and back in one state, and the row and the neuron chosen.

The numbers are those of `forward` and `backward`; here they get their names.
"""

from dataclasses import dataclass

from core import Experiment, Run, backward, forward
from core.arrays import Array
from core.network import BackwardLayer, ForwardLayer
from ui.names import neuron_names, node_names
from ui.view import Neuron, Place
from ui.worked.number import Symbol


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
    def inputs(self) -> list[Symbol]:
        """What the neuron's inputs are called."""
        return [Symbol(name, "input") for name in node_names(self.run.experiment)[self.neuron[0]]]

    @property
    def weight_symbols(self) -> list[Symbol]:
        """What the neuron's weights are called: w1 …; with hidden units w1,2 from input 1 to unit 2, and v1 …."""
        unit = "" if self.is_output else f",{self.neuron[1] + 1}"
        letter = "v" if self.neuron[0] else "w"
        return [Symbol(f"{letter}{number}{unit}", "weight") for number in range(1, len(self.weights) + 1)]


def neurons(experiment: Experiment) -> dict[str, Neuron]:
    """Return the neurons by name, the output first."""
    layers = list(enumerate(neuron_names(sum(experiment.hidden_layers))))
    return {name: (layer, unit) for layer, names in reversed(layers) for unit, name in enumerate(names)}


def step_at(run: Run, place: Place) -> Step:
    """Propagate forward and back in a state."""
    experiment, dataset = run.experiment, run.experiment.dataset
    layers = forward(dataset.inputs, run.weights_after(place.k))
    steps = backward(layers, dataset.targets, experiment.objective, experiment.learning_rate)
    return Step(run, place.k, place.row, place.neuron, layers, steps)

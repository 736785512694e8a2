"""What tabs, columns and neurons are called: names as they are, and names that are still free."""

from collections.abc import Container, Iterable, Iterator, Sequence
from itertools import chain, count, product
from typing import Final

from core import Experiment

OUTPUT: Final = "output"  # an only one; of several, the first
BIAS: Final = "bias"
RESERVED: Final = "_index"  # by Streamlit, for the index of a table
TABS: Final = {  # by their keys in links
    "step": "Step through",
    "turn": "Your turn",
    "watch": "Watch it learn",
    "computes": "What it computes",
    "down": "The way down",
    "compare": "Compare",
    "take": "Share and take home",
}
STATE_NAMES: Final = ("before", "last pass", "final")  # of the three states in which predictions are shown


def neuron_names(sizes: Sequence[int]) -> tuple[tuple[str, ...], ...]:
    """Return the neurons' names, layer by layer, from the number of inputs and then of each layer's units.

    Hidden units are counted on from layer to layer: h1, h2 and so on; several outputs are o1, o2 and so on.
    """
    _, *hidden, outputs = sizes
    numbers = count(1)
    layers = [tuple(f"h{next(numbers)}" for _ in range(units)) for units in hidden]
    return (*layers, (OUTPUT,) if outputs == 1 else tuple(f"o{unit}" for unit in range(1, outputs + 1)))


def neuron_choices(sizes: Sequence[int]) -> list[str]:
    """Return the neurons' names to choose from, the outputs first."""
    return [name for layer in reversed(neuron_names(sizes)) for name in layer]


def node_names(experiment: Experiment) -> tuple[tuple[str, ...], ...]:
    """Return the names of the inputs, then the neurons', layer by layer."""
    return (experiment.dataset.input_names, *neuron_names(experiment.sizes))


def source_names(experiment: Experiment) -> tuple[tuple[str, ...], ...]:
    """Return the names of what each layer is given, one a row of its weights: the nodes before it, and a bias."""
    bias = (BIAS,) if experiment.has_biases else ()
    return tuple((*nodes, *bias) for nodes in node_names(experiment)[:-1])


def connection_names(experiment: Experiment) -> list[str]:
    """Return a name a weight, in the order of the arrays: the input's, and where it goes unless to an only neuron."""
    starts, ends = source_names(experiment), neuron_names(experiment.sizes)
    if ends == ((OUTPUT,),):
        return list(starts[0])
    return [f"{start} → {end}" for layer in zip(starts, ends, strict=True) for start, end in product(*layer)]


def output_columns(targets: Sequence[str]) -> list[str]:
    """Return what the outputs in the three states are called, state by state; several by their targets, too."""
    if len(targets) == 1:
        return list(STATE_NAMES)
    return [f"{target} {state}" for state in STATE_NAMES for target in targets]


def first_free(candidates: Iterable[str], taken: Container[str]) -> str:
    """Return the first of endless candidates that is not taken."""
    return next(name for name in candidates if name not in taken)


def numbered(name: str) -> Iterator[str]:
    """Yield a name, then the name with 2, 3 and so on behind it."""
    return chain([name], (f"{name} {number}" for number in count(2)))


def distinct(names: Sequence[str]) -> list[str]:
    """Return names that look the same and differ, as columns of a table must."""
    labels: list[str] = []
    taken = {RESERVED}
    for name in names:
        spaced = (name + "\u200b" * spaces for spaces in count())  # of spaces without width
        labels.append(first_free(spaced, taken))
        taken.add(labels[-1])
    return labels

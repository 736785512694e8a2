"""What columns and neurons are called: names as they are, and names that are still free."""

from collections.abc import Container, Iterable, Iterator, Sequence
from itertools import chain, count, pairwise, product
from typing import Final

from core import Experiment

OUTPUT: Final = "output"
RESERVED: Final = "_index"  # by Streamlit, for the index of a table
STATE_NAMES: Final = ("before", "last pass", "final")  # of the three states in which predictions are shown


def neuron_names(hidden_units: int) -> tuple[tuple[str, ...], ...]:
    """Return the neurons' names, layer by layer: of the hidden units if there are any, then of the output."""
    hidden = tuple(f"h{unit}" for unit in range(1, hidden_units + 1))
    return (hidden, (OUTPUT,)) if hidden else ((OUTPUT,),)


def neuron_choices(hidden_units: int) -> list[str]:
    """Return the neurons' names to choose from, the output first."""
    return [name for layer in reversed(neuron_names(hidden_units)) for name in layer]


def node_names(experiment: Experiment) -> tuple[tuple[str, ...], ...]:
    """Return the names of the inputs, then the neurons', layer by layer."""
    return (experiment.dataset.input_names, *neuron_names(sum(experiment.hidden_layers)))


def connection_names(experiment: Experiment) -> list[str]:
    """Return a name a weight, in the order of the arrays: the input's, with hidden units also where it goes."""
    layers = node_names(experiment)
    if not experiment.hidden_units:
        return list(layers[0])
    return [f"{start} → {end}" for starts, ends in pairwise(layers) for start, end in product(starts, ends)]


def first_free(candidates: Iterable[str], taken: Container[str]) -> str:
    """Return the first of endless candidates that is not taken."""
    return next(name for name in candidates if name not in taken)


def numbered(name: str) -> Iterator[str]:
    """Yield a name, then the name with 2, 3 and so on behind it."""
    return chain([name], (f"{name} {number}" for number in count(2)))


def distinct(names: Sequence[str]) -> list[str]:
    """Return names that look the same and differ, as columns of a table must."""
    labels: list[str] = []
    for name in names:
        spaced = (name + "\u200b" * spaces for spaces in count())  # of spaces without width
        labels.append(first_free(spaced, {RESERVED, *labels}))
    return labels

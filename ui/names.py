"""What inputs, neurons and weights are called: plain, and as the symbols of the formulas."""

import re
from itertools import pairwise, product

from core import Experiment
from ui.text import escape

_LETTER_AND_NUMBER = re.compile(r"([A-Za-z])(\d+)")


def node_names(experiment: Experiment) -> list[list[str]]:
    """Return the names of the inputs, of the hidden units if there are any, and of the output."""
    hidden = [f"h{unit}" for unit in range(1, experiment.hidden_units + 1)]
    names = [list(experiment.dataset.input_names), hidden, ["output"]]
    return [layer for layer in names if layer]


def connection_names(experiment: Experiment) -> list[str]:
    """Return a name a weight, in the order of the arrays: the input's, with hidden units also where it goes."""
    layers = node_names(experiment)
    if not experiment.hidden_units:
        return layers[0]
    return [f"{start} → {end}" for starts, ends in pairwise(layers) for start, end in product(starts, ends)]


def symbol(name: str) -> str:
    """Return a name as Markdown: x1 as a formula's x with a small 1, anything else to the letter."""
    match = _LETTER_AND_NUMBER.fullmatch(name)
    return f"${match[1]}_{{{match[2]}}}$" if match else escape(name)

"""The texts that the experiments and the formulas come from."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Source:
    """A text, and where it is read."""

    title: str
    url: str


TRASK: Final = Source(
    "Andrew Trask, “A Neural Network in 11 lines of Python” (2015)",
    "https://iamtrask.github.io/2015/07/12/basic-python-network/",
)
NIELSEN: Final = Source(
    "Michael Nielsen, “Neural Networks and Deep Learning” (2015), chapter 3",
    "http://neuralnetworksanddeeplearning.com/chap3.html",
)
SADOWSKI: Final = Source(
    "Peter Sadowski, “Notes on Backpropagation”",
    "https://www.ics.uci.edu/~pjsadows/notes.pdf",
)

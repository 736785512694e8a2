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
SPENCER_HARPER: Final = Source(
    "Milo Spencer-Harper, “How to build a multi-layered neural network in Python” (2015)",
    "https://medium.com/technology-invention-and-more/"
    "how-to-build-a-multi-layered-neural-network-in-python-53ec3d1d326a",
)
MAZUR: Final = Source(
    "Matt Mazur, “A Step by Step Backpropagation Example” (2015)",
    "https://mattmazur.com/2015/03/17/a-step-by-step-backpropagation-example/",
)
SADOWSKI: Final = Source(
    "Peter Sadowski, “Notes on Backpropagation”",
    "https://www.ics.uci.edu/~pjsadows/notes.pdf",
)
# Two local minima were met in hundreds of runs of XOR with two hidden units.
RUMELHART: Final = Source(
    "Rumelhart, Hinton and Williams, “Learning Internal Representations by Error Propagation” (1986)",
    "https://doi.org/10.21236/ADA164453",
)

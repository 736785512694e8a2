"""The smallest neural networks, trained in plain NumPy, with every number in reach.

An `Experiment` is all that determines a run; `train` turns it into a `Run`. `forward` and
`backward` are one pass written to be read; `train` does the same arithmetic, only faster.
"""

from core.cost import Cost, estimate_cost
from core.dataset import Dataset, InvalidDataset
from core.examples import NOTEBOOK
from core.experiment import Experiment, InvalidExperiment
from core.many_seeds import Runs, train_many
from core.network import backward, forward, initial_weights, sigmoid
from core.training import Run, train

__all__ = [
    "NOTEBOOK",
    "Cost",
    "Dataset",
    "Experiment",
    "InvalidDataset",
    "InvalidExperiment",
    "Run",
    "Runs",
    "backward",
    "estimate_cost",
    "forward",
    "initial_weights",
    "sigmoid",
    "train",
    "train_many",
]

"""The smallest neural networks, trained in plain NumPy, with every number in reach.

An `Experiment` is all that determines a run; `train` turns it into a `Run`. `forward` and
`backward` are one pass written to be read; `train` does the same arithmetic, only faster.
"""

from core.cost import Cost, estimate_cost, estimate_spread
from core.dataset import Dataset, InvalidDataset
from core.diagnosis import Finding, diagnose
from core.examples import EXAMPLES, NOTEBOOK
from core.experiment import Experiment, InvalidExperiment
from core.gradient_check import GradientCheck, check_gradient
from core.many_seeds import Runs, train_many
from core.metrics import class_confusion, confusion, mean_errors, rows_right, tells_classes, updates_to_reach
from core.network import backward, forward, initial_weights, sigmoid
from core.published import Comparison, Example, compare
from core.spread import Spread, spread_of
from core.training import Run, StopTraining, train

__all__ = [
    "EXAMPLES",
    "NOTEBOOK",
    "Comparison",
    "Cost",
    "Dataset",
    "Example",
    "Experiment",
    "Finding",
    "GradientCheck",
    "InvalidDataset",
    "InvalidExperiment",
    "Run",
    "Runs",
    "Spread",
    "StopTraining",
    "backward",
    "check_gradient",
    "class_confusion",
    "compare",
    "confusion",
    "diagnose",
    "estimate_cost",
    "estimate_spread",
    "forward",
    "initial_weights",
    "mean_errors",
    "rows_right",
    "sigmoid",
    "spread_of",
    "tells_classes",
    "train",
    "train_many",
    "updates_to_reach",
]

"""Experiments from the literature, as published."""

from core.dataset import Dataset
from core.experiment import Experiment

# The target is the first input; the third input, a column of ones, is the bias.
NOTEBOOK = Experiment(Dataset([[0, 0, 1], [0, 1, 1], [1, 0, 1], [1, 1, 1]], [0, 0, 1, 1]), seed=1, epochs=200)

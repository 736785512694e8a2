"""`train` beside loops that do the same, the losses of every epoch kept on all sides.

As a script, `python -m benchmarks.training` measures this alone.
"""

import sys
import tracemalloc
import warnings
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from importlib.util import find_spec
from statistics import median
from typing import Final

import numpy as np
from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPClassifier

from benchmarks.table import Table
from benchmarks.timing import pair, seconds
from core import NOTEBOOK, Dataset, Experiment, train, train_many
from core.arrays import Array, Weights, flat
from core.examples import XOR

ROUNDS: Final = 9
SEEDS: Final = 1_000


@dataclass(frozen=True)
class Case:
    """An experiment, and how often it is run to be told from the noise."""

    name: str
    experiment: Experiment
    rounds: int = ROUNDS


def made(rows: int, features: int, epochs: int) -> Experiment:
    """Return an experiment on random rows, some of which no neuron gets right."""
    generator = np.random.default_rng(rows)
    inputs = generator.standard_normal((rows, features))
    targets = inputs @ generator.standard_normal(features) + generator.standard_normal(rows) > 0
    return Experiment(Dataset(inputs, targets), epochs=epochs, learning_rate=1 / rows)


CASES: Final = (
    Case("4 × 3, one neuron, 200 epochs", NOTEBOOK, 101),
    Case("4 × 3, one neuron, 10,000 epochs", replace(NOTEBOOK, epochs=10_000)),
    Case("4 × 3, 3-4-1, 200 epochs", Experiment(XOR, hidden_units=4), 101),
    Case("4 × 3, 3-4-1, 10,000 epochs", Experiment(XOR, hidden_units=4, epochs=10_000)),
    Case("1,000 × 3, one neuron, 200 epochs", made(1_000, 3, 200)),
    Case("1,000 × 10, one neuron, 200 epochs", made(1_000, 10, 200)),
    Case("100,000 × 10, one neuron, 10 epochs", made(100_000, 10, 10), 5),
    Case("1,000,000 × 10, one neuron, 5 epochs", made(1_000_000, 10, 5), 3),
)


def notebook_loop(experiment: Experiment, inputs: Array) -> Weights:
    """Train as the notebook does, and with a hidden layer as Trask's text does: in whole numbers where these are."""
    targets = experiment.target_columns
    if np.array_equal(inputs, inputs.astype(int)):
        inputs = inputs.astype(int)
    np.random.seed(experiment.seed)  # noqa: NPY002 - as the notebook has it
    weights = [2 * np.random.random(shape) - 1 for shape in experiment.shapes]  # noqa: NPY002
    loss = []
    for _ in range(experiment.epochs):
        activations = [inputs]
        for layer in weights:
            activations.append(1 / (1 + np.exp(-np.dot(activations[-1], layer))))
        output = activations[-1]
        loss.append(np.mean(np.log(1 - output) * (targets - 1) - np.log(output) * targets))
        delta = (targets - output) * (output * (1 - output))
        for index in reversed(range(len(weights))):
            update = np.dot(activations[index].T, delta)
            if index:
                delta = delta.dot(weights[index].T) * (activations[index] * (1 - activations[index]))
            weights[index] += update if experiment.learning_rate == 1 else experiment.learning_rate * update
    return tuple(weights)


def torch_loop(experiment: Experiment, inputs: Array) -> Weights:
    """Train by PyTorch's automatic differentiation, on the same cores."""
    import torch

    rows, targets = torch.from_numpy(inputs.copy()), torch.from_numpy(experiment.target_columns.copy())
    weights = [torch.tensor(layer, requires_grad=True) for layer in experiment.weights_before]
    loss = []
    for _ in range(experiment.epochs):
        output = rows
        for layer in weights:
            output = torch.sigmoid(output @ layer)
        (0.5 * (targets - output) ** 2).sum().backward()
        loss.append(torch.nn.functional.binary_cross_entropy(output.detach(), targets))
        with torch.no_grad():
            for layer in weights:
                layer.sub_(experiment.learning_rate * layer.grad)
                layer.grad = None
    return tuple(layer.detach().numpy() for layer in weights)


def scikit_learn(experiment: Experiment, inputs: Array) -> Weights:
    """Train a perceptron of the same size as often: by cross-entropy, which is the only one that it knows."""
    perceptron = MLPClassifier(
        experiment.hidden_layers,
        activation="logistic",
        solver="sgd",
        alpha=0,
        batch_size=len(inputs),
        learning_rate_init=experiment.learning_rate,
        momentum=0,
        shuffle=False,
        max_iter=experiment.epochs,
        tol=0,
        n_iter_no_change=experiment.epochs,
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        perceptron.fit(inputs, experiment.dataset.targets)
    return tuple(perceptron.coefs_)


OTHERS: Final[dict[str, Callable[[Experiment, Array], Weights]]] = {
    "the notebook's loop": notebook_loop,
    "scikit-learn": scikit_learn,
    **({"PyTorch": torch_loop} if find_spec("torch") else {}),
}


def tables() -> list[Table]:
    """Measure, and return the tables."""
    return [_beside_others(), _many_seeds(), _memory(), _growth()]


def _beside_others() -> Table:
    rows = []
    for case in CASES:
        run = partial(train, case.experiment)
        inputs = np.ascontiguousarray(case.experiment.inputs)  # row by row, as NumPy makes a table
        ended, cells, times = flat(run().weights), [], []
        for name, other in OTHERS.items():
            if name != "scikit-learn" and not np.allclose(flat(other(case.experiment, inputs)), ended, rtol=1e-9):
                raise AssertionError(f"{name} does not end where `train` does: {case.name}")
            timed = pair(run, partial(other, case.experiment, inputs), case.rounds)
            times.append(timed.one)
            cells.append(f"{timed.ratio:.2f}")
        rows.append((case.name, f"{1e6 * median(times) / case.experiment.epochs:,.1f}", *cells))
    missing = "" if "PyTorch" in OTHERS else " PyTorch is not installed here, so it is left out."
    return Table(
        "Training beside other ways of it",
        ("", "`train`, µs an epoch", *(f"times as fast as {name}" for name in OTHERS)),
        rows,
        "Both losses of every epoch are kept by `train`, one by each other way. The others are given the table row by "
        "row; a `Dataset` keeps a large one column by column. Ratios are medians of pairs timed in "
        f"turn. scikit-learn descends cross-entropy, which is all that it knows.{missing}",
    )


def _many_seeds() -> Table:
    loops = 20
    timed = pair(
        lambda: train_many(NOTEBOOK, range(SEEDS)),
        lambda: [notebook_loop(replace(NOTEBOOK, seed=seed), NOTEBOOK.inputs) for seed in range(loops)],
        ROUNDS,
    )
    return Table(
        "Many seeds",
        ("", "seconds", "times as fast as the notebook's loop, one seed after the other"),
        [(f"{SEEDS:,} seeds of the notebook, 200 epochs", f"{timed.one:.2f}", f"{timed.ratio * SEEDS / loops:.0f}")],
    )


def _memory() -> Table:
    rows = []
    for case in CASES[-2:]:
        inputs, targets = case.experiment.inputs, case.experiment.dataset.targets
        tracemalloc.start()
        train(case.experiment)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        data = inputs.nbytes + targets.nbytes
        rows.append((case.name, f"{data / 2**20:.1f}", f"{peak / 2**20:.1f}", f"{100 * peak / data:.0f}"))
    return Table("Memory beyond the data", ("", "data, MiB", "`train` at its peak, MiB", "% of the data"), rows)


def _growth() -> Table:
    rows = []
    for exponent in range(1, 8):
        count = 10**exponent
        experiment = made(count, 3, max(10, 10**5 // count))  # the last state's losses are an epoch's beyond
        taken = median(seconds(partial(train, experiment)) for _ in range(3)) / experiment.epochs
        rows.append((f"{count:,} × 3", f"{1e6 * taken:,.0f}", f"{1e9 * taken / count:,.0f}"))
    return Table("From ten rows to ten million", ("", "µs an epoch", "ns a row and epoch"), rows)


if __name__ == "__main__":
    sys.stdout.write("\n".join(table.markdown() for table in tables()))

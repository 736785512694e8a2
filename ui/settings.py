"""What the controls say, and the experiment that they make up."""

from dataclasses import dataclass
from typing import TypeAlias, cast

import numpy as np

from core import EXAMPLES, Dataset, Example, Experiment
from core.arrays import Weights
from core.objectives import ObjectiveName
from ui.text import number_text

Cells: TypeAlias = tuple[tuple[str, ...], ...]  # text, row by row

BIAS = "one"


@dataclass(frozen=True)
class Settings:
    """All controls, as the reader left them; what is typed into tables may be wrong for a while."""

    example: str  # the key of the example chosen last
    seed: int
    epochs: int
    learning_rate: float
    objective: ObjectiveName
    hidden_units: int
    bias: bool  # whether a column of ones is added to the inputs
    names: tuple[str, ...]  # of the table's columns, the target last
    rows: Cells  # of the table
    weights: tuple[Cells, ...] | None  # typed starting weights, layer by layer


def settings_of(example: Example) -> Settings:
    """Return the controls that make up an example as published."""
    return settings_from(example.experiment, example.key)


def settings_from(experiment: Experiment, example: str = "notebook") -> Settings:
    """Return the controls that make up an experiment, counted as a variant of an example."""
    dataset = experiment.dataset
    return Settings(
        example=example,
        seed=experiment.seed,
        epochs=experiment.epochs,
        learning_rate=experiment.learning_rate,
        objective=experiment.objective,
        hidden_units=experiment.hidden_units,
        bias=False,
        names=(*dataset.input_names, dataset.target_name),
        rows=rows_of(dataset),
        weights=tuple(map(cells_of, experiment.starting_weights)) if experiment.starting_weights else None,
    )


def rows_of(dataset: Dataset) -> Cells:
    """Return the rows of a data set as the table's cells, the target last."""
    return cells_of(np.column_stack([dataset.inputs, dataset.targets]))


def cells_of(numbers: np.ndarray) -> Cells:
    """Write numbers (rows, columns) as the text of cells, in full."""
    return tuple(tuple(map(number_text, row)) for row in numbers.tolist())


PUBLISHED = {key: settings_of(example) for key, example in EXAMPLES.items()}


def dataset_of(settings: Settings) -> Dataset:
    """Read the table, with the column of ones if it is asked for. Raises `InvalidDataset`."""
    *input_names, target_name = settings.names
    inputs, targets = [list(row[:-1]) for row in settings.rows], [row[-1] for row in settings.rows]
    if settings.bias:
        input_names.append(unused_name(BIAS, settings.names))
        inputs = [[*row, "1"] for row in inputs]
    return Dataset(inputs, targets, input_names, target_name)


def experiment_of(settings: Settings, dataset: Dataset) -> Experiment:
    """Make the experiment on a table that was read. Raises `InvalidExperiment`."""
    return Experiment(
        dataset,
        seed=settings.seed,
        epochs=settings.epochs,
        learning_rate=settings.learning_rate,
        objective=settings.objective,
        hidden_units=settings.hidden_units,
        starting_weights=cast("Weights | None", settings.weights),  # which reads text as well
    )


def neuron_names(hidden_units: int) -> tuple[str, ...]:
    """Return what the neurons are called, the output first."""
    return ("output", *(f"h{unit}" for unit in range(1, hidden_units + 1)))


def unused_name(name: str, taken: tuple[str, ...]) -> str:
    """Return a name that is not taken: `name` itself, or with a number behind it."""
    return next(free for free in (name, *(f"{name}{i}" for i in range(2, len(taken) + 3))) if free not in taken)

"""What the controls say, and the experiment that they make up.

A setting with one value is an entry of `SETTINGS` and a field of `Settings`. The controls, the link, the
saved file and the comparison of runs read the entry; `core.Experiment` takes what has its name.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Final, TypeAlias, cast

import numpy as np

from core import EXAMPLES, Dataset, Example, Experiment, InvalidDataset
from core.arrays import LARGEST_NUMBER, Weights
from core.dataset import column_name
from core.experiment import LARGEST_SEED, Biases, HiddenUnits, batches_of, layers_of, rows_held_out
from core.objectives import ObjectiveName
from ui.kinds import Choice, Kind, Layers, NumberOrWord, RealNumber, Switch, WholeNumber
from ui.session import key
from ui.text import OBJECTIVE_NAMES, count_text, number_text

Cells: TypeAlias = tuple[tuple[str, ...], ...]  # text, row by row

MOST_COLUMNS: Final = 32  # of the table, the targets among them
MOST_TARGETS: Final = 4
MOST_ROWS: Final = 10_000  # of a table from elsewhere
HIDDEN_UNITS: Final = Layers(3, WholeNumber(1, 32))
OWN_TABLE: Final = "Your own table"
LONGEST_TITLE: Final = 60  # characters
BIAS_NAMES: Final = {"none": "none", "learned": "learned", "fixed": "fixed"}


@dataclass(frozen=True)
class Settings:
    """All controls, as the reader left them; what is typed into tables may be wrong for a while."""

    example: str  # the key of the example chosen last
    seed: int
    epochs: int
    learning_rate: float
    objective: ObjectiveName
    hidden_units: HiddenUnits
    biases: Biases
    batch_size: int | None
    standardise: bool
    held_out: float
    scale_targets: bool
    names: tuple[str, ...]  # of the table's columns, the targets last
    targets: int  # how many of the columns
    rows: Cells  # of the table
    weights: tuple[Cells, ...] | None  # typed starting weights, layer by layer
    title: str = ""  # of a table of the reader's own: its file's name, if it came as one

    @property
    def sizes(self) -> tuple[int, ...]:
        """The number of inputs, then of each layer's units."""
        return (len(self.names) - self.targets, *layers_of(self.hidden_units), self.targets)

    @property
    def trained_on(self) -> int:
        """The number of rows that are learned from."""
        return len(self.rows) - rows_held_out(len(self.rows), self.held_out)

    @property
    def updates(self) -> int:
        """The number of updates of all epochs: the run's last state."""
        return self.epochs * batches_of(self.trained_on, self.batch_size)


@dataclass(frozen=True)
class Setting:
    """A setting with one value. Its name is that of the field, of the link's parameter and of the file's part."""

    name: str
    kind: Kind
    label: str  # of its control
    help: str
    header: str  # of its column where runs are compared
    in_words: Callable[[Any], str]  # in the name of a run

    @property
    def key(self) -> str:
        """The control's place in the session state."""
        return key(self.name)


SETTINGS: Final = (
    Setting(
        "seed",
        WholeNumber(0, LARGEST_SEED),
        "Seed",
        "The starting weights are drawn at random. The same seed always draws the same ones.",
        "seed",
        lambda seed: f"seed {seed}",
    ),
    Setting(
        "epochs",
        WholeNumber(1, 100_000),
        "Epochs",
        "How many times every row is learned from: 1 to 100,000.",
        "epochs",
        lambda epochs: count_text(epochs, "epoch"),
    ),
    Setting(
        "objective",
        Choice(OBJECTIVE_NAMES),
        "Objective",
        "What training makes smaller. The notebook's updates make the squared error smaller, though it plots "
        "cross-entropy; the loss chart shows cross-entropy for both.",
        "objective",
        lambda objective: OBJECTIVE_NAMES[objective],
    ),
    Setting(
        "learning_rate",
        RealNumber(0.001, 1000.0),
        "Learning rate",
        "Every update is multiplied by it: 0.001 to 1,000. The notebook has none, which is 1.",
        "learning rate",
        lambda rate: f"learning rate {number_text(rate)}",
    ),
    Setting(
        "hidden_units",
        HIDDEN_UNITS,
        "Hidden units",
        "Neurons between the inputs and the outputs, 0 to 32, in up to three layers one after the other. With none "
        "and one target there is a single neuron, the notebook's.",
        "hidden units",
        lambda units: f"{HIDDEN_UNITS.shown(units)} hidden {'unit' if units == 1 else 'units'}",
    ),
    Setting(
        "biases",
        Choice(BIAS_NAMES),
        "Biases",
        "A bias is added to a neuron's total input, whatever the inputs are. Learned ones are updated like weights, "
        "fixed ones keep their starting values. The notebook has none: its x3, which is always 1, does the same.",
        "biases",
        lambda biases: f"{BIAS_NAMES[biases]} biases" if biases != "none" else "no biases",
    ),
    Setting(
        "batch_size",
        NumberOrWord(WholeNumber(1, MOST_ROWS), "all"),
        "Rows per update",
        "How many rows each update learns from, taken in the table's order, again and again. Left blank: all rows at "
        "once, as in the notebook, and an epoch is one update.",
        "rows per update",
        lambda rows: f"{count_text(rows, 'row') if rows else 'all rows'} per update",
    ),
    Setting(
        "standardise",
        Switch(),
        "Standardise the inputs",
        "Gives the network each input less its column's mean, divided by its standard deviation. Inputs in the "
        "hundreds would make every output 0 or 1, where training stands still. The table keeps its units.",
        "standardised",
        lambda is_on: "standardised inputs" if is_on else "inputs as they are",
    ),
    Setting(
        "held_out",
        RealNumber(0.0, 0.9),
        "Share held out",
        "A share of the rows, drawn by the seed, that training never sees: 0 to 0.9. How far the predictions are from "
        "their targets tells what the network makes of rows that it has not learned from.",
        "held out",
        lambda share: f"{number_text(share)} of the rows held out" if share else "no rows held out",
    ),
    Setting(
        "scale_targets",
        Switch(),
        "Scale the targets to 0 … 1",
        "For amounts, such as prices: the least target of a column becomes 0, the largest 1, and every prediction is "
        "shown in the table's units.",
        "targets scaled",
        lambda is_on: "targets scaled" if is_on else "targets as they are",
    ),
)
OF_DATASET: Final = frozenset({"scale_targets"})  # settings that the data set was made with
BY_NAME: Final = {setting.name: setting for setting in SETTINGS}


def title_of(text: str) -> str:
    """Return what a table is called, from anybody's text: one short line, of whole characters."""
    return column_name(text.encode("utf-8", "ignore").decode())[:LONGEST_TITLE]


def settings_of(example: Example) -> Settings:
    """Return the controls that make up an example as published."""
    return settings_from(example.experiment, example.key)


def settings_from(experiment: Experiment, example: str) -> Settings:
    """Return the controls that make up an experiment, counted as a variant of an example."""
    dataset, weights = experiment.dataset, experiment.starting_weights
    return Settings(
        example=example,
        **{setting.name: getattr(experiment, setting.name) for setting in SETTINGS},
        names=(*dataset.input_names, *dataset.target_names),
        targets=len(dataset.target_names),
        rows=rows_of(dataset),
        weights=tuple(map(cells_of, weights)) if weights else None,
    )


def rows_of(dataset: Dataset) -> Cells:
    """Return the rows of a data set as the table's cells, the targets last."""
    return cells_of(np.column_stack([dataset.inputs, dataset.given_targets]))


def cells_of(numbers: np.ndarray) -> Cells:
    """Write numbers (rows, columns) as the text of cells, in full."""
    return tuple(tuple(map(number_text, row)) for row in numbers.tolist())


def plain(settings: Settings) -> Settings:
    """Return the settings with each number of the tables written as the page writes it, such as 1 for 1.0.

    So those that make the same experiment are equal, and have one link. As in an experiment, a 0 of the
    data has no sign, and one of the weights keeps it; as many rows per update as there are, or more, are all.
    """
    weights = settings.weights and tuple(map(_plain_cells, settings.weights))
    size = settings.batch_size
    return replace(
        settings,
        rows=_plain_cells(settings.rows, zero="0"),
        weights=weights,
        batch_size=size if size and size < settings.trained_on else None,
    )


@lru_cache(maxsize=16)  # the page asks at every click, and a large table takes a while
def _plain_cells(cells: Cells, zero: str | None = None) -> Cells:
    return tuple(tuple(_plain_cell(cell, zero) for cell in row) for row in cells)


def _plain_cell(text: str, zero: str | None) -> str:
    try:
        number = float(text)
    except ValueError:
        return text
    if number == 0 and zero:
        return zero
    return number_text(number) if abs(number) <= LARGEST_NUMBER else text


PUBLISHED: Final = {name: settings_of(example) for name, example in EXAMPLES.items()}


def dataset_of(names: Sequence[str], targets: int, rows: Cells, *, scale_targets: bool = False) -> Dataset:
    """Read the table, whose last columns are the targets. Raises `InvalidDataset`."""
    if len(names) > MOST_COLUMNS:
        raise InvalidDataset(f"There are {len(names)} columns; this page has at most {MOST_COLUMNS}. Leave some out.")
    inputs, outputs = [row[:-targets] for row in rows], [row[-targets:] for row in rows]
    return Dataset(inputs, outputs, names[:-targets], names[-targets:], scale_targets=scale_targets)


def experiment_of(settings: Settings, dataset: Dataset) -> Experiment:
    """Make the experiment on a table that was read. Raises `InvalidExperiment`."""
    return Experiment(
        dataset,
        **{setting.name: getattr(settings, setting.name) for setting in SETTINGS if setting.name not in OF_DATASET},
        starting_weights=cast("Weights | None", settings.weights),  # which reads text as well
    )


def experiment_from(settings: Settings) -> Experiment:
    """Make the experiment that settings say. Raises `InvalidDataset` and `InvalidExperiment`."""
    scale = settings.scale_targets
    return experiment_of(settings, dataset_of(settings.names, settings.targets, settings.rows, scale_targets=scale))

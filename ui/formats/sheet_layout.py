"""Where the numbers of a step stand in its spreadsheet, and how its formulas name them."""

from dataclasses import dataclass
from functools import cached_property
from typing import Final

from ui.formats.opendocument import Look, cell_range, reference
from ui.view import Neuron
from ui.worked.step import Step

RATE, LOSS = (4, 1), (5, 1)  # the cells of the learning rate and of the loss
DATA: Final = 7  # the row in which the data begin
ABOVE, BELOW = 4, 4  # rows of a neuron's table above those of the update, and below them, an empty one among them


@dataclass(frozen=True, eq=False)
class Data:
    """Where the rows of the update stand, and what the network is given of them."""

    step: Step

    @cached_property
    def ends(self) -> list[str]:
        """What is said of columns between their names and their rows."""
        experiment = self.step.run.experiment
        of_inputs = ["mean", "deviation"] if experiment.standardise else []
        of_targets = ["least", "largest"] if experiment.scale_targets else []
        return [*of_inputs, *of_targets]

    def end(self, name: str) -> int:
        """Return the row of one of these."""
        return DATA + 2 + self.ends.index(name)

    @cached_property
    def rows(self) -> range:
        """The rows' places in the sheet."""
        first = DATA + 2 + len(self.ends)
        return range(first, first + len(self.step.batch))

    @property
    def bottom(self) -> int:
        """The row after the data and an empty one."""
        return self.rows.stop + 1

    @property
    def features(self) -> int:
        """The number of inputs."""
        return len(self.step.scaled)

    @cached_property
    def scaled(self) -> list[int]:
        """Which inputs, from 0, are standardised."""
        return [feature for feature, is_scaled in enumerate(self.step.scaled) if is_scaled]

    def given(self, feature: int, place: int) -> str:
        """Return the cell of what the network is given of an input, in one of the update's rows."""
        if feature not in self.scaled:
            return reference(self.rows[place], 1 + feature)
        return reference(self.rows[place], self.first_scaled + self.scaled.index(feature))

    @property
    def first_scaled(self) -> int:
        """The column after the table's own."""
        return 1 + self.features + len(self.step.run.experiment.dataset.target_names)

    def target(self, unit: int, place: int) -> str:
        """Return the cell of what an output should be, in one of the update's rows."""
        is_scaled = self.step.run.experiment.scale_targets
        first = self.first_scaled + len(self.scaled) if is_scaled else 1 + self.features
        return reference(self.rows[place], first + unit)


@dataclass(frozen=True, eq=False)
class NeuronTable:
    """Where the numbers of a neuron stand: its weights, below them its inputs, then the way to δ, then the products."""

    step: Step  # of the neuron
    top: int

    @property
    def weights_row(self) -> int:
        """The row of the weights, each above its input."""
        return self.top + 2

    @cached_property
    def rows(self) -> range:
        """The places in the sheet of the update's rows."""
        return range(self.top + ABOVE, self.top + ABOVE + len(self.step.batch))

    @cached_property
    def columns(self) -> dict[str, int]:
        """The columns between the inputs and the products."""
        names = [*(["y"] if self.step.is_output else []), "z", "a", "e", "s", "δ"]
        return {name: column for column, name in enumerate(names, start=1 + len(self.step.weights))}

    @property
    def first_product(self) -> int:
        """The column of the first input × delta."""
        return 1 + len(self.step.weights) + len(self.columns)

    @property
    def learning(self) -> int:
        """The number of weights that are updated."""
        return len(self.step.weights) - self.step.has_fixed_bias

    @property
    def loss_column(self) -> int:
        """The column of the losses, which outputs have."""
        return self.first_product + self.learning

    @cached_property
    def looks(self) -> list[Look]:
        """The looks of the columns from the first input: the table's numbers in full, results with eight decimals."""
        step = self.step
        in_full = [not is_scaled for is_scaled in step.scaled]
        if step.neuron[0] > 0:
            in_full = [False] * (len(step.weights) - step.has_bias)
        if step.has_bias:
            in_full.append(True)
        if step.is_output:
            in_full.append(not step.run.experiment.scale_targets)
        last = self.loss_column if step.is_output else self.loss_column - 1
        in_full += [False] * (last - len(in_full))
        return ["number" if is_in_full else "result" for is_in_full in in_full]

    def at(self, name: str, place: int) -> str:
        """Return the cell of a number in one of the update's rows."""
        return reference(self.rows[place], self.columns[name])

    def weight(self, place: int) -> str:
        """Return the cell of a weight."""
        return reference(self.weights_row, 1 + place, fixed=True)

    def down(self, column: int) -> str:
        """Return the cells of a column in all the update's rows."""
        return cell_range((self.rows[0], column), (self.rows[-1], column))


@dataclass(frozen=True, eq=False)
class Sheet:
    """Where all numbers stand."""

    data: Data
    tables: dict[Neuron, NeuronTable]

    @property
    def outputs(self) -> list[NeuronTable]:
        """The tables of the outputs."""
        return [table for table in self.tables.values() if table.step.is_output]

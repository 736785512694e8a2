"""The numbers that every row of an update gives a neuron, and what their sums do to its weights."""

from dataclasses import dataclass

from core.arrays import Array
from ui.worked.number import SCALED, Number, Symbol, Worked, number, quoted
from ui.worked.one_row import weights
from ui.worked.step import Step


@dataclass(frozen=True, eq=False)
class StepColumn:
    """One number of every row of the update; of a product, its factors are named."""

    factors: tuple[Symbol, ...]
    numbers: Array  # (rows,)
    is_summed: bool = False

    @property
    def name(self) -> str:
        """The column's name, such as “x1 · δ”."""
        return " · ".join(factor.name for factor in self.factors)

    @property
    def total(self) -> Number:
        """The sum over the rows."""
        return Number(Symbol(self.name, self.factors[-1].role), float(self.numbers.sum()))

    def at(self, row: int) -> Number:
        """Return the number of one row, counted from 0."""
        return Number(self.factors[-1], float(self.numbers[row]))


def columns_of(step: Step) -> list[StepColumn]:
    """Return every intermediate of the neuron for every row of the batch, and each input × delta."""
    unit, ahead, behind, batch = step.neuron[1], step.ahead, step.behind, step.batch
    symbols, d = step.inputs, Symbol("δ", "back")
    given = symbols[:-1] if step.has_bias else symbols
    learning = symbols[:-1] if step.has_fixed_bias else symbols
    columns = [StepColumn((x,), values[batch]) for x, values in zip(given, ahead.inputs.T, strict=False)]
    if step.is_output:
        dataset = step.run.experiment.dataset
        name = f"{dataset.target_names[unit]}{SCALED if dataset.scale_targets else ''}"
        if name != "y" and step.is_taken(name):
            name = quoted(name)
        columns.append(StepColumn((Symbol(name, "target"),), dataset.target_columns[batch, unit]))
    return [
        *columns,
        StepColumn((Symbol("z", "forward"),), ahead.logit[batch, unit]),
        StepColumn((Symbol("a", "forward"),), ahead.activation[batch, unit]),
        StepColumn((Symbol("e", "back"),), behind.error[batch, unit]),
        StepColumn((Symbol("s", "back"),), behind.slope[batch, unit]),
        StepColumn((d,), behind.delta[batch, unit]),
        *(StepColumn((x, d), values, is_summed=True) for x, values in zip(learning, step.products.T, strict=False)),
    ]


@dataclass(frozen=True)
class WeightUpdate:
    """What one weight learns from the rows of the update."""

    old: Number
    total: Number  # of input × delta
    change: Worked
    new: Worked


def updates(step: Step) -> list[WeightUpdate]:
    """Return the update of each of the neuron's weights that are updated."""
    rate, learning = step.run.experiment.learning_rate, len(step.weights) - step.has_fixed_bias
    return [
        _update(old, number("sum", "back", total), float(change), rate)
        for old, total, change in zip(weights(step)[:learning], step.products.sum(axis=0), step.update, strict=False)
    ]


def _update(old: Number, total: Number, by: float, rate: float) -> WeightUpdate:
    terms = (total,) if rate == 1 else (number("learning rate", "rate", rate), total)
    change = Worked("change", number("change", "back", by), " · ".join(["{}"] * len(terms)), terms)
    new = Worked("new weight", Number(old.symbol, old.value + by), "{} + {}", (old, change.number))
    return WeightUpdate(old, total, change, new)

"""A step left to the reader: its numbers in order, which of them a level asks for, and how each comes about.

A level leaves one number more to the reader than the level before, from the last of the step to its first.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final, TypeAlias

import numpy as np

from core import sigmoid
from ui.worked import one_row
from ui.worked.all_rows import WeightUpdate, updates
from ui.worked.number import Number, Worked, number
from ui.worked.step import Step

Calculate: TypeAlias = Callable[[Sequence[float]], float]

QUANTITIES: Final = ("total input", "output", "error", "slope", "delta", "change", "new weight")
OTHER_ROWS: Final = "other rows"  # what the sum of their products is called
MOST_LISTED: Final = 8  # rows of an update whose numbers are given one by one


@dataclass(frozen=True)
class Question:
    """A number of the step: how it comes about, which of its terms are such numbers too, and how to calculate it."""

    worked: Worked
    sources: tuple[str, ...]  # of each term, the quantity that it is; "" for one that is always given
    calculate: Calculate  # from the terms' values

    @property
    def value(self) -> float:
        """The number that is asked for."""
        return self.worked.number.value

    @property
    def values(self) -> list[float]:
        """The terms' values."""
        return [term.value for term in self.worked.terms]


@dataclass(frozen=True, eq=False)
class Exercise:
    """A step, one of the neuron's weights, and the numbers up to what that becomes, in the order they come about."""

    step: Step
    place: int  # of the weight
    update: WeightUpdate  # of the weight
    questions: Mapping[str, Question]  # by quantity

    @property
    def input(self) -> Number:
        """What the weight is multiplied by, in the row that is looked at."""
        return one_row.inputs(self.step)[self.place]

    def value(self, quantity: str) -> float:
        """Return one of the numbers."""
        return self.questions[quantity].value

    def asked(self, level: int) -> list[str]:
        """Return the quantities that are left to the reader, in order: the last `level`, those there are of them."""
        return [name for name in QUANTITIES[-level:] if name in self.questions]


def exercise_of(step: Step) -> Exercise:
    """Return the exercise that a step makes, on the weight that the row does most to."""
    place = _most_changed(step)
    update = updates(step)[place]
    delta = one_row.delta(step)
    questions = {
        "total input": _question(one_row.total_input(step), _sum_of_products),
        "output": _question(one_row.output(step), _squashed, "total input"),
        "error": _error(step),
        "slope": _question(one_row.slope(step), _slope, "output", "output"),
        "delta": _question(delta, math.prod, "error", "slope"),
        "change": _change(step, place, update),
        "new weight": _question(update.new, sum, "", "change"),
    }
    if len(delta.terms) == 1:
        del questions["slope"]
    return Exercise(step, place, update, questions)


def listed_rows(step: Step) -> list[int]:
    """Return the rows of the update, counted from 0, whose numbers are given one by one; of many only one."""
    rows: list[int] = step.batch.tolist()
    if len(rows) <= MOST_LISTED:
        return rows
    return [step.row] if step.row in rows else rows[:1]


def _most_changed(step: Step) -> int:
    """Return the place of the weight that the row changes most, else the update; a bias only if nothing else is."""
    learning = len(step.weights) - step.has_fixed_bias
    inputs = len(step.weights) - step.has_bias
    of_row = step.products[step.batch == step.row]
    wanted = np.abs(of_row[0] if len(of_row) else step.update)
    place = int(np.argmax(wanted[:inputs]))
    return place if wanted[place] or learning == inputs else inputs


def _question(worked: Worked, calculate: Calculate, *sources: str) -> Question:
    """Return a question; terms without a source are given."""
    given = len(worked.terms)
    return Question(worked, (*sources, *[""] * given)[:given], calculate)


def _error(step: Step) -> Question:
    error = one_row.error(step)
    return _question(error, _difference, "", "output") if step.is_output else _question(error, _sum_of_products)


def _change(step: Step, place: int, update: WeightUpdate) -> Question:
    """Return the change as the sum over the rows, of which the listed ones are given as input and delta."""
    rows, unit, rate = listed_rows(step), step.neuron[1], step.run.experiment.learning_rate
    terms: list[Number] = []
    for row in rows:
        terms.append(Number(step.inputs[place], float(step.ahead.inputs[row, place])))
        terms.append(number("δ", "back", step.behind.delta[row, unit]))
    sources = [source for row in rows for source in ("", "delta" if row == step.row else "")]
    products = ["{} · {}"] * len(rows)
    if len(rows) < len(step.batch):
        terms.append(number(OTHER_ROWS, "back", step.products[~np.isin(step.batch, rows), place].sum()))
        products.append("{}")
    formula, has_rate = " + ".join(products), rate != 1
    if has_rate:
        terms, sources = [number("learning rate", "rate", rate), *terms], ["", *sources]
        formula = f"{{}} · ({formula})"
    worked = Worked("change", update.change.number, formula, tuple(terms))
    return _question(worked, partial(_learned, has_rate=has_rate), *sources)


def _sum_of_products(values: Sequence[float]) -> float:
    """Add up the products of each two; an odd last one stands alone."""
    pairs = zip(values[::2], values[1::2], strict=False)
    return math.fsum([*(one * other for one, other in pairs), *values[len(values) // 2 * 2 :]])


def _squashed(values: Sequence[float]) -> float:
    return float(sigmoid(values[0]))


def _difference(values: Sequence[float]) -> float:
    return values[0] - values[1]


def _slope(values: Sequence[float]) -> float:
    return values[0] * (1 - values[1])


def _learned(values: Sequence[float], *, has_rate: bool) -> float:
    return values[0] * _sum_of_products(values[1:]) if has_rate else _sum_of_products(values)

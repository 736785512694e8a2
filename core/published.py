"""Numbers as their source printed them, beside what a run gives."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property, partial

import numpy as np

from core.arrays import Array
from core.experiment import Experiment
from core.network import forward
from core.training import Run


@dataclass(frozen=True)
class Published:
    """One number as its source printed it, and how a run gives it."""

    label: str
    printed: str  # a decimal number, to the digits of the source
    value: Callable[[Run], float]  # of a run with the example's inputs, rows and hidden units
    state: int = 0  # that the run must reach for `value` to exist


def listed(
    printed: Iterable[tuple[str, str]], numbers: Callable[[Run], Array], state: int = 0
) -> tuple[Published, ...]:
    """Return several numbers, each given as its label and its printed text, that `numbers` gives in this order."""

    def value(run: Run, index: int) -> float:
        return float(numbers(run)[index])

    return tuple(
        Published(label, text, partial(value, index=index), state) for index, (label, text) in enumerate(printed)
    )


def answer(run: Run, row: Sequence[float]) -> float:
    """Return what a run's first output says to a row (features,) that need not be in the table, in its units."""
    return float(forward(run.experiment.given(np.array([row])), run.weights)[-1].activation[0, 0])


@dataclass(frozen=True)
class Example:
    """An experiment, where it comes from and what was published about it."""

    key: str  # short and lower-case, for links
    title: str
    source: str
    url: str | None
    note: str  # what to look for
    experiment: Experiment
    published: tuple[Published, ...] = ()
    question: tuple[float, ...] = ()  # a row that its source asks about, if it does


@dataclass(frozen=True)
class Comparison:
    """A published number beside the one computed."""

    label: str
    printed: str
    computed: float | None  # None where the run has no such number

    @property
    def printed_digits(self) -> int:
        """The significant digits of the printed number: 7 of 0.07553274, 6 of 15.0429."""
        return len(Decimal(self.printed).as_tuple().digits)

    @cached_property
    def digits(self) -> int:
        """How many of the printed digits the computed number agrees with.

        These are the first n significant digits of the printed number, for the largest n at which the
        printed and the computed number, both rounded at the place of the n-th, are equal; 0 if there is
        no such n, or no computed number. A number exactly between two others is rounded to the even one.
        """
        if self.computed is None:
            return 0
        printed, computed = Fraction(self.printed), Fraction(self.computed)
        decimals = len(self.printed.partition(".")[2])
        for dropped in range(self.printed_digits):
            if round(printed, decimals - dropped) == round(computed, decimals - dropped):
                return self.printed_digits - dropped
        return 0

    @property
    def agrees(self) -> bool:
        """Whether the computed number, rounded as the printed one is, equals it."""
        return self.digits == self.printed_digits


def compare(example: Example, run: Run) -> tuple[Comparison, ...]:
    """Compare an example's published numbers with those of a run, be it of the same experiment or a changed one.

    A run with another number of rows, or weights of other shapes, has none of them, and a shorter run
    lacks those of later states.
    """
    own, given = example.experiment, run.experiment
    same_sizes = (given.inputs.shape, given.shapes) == (own.inputs.shape, own.shapes)

    def computed(number: Published) -> float | None:
        return number.value(run) if same_sizes and number.state <= given.updates else None

    return tuple(Comparison(number.label, number.printed, computed(number)) for number in example.published)

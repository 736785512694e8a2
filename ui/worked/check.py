"""What is said of the numbers that a reader types in an exercise."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from ui.text import HUGE
from ui.worked.exercise import Exercise, Question
from ui.worked.slips import Slip, slips_in

Kind: TypeAlias = Literal["right", "rounded", "slip", "short", "follows", "wrong"]

LAST_SHOWN: Final = 1e-8  # by which a number that is shown with eight decimals may be off
FEWEST_DECIMALS: Final = 2  # that who rounds on the way is taken to have kept
MOST_OFF: Final = 0.05  # of the number, by which rounding on the way may have made it wrong


@dataclass(frozen=True)
class Verdict:
    """Whether a number is right.

    - "right": to the decimals that are asked.
    - "rounded": right but for terms that were rounded; it counts.
    - "slip": what comes out of a known slip, `slip`.
    - "short": right to fewer decimals than are asked, `decimals`.
    - "follows": rightly worked out from numbers that are not right, `wrong`.
    - "wrong": none of these.
    """

    kind: Kind
    slip: Slip | None = None
    decimals: int = 0
    wrong: tuple[str, ...] = ()

    @property
    def counts(self) -> bool:
        """Whether the number is taken as right."""
        return self.kind in {"right", "rounded"}


def check(exercise: Exercise, typed: Mapping[str, float], decimals: int) -> dict[str, Verdict]:
    """Return what is to be said of each number that is typed, by quantity."""
    verdicts: dict[str, Verdict] = {}
    counted: dict[str, float] = {}
    wrong: dict[str, float] = {}
    for quantity, question in exercise.questions.items():
        if quantity in typed:
            answer = _Answer(exercise, question, typed[quantity], decimals, counted, wrong)
            verdicts[quantity] = next(filter(None, (judge(answer) for judge in JUDGES)), Verdict("wrong"))
            (counted if verdicts[quantity].counts else wrong)[quantity] = typed[quantity]
    return verdicts


def last_place(value: float, decimals: int) -> float:
    """Return what a 1 in the last decimal of a number is worth; a huge one is written with a power of ten."""
    power = math.floor(math.log10(abs(value))) if abs(value) >= HUGE else 0
    return float(10.0 ** (power - decimals))


def decimals_right(number: float, value: float, decimals: int) -> int:
    """Return to how many decimals, fewer than are asked, a number is a value that was rounded; 0 if it is not."""
    for fewer in reversed(range(1, decimals)):
        if number and math.isclose(number, round(value, fewer), rel_tol=1e-12):
            return fewer
    return 0


@dataclass(frozen=True)
class _Answer:
    """A number that was typed, what it was typed for, and what was typed for the numbers before it."""

    exercise: Exercise
    question: Question
    number: float
    decimals: int
    counted: Mapping[str, float]  # by quantity, what is right
    wrong: Mapping[str, float]  # and what is not

    @property
    def place(self) -> float:
        """What a 1 in the last decimal asked for is worth."""
        return last_place(self.question.value, self.decimals)

    @property
    def shown_error(self) -> float:
        """By how much a number may be off that is worked out from numbers with eight decimals."""
        return LAST_SHOWN * (1 + sum(map(abs, self.question.values)))

    def is_(self, value: float) -> bool:
        """Tell whether the number is a value, rounded to the decimals asked for."""
        return abs(self.number - value) <= 0.5 * self.place + self.shown_error

    def is_from(self, typed: Mapping[str, float], kept: int | None = None) -> bool:
        """Tell whether the number comes of what was typed and of the other terms, these rounded to `kept` decimals."""
        terms = zip(self.question.sources, self.question.values, strict=True)
        values = [typed.get(source, value if kept is None else round(value, kept)) for source, value in terms]
        return self.is_(self.question.calculate(values))


def _right(answer: _Answer) -> Verdict | None:
    return Verdict("right") if answer.is_(answer.question.value) else None


def _from_rounded(answer: _Answer) -> Verdict | None:
    """Take what comes of the reader's own right numbers, which are rounded."""
    return Verdict("rounded") if answer.is_from(answer.counted) else None


def _slip(answer: _Answer) -> Verdict | None:
    """Tell a slip by its number, unless that is the right one, as where what was forgotten is 1."""
    for slip, number in slips_in(answer.exercise, answer.question.worked.name):
        is_told_apart = abs(number - answer.question.value) > answer.place
        if is_told_apart and abs(answer.number - number) <= answer.place + answer.shown_error:
            return Verdict("slip", slip=slip)
    return None


def _rounded_on_the_way(answer: _Answer) -> Verdict | None:
    """Take what comes of terms that are rounded first, to as many decimals as are asked for or less."""
    value = answer.question.value
    if abs(answer.number - value) > MOST_OFF * abs(value):
        return None
    kept = range(FEWEST_DECIMALS, answer.decimals + 1)
    return Verdict("rounded") if any(answer.is_from(answer.counted, decimals) for decimals in kept) else None


def _short(answer: _Answer) -> Verdict | None:
    decimals = decimals_right(answer.number, answer.question.value, answer.decimals)
    return Verdict("short", decimals=decimals) if decimals else None


def _follows(answer: _Answer) -> Verdict | None:
    wrong = tuple(dict.fromkeys(source for source in answer.question.sources if source in answer.wrong))
    return Verdict("follows", wrong=wrong) if wrong and answer.is_from({**answer.counted, **answer.wrong}) else None


JUDGES: Final = (_right, _from_rounded, _slip, _short, _rounded_on_the_way, _follows)  # the first that knows says it

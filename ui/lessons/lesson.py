"""The shape of a lesson: steps, each with a sentence or two, what it opens, and a question.

No answer is written down: each is computed from the run that is asked about.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final, TypeAlias

from core import Run, rows_right
from ui.settings import Settings, plain
from ui.text import count_text, escape, exact_text, rounded_text
from ui.typed_number import NoNumber, read_number
from ui.view import View
from ui.worked.check import LAST_SHOWN, decimals_right, last_place

NOT_YET: Final = "Not yet."
YES, NO = "yes", "no"


@dataclass(frozen=True)
class HowMuch:
    """A question that a number answers, to `decimals` decimals; to none, it is whole."""

    asks: str
    answer: Callable[[Run], float]
    hint: str
    because: str = ""  # said of a right answer
    decimals: int = 4


@dataclass(frozen=True)
class OneOf:
    """A question that one of a few choices answers."""

    asks: str
    choices: tuple[str, ...]
    answer: Callable[[Run], str]
    hint: str
    because: str = ""


@dataclass(frozen=True)
class Prediction:
    """What a change of the settings will do: one of a few choices, of the run that is shown and of the changed one."""

    asks: str
    choices: tuple[str, ...]
    answer: Callable[[Run, Run], str]
    because: str
    change: Mapping[str, Any]


Question: TypeAlias = HowMuch | OneOf | Prediction


@dataclass(frozen=True)
class LessonStep:
    """A step: what it says, in Markdown, what it opens, and what it asks."""

    text: str
    settings: Settings
    question: Question
    view: View = field(default_factory=View)

    @property
    def change(self) -> Mapping[str, Any]:
        """What is changed of the settings for a prediction, else nothing."""
        return self.question.change if isinstance(self.question, Prediction) else {}

    @property
    def tab(self) -> str | None:
        """The tab that it is about; None where it opens nothing of its own."""
        return None if self.view == View() else self.view.tab

    def before(self, settings: Settings) -> Settings:
        """Return the settings without the change, whether the page shows it by now or not."""
        return replace(settings, **{name: getattr(self.settings, name) for name in self.change})

    def changed(self, settings: Settings) -> Settings:
        """Return the settings with the change."""
        return replace(settings, **self.change)

    def looked_at(self, view: View) -> View:
        """Return a view with the tab and the place that the step opens; all else stays as the reader has it."""
        own = self.view
        return replace(view, tab=own.tab, state=own.state, row=own.row, neuron=own.neuron)

    def is_about(self, settings: Settings) -> bool:
        """Tell whether the question fits a run: one of the same experiment but for the seed and what is changed."""
        return _but_for_seed(self.changed(settings)) == _but_for_seed(self.changed(self.settings))


@dataclass(frozen=True)
class Lesson:
    """A lesson: `key` in the link, what it is called and about, and its steps."""

    key: str
    title: str
    about: str
    steps: tuple[LessonStep, ...]

    def nearest(self, number: int) -> int:
        """Return the number of a step that there is, counted from 1."""
        return min(max(number, 1), len(self.steps))


@dataclass(frozen=True)
class Reply:
    """Whether an answer is right, what is said of it, in Markdown, and whether it was put in for the reader."""

    is_right: bool
    text: str
    is_shown: bool = False


def all_right(_run: Run, changed: Run) -> str:
    """Answer the prediction whether the changed run has all rows right in the end."""
    return YES if rows_right(changed.after, changed.experiment.dataset.targets).all() else NO


def right_answer(question: Question, run: Run, changed: Run) -> float | str:
    """Compute the answer from the run, that of a prediction also from the changed one."""
    return question.answer(run, changed) if isinstance(question, Prediction) else question.answer(run)


def answer_text(question: Question, answer: float | str) -> str:
    """Return an answer as a reader would give it."""
    if isinstance(answer, str):
        return answer
    return rounded_text(answer, question.decimals if isinstance(question, HowMuch) else 0)


def as_shown(question: Question, right: float | str) -> Reply:
    """Return what is to be said of the right answer where the reader was shown it."""
    text = _exact(question, float(right)) if isinstance(question, HowMuch) else right
    return Reply(is_right=True, text=_joined(f"Shown: {text}.", question.because), is_shown=True)


def judge(question: Question, given: str, right: float | str, *, with_hint: bool = True) -> Reply:
    """Return what is to be said of what was typed or chosen."""
    if isinstance(question, HowMuch):
        return _judge_number(question, given, float(right), with_hint=with_hint)
    is_right = given == right
    if isinstance(question, Prediction):
        found = "So it is" if is_right else "It turns out otherwise"
        return Reply(is_right, f"{found}: {right}. {question.because}")
    if is_right:
        return Reply(is_right, _joined("Right.", question.because))
    return Reply(is_right, _joined(NOT_YET, question.hint if with_hint else ""))


def _judge_number(question: HowMuch, given: str, right: float, *, with_hint: bool) -> Reply:
    try:
        number = read_number(given)
    except NoNumber as problem:
        return Reply(is_right=False, text=escape(f"Here {problem}"))
    half = 0.5 * last_place(right, question.decimals) if question.decimals else 0
    if abs(number - right) <= half + LAST_SHOWN:
        return Reply(is_right=True, text=_joined(f"Right: {_exact(question, right)}.", question.because))
    if decimals := decimals_right(number, right, question.decimals):
        return Reply(
            is_right=False, text=f"Right to {count_text(decimals, 'decimal')}; {question.decimals} are asked for."
        )
    return Reply(is_right=False, text=_joined(NOT_YET, question.hint if with_hint else ""))


def _exact(question: HowMuch, right: float) -> str:
    return exact_text(right) if question.decimals else rounded_text(right, 0)


def _joined(*sentences: str) -> str:
    return " ".join(filter(None, sentences))


def _but_for_seed(settings: Settings) -> Settings:
    return replace(plain(settings), seed=0, example="", title="")

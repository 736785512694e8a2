"""What of a run is looked at.

A choice of the reader's that travels in the link is an entry of `VIEW_SETTINGS` and a field of `View`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final, TypeAlias

from core.arrays import LARGEST_NUMBER
from core.dataset import column_name
from ui.hideable import HIDEABLE
from ui.kinds import Choice, NamedNumbers, NumberOrWord, Some, ViewKind, WholeNumber
from ui.names import OUTPUT, neuron_choices
from ui.session import key
from ui.settings import Settings

MOST_LEVELS: Final = 7  # of an exercise: as many as it has numbers
MOST_DECIMALS: Final = 8  # that an answer needs
MOST_EXERCISES: Final = 9999  # small networks, each with a seed of its own

Neuron: TypeAlias = tuple[int, int]  # layer and unit, from 0
RELIEFS: Final = {"contours": "contours", "surface": "a surface"}
SCALES: Final = {"linear": "linear", "log": "logarithmic"}
AXES: Final = {"linear": "linear axis", "log": "log axis"}

LESSON_KEYS: Final = Choice({name: name for name in ("none", "start", "hidden", "wrong")})
LESSON_STEPS: Final = WholeNumber(1, 12)
COMPARED: Final = Choice({"seeds": "Many seeds", "sweep": "A sweep", "kept": "Kept runs"})
SEEDS: Final = WholeNumber(2, 1_000)
SWEPT: Final = Choice({"learning_rate": "learning rate", "hidden_units": "hidden units"})

PRACTICES: Final = Choice({"step": "Work a step", "predict": "Predict, then see"})
GUESSES: Final = Choice(
    {
        "loss": "how the loss goes",
        "row": "which row ends worst",
        "largest": "which weight ends largest",
        "moved": "which weight moves furthest",
    }
)
PREDICTIONS: Final = WholeNumber(1, 9999)
CHANGES: Final = {
    "learning_rate": "the learning rate",
    "hidden_units": "the hidden units",
    "objective": "the objective",
    "epochs": "the epochs",
    "seed": "the seed",
}


@dataclass(frozen=True)
class View:
    """What the reader has chosen to look at, as a link says it: rows and weights from 1, a neuron by its name."""

    tab: str = "step"
    state: int = 0
    row: int = 1
    neuron: str = OUTPUT  # or the first of several
    input_across: int = 0  # that varies from left to right, counted from 1; 0 is the one that tells the targets best
    input_up: int = 0  # that varies upwards; 0 is the one of the others that tells the targets best
    other_inputs: str = "row"  # what they are held at
    picture: str = "largest"  # which of several outputs is drawn
    asked: tuple[tuple[str, float], ...] = ()  # the row asked about, input by input; () is the question of the source
    level: int = 1  # of the exercises
    decimals: int = 4  # that their answers need
    exercise: int = 0  # the seed of a small network to work through; 0 is the run that is shown
    weight_across: int | None = None  # the weights whose landscape is drawn: in the order of the arrays, or those that
    weight_up: int | None = None  # moved most
    relief: str = "contours"
    scale: str = "linear"
    turn: int = 30  # degrees, of the surface
    compare: str = "seeds"  # what is compared
    seeds: int = 100  # how many are
    sweep: str = "learning_rate"  # the setting that is swept over
    axis: str = "linear"  # of losses
    practice: str = "step"  # what the reader does in Your turn
    change: str = "learning_rate"  # the setting whose change is predicted
    guess: str = "loss"  # what of it is
    prediction: int = 1  # which value it changes to, and in which order there is to choose
    lesson: str = "none"
    lesson_step: int = 1
    hide: tuple[str, ...] = ()  # what the page does without


@dataclass(frozen=True)
class ViewSetting:
    """One such choice. Its name is that of the field and of the link's parameter; the field's default is left out."""

    name: str
    kind_in: Callable[[Settings], ViewKind]  # the values that there are in the run of some settings

    @property
    def key(self) -> str:
        """The control's place in the session state."""
        return key(self.name)

    @property
    def default(self) -> Any:  # noqa: ANN401 - of the setting's kind
        """What is looked at unless something is chosen."""
        return getattr(View, self.name)

    def nearest(self, value: Any, settings: Settings) -> Any:  # noqa: ANN401
        """Return a value that there is in the run of `settings`: this one, the nearest number, or the default."""
        kind = self.kind_in(settings)
        if kind.has(value):
            return value
        return min(max(value, kind.least), kind.most) if isinstance(kind, WholeNumber) else self.default


def _neurons(settings: Settings) -> Choice:
    return Choice({name: name for name in [OUTPUT, *neuron_choices(settings.sizes)]})


def _weights(settings: Settings) -> NumberOrWord:
    has_biases = settings.biases != "none"
    count = sum((inputs + has_biases) * units for inputs, units in pairwise(settings.sizes))
    return NumberOrWord(WholeNumber(1, max(1, count)), "moved-most")


def _asked(settings: Settings) -> NamedNumbers:
    return NamedNumbers(tuple(map(column_name, settings.names[: -settings.targets])), LARGEST_NUMBER)


def _input(settings: Settings) -> WholeNumber:
    return WholeNumber(0, max(0, len(settings.names) - settings.targets))


def changes(settings: Settings) -> Choice:
    """Return what there is to change: typed weights fit one network, and need no seed."""
    kept = {"hidden_units", "seed"} if settings.weights is not None else set()
    return Choice({name: text for name, text in CHANGES.items() if name not in kept})


OTHER_INPUTS: Final = Choice({"row": "as in the row looked at", "mean": "their means", "asked": "as in the row asked"})
PICTURE: Final = Choice({"largest": "the largest output", "neuron": "the neuron looked at"})

VIEW_SETTINGS: Final = (
    ViewSetting("state", lambda settings: WholeNumber(0, settings.updates)),
    ViewSetting("row", lambda settings: WholeNumber(1, max(1, len(settings.rows)))),
    ViewSetting("neuron", _neurons),
    ViewSetting("input_across", _input),
    ViewSetting("input_up", _input),
    ViewSetting("other_inputs", lambda _settings: OTHER_INPUTS),
    ViewSetting("picture", lambda _settings: PICTURE),
    ViewSetting("asked", _asked),
    ViewSetting("level", lambda _: WholeNumber(View.level, MOST_LEVELS)),
    ViewSetting("decimals", lambda _: WholeNumber(View.decimals, MOST_DECIMALS)),
    ViewSetting("exercise", lambda _: WholeNumber(0, MOST_EXERCISES)),
    ViewSetting("weight_across", _weights),
    ViewSetting("weight_up", _weights),
    ViewSetting("relief", lambda _settings: Choice(RELIEFS)),
    ViewSetting("scale", lambda _settings: Choice(SCALES)),
    ViewSetting("turn", lambda _settings: WholeNumber(0, 360)),
    ViewSetting("compare", lambda _settings: COMPARED),
    ViewSetting("seeds", lambda _settings: SEEDS),
    ViewSetting("sweep", lambda _settings: SWEPT),
    ViewSetting("axis", lambda _settings: Choice(AXES)),
    ViewSetting("practice", lambda _settings: PRACTICES),
    ViewSetting("change", changes),
    ViewSetting("guess", lambda _settings: GUESSES),
    ViewSetting("prediction", lambda _settings: PREDICTIONS),
    ViewSetting("lesson", lambda _settings: LESSON_KEYS),
    ViewSetting("lesson_step", lambda _settings: LESSON_STEPS),
    ViewSetting("hide", lambda _settings: Some(tuple(HIDEABLE))),
)


@dataclass(frozen=True)
class Place:
    """Where in a run that is: state k, a row counted from 0, a neuron by its place."""

    k: int
    row: int
    neuron: Neuron

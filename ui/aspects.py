"""In what two runs can differ, and how that is said."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from core import EXAMPLES
from ui.settings import PUBLISHED, SETTINGS, Setting, Settings, plain

CHANGED_TABLE: Final = "changed table"


@dataclass(frozen=True)
class Aspect:
    """One thing in which two runs can differ."""

    header: str
    value: Callable[[Settings], object]  # equal if the runs do not differ in it
    cell: Callable[[Settings], str]  # below the header
    label: Callable[[Settings], str]  # in a name


def differing(settings: Sequence[Settings]) -> list[Aspect]:
    """Return what is not the same in all settings."""
    return [aspect for aspect in ASPECTS if any(aspect.value(one) != aspect.value(settings[0]) for one in settings)]


def changes(settings: Settings) -> list[str]:
    """Say in what settings differ from the example that they began with."""
    labels = [aspect.label(settings) for aspect in differing([settings, PUBLISHED[settings.example]])]
    return ["the table" if label == CHANGED_TABLE else label for label in labels]


def _data(settings: Settings) -> str:
    if settings.title:
        return settings.title
    published = PUBLISHED[settings.example]
    return EXAMPLES[settings.example].title if _table(settings) == _table(published) else CHANGED_TABLE


def _table(settings: Settings) -> tuple[object, ...]:
    return settings.names, settings.targets, plain(settings).rows


def _source_of_weights(settings: Settings) -> object:
    # A seed draws nothing where the weights are typed, but for the rows held out.
    if settings.weights is None:
        return settings.seed
    return plain(settings).weights, settings.seed if settings.held_out else None


def _start(settings: Settings) -> str:
    if settings.weights is None:
        return f"seed {settings.seed}"
    as_published = plain(settings).weights == PUBLISHED[settings.example].weights
    weights = EXAMPLES[settings.example].title if as_published else "typed weights"
    return f"{weights}, rows of seed {settings.seed}" if settings.held_out else weights


def _aspect(setting: Setting) -> Aspect:
    def value(settings: Settings) -> Any:  # noqa: ANN401 - of the setting's kind
        return getattr(plain(settings), setting.name)

    return Aspect(
        setting.header,
        value,
        lambda settings: setting.kind.shown(value(settings)),
        lambda settings: setting.in_words(value(settings)),
    )


ASPECTS: Final = (
    Aspect("data", _table, _data, _data),
    Aspect("starting weights", _source_of_weights, _start, _start),
    *(_aspect(setting) for setting in SETTINGS if setting.name != "seed"),  # which the starting weights tell
)

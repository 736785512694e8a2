"""What of a run is looked at.

A choice of the reader's that travels in the link is an entry of `VIEW_SETTINGS` and a field of `View`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from ui.kinds import Choice, Kind, WholeNumber
from ui.names import OUTPUT, neuron_choices
from ui.session import key
from ui.settings import Settings

Neuron: TypeAlias = tuple[int, int]  # layer and unit, from 0

COMPARED: Final = Choice({"seeds": "Many seeds", "sweep": "A sweep", "kept": "Kept runs"})
SEEDS: Final = WholeNumber(2, 1_000)
SWEPT: Final = Choice({"learning_rate": "learning rate", "hidden_units": "hidden units"})


@dataclass(frozen=True)
class View:
    """What the reader has chosen to look at, as a link says it: rows from 1, a neuron by its name."""

    tab: str = "step"
    state: int = 0
    row: int = 1
    neuron: str = OUTPUT  # or the first of several
    compare: str = "seeds"  # what is compared
    seeds: int = 100  # how many are
    sweep: str = "learning_rate"  # the setting that is swept over


@dataclass(frozen=True)
class ViewSetting:
    """One such choice. Its name is that of the field and of the link's parameter; the field's default is left out."""

    name: str
    kind_in: Callable[[Settings], Kind]  # the values that there are in the run of some settings

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


VIEW_SETTINGS: Final = (
    ViewSetting("state", lambda settings: WholeNumber(0, settings.updates)),
    ViewSetting("row", lambda settings: WholeNumber(1, max(1, len(settings.rows)))),
    ViewSetting("neuron", _neurons),
    ViewSetting("compare", lambda _settings: COMPARED),
    ViewSetting("seeds", lambda _settings: SEEDS),
    ViewSetting("sweep", lambda _settings: SWEPT),
)


@dataclass(frozen=True)
class Place:
    """Where in a run that is: state k, a row counted from 0, a neuron by its place."""

    k: int
    row: int
    neuron: Neuron

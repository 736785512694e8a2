"""An address that opens the very experiment: what is written into it, and what is read from anybody's.

Whatever equals the chosen example is left out, so that the bare address is the notebook, and every
address stays as short and as readable as it can be.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Final, TypeVar

from core.experiment import LARGEST_SEED
from core.messages import shown
from core.objectives import OBJECTIVES
from ui.formats.table_text import InvalidTableText, decode_layers, decode_table, encode_layers, encode_table
from ui.settings import PUBLISHED, Cells, Settings, neuron_names
from ui.text import number_text

Value = TypeVar("Value")
Choice = TypeVar("Choice", bound=str)

VERSION: Final = "1"
MOST_EPOCHS: Final = 100_000
MOST_HIDDEN_UNITS: Final = 16
LEARNING_RATES: Final = (0.001, 1000.0)
LONGEST_PART: Final = 20_000  # characters of a table; a server reads addresses up to about 64,000
NOT_HERE: Final = "not-in-the-link"
FROM_SEED, UNTOUCHED = "seed", "own"  # starting weights: not typed; to be typed, but none is yet
MOST_PROBLEMS: Final = 5
TABS: Final = {
    "step": "Step through",
    "watch": "Watch it learn",
    "truth": "The truth about the delta",
    "ask": "Ask it",
    "compare": "Side by side",
    "take": "Share and take home",
}


@dataclass(frozen=True)
class View:
    """What of a run is looked at."""

    tab: str = "step"
    state: int = 0
    row: int = 1
    neuron: str = "output"


class Unreadable(ValueError):
    """A parameter that cannot be read; the message completes “seed: …”."""


def to_query(settings: Settings, view: View) -> dict[str, str]:
    """Return the parameters of the address, in a fixed order, none for what is as published."""
    return settings_query(settings) | view_query(view)


def settings_query(settings: Settings) -> dict[str, str]:
    """Return the parameters that say what the experiment is."""
    published = PUBLISHED[settings.example]
    written = {name: write(getattr(settings, name)) for name, (write, _) in SETTINGS.items()}
    query = {"example": settings.example} if settings.example != DEFAULT.example else {}
    query |= {name: text for name, text in written.items() if getattr(settings, name) != getattr(published, name)}
    if (settings.names, settings.rows) != (published.names, published.rows):
        query["table"] = _part(encode_table, settings.names, settings.rows)
    return query


def view_query(view: View) -> dict[str, str]:
    """Return the parameters that say what is looked at."""
    return {name: str(value) for name, value in vars(view).items() if value != getattr(View, name)}


def from_query(query: Mapping[str, str], current: Settings | None = None) -> tuple[Settings, View, list[str]]:
    """Read an address: what it says, and a line about each parameter that could not be read.

    What is missing or unreadable is as published. A table too large for an address is taken from
    `current`, where there is one.
    """
    problems: list[str] = []
    version = query.get("v", VERSION)
    if version != VERSION:
        problems.append(f"v: the link has version {_quoted(version)}, and this page reads version {VERSION}.")
    settings = PUBLISHED[_read(query, "example", _example, DEFAULT.example, problems)]
    for name, (_, read) in SETTINGS.items():
        if name in query:
            settings = replace(settings, **{name: _read(query, name, read, getattr(settings, name), problems)})
    if query.get("table") == NOT_HERE and current:
        settings = replace(settings, names=current.names, rows=current.rows)
    elif "table" in query:
        names, rows = _read(query, "table", _table, (settings.names, settings.rows), problems)
        settings = replace(settings, names=names, rows=rows)
    view = View(
        tab=_read(query, "tab", _one_of(TABS), View.tab, problems),
        state=_read(query, "state", _whole_number(0, settings.epochs), View.state, problems),
        row=_read(query, "row", _whole_number(1, max(1, len(settings.rows))), View.row, problems),
        neuron=_read(query, "neuron", _one_of(neuron_names(settings.hidden_units)), View.neuron, problems),
    )
    problems += [f"{_quoted(name)} is no parameter of this page." for name in query if name not in KNOWN]
    return settings, view, _few(problems)


def _read(
    query: Mapping[str, str], name: str, read: Callable[[str], Value], otherwise: Value, problems: list[str]
) -> Value:
    if name not in query:
        return otherwise
    try:
        return read(query[name])
    except (Unreadable, InvalidTableText) as error:
        problems.append(f"{name}: {error}")
        return otherwise


def _whole_number(least: int, most: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        is_number = text.isascii() and text.isdecimal() and len(text) <= len(str(most))
        if not is_number or not least <= int(text) <= most:
            raise Unreadable(f"{_quoted(text)} is not a whole number from {least:,} to {most:,}.")
        return int(text)

    return read


def _learning_rate(text: str) -> float:
    least, most = LEARNING_RATES
    try:
        rate = float(text)
    except ValueError:
        rate = 0.0
    if not least <= rate <= most:
        raise Unreadable(f"{_quoted(text)} is not a number from {least} to {most:,.0f}.")
    return rate


def _one_of(choices: Iterable[Choice]) -> Callable[[str], Choice]:
    def read(text: str) -> Choice:
        for choice in choices:
            if choice == text:
                return choice
        raise Unreadable(f"{_quoted(text)} is not one of {', '.join(choices)}.")

    return read


def _example(text: str) -> str:
    if text not in PUBLISHED:
        raise Unreadable(f"{_quoted(text)} is not an example of this page.")
    return text


def _switch(text: str) -> bool:
    return _one_of(("0", "1"))(text) == "1"


def _table(text: str) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    if text == NOT_HERE:
        raise Unreadable("the table was too large for a link. Ask for the experiment as a file.")
    return decode_table(text)


def _weights_text(weights: tuple[Cells, ...] | None) -> str:
    if not weights:
        return FROM_SEED if weights is None else UNTOUCHED
    return _part(encode_layers, weights)


def _weights(text: str) -> tuple[Cells, ...] | None:
    if text == NOT_HERE:
        raise Unreadable("the starting weights were too large for a link. Ask for the experiment as a file.")
    if text in {FROM_SEED, UNTOUCHED}:
        return None if text == FROM_SEED else ()
    return decode_layers(text)


@lru_cache(maxsize=8)  # the page writes its link at every click, and a large table takes a while
def _part(encode: Callable[..., str], *table: Hashable) -> str:
    try:
        text = encode(*table)
    except InvalidTableText:
        return NOT_HERE
    return text if len(text) <= LONGEST_PART else NOT_HERE


def _quoted(text: str) -> str:
    return f"“{shown(' '.join(text.split()), str)}”"


def _few(problems: list[str]) -> list[str]:
    rest = len(problems) - MOST_PROBLEMS
    return [*problems[:MOST_PROBLEMS], f"And {rest:,} more."] if rest > 0 else problems


DEFAULT: Final = PUBLISHED["notebook"]
SETTINGS: Final[dict[str, tuple[Callable[[Any], str], Callable[[str], Any]]]] = {
    "seed": (str, _whole_number(0, LARGEST_SEED)),
    "epochs": (str, _whole_number(1, MOST_EPOCHS)),
    "learning_rate": (number_text, _learning_rate),
    "objective": (str, _one_of(OBJECTIVES)),
    "hidden_units": (str, _whole_number(0, MOST_HIDDEN_UNITS)),
    "bias": (lambda bias: str(int(bias)), _switch),
    "weights": (_weights_text, _weights),
}
KNOWN: Final = {"v", "example", "table", *SETTINGS, *vars(View())}

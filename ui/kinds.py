"""The kinds of values that a setting may have: how each is written as text, and read from anybody's."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from core.experiment import HiddenUnits, layers_of, units_of
from core.messages import shown
from ui.text import count_text, number_text


class Unreadable(ValueError):
    """Text that is no value of its kind; the message completes “seed: …”."""


@dataclass(frozen=True)
class WholeNumber:
    """Whole numbers from `least` to `most`."""

    least: int
    most: int

    @property
    def range(self) -> str:
        """What the values are, in words."""
        return f"a whole number from {self.least:,} to {self.most:,}"

    def shown(self, value: int) -> str:
        """Return a value as a reader sees it."""
        return f"{value:,}"

    def written(self, value: int) -> str:
        """Return a value as `read` reads it."""
        return str(value)

    def read(self, text: str) -> int:
        """Read a value. Raises `Unreadable`."""
        is_number = text.isascii() and text.isdecimal() and len(text) <= len(str(self.most))
        if not is_number or not self.has(int(text)):
            raise _unreadable(text, self.range)
        return int(text)

    def has(self, value: int) -> bool:
        """Tell whether a number is in the range."""
        return self.least <= value <= self.most


@dataclass(frozen=True)
class NumberOrWord:
    """Whole numbers in a range, or None, for which a word stands."""

    number: WholeNumber
    word: str

    @property
    def range(self) -> str:
        """What the values are, in words."""
        return f"{self.number.range}, or {self.word}"

    def shown(self, value: int | None) -> str:
        """Return a value as a reader sees it."""
        return self.word if value is None else self.number.shown(value)

    def written(self, value: int | None) -> str:
        """Return a value as `read` reads it."""
        return self.word if value is None else self.number.written(value)

    def read(self, text: str) -> int | None:
        """Read a value. Raises `Unreadable`."""
        try:
            return None if text == self.word else self.number.read(text)
        except Unreadable:
            raise _unreadable(text, self.range) from None

    def has(self, value: int | None) -> bool:
        """Tell whether a number is in the range, or none."""
        return value is None or self.number.has(value)


@dataclass(frozen=True)
class Layers:
    """Up to `most` layers of units, as `Experiment.hidden_units` has them: 0 for none, 4, or (4, 3)."""

    most: int
    units: WholeNumber  # of a layer

    @property
    def range(self) -> str:
        """What the values are, in words."""
        return f"0, or up to {self.most} numbers from {self.units.least} to {self.units.most}, such as 4-3"

    def shown(self, value: HiddenUnits) -> str:
        """Return a value as a reader sees it."""
        return " + ".join(map(self.units.shown, layers_of(value))) or "0"

    def written(self, value: HiddenUnits) -> str:
        """Return a value as `read` reads it."""
        return "-".join(map(self.units.written, layers_of(value))) or "0"

    def read(self, text: str) -> HiddenUnits:
        """Read a value. Raises `Unreadable`."""
        try:
            value = units_of(tuple(map(self.units.read, text.split("-")))) if text != "0" else 0
        except Unreadable:
            raise _unreadable(text, self.range) from None
        if not self.has(value):
            raise _unreadable(text, self.range)
        return value

    def has(self, value: HiddenUnits) -> bool:
        """Tell whether there are not too many layers, each with units in the range."""
        layers = layers_of(value)
        return len(layers) <= self.most and all(map(self.units.has, layers))


@dataclass(frozen=True)
class RealNumber:
    """Numbers from `least` to `most`."""

    least: float
    most: float

    @property
    def range(self) -> str:
        """What the values are, in words."""
        return f"a number from {number_text(self.least)} to {self.most:,.0f}"

    def shown(self, value: float) -> str:
        """Return a value as a reader sees it."""
        return number_text(value)

    def written(self, value: float) -> str:
        """Return a value as `read` reads it, to the last bit."""
        return number_text(value)

    def read(self, text: str) -> float:
        """Read a value. Raises `Unreadable`."""
        try:
            value = float(text)
        except ValueError:
            raise _unreadable(text, self.range) from None
        if not self.has(value):
            raise _unreadable(text, self.range)
        return value

    def has(self, value: float) -> bool:
        """Tell whether a number is in the range."""
        return self.least <= value <= self.most


@dataclass(frozen=True)
class NamedNumbers:
    """A number for each of some names, from `-most` to `most`; or none at all."""

    names: tuple[str, ...]
    most: float

    @property
    def range(self) -> str:
        """What the values are, in words."""
        ends = f"{number_text(-self.most)} to {number_text(self.most)}"
        return f"{count_text(len(self.names), 'number')} from {ends}, with _ between them"

    def written(self, value: tuple[tuple[str, float], ...]) -> str:
        """Return a value as `read` reads it, to the last bit, without the names."""
        return "_".join(number_text(number) for _, number in value)

    def read(self, text: str) -> tuple[tuple[str, float], ...]:
        """Read a value. Raises `Unreadable`."""
        try:
            value = tuple(zip(self.names, map(float, text.split("_")), strict=True))
        except ValueError:
            raise _unreadable(text, self.range) from None
        if not self.has(value):
            raise _unreadable(text, self.range)
        return value

    def has(self, value: tuple[tuple[str, float], ...]) -> bool:
        """Tell whether a value is of these names, or of none, and no number is too large."""
        is_of_these = not value or tuple(name for name, _ in value) == self.names
        return is_of_these and all(abs(number) <= self.most for _, number in value)


@dataclass(frozen=True)
class Choice:
    """One of a few words, each with what a reader sees for it."""

    names: Mapping[str, str]

    @property
    def range(self) -> str:
        """What the values are, in words."""
        return f"one of {', '.join(self.names)}"

    def shown(self, value: str) -> str:
        """Return a value as a reader sees it."""
        return self.names[value]

    def written(self, value: str) -> str:
        """Return a value as `read` reads it."""
        return value

    def read(self, text: str) -> str:
        """Read a value. Raises `Unreadable`."""
        if not self.has(text):
            raise _unreadable(text, self.range)
        return text

    def has(self, value: str) -> bool:
        """Tell whether a word is one of them."""
        return value in self.names


@dataclass(frozen=True)
class Some:
    """Any of a few words, in their order; or none."""

    words: tuple[str, ...]

    @property
    def range(self) -> str:
        """What the values are, in words."""
        return f"any of the words that there are, such as {'.'.join(self.words[:2])}"

    def written(self, value: tuple[str, ...]) -> str:
        """Return a value as `read` reads it."""
        return ".".join(value)

    def read(self, text: str) -> tuple[str, ...]:
        """Read a value, in any order. Raises `Unreadable`."""
        given = {*text.split(".")}
        if not given <= {*self.words}:
            raise _unreadable(text, self.range)
        return tuple(word for word in self.words if word in given)

    def has(self, value: tuple[str, ...]) -> bool:
        """Tell whether words are some of them, in their order."""
        return value == tuple(word for word in self.words if word in value)


@dataclass(frozen=True)
class Switch:
    """On or off."""

    range = "one of 0, 1"

    def shown(self, value: bool) -> str:  # noqa: FBT001 - the value itself
        """Return a value as a reader sees it."""
        return "on" if value else "off"

    def written(self, value: bool) -> str:  # noqa: FBT001
        """Return a value as `read` reads it."""
        return str(int(value))

    def read(self, text: str) -> bool:
        """Read a value. Raises `Unreadable`."""
        if text not in {"0", "1"}:
            raise _unreadable(text, self.range)
        return text == "1"

    def has(self, value: bool) -> bool:  # noqa: FBT001
        """Tell whether a value is one of the two."""
        return value in {False, True}


Kind: TypeAlias = WholeNumber | NumberOrWord | Layers | RealNumber | Choice | Switch  # of a setting
ViewKind: TypeAlias = Kind | NamedNumbers | Some  # of what is looked at


def quoted(text: str) -> str:
    """Quote a reader's text in a message of one line."""
    return f"“{shown(' '.join(text.split()), str)}”"


def _unreadable(text: str, allowed: str) -> Unreadable:
    return Unreadable(f"{quoted(text)} is not {allowed}.")

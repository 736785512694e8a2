"""A number that is worked out: what it is called, the formula it comes from, and what is put into that."""

import re
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

PRIME: Final = "′"  # behind the name of an input that was standardised
SCALED: Final = ", scaled"  # behind the name of a target that was
_LETTER_AND_INDEX = re.compile(rf"([A-Za-z])([0-9]+(?:,[0-9]+)?)({PRIME}?)")

Role: TypeAlias = Literal["input", "target", "rate", "weight", "forward", "back"]


@dataclass(frozen=True)
class Symbol:
    """What a formula calls a number: x1, w1,2, z, δ, or a column's own name, and what part the number plays."""

    name: str
    role: Role
    of: str = ""  # the neuron that it is of, unless that is the one that is looked at

    @property
    def letter_and_index(self) -> tuple[str, str, str] | None:
        """Of a name such as x1, w1,2 or x1′, the letter, the small number at it and the prime behind; else None."""
        match = _LETTER_AND_INDEX.fullmatch(self.name)
        return (match[1], match[2], match[3]) if match else None


@dataclass(frozen=True)
class Number:
    """A number with its symbol."""

    symbol: Symbol
    value: float


@dataclass(frozen=True)
class Worked:
    """A number and how it comes about; `formula` has a place {} for each of the terms in turn."""

    name: str  # the field's word for it
    number: Number
    formula: str
    terms: tuple[Number, ...]


def quoted(name: str) -> str:
    """Return a column's name set apart from a symbol that looks like it."""
    return f"“{name}”"


def number(name: str, role: Role, value: float) -> Number:
    """Return a number with its symbol."""
    return Number(Symbol(name, role), float(value))

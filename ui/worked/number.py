"""A number that is worked out: what it is called, the formula it comes from, and what is put into that."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

Role: TypeAlias = Literal["input", "target", "rate", "weight", "forward", "back"]


@dataclass(frozen=True)
class Symbol:
    """What a formula calls a number: x1, w1,2, z, δ, or a column's own name, and what part the number plays."""

    name: str
    role: Role


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


def number(name: str, role: Role, value: float) -> Number:
    """Return a number with its symbol."""
    return Number(Symbol(name, role), float(value))

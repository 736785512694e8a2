"""What is computed once a run, for all visits that it is shown to, and forgotten with it."""

from collections.abc import Callable, Hashable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar
from weakref import WeakKeyDictionary

from core import Run

Others = ParamSpec("Others")
Result = TypeVar("Result")


def once_a_run(compute: Callable[Concatenate[Run, Others], Result]) -> Callable[Concatenate[Run, Others], Result]:
    """Return a function that computes once for a run and the others, which can be hashed."""
    known: WeakKeyDictionary[Run, dict[Hashable, Result]] = WeakKeyDictionary()

    @wraps(compute)
    def look_up(run: Run, /, *others: Others.args, **named: Others.kwargs) -> Result:
        of_run = known.setdefault(run, {})
        key = (others, tuple(named.items()))
        if key not in of_run:
            of_run[key] = compute(run, *others, **named)
        return of_run[key]

    return look_up

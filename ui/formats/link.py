"""An address that opens the very experiment: what is written into it, and what is read from anybody's.

Whatever equals the chosen example is left out, so that the bare address is the notebook, and every
address stays as short and as readable as it can be.
"""

from collections.abc import Callable, Collection, Hashable, Mapping
from dataclasses import replace
from functools import lru_cache
from hashlib import sha256
from types import MappingProxyType
from typing import Any, Final, TypeAlias, TypeVar

from core.dataset import column_name
from ui.formats.table_text import InvalidTableText, decode_layers, decode_table, encode_layers, encode_table
from ui.kinds import Choice, Switch, Unreadable, WholeNumber, quoted
from ui.lessons.catalogue import step_of
from ui.names import first_free, numbered
from ui.settings import MOST_TARGETS, PUBLISHED, SETTINGS, Cells, Settings, plain, title_of
from ui.view import LESSON_KEYS, LESSON_STEPS, VIEW_SETTINGS, View

Value = TypeVar("Value")
LeftOut: TypeAlias = Mapping[tuple[str, str], Any]  # by parameter and text: the value that was too large for it

VERSION: Final = "1"
LONGEST_PART: Final = 20_000  # characters of a table; a server reads addresses up to about 64,000
NOT_HERE: Final = "not-in-the-link"  # and behind it which one is not
FROM_SEED, UNTOUCHED = "seed", "own"  # starting weights: not typed; to be typed, but none is yet
MOST_PROBLEMS: Final = 5
DEFAULT: Final = PUBLISHED["notebook"]
VIEW: Final = tuple(vars(View()))
OLD_BIAS, BIAS_COLUMN = "bias", "one"  # a switch of before, which added a column of ones to the table
OF_TABLE: Final = ("weights", "title", "targets", "table")
KNOWN: Final = {"v", "example", *(setting.name for setting in SETTINGS), *OF_TABLE, OLD_BIAS, *VIEW}
# What a link leaves out that has a table of its own: those from before there were such settings say nothing of them.
WITH_OWN_TABLE: Final[Mapping[str, Any]] = MappingProxyType(
    {"biases": "none", "batch_size": None, "standardise": False, "held_out": 0.0, "scale_targets": False, "targets": 1}
)


def to_query(settings: Settings, view: View) -> dict[str, str]:
    """Return the parameters of the address, in a fixed order, none for what is as published."""
    return settings_query(settings) | view_query(settings, view)


def settings_query(settings: Settings) -> dict[str, str]:
    """Return the parameters that say what the experiment is."""
    settings, published = plain(settings), PUBLISHED[settings.example]
    is_own_table = (settings.names, settings.rows) != (published.names, published.rows)
    otherwise = replace(published, **WITH_OWN_TABLE) if is_own_table else published
    query = {"example": settings.example} if settings.example != DEFAULT.example else {}
    for setting in SETTINGS:
        value = getattr(settings, setting.name)
        if value != getattr(otherwise, setting.name):
            query[setting.name] = setting.kind.written(value)
    if settings.weights != published.weights:
        query["weights"] = _weights_text(settings.weights)
    if settings.title and is_own_table:
        query["title"] = settings.title
    if settings.targets != otherwise.targets:
        query["targets"] = str(settings.targets)
    if is_own_table:
        query["table"] = _part(encode_table, settings.names, settings.rows)
    return query


def left_out(settings: Settings, query: Mapping[str, str]) -> dict[tuple[str, str], Any]:
    """Return what is too large for the address `query` of `settings`, as `from_query` takes it."""
    values = {"table": (settings.names, settings.rows), "weights": settings.weights}
    return {(name, query[name]): value for name, value in values.items() if query.get(name, "").startswith(NOT_HERE)}


def view_query(settings: Settings, view: View) -> dict[str, str]:
    """Return the parameters that say what is looked at in the run of `settings`.

    In a lesson they name the example, too: a link that does not, opens what the lesson does.
    """
    example = {"example": settings.example} if view.lesson != View.lesson else {}
    tab = {"tab": view.tab} if view.tab != View.tab else {}
    chosen = {look: getattr(view, look.name) for look in VIEW_SETTINGS}
    written = {
        look.name: look.kind_in(settings).written(value) for look, value in chosen.items() if value != look.default
    }
    return example | tab | written


def from_query(
    query: Mapping[str, str], tabs: Collection[str], large: LeftOut = MappingProxyType({})
) -> tuple[Settings, View, list[str]]:
    """Read an address: what it says, and a line about each parameter that could not be read, in their order.

    What is missing or unreadable is as published, or as the step of a lesson has it where no example is named.
    `tabs` are the keys of the page's tabs. What was too large for an address is taken from `large`, if it is there.
    """
    problems: dict[str, str] = {}

    def read(name: str, reader: Callable[[str], Value], otherwise: Value) -> Value:
        if name not in query:
            return otherwise
        if (name, query[name]) in large:
            value: Value = large[name, query[name]]
            return value
        try:
            return reader(query[name])
        except (Unreadable, InvalidTableText) as error:
            problems[name] = f"{name}: {error}"
            return otherwise

    version = query.get("v", VERSION)
    if version != VERSION:
        problems["v"] = f"v: the link has version {quoted(version)}, and this page reads version {VERSION}."
    lesson = read("lesson", LESSON_KEYS.read, View.lesson)
    step = step_of(lesson, read("lesson_step", LESSON_STEPS.read, View.lesson_step))
    if step and "example" not in query:
        published, first_view = step.settings, step.view
    else:
        published, first_view = PUBLISHED[read("example", _example, DEFAULT.example)], View()
    as_published = published.names, published.rows
    names, rows = read("table", _table, as_published)
    otherwise = published if (names, rows) == as_published else replace(published, **WITH_OWN_TABLE)
    values = {
        setting.name: read(setting.name, setting.kind.read, getattr(otherwise, setting.name)) for setting in SETTINGS
    }
    weights = read("weights", _weights, published.weights)
    most_targets = min(MOST_TARGETS, len(names))  # all of them while the reader is choosing others
    targets = read("targets", WholeNumber(1, most_targets).read, min(otherwise.targets, most_targets))
    title = "" if (names, rows) == as_published else title_of(query.get("title", ""))
    settings = replace(published, **values, names=names, rows=rows, targets=targets, weights=weights, title=title)
    if read(OLD_BIAS, Switch().read, otherwise=False):
        settings = _with_bias_column(settings)
    chosen = {
        look.name: read(look.name, look.kind_in(settings).read, look.nearest(getattr(first_view, look.name), settings))
        for look in VIEW_SETTINGS
    }
    view = View(tab=read("tab", _one_of(tabs), first_view.tab), **chosen)
    problems |= {name: f"{quoted(name)} is no parameter of this page." for name in query if name not in KNOWN}
    return settings, view, few([problems[name] for name in query if name in problems])


def _one_of(choices: Collection[str]) -> Callable[[str], str]:
    return Choice({choice: choice for choice in choices}).read


def _example(text: str) -> str:
    if text not in PUBLISHED:
        raise Unreadable(f"{quoted(text)} is not an example of this page.")
    return text


def _table(text: str) -> tuple[tuple[str, ...], Cells]:
    if text.startswith(NOT_HERE):
        raise Unreadable("the table was too large for a link. Ask for the experiment as a file.")
    names, rows = decode_table(text)
    return tuple(map(column_name, names)), rows


def _with_bias_column(settings: Settings) -> Settings:
    """Return settings whose table has one more input, of ones, behind the others."""
    name, end = first_free(numbered(BIAS_COLUMN), settings.names), -settings.targets
    rows = tuple((*row[:end], "1", *row[end:]) for row in settings.rows)
    return replace(settings, names=(*settings.names[:end], name, *settings.names[end:]), rows=rows)


def _weights_text(weights: tuple[Cells, ...] | None) -> str:
    if not weights:
        return FROM_SEED if weights is None else UNTOUCHED
    return _part(encode_layers, weights)


def _weights(text: str) -> tuple[Cells, ...] | None:
    if text.startswith(NOT_HERE):
        raise Unreadable("the starting weights were too large for a link. Ask for the experiment as a file.")
    if text in {FROM_SEED, UNTOUCHED}:
        return None if text == FROM_SEED else ()
    return decode_layers(text)


@lru_cache(maxsize=8)  # the page writes its link at every click, and a large table takes a while
def _part(encode: Callable[..., str], *table: Hashable) -> str:
    try:
        text = encode(*table)
    except InvalidTableText:
        return _not_here(table)
    return text if len(text) <= LONGEST_PART else _not_here(table)


def _not_here(table: object) -> str:
    """Return what stands for a table, and for no other."""
    return f"{NOT_HERE}-{sha256(repr(table).encode()).hexdigest()[:12]}"


def few(problems: list[str]) -> list[str]:
    """Return the first few problems, and how many more there are."""
    rest = len(problems) - MOST_PROBLEMS
    return [*problems[:MOST_PROBLEMS], f"And {rest:,} more."] if rest > 0 else problems

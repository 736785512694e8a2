"""Kept runs as one parameter of the address: of each its name, and its settings as a link writes them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qsl, quote_plus, urlencode

from core.dataset import column_name
from ui.formats.link import NOT_HERE, from_query, settings_query
from ui.kinds import quoted
from ui.settings import Settings

PARAMETER: Final = "kept"
LONGEST: Final = 8_000  # characters, of all together as they are in the address
LONGEST_NAME: Final = 120  # characters
BETWEEN: Final = "|"  # runs; in a name or a table it is written otherwise
NAME: Final = "name"
THIS: Final = "this"  # the table of the run that the address is of
MOST_PARTS: Final = 40  # of a run


@dataclass(frozen=True)
class NamedSettings:
    """What makes a kept run, and what it is called."""

    name: str
    settings: Settings


def encode(runs: Sequence[NamedSettings], current: Settings) -> tuple[str, list[int]]:
    """Return the parameter, and the positions of the runs that it has no room for.

    `current` is what the address is of: its own table is not written again.
    """
    texts: list[str] = []
    left_out: list[int] = []
    for position, run in enumerate(runs):
        query = settings_query(run.settings)
        if "table" in query and (run.settings.names, run.settings.rows) == (current.names, current.rows):
            query["table"] = THIS
        text = urlencode({NAME: run.name, **query})
        is_too_long = len(quote_plus(BETWEEN.join([*texts, text]))) > LONGEST
        if is_too_long or any(value.startswith(NOT_HERE) for value in query.values()):
            left_out.append(position)
        else:
            texts.append(text)
    return BETWEEN.join(texts), left_out


def decode(text: str, current: Settings, most: int) -> tuple[list[NamedSettings], list[str]]:
    """Read the parameter of anybody's address; return at most `most` runs, and a line about each that is not read."""
    if not text:
        return [], []
    if len(text) > LONGEST:
        return [], [f"{PARAMETER}: {len(text):,} characters; at most {LONGEST:,} are read."]
    runs: list[NamedSettings] = []
    problems: list[str] = []
    parts = text.split(BETWEEN)
    for number, part in enumerate(parts[:most], 1):
        try:
            query = dict(parse_qsl(part, keep_blank_values=True, strict_parsing=True, max_num_fields=MOST_PARTS))
        except ValueError:
            problems.append(f"{PARAMETER}: {quoted(part)} is no run.")
            continue
        name = column_name(query.pop(NAME, "").encode("utf-8", "ignore").decode())[:LONGEST_NAME]
        settings, _, unread = from_query(query, [], {("table", THIS): (current.names, current.rows)})
        problems += [f"{PARAMETER}, run {number}: {problem}" for problem in unread]
        if not unread:
            runs.append(NamedSettings(name or f"run {number}", settings))
    if len(parts) > most:
        problems.append(f"{PARAMETER}: {len(parts)} runs; the page keeps {most}.")
    return runs, problems

"""Numbers and readers' text, as the page writes them."""

import re

_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>()#+\-.!|~:$&])")


def escape(text: str) -> str:
    """Return Markdown that shows `text` to the letter."""
    return _MARKDOWN.sub(r"\\\1", text)


def number_text(value: float) -> str:
    """Return the shortest text that reads back as `value`: 1 rather than 1.0."""
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(float(value))


def count_text(number: int, noun: str) -> str:
    """Return “1 row” or “2,000 rows”."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def duration_text(seconds: float) -> str:
    """Return a duration to one or two digits: “40 seconds”, “12 minutes”, “3 hours”."""
    for unit, size in (("hour", 3600), ("minute", 60)):
        if seconds >= 2 * size:
            return f"{seconds / size:,.0f} {unit}s"
    return f"{seconds:,.0f} seconds"

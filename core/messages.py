"""How error messages quote what they were given."""

from collections.abc import Callable

LONGEST_QUOTE = 60  # characters


def shown(value: object, write: Callable[[object], str] = repr) -> str:
    """Write `value` for a message: short, whatever it is."""
    try:
        text = write(value)
    except ValueError:  # Python writes no number of thousands of digits
        return "(too long to show)"
    return text if len(text) <= LONGEST_QUOTE else text[: LONGEST_QUOTE - 1] + "…"

"""How error messages quote what they were given."""

import re
from collections.abc import Callable

LONGEST_QUOTE = 60  # characters
_BREAKS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")  # a line, or the text's way to a reader
HALF = re.compile("[\ud800-\udfff]")  # of a pair of surrogates, which no text can be sent with


def shown(value: object, write: Callable[[object], str] = repr) -> str:
    """Write `value` for a message: short and on one line, whatever it is."""
    try:
        text = write(value)
    except ValueError:  # Python writes no number of thousands of digits
        return "(too long to show)"
    text = HALF.sub("\ufffd", _BREAKS.sub(" ", text))
    return text if len(text) <= LONGEST_QUOTE else text[: LONGEST_QUOTE - 1] + "…"

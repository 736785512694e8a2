"""How the reader came to the numbers of this visit."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias, get_args

Way: TypeAlias = Literal["right at first", "after more tries", "with a hint", "shown"]


@dataclass(frozen=True)
class Attempt:
    """What a reader has done for one number; the way it was found is that of the first time."""

    text: str = ""  # checked last
    tries: int = 0
    is_hinted: bool = False
    is_shown: bool = False  # whether the text was put in for the reader
    found: Way | None = None

    def tried(self, text: str, *, counts: bool) -> "Attempt":
        """Return the attempt after a text was checked, if it is another than before."""
        if not text or text == self.text:
            return self
        own: Way = "after more tries" if self.tries else "right at first"
        way: Way = "with a hint" if self.is_hinted else own
        found = self.found or (way if counts else None)
        return replace(self, text=text, tries=self.tries + 1, is_shown=False, found=found)

    def hinted(self) -> "Attempt":
        """Return the attempt after a hint."""
        return replace(self, is_hinted=True)

    def shown(self, text: str) -> "Attempt":
        """Return the attempt after the number was put in as `text`."""
        return replace(self, text=text, is_shown=True, found=self.found or "shown")


def tally(attempts: Iterable[Attempt]) -> dict[Way, int]:
    """Return how many numbers were found in each way."""
    count = Counter(attempt.found for attempt in attempts)
    return {way: count[way] for way in get_args(Way)}

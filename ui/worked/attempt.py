"""How the reader came to the numbers of this visit."""

from collections.abc import Collection
from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Attempt:
    """What a reader has done for one number."""

    text: str = ""  # checked last
    tries: int = 0
    is_hinted: bool = False
    is_shown: bool = False
    is_done: bool = False

    def tried(self, text: str, *, counts: bool) -> "Attempt":
        """Return the attempt after a text was checked; once it is done it stays so."""
        if not text or text == self.text:
            return self
        return replace(self, text=text, tries=self.tries + 1, is_done=self.is_done or counts)

    def hinted(self) -> "Attempt":
        """Return the attempt after a hint, which changes nothing where the number is there already."""
        return replace(self, is_hinted=True)

    def shown(self, text: str) -> "Attempt":
        """Return the attempt after the number was put in as `text`, unless the reader had it already."""
        return self if self.is_done else replace(self, text=text, is_shown=True, is_done=True)


@dataclass(frozen=True)
class Tally:
    """How many numbers are there, and how the reader came to them; each is counted once."""

    at_first: int
    later: int
    with_hint: int
    shown: int

    @property
    def done(self) -> int:
        """The number of all."""
        return self.at_first + self.later + self.with_hint + self.shown


def tally(attempts: Collection[Attempt]) -> Tally:
    """Count the attempts that are done."""
    done = [attempt for attempt in attempts if attempt.is_done]
    alone = [attempt for attempt in done if not (attempt.is_shown or attempt.is_hinted)]
    at_first = sum(attempt.tries == 1 for attempt in alone)
    shown = sum(attempt.is_shown for attempt in done)
    return Tally(at_first, len(alone) - at_first, len(done) - len(alone) - shown, shown)

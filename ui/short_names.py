"""Names where there is room for a few letters: cut, yet telling apart what differs."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from ui.names import first_free

CUT = "…"
_BETWEEN_WORDS = re.compile(r"[\s_.\-]+|(?<=[a-z])(?=[A-Z])")


def short_names(names: Sequence[str], letters: int) -> list[str]:
    """Return the names in at most `letters` letters, at least three; names that differ still do.

    What is too long is cut to its beginning; where that is another's too, to the beginnings of its words; else to its
    beginning and its end.
    """
    different = list(dict.fromkeys(names))
    ways = {name: _ways(name, letters) for name in different}
    short = {name: next(ways[name]) for name in different}
    while unclear := _unclear(short):
        for name in unclear:
            short[name] = next(ways[name], None) or _counted(name, letters, {*short.values(), *names})
    return [short[name] for name in names]


def _unclear(short: dict[str, str]) -> list[str]:
    """Return the names that were cut to what stands for another, too."""
    count = Counter(short.values())
    return [name for name, text in short.items() if count[text] > 1 and text != name]


def _ways(name: str, letters: int) -> Iterator[str]:
    """Yield the ways of writing a name in `letters` letters, the clearest first."""
    if len(name) <= letters:
        yield name
        return
    yield name[: letters - 1] + CUT
    words = list(filter(None, _BETWEEN_WORDS.split(name)))
    room = letters - len(words) + 1
    if len(words) > 1 and room >= 2 * len(words):
        yield " ".join(_beginnings(words, room))
    for end in range(1, letters - 1):
        yield name[: letters - 1 - end] + CUT + name[-end:]


def _beginnings(words: Sequence[str], letters: int) -> list[str]:
    """Return the words' beginnings, `letters` letters in all, as even as the words allow."""
    lengths = [0] * len(words)
    for _ in range(min(letters, sum(map(len, words)))):
        longer = (place for place, word in enumerate(words) if lengths[place] < len(word))
        lengths[min(longer, key=lengths.__getitem__)] += 1
    return [word[:length] for word, length in zip(words, lengths, strict=True)]


def _counted(name: str, letters: int, taken: set[str]) -> str:
    numbers = (f"{CUT}{number}" for number in range(2, 10**letters))
    return first_free((name[: max(0, letters - len(number))] + number for number in numbers), taken)


def two_lines(names: Sequence[str], letters: int) -> list[tuple[str, ...]]:
    """Return the names in one line or two, of at most `letters` letters each; names that differ still do.

    A name too long for one line has its first word in the first.
    """
    first, rest = zip(*(_parted(name, letters) for name in names), strict=True)
    pairs = zip(short_names(first, letters), short_names(rest, letters), strict=True)
    lines = [tuple(filter(None, pair)) for pair in pairs]
    if len(set(lines)) < len(set(names)):  # as of “length_1” and “length 1”
        return [(name,) for name in short_names(names, letters)]
    return lines


def _parted(name: str, letters: int) -> tuple[str, str]:
    parts = _BETWEEN_WORDS.split(name, maxsplit=1)
    return (parts[0], parts[1]) if len(name) > letters and len(parts) == 2 else ("", name)

"""The rows of a table's text: what is around them, and what parts their cells."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from ui.formats.array_text import array_rows
from ui.formats.dialect import BARS, BRACKETS, COMMENTS, DELIMITERS, SPACES, InvalidCsv, Rows

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|$)")
_BREAK = re.compile(r"\r\n|\r|\n")
_DELIMITER_LINE = re.compile(rf'"?sep=([{"".join(DELIMITERS)}])"?', re.IGNORECASE)
_QUOTED_OR_SPACES = re.compile(r'("(?:[^"]|"")*")|[ \t]+')
# Such as <dbl> <int>, which R prints below the names of a tibble.
_TYPES = re.compile(r"^(?:<[a-z]+> ?)+$", re.MULTILINE)
_FRAME: Final = frozenset("-─━═=:|│┃+┼├┤┬┴┌┐└┘╞╪╡╤╧ \t")  # what rules between the rows of a drawn table are made of
_RULE: Final = ("--", "──", "━━", "══", "==", "|-", ":-", "│─")  # a row of single signs for missing values has none


@dataclass(frozen=True)
class TableText:
    """A table's text, and what was above it."""

    text: str  # in which the lines above are blank, so that all others keep their numbers
    delimiter: str | None = None  # as a line such as sep=; gives it
    comment: str = ""  # what the lines above begin with; "" if there are none
    comments: tuple[tuple[int, str], ...] = ()  # the number and the text of each


def table_text(text: str) -> TableText:
    """Tell a table from a line that gives its delimiter, as spreadsheets write it, and from comments above."""
    delimiter: str | None = None
    comments: list[tuple[int, str]] = []
    position = 0
    for line, start, whole in _lines(text):
        position, content = start, whole.strip()
        given = _DELIMITER_LINE.fullmatch(whole)
        if given and delimiter is None and not comments:
            delimiter = given[1]
        elif content.startswith(COMMENTS):
            comments.append((line, content))
        elif content:
            break
    else:
        return TableText(text)  # there is no table below
    rest = re.sub(r"[^\r\n]+", "", text[:position]) + text[position:]
    if not comments:
        return TableText(rest, delimiter)
    comment = next(sign for sign in COMMENTS if comments[-1][1].startswith(sign))
    return TableText(rest, delimiter, comment, tuple(comments))


def _lines(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield each line's number, where it begins, and what is in it."""
    for line, match in enumerate(_LINE.finditer(text), start=1):
        if match.start() < len(text):
            yield line, match.start(), match[0].rstrip("\r\n")


def rows_of(text: str, delimiter: str) -> Rows:
    """Return the rows that are not blank. Raises `InvalidCsv` for a quotation mark at one end only."""
    if delimiter == BRACKETS:
        return array_rows(text)
    if delimiter == SPACES:
        return _parsed(_TYPES.sub("", _of_single_spaces(text)), delimiter)
    if delimiter in BARS:
        return _parsed(_without_frame(text, delimiter), delimiter)
    return _parsed(text, delimiter)


def _parsed(text: str, delimiter: str) -> Rows:
    skips_spaces = delimiter != SPACES
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, skipinitialspace=skips_spaces, strict=True)
    rows = {}
    line = 1
    try:
        for row in reader:
            cells = [cell.strip() for cell in row]
            if any(cells):
                rows[line] = cells
            line = reader.line_num + 1
    except csv.Error as error:
        raise InvalidCsv(
            f"Line {line}: a cell has a quotation mark at one end only, or over {csv.field_size_limit():,} characters. "
            "Mend or delete it."
        ) from error
    return rows


def _of_single_spaces(text: str) -> str:
    """Return the text with one space for each run of spaces and tabs that is not quoted, and none around a line."""
    if '"' not in text:
        lines = (line.split(" ") for line in _BREAK.split(text.replace("\t", " ")))
        return "\n".join(" ".join(filter(None, words)) for words in lines)
    stripped = "\n".join(line.strip(" \t") for line in _BREAK.split(text))
    return _QUOTED_OR_SPACES.sub(lambda match: match[1] or " ", stripped)


def _without_frame(text: str, bar: str) -> str:
    """Return the text without the rules below and between the rows, and without bars around each row."""
    lines = ["" if _is_rule(line) else line.strip() for line in _BREAK.split(text)]
    filled = [line for line in lines if line]
    if all(line.startswith(bar) for line in filled):
        lines = [line.removeprefix(bar) for line in lines]
    if all(line.endswith(bar) for line in filled):
        lines = [line.removesuffix(bar) for line in lines]
    return "\n".join(lines)


def _is_rule(line: str) -> bool:
    return _FRAME.issuperset(line) and any(part in line for part in _RULE)

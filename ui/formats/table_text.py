"""Tables of text cells as one parameter of a link: `1~x1_y~0_0~1_1~end`, or packed where that will not do.

Only characters that a URL takes as they are occur: letters, digits, and - . _ ~. A text begins with
the version of the format. Then comes

- readable: “~” before each row, names first, “_” between the cells, and “~end”, which tells a whole
  link from one cut off;
- packed: “z” and the Base64 (RFC 4648, URL-safe, unpadded) of the zlib stream of the rows as JSON.
"""

import base64
import json
import re
import zlib
from collections.abc import Sequence
from itertools import chain, zip_longest
from typing import Final, TypeAlias

from core.messages import HALF
from ui.settings import MOST_COLUMNS, MOST_ROWS

Row: TypeAlias = tuple[str, ...]

LONGEST_TEXT: Final = 2**16  # characters
LONGEST_READABLE: Final = 200  # characters; beyond, the shorter form is taken
MOST_JSON: Final = 1_000_000  # bytes
_VERSION = "1"
_PLAIN = re.compile(r"[A-Za-z0-9.-]*")
_TEXT = re.compile(r"([1-9][0-9]*)(.*)")
_READABLE = re.compile(r"~([A-Za-z0-9._~-]*)~end")
_PACKED = re.compile(r"z([A-Za-z0-9_-]*)")
_SHAPE = re.compile(r"([1-9][0-9]{0,3})x([1-9][0-9]{0,3})")
_DAMAGED = "The link is cut off or damaged. Copy all of it, or ask for it again."


class InvalidTableText(ValueError):
    """A text that is no table, or a table too large for one; the message is a line for the reader."""


def encode_table(names: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Write a table of at least one column, its names and its rows of as many cells, as a text for a link.

    Raises `InvalidTableText` if it is larger than `decode_table` would read.
    """
    _check_size(rows, columns=len(names))
    table = [names, *rows]
    readable = f"{_VERSION}~{'~'.join(map('_'.join, table))}~end"
    is_plain = all(map(_PLAIN.fullmatch, chain(*table)))
    if is_plain and len(readable) <= LONGEST_READABLE:
        return readable
    packed = f"{_VERSION}z{_packed(table)}"
    text = min(readable, packed, key=len) if is_plain else packed
    _check_limit(len(text), LONGEST_TEXT, "characters")
    return text


def decode_table(text: str) -> tuple[Row, tuple[Row, ...]]:
    """Read what `encode_table` wrote: the names and the rows. Raises `InvalidTableText`, whatever the text."""
    _check_limit(len(text), LONGEST_TEXT, "characters")
    match = _TEXT.fullmatch(text)
    if not match:
        raise InvalidTableText(_DAMAGED)
    version, body = match.groups()
    if version != _VERSION:
        raise InvalidTableText("The link was made by a newer version of this page. Reload the page, or update it.")
    if readable := _READABLE.fullmatch(body):
        names, *rows = (tuple(row.split("_")) for row in readable[1].split("~"))
    elif packed := _PACKED.fullmatch(body):
        names, *rows = _unpacked(packed[1])
    else:
        raise InvalidTableText(_DAMAGED)
    _check_size(rows, columns=len(names))
    if not names or any(len(row) != len(names) for row in rows):
        raise InvalidTableText(_DAMAGED)
    return names, tuple(rows)


def encode_layers(layers: Sequence[Sequence[Sequence[str]]]) -> str:
    """Write weights as typed, one table of text cells (inputs, units) a layer, as a text for a link.

    It is a table of one column a layer, named by the layer's shape, such as 3x4; the shorter columns
    are filled up with blank cells. Raises `InvalidTableText` as `encode_table` does.
    """
    shapes = [f"{len(layer)}x{len(layer[0])}" for layer in layers]
    return encode_table(shapes, list(zip_longest(*(chain(*layer) for layer in layers), fillvalue="")))


def decode_layers(text: str) -> tuple[tuple[Row, ...], ...]:
    """Read what `encode_layers` wrote. Raises `InvalidTableText`, whatever the text."""
    shapes, rows = decode_table(text)
    if not rows:
        raise InvalidTableText(_DAMAGED)
    return tuple(_layer(shape, cells) for shape, cells in zip(shapes, zip(*rows, strict=True), strict=True))


def _layer(shape: str, cells: Row) -> tuple[Row, ...]:
    match = _SHAPE.fullmatch(shape)
    if not match:
        raise InvalidTableText(_DAMAGED)
    inputs, units = map(int, match.groups())
    end = inputs * units
    if end > len(cells) or any(cells[end:]):
        raise InvalidTableText(_DAMAGED)
    return tuple(cells[start : start + units] for start in range(0, end, units))


def _packed(table: Sequence[Sequence[str]]) -> str:
    written = json.dumps(list(map(list, table)), ensure_ascii=False, separators=(",", ":")).encode()
    _check_limit(len(written), MOST_JSON, "bytes")
    return base64.urlsafe_b64encode(zlib.compress(written, 9)).decode().rstrip("=")


def _unpacked(packed: str) -> list[Row]:
    written = _decompressed(packed)
    try:
        table = json.loads(written)
    except (ValueError, RecursionError) as error:
        raise InvalidTableText(_DAMAGED) from error
    if not (table and isinstance(table, list) and all(map(_is_row, table))):
        raise InvalidTableText(_DAMAGED)
    return [tuple(row) for row in table]


def _is_row(value: object) -> bool:
    """Tell whether a value is a list of cells; half of a surrogate pair, which JSON allows, is no text."""
    return isinstance(value, list) and all(isinstance(cell, str) and not HALF.search(cell) for cell in value)


def _decompressed(packed: str) -> bytes:
    stream = zlib.decompressobj()
    try:
        compressed = base64.urlsafe_b64decode(packed + "=" * (-len(packed) % 4))
        written = stream.decompress(compressed, MOST_JSON + 1)  # a small text may stand for gigabytes
    except (ValueError, zlib.error) as error:
        raise InvalidTableText(_DAMAGED) from error
    _check_limit(len(written), MOST_JSON, "bytes")
    if not stream.eof or stream.unused_data:
        raise InvalidTableText(_DAMAGED)
    return written


def _check_size(rows: Sequence[object], columns: int) -> None:
    _check_limit(len(rows), MOST_ROWS, "rows")
    _check_limit(columns, MOST_COLUMNS, "columns")


def _check_limit(number: int, limit: int, unit: str) -> None:
    if number > limit:
        raise InvalidTableText(
            f"A link holds at most {limit:,} {unit}, and this one has more. Leave out rows or columns."
        )

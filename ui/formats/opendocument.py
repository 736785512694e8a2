"""A spreadsheet file: one sheet of cells as an OpenDocument (.ods), which LibreOffice, Excel and others open.

Source: OASIS, "Open Document Format for Office Applications (OpenDocument) Version 1.3" (2021).
"""

import html
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from itertools import groupby
from typing import Final, Literal, TypeAlias

Look: TypeAlias = Literal["title", "heading", "name", "text", "note", "given", "number", "result"]

_NOT_IN_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_FIRST_DAY: Final = (1980, 1, 1, 0, 0, 0)  # of zip files: the same cells make the same file

_FORMULAS: Final = 'xmlns:of="urn:oasis:names:tc:opendocument:xmlns:of:1.2"'
_NAMESPACES: Final = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in {
        "office": "office",
        "table": "table",
        "text": "text",
        "style": "style",
        "number": "datastyle",
        "fo": "xsl-fo-compatible",
        "manifest": "manifest",
    }.items()
)
_HEAD: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'
_MIME: Final = "application/vnd.oasis.opendocument.spreadsheet"
_MANIFEST: Final = f"""{_HEAD}<manifest:manifest {_NAMESPACES} manifest:version="1.3">
<manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type="{_MIME}"/>
<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>
<manifest:file-entry manifest:full-path="styles.xml" manifest:media-type="text/xml"/>
</manifest:manifest>
"""
# On A4 across, as many pages as it takes, each as wide as the sheet.
_STYLES: Final = f"""{_HEAD}<office:document-styles {_NAMESPACES} office:version="1.3">
<office:automatic-styles>
<style:page-layout style:name="page"><style:page-layout-properties fo:page-width="297mm" fo:page-height="210mm"
 style:print-orientation="landscape" fo:margin="12mm" style:scale-to-X="1" style:scale-to-Y="0"/></style:page-layout>
</office:automatic-styles>
<office:master-styles>
<style:master-page style:name="Default" style:page-layout-name="page"/>
</office:master-styles>
</office:document-styles>
"""
_BOLD: Final = 'fo:font-weight="bold"'
_LOOKS: Final[dict[Look, tuple[str, str, str]]] = {  # of a look: properties of the cell, of its text, of its paragraph
    "title": ("", f'{_BOLD} fo:font-size="14pt"', ""),
    "heading": ("", f'{_BOLD} fo:font-size="12pt"', ""),
    "name": ('fo:wrap-option="wrap"', _BOLD, 'fo:text-align="end"'),
    "text": ("", "", ""),
    "note": ("", 'fo:color="#555555"', 'fo:text-align="start" fo:margin-left="2mm"'),
    "given": ('fo:background-color="#fff2cc" fo:border="0.5pt solid #999999"', "", ""),
    "number": ("", "", ""),
    "result": ("", "", ""),
}
_WIDTH: Final = "24mm"


@dataclass(frozen=True)
class Cell:
    """A cell: what it shows, how it looks, and the formula that this comes from, in OpenFormula; "" for none."""

    value: float | str
    look: Look
    formula: str = ""


Cells: TypeAlias = Mapping[tuple[int, int], Cell]  # by row and column, from 0


def reference(row: int, column: int, *, fixed: bool = False) -> str:
    """Return how a formula names a cell: [.B5], or fixed [.$B$5], which stays when the formula is copied."""
    return f"[.{_place(row, column, '$' if fixed else '')}]"


def cell_range(first: tuple[int, int], last: tuple[int, int], *, fixed: bool = False) -> str:
    """Return how a formula names all cells from one to another."""
    mark = "$" if fixed else ""
    return f"[.{_place(*first, mark)}:.{_place(*last, mark)}]"


def _place(row: int, column: int, mark: str) -> str:
    letters, number = "", column + 1
    while number:
        number, letter = divmod(number - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return f"{mark}{letters}{mark}{row + 1}"


def spreadsheet(name: str, cells: Cells) -> bytes:
    """Return the file of a sheet that is called `name`."""
    files = {
        "mimetype": _MIME,
        "META-INF/manifest.xml": _MANIFEST,
        "styles.xml": _STYLES,
        "content.xml": _content(name, cells),
    }
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for path, text in files.items():  # the first, of which programs tell the kind of the file, is stored as it is
            kind = zipfile.ZIP_STORED if path == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(zipfile.ZipInfo(path, _FIRST_DAY), text, kind)
    return made.getvalue()


def _content(name: str, cells: Cells) -> str:
    columns = 1 + max(column for _, column in cells)
    return (
        f'{_HEAD}<office:document-content {_NAMESPACES} {_FORMULAS} office:version="1.3">\n<office:automatic-styles>\n'
        f'{"".join(map(_look, _LOOKS))}<style:style style:name="column" style:family="table-column">'
        f'<style:table-column-properties style:column-width="{_WIDTH}"/></style:style>\n'
        '<style:style style:name="sheet" style:family="table" style:master-page-name="Default"/>\n'
        "</office:automatic-styles>\n<office:body><office:spreadsheet>\n"
        f'<table:table table:name="{_text(name)}" table:style-name="sheet">\n'
        f'<table:table-column table:style-name="column" table:number-columns-repeated="{columns}"/>\n'
        f"{_rows(cells)}</table:table>\n</office:spreadsheet></office:body>\n</office:document-content>\n"
    )


def _look(look: Look) -> str:
    """Return a look as a style; a result is shown with eight decimals."""
    cell, text, paragraph = _LOOKS[look]
    numbers = ""
    data = ""
    if look == "result":
        data = ' style:data-style-name="decimals"'
        numbers = (
            '<number:number-style style:name="decimals">'
            '<number:number number:decimal-places="8" number:min-integer-digits="1"/>'
            "</number:number-style>\n"
        )
    return (
        f'{numbers}<style:style style:name="{look}" style:family="table-cell"{data}>'
        f"<style:table-cell-properties {cell}/><style:paragraph-properties {paragraph}/>"
        f"<style:text-properties {text}/></style:style>\n"
    )


def _rows(cells: Cells) -> str:
    """Return the rows from the first, and in each its cells from the first, those that are empty in between, too."""
    written, next_row = [], 0
    for row, in_row in groupby(sorted(cells), key=lambda place: place[0]):
        written += ["<table:table-row><table:table-cell/></table:table-row>\n"] * (row - next_row)
        next_row, next_column, texts = row + 1, 0, []
        for _, column in in_row:
            texts += ["<table:table-cell/>"] * (column - next_column)
            next_column = column + 1
            texts.append(_cell(cells[row, column]))
        written.append(f"<table:table-row>{''.join(texts)}</table:table-row>\n")
    return "".join(written)


def _cell(cell: Cell) -> str:
    style = f'<table:table-cell table:style-name="{cell.look}"'
    if isinstance(cell.value, str):
        return f'{style} office:value-type="string"><text:p>{_text(cell.value)}</text:p></table:table-cell>'
    formula = f' table:formula="of:={html.escape(cell.formula)}"' if cell.formula else ""
    shown = f"{cell.value:.8f}" if cell.look == "result" else f"{cell.value:.15g}"
    return (
        f'{style}{formula} office:value-type="float" office:value="{cell.value!r}">'
        f"<text:p>{shown}</text:p></table:table-cell>"
    )


def _text(text: str) -> str:
    return html.escape(_NOT_IN_XML.sub("\ufffd", " ".join(text.split())))

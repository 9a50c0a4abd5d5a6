"""DOCX of a document, on A4 with the margins of official papers."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import docx
from docx import oxml
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from . import keeping
from .blocks import Block, Code, Columns, Document, Grid, Heading, Line, Page, Signature, Steps, Title

FONT, CODE_FONT, SHADE = "Times New Roman", "Courier New", "F2F4F5"
WIDTH = Cm(16.5)
_ELEMENT: Callable[[str], Any] = vars(oxml)["OxmlElement"]


def content(document: Document, made: datetime | None = None) -> bytes:
    """The file.

    :param made: when the document was made; by default, the present time is not told
    """
    file: Any = docx.Document()
    _paper(file)
    _language(file, document.language)
    properties = file.core_properties
    properties.title, properties.author, properties.comments = document.title, "", ""
    properties.language = document.language
    properties.created = properties.modified = (made or datetime(2000, 1, 1, tzinfo=UTC)).replace(tzinfo=None)
    for block, stays in keeping.paired(document):
        written = len(file.paragraphs)
        _WRITERS[type(block)](file, block)
        for paragraph in file.paragraphs[written:] if stays else ():
            paragraph.paragraph_format.keep_with_next = True
    buffer = io.BytesIO()
    file.save(buffer)
    return buffer.getvalue()


def _paper(file: Any) -> None:
    section = file.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin = Cm(3), Cm(1.5)
    section.top_margin = section.bottom_margin = Cm(2)
    style = file.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(12)
    style.paragraph_format.space_after = Pt(4)


def _language(file: Any, language: str) -> None:
    properties = file.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    properties.find(qn("w:lang")).set(qn("w:val"), language)


def _title(file: Any, block: Title) -> None:
    paragraph = file.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = paragraph.add_run(block.text)
    if block.strong:
        run.bold, run.font.size = True, Pt(14)


def _columns(file: Any, block: Columns) -> None:
    paragraph = file.add_paragraph(f"{block.left}\t{block.right}")
    paragraph.paragraph_format.tab_stops.add_tab_stop(WIDTH, WD_TAB_ALIGNMENT.RIGHT)
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(12)


def _heading(file: Any, block: Heading) -> None:
    paragraph = file.add_paragraph()
    paragraph.paragraph_format.space_before = Pt(12)
    paragraph.add_run(block.text).bold = True


def _line(file: Any, block: Line) -> None:
    paragraph = file.add_paragraph()
    if block.label:
        paragraph.add_run(f"{block.label}: ").bold = True
    paragraph.add_run(block.text)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY if len(block.text) > 60 else None


def _steps(file: Any, block: Steps) -> None:
    for number, text in enumerate(block.texts, 1):
        paragraph = file.add_paragraph(f"{number}.\t{text}")
        paragraph.paragraph_format.left_indent = Cm(0.8)
        paragraph.paragraph_format.first_line_indent = Cm(-0.8)
        paragraph.paragraph_format.tab_stops.add_tab_stop(Cm(0.8))


def _code(file: Any, block: Code) -> None:
    paragraph = file.add_paragraph()
    paragraph.paragraph_format.keep_together = True
    run = paragraph.add_run(block.text)
    run.font.name, run.font.size = CODE_FONT, Pt(9)
    shade = _ELEMENT("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", SHADE)):
        shade.set(qn(f"w:{name}"), value)
    paragraph._p.get_or_add_pPr().append(shade)


def _grid(file: Any, block: Grid) -> None:
    table = file.add_table(rows=0, cols=len(block.head), style="Table Grid")
    table.autofit = False
    total, last = sum(block.shares), len(block.rows)
    for column, share in zip(table.columns, block.shares, strict=True):
        column.width = int(WIDTH * share / total)
    for number, cells in enumerate((block.head, *block.rows)):
        row = table.add_row()
        stays = number == 0 or (keeping.is_short(block) and number < last)
        _mark(row, "w:cantSplit", *(("w:tblHeader",) if number == 0 else ()))
        for cell, text, share in zip(row.cells, cells, block.shares, strict=True):
            cell.width = int(WIDTH * share / total)
            cell.paragraphs[0].paragraph_format.keep_with_next = stays
            run = cell.paragraphs[0].add_run(text)
            run.bold, run.font.size = number == 0, Pt(10)
    file.add_paragraph()


def _mark(row: Any, *marks: str) -> None:
    """Properties of a row that are either there or not."""
    for mark in marks:
        row._tr.get_or_add_trPr().append(_ELEMENT(mark))


def _page(file: Any, _block: Page) -> None:
    file.add_page_break()


def _signature(file: Any, block: Signature) -> None:
    _columns(file, Columns(f"{block.office} ____________________", block.name))


_WRITERS: dict[type[Block], Callable[[Any, Any], None]] = {
    Title: _title,
    Columns: _columns,
    Heading: _heading,
    Line: _line,
    Steps: _steps,
    Code: _code,
    Grid: _grid,
    Page: _page,
    Signature: _signature,
}

"""DOCX of a document, on A4 with the margins of official papers."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from .blocks import Block, Columns, Document, Heading, Line, Signature, Title

FONT = "Times New Roman"
WIDTH = Cm(16.5)


def content(document: Document, made: datetime | None = None) -> bytes:
    """The file.

    :param made: when the document was made; by default, the present time is not told
    """
    file: Any = docx.Document()
    _page(file)
    _language(file, document.language)
    properties = file.core_properties
    properties.title, properties.author, properties.comments = document.title, "", ""
    properties.language = document.language
    properties.created = properties.modified = (made or datetime(2000, 1, 1, tzinfo=UTC)).replace(tzinfo=None)
    for block in document.blocks:
        _WRITERS[type(block)](file, block)
    buffer = io.BytesIO()
    file.save(buffer)
    return buffer.getvalue()


def _page(file: Any) -> None:
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
    paragraph.paragraph_format.keep_with_next = True
    paragraph.add_run(block.text).bold = True


def _line(file: Any, block: Line) -> None:
    paragraph = file.add_paragraph()
    if block.label:
        paragraph.add_run(f"{block.label}: ").bold = True
    paragraph.add_run(block.text)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY if len(block.text) > 60 else None


def _signature(file: Any, block: Signature) -> None:
    _columns(file, Columns(f"{block.office} ____________________", block.name))


_WRITERS: dict[type[Block], Callable[[Any, Any], None]] = {
    Title: _title,
    Columns: _columns,
    Heading: _heading,
    Line: _line,
    Signature: _signature,
}

"""PDF of a document, on A4 with the margins of official papers; the letters it uses are embedded."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import fpdf  # pyright: ignore[reportMissingTypeStubs]

from .blocks import Block, Columns, Document, Heading, Line, Signature, Title

FONT = "roadmap"
FILES = {"": "DejaVuSerif.ttf", "B": "DejaVuSerif-Bold.ttf"}
LEFT, RIGHT, EDGE, HEIGHT = 30, 15, 20, 6
WIDER = 0.64  # share of a line that its left column has


class _Paper(fpdf.FPDF):
    def footer(self) -> None:
        """The number of the page, from the second one on."""
        if self.page_no() > 1:
            self.set_y(-15)
            self.set_font(FONT, size=9)
            self.cell(0, HEIGHT, str(self.page_no()), align="C")


def content(document: Document, fonts: Path, made: datetime | None = None) -> bytes:
    """The file.

    :param fonts: folder of the typefaces
    :param made: when the document was made; by default, the present time is not told
    """
    paper: Any = _Paper(format="A4")
    for style, name in FILES.items():
        paper.add_font(FONT, style, fonts / name)
    paper.set_margins(LEFT, EDGE, RIGHT)
    paper.set_auto_page_break(auto=True, margin=EDGE)
    paper.set_title(document.title)
    paper.set_lang(document.language)
    paper.set_creation_date(made or datetime(2000, 1, 1, tzinfo=UTC))
    paper.add_page()
    for block in document.blocks:
        _WRITERS[type(block)](paper, block)
    return bytes(paper.output())


def _font(paper: Any, style: str = "", size: int = 11) -> None:
    paper.set_font(FONT, style, size)


def _title(paper: Any, block: Title) -> None:
    _font(paper, "B" if block.strong else "", 14 if block.strong else 11)
    paper.multi_cell(0, HEIGHT + 1, block.text, align="C", new_x="LMARGIN", new_y="NEXT")


def _columns(paper: Any, block: Columns) -> None:
    paper.ln(HEIGHT / 2)
    _font(paper)
    widths = (paper.epw * WIDER, paper.epw * (1 - WIDER))
    texts = (block.left, block.right)
    lines = [
        paper.multi_cell(width, HEIGHT, text, dry_run=True, output="LINES")
        for width, text in zip(widths, texts, strict=True)
    ]
    height = HEIGHT * max(map(len, lines))
    if paper.will_page_break(height):
        paper.add_page()
    top = paper.get_y()
    paper.multi_cell(widths[0], HEIGHT, block.left, align="L", new_x="RIGHT", new_y="TOP")
    paper.multi_cell(widths[1], HEIGHT, block.right, align="R", new_x="LMARGIN", new_y="NEXT")
    paper.set_y(top + height + HEIGHT / 2)


def _heading(paper: Any, block: Heading) -> None:
    paper.ln(HEIGHT / 2)
    _font(paper, "B")
    if paper.will_page_break(HEIGHT * 4):
        paper.add_page()
    paper.multi_cell(0, HEIGHT, block.text, align="L", new_x="LMARGIN", new_y="NEXT")


def _line(paper: Any, block: Line) -> None:
    if block.label:
        _font(paper, "B")
        paper.write(HEIGHT, f"{block.label}: ")
    _font(paper)
    paper.write(HEIGHT, block.text)
    paper.ln(HEIGHT + 1)


def _signature(paper: Any, block: Signature) -> None:
    _columns(paper, Columns(f"{block.office} ____________________", block.name))


_WRITERS: dict[type[Block], Callable[[Any, Any], None]] = {
    Title: _title,
    Columns: _columns,
    Heading: _heading,
    Line: _line,
    Signature: _signature,
}

"""PDF of a document, on A4 with the margins of official papers; the letters it uses are embedded."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import fpdf  # pyright: ignore[reportMissingTypeStubs]

from .blocks import Block, Code, Columns, Document, Grid, Heading, Line, Page, Signature, Steps, Title

FONT = "roadmap"
FILES = {"": "DejaVuSerif.ttf", "B": "DejaVuSerif-Bold.ttf"}
CODE_FONT, CODE_FILE, CODE_HEIGHT = "roadmap-code", "DejaVuSansMono.ttf", 4.4
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
    if any(isinstance(block, Code) for block in document.blocks):
        paper.add_font(CODE_FONT, "", fonts / CODE_FILE)
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
    if paper.will_page_break(HEIGHT * 8):  # also the head and a first row of a table
        paper.add_page()
    paper.multi_cell(0, HEIGHT, block.text, align="L", new_x="LMARGIN", new_y="NEXT")


def _line(paper: Any, block: Line) -> None:
    if block.label:
        _font(paper, "B")
        paper.write(HEIGHT, f"{block.label}: ")
    _font(paper)
    paper.write(HEIGHT, block.text)
    paper.ln(HEIGHT + 1)


def _steps(paper: Any, block: Steps) -> None:
    _font(paper)
    for number, text in enumerate(block.texts, 1):
        paper.cell(8, HEIGHT, f"{number}.")
        paper.multi_cell(0, HEIGHT, text, align="L", new_x="LMARGIN", new_y="NEXT")
        paper.ln(1)


def _code(paper: Any, block: Code) -> None:
    """Shaded, and on one page if there is room on any; lines are broken where they are too long."""
    paper.set_font(CODE_FONT, size=8)
    paper.set_fill_color(242, 244, 245)
    paper.ln(1)
    look: dict[str, Any] = {"align": "L", "padding": 2, "new_x": "LMARGIN", "new_y": "NEXT"}
    lines = paper.multi_cell(0, CODE_HEIGHT, block.text, dry_run=True, output="LINES", **look)
    height = CODE_HEIGHT * len(lines) + 2 * look["padding"]
    if paper.will_page_break(height) and height < paper.eph:
        paper.add_page()
    paper.multi_cell(0, CODE_HEIGHT, block.text, fill=True, **look)
    paper.ln(2)


def _grid(paper: Any, block: Grid) -> None:
    _font(paper, size=9)
    paper.set_fill_color(255)
    paper.ln(1)
    look: dict[str, Any] = {"align": "LEFT", "text_align": "LEFT", "line_height": HEIGHT - 1, "padding": 1}
    with paper.table(col_widths=block.shares, **look) as table:
        for cells in (block.head, *block.rows):
            row = table.row()
            for cell in cells:
                row.cell(cell)
    paper.ln(3)


def _page(paper: Any, _block: Page) -> None:
    paper.add_page()


def _signature(paper: Any, block: Signature) -> None:
    _columns(paper, Columns(f"{block.office} ____________________", block.name))


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

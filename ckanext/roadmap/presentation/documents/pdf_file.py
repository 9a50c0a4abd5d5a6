"""PDF of a document, on A4 with the margins of official papers; the letters it uses are embedded."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import fpdf  # pyright: ignore[reportMissingTypeStubs]

from . import keeping
from .blocks import Block, Code, Columns, Document, Grid, Heading, Line, Page, Signature, Steps, Title

FONT = "roadmap"
FILES = {"": "DejaVuSerif.ttf", "B": "DejaVuSerif-Bold.ttf"}
CODE_FONT, CODE_FILE, CODE_HEIGHT = "roadmap-code", "DejaVuSansMono.ttf", 4.4
LEFT, RIGHT, EDGE, HEIGHT, PADDING = 30, 15, 20, 6, 2
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
    for group in keeping.groups(document):
        _begin(paper, group)
        for block in group:
            _WRITERS[type(block)](paper, block)
    return bytes(paper.output())


def _begin(paper: Any, group: list[Block]) -> None:
    """On a new page, if what stands together does not fit on this one and does on that."""
    height = sum(_HEIGHTS[type(block)](paper, block) for block in group if type(block) in _HEIGHTS)
    if paper.will_page_break(min(height, paper.eph - 1)):
        paper.add_page()


def _lines(paper: Any, width: float, height: float, text: str, **look: Any) -> int:
    """How many lines a text takes."""
    return len(paper.multi_cell(width, height, text, dry_run=True, output="LINES", align="L", **look))


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
    paper.multi_cell(0, HEIGHT, block.text, align="L", new_x="LMARGIN", new_y="NEXT")


def _heading_height(paper: Any, block: Heading) -> float:
    _font(paper, "B")
    return HEIGHT * (_lines(paper, 0, HEIGHT, block.text) + 0.5)


def _line(paper: Any, block: Line) -> None:
    if block.label:
        _font(paper, "B")
        paper.write(HEIGHT, f"{block.label}: ")
    _font(paper)
    paper.write(HEIGHT, block.text)
    paper.ln(HEIGHT + 1)


def _line_height(paper: Any, block: Line) -> float:
    """As if all were bold, which is the wider."""
    _font(paper, "B")
    text = f"{block.label}: {block.text}" if block.label else block.text
    return HEIGHT * _lines(paper, 0, HEIGHT, text) + 1


def _steps(paper: Any, block: Steps) -> None:
    _font(paper)
    for number, text in enumerate(block.texts, 1):
        paper.cell(8, HEIGHT, f"{number}.")
        paper.multi_cell(0, HEIGHT, text, align="L", new_x="LMARGIN", new_y="NEXT")
        paper.ln(1)


def _steps_height(paper: Any, block: Steps) -> float:
    """Of the first step."""
    _font(paper)
    return HEIGHT * _lines(paper, paper.epw - 8, HEIGHT, block.texts[0]) + 1 if block.texts else 0


def _code(paper: Any, block: Code) -> None:
    """Shaded; lines are broken where they are too long."""
    paper.set_font(CODE_FONT, size=8)
    paper.set_fill_color(242, 244, 245)
    paper.ln(1)
    paper.multi_cell(
        0, CODE_HEIGHT, block.text, fill=True, align="L", padding=PADDING, new_x="LMARGIN", new_y="NEXT"
    )
    paper.ln(2)


def _code_height(paper: Any, block: Code) -> float:
    paper.set_font(CODE_FONT, size=8)
    return CODE_HEIGHT * _lines(paper, 0, CODE_HEIGHT, block.text, padding=PADDING) + 2 * PADDING + 1


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


def _grid_height(paper: Any, block: Grid) -> float:
    """Of all of it, or of its head and first row where it is long."""
    _font(paper, size=9)
    rows = (block.head, *(block.rows if keeping.is_short(block) else block.rows[:1]))
    unit = paper.epw / sum(block.shares)
    return 1 + sum(
        (HEIGHT - 1)
        * max(
            _lines(paper, unit * share - 2, HEIGHT - 1, cell)
            for share, cell in zip(block.shares, cells, strict=True)
        )
        + 2
        for cells in rows
    )


def _page(paper: Any, _block: Page) -> None:
    paper.add_page()


def _signature(paper: Any, block: Signature) -> None:
    _columns(paper, Columns(f"{block.office} ____________________", block.name))


def _signature_height(_paper: Any, _block: Signature) -> float:
    return HEIGHT * 2.0


_HEIGHTS: dict[type[Block], Callable[[Any, Any], float]] = {
    Heading: _heading_height,
    Line: _line_height,
    Steps: _steps_height,
    Code: _code_height,
    Grid: _grid_height,
    Signature: _signature_height,
}
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

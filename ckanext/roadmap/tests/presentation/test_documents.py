"""Official documents: what belongs together stands on one page, wherever the page ends."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import docx
import pypdf
import pytest
from docx.oxml.ns import qn

from ckanext.roadmap.presentation.documents import docx_file, keeping, pdf_file
from ckanext.roadmap.presentation.documents.blocks import Block, Code, Document, Grid, Heading, Line, Steps

FONTS = Path("/usr/share/fonts/truetype/dejavu")
GRID = Grid(("Tomon", "Kim"), tuple((f"taraf {n}", "_____") for n in range(4)), (60, 40))
LONG = Grid(("No.", "Amal"), tuple((str(n), f"amal {n}") for n in range(80)), (7, 93))
TOGETHER: tuple[Block, ...] = (
    Heading("SARLAVHA"), Line("KIRISH " * 12), Code("\n".join(f"kod {n}" for n in range(6))),
    Heading("ALOQA"), GRID, Heading("QADAMLAR"), Steps(("birinchi qadam", "ikkinchi qadam")),
)  # fmt: skip


def pages(blocks: tuple[Block, ...]) -> list[str]:
    found = pdf_file.content(Document("Sinov", "uz", blocks), FONTS)
    return [one.extract_text() for one in pypdf.PdfReader(io.BytesIO(found)).pages]


@pytest.mark.skipif(not FONTS.exists(), reason="no typefaces")
@pytest.mark.parametrize("above", range(0, 40, 3))
def test_wherever_the_page_ends(above: int):
    found = pages((*(Line(f"satr {n}") for n in range(above)), *TOGETHER))
    for words in (
        ("SARLAVHA", "KIRISH", "kod 0", "kod 5"),
        ("ALOQA", "Kim", "taraf 0", "taraf 3"),
        ("QADAMLAR", "birinchi"),
    ):
        places = [{number for number, text in enumerate(found) if word in text} for word in words]
        assert all(one == places[0] for one in places), (above, words, places)
        assert len(places[0]) == 1


@pytest.mark.skipif(not FONTS.exists(), reason="no typefaces")
def test_a_long_table_has_its_head_on_each_page_and_a_long_code_goes_on():
    found = pages(
        (Heading("BAYONNOMA"), LONG, Line("KOD"), Code("\n".join(f"qator {n}" for n in range(150))))
    )
    assert [("BAYONNOMA" in text, "Amal" in text) for text in found[:2]] == [(True, True), (False, True)]
    assert sum("qator" in text for text in found) >= 2
    assert "qator 149" in found[-1]


def test_word_keeps_the_same_together():
    file: Any = docx.Document(io.BytesIO(docx_file.content(Document("Sinov", "uz", (*TOGETHER, LONG)))))
    kept = {
        one.text[:8].strip(): bool(one.paragraph_format.keep_with_next) for one in file.paragraphs if one.text
    }
    assert kept == {
        "SARLAVHA": True, "KIRISH K": True, "kod 0\nko": False, "ALOQA": True, "QADAMLAR": True, "1.\tbirin": False,
        "2.\tikkin": False,
    }  # fmt: skip
    short, long = file.tables
    assert [row.cells[0].paragraphs[0].paragraph_format.keep_with_next for row in short.rows] == [
        True
    ] * 4 + [False]
    assert [row.cells[0].paragraphs[0].paragraph_format.keep_with_next for row in long.rows[:3]] == [
        True,
        False,
        False,
    ]
    for table in file.tables:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)
    assert long.columns[1].width > 10 * long.columns[0].width


def test_a_document_may_end_with_what_leads():
    blocks = (Line("a"), Heading("oxirgi"))
    assert [len(group) for group in keeping.groups(Document("Sinov", "uz", blocks))] == [1, 1]

"""A statistics office that lays down its figures as a file of SDMX 2.1."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from xml.sax.saxutils import quoteattr

from ckanext.roadmap.tests.sources.http.sites import Page, Site, page
from ckanext.roadmap.tests.sources.statistics.messages import message

from .base import Source
from .sheets import Sheet
from .web import INNER, LOGIN_PAGE, packed_bomb, slow


class SdmxFile(Source):
    """Births by region and year, as structure-specific data on the web."""

    name, title, rows_of = "sdmx-births", ("Tug‘ilganlar", "Родившиеся"), "births"
    dbms = "SDMX"
    table = "births.xml"

    def __init__(self, number: int, site: Site, _folder: Path) -> None:
        super().__init__(number)
        self.site = site
        self.put(self.sheet)

    def options(self) -> dict[str, str]:
        return {"url": "sdmx-file+" + self.site.url("/sdmx/")}

    def put(self, sheet: Sheet) -> None:
        rows = "".join(
            f"<Obs {' '.join(f'{name}={quoteattr(cell)}' for name, cell in zip(sheet.header, row, strict=True) if cell)}/>"
            for row in sheet.rows
        )
        body = f'<ns1:DataSet s:structureRef="S" s:action="Replace" xsi:type="ns1:DataSetType">{rows}</ns1:DataSet>'
        self.give(page(message("StructureSpecificData", body, "AllDimensions")))

    def give(self, content: Page) -> None:
        self.site.pages["/sdmx/births.xml"] = content

    def faults(self) -> dict[str, tuple[Callable[[], None], str]]:
        return {
            "renamed table": (lambda: self.give(page(status=404)), "source_status"),
            "slow source": (lambda: self.give(slow), "fetch_too_slow"),
            "page of HTML": (lambda: self.give(LOGIN_PAGE), "file_page"),
            "redirect to an inner address": (lambda: self.give(INNER), "fetch_forbidden"),
            "packed answer that is a bomb": (lambda: self.give(packed_bomb(self.sheet)), "fetch_bomb"),
            **super().faults(),
            "dropped column": (lambda: self.put(self.sheet.without("SEX")), "file_columns_missing"),
        }

"""Every figure of the compliance pages leads in one click to as many rows as it counts."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from urllib.parse import parse_qs, urldefrag, urlsplit

import pytest
from bs4 import BeautifulSoup, Tag

from ckan.tests.helpers import CKANTestApp

from ckanext.roadmap.presentation.bodies import COUNTED_SHARES
from ckanext.roadmap.tests.clock import RehearsalClock
from ckanext.roadmap.tests.country import act
from ckanext.roadmap.tests.logic.acting import as_user, deadline_of, member, publish

pytestmark = pytest.mark.usefixtures("with_plugins", "approved")
PAGES = (
    "/en/compliance",
    "/en/compliance?kind=ministry&sphere=education",
    "/en/compliance?quarter=2023-Q2&q=vazirligi",
    "/en/compliance?as_of=2023-08-02",
    "/en/compliance?as_of=2023-10-20&quarter=2023-Q3",
    "/en/compliance/fix-first",
    "/en/compliance/fix-first?as_of=2023-08-02&kind=ministry",
    "/en/compliance/body/ministry-education",
    "/en/compliance/body/ministry-finance?quarter=2023-Q2",
    "/en/compliance/body/ministry-education?as_of=2023-08-02",
    "/en/compliance/item/F-01",
    "/en/compliance/item/F-01?quarter=2023-Q3",
    "/en/compliance/item/F-01?as_of=2023-08-02",
    "/en/compliance/item/F-01?body=ministry-finance",
)
NO_ROWS = {"raised", "days"}  # what a repair would add is told by the rule; how late one deadline is


@pytest.fixture
def year(rehearsal: RehearsalClock) -> None:
    """Data came on time, late, again, by hand, by a signature; a deadline is contested; it is November."""
    publish(rehearsal, "2023-07-20T12:00")
    publish(rehearsal, "2023-07-21T12:00", content="b", run_id=None)
    publish(rehearsal, "2023-08-01T12:00", content="a")
    rehearsal.set("2023-08-20T12:00")
    contested = deadline_of("F-01", "2023-06", "ministry-finance")
    act("roadmap_objection_create", deadline=contested, fault="portal", text="The portal was down")
    rehearsal.set("2023-10-12T12:00")
    officer = member("ministry-education")
    signed = {"deadline": deadline_of("E-01", "2023-Q3"), "reason": "No new school was opened"}
    as_user(officer, "roadmap_attest", **signed)
    publish(rehearsal, "2023-11-25T12:00", content="c")


def test_every_figure_leads_to_as_many_rows(app: CKANTestApp, year: None):
    figures: dict[str, int] = {}
    for address in PAGES:
        page = BeautifulSoup(app.get(address, status=200).body, "html.parser")
        for link in page.select("a.roadmap-drill[data-count]"):
            count = link["data-count"]
            assert count in link.get_text(" ").replace("/", " ").split(), (address, link)
            assert figures.setdefault(_key(address, link), int(count)) == int(count), (address, link)
        for chip in page.select(".roadmap-statuses a, td.roadmap-cell-deadline_count a"):
            figures[_key(address, chip)] = int((chip.b or chip).get_text())
        assert not list(_without_rows(page)), address
    kinds = {parse_qs(urlsplit(key).query).get("share", [""])[0] for key, count in figures.items() if count}
    assert kinds >= {"published", *COUNTED_SHARES}
    assert len(figures) > 150
    for address, count in figures.items():
        assert _rows(app, address) == count, address


def _key(address: str, link: Tag) -> str:
    """Where a link leads; one to a place of its own page tells it by the table."""
    target, anchor = urldefrag(link["href"])
    return f"{target or address}#{anchor}"


def _without_rows(page: BeautifulSoup) -> Iterator[Tag]:
    """Cells of numbers that lead nowhere, though they are not nothing."""
    for cell in page.select(".roadmap-table tbody td.roadmap-number"):
        kind = next(name for name in cell["class"] if name.startswith("roadmap-cell-"))
        is_figure = kind.removeprefix("roadmap-cell-") not in NO_ROWS
        if is_figure and not cell.a and cell.get_text(strip=True) not in ("", "0", "–"):
            yield cell


def _rows(app: CKANTestApp, address: str) -> int:
    """How many rows the file of a table has: all of them, not a page."""
    target, anchor = urldefrag(address)
    table = anchor.removeprefix("table-") if "/compliance/fix-first" not in target else "obligations"
    mark = "&" if "?" in target else "?"
    asked = f"&table={table}" if table else ""
    body = app.get(f"{target}{mark}format=csv{asked}", status=200).body
    return len(list(csv.DictReader(io.StringIO(body.removeprefix("\ufeff")))))

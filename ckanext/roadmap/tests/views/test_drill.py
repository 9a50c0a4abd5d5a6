"""Every figure of the compliance pages leads in one click to as many rows as it counts."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from itertools import combinations
from urllib.parse import parse_qs, parse_qsl, urldefrag, urlencode, urlsplit

import pytest
from bs4 import BeautifulSoup, Tag
from python_calamine import CalamineWorkbook

from ckan import model
from ckan.tests.helpers import CKANTestApp

from ckanext.roadmap.logic.sheets import CELLS
from ckanext.roadmap.presentation import xlsx_file
from ckanext.roadmap.presentation.bodies import COUNTED_SHARES
from ckanext.roadmap.tests import country
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
CHOICES = {
    "kind": ("ministry", "committee"),
    "sphere": ("finance", "education"),
    "q": ("moliya", "vazirligi"),
    "quarter": ("2023-Q2", "2023-Q3"),
    "as_of": ("2023-08-02", "2023-10-20"),
}
LISTS = {
    "/en/compliance/deadlines": "roadmap_deadline_list",
    "/en/compliance/obligations": "roadmap_obligation_list",
    "/en/compliance/refresh": "roadmap_refresh_list",
}
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
        assert _counted(app, address) == count, address


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
    body = app.get(f"{_file(address)}&format=csv", status=200).body
    return len(list(csv.DictReader(io.StringIO(body.removeprefix("\ufeff")))))


def _file(address: str) -> str:
    target, anchor = urldefrag(address)
    table = anchor.removeprefix("table-") if "/compliance/fix-first" not in target else "obligations"
    return f"{target}{'&' if '?' in target else '?'}{f'table={table}' if table else ''}"


@pytest.fixture
def varied(rehearsal: RehearsalClock, year: None) -> None:
    """Besides: a body was renamed and is of another kind, one ended; a dataset is gone; some are exempt."""
    rehearsal.set("2023-09-20T12:00")
    changed = country.BODIES.replace("committee,ministry-finance", "agency,ministry-finance")
    country.import_bodies(changed.replace("Moliya vazirligi", "Iqtisodiyot vazirligi"))
    act(
        "roadmap_exemption_create",
        since="2023-07-01",
        until="2023-08-31",
        body="hokimiyat-andijan",
        decision_number="7",
        decision_date="2023-09-01",
        reason="A flood",
    )
    rehearsal.set("2023-11-26T12:00")
    act("package_patch", id=model.Package.get("schools").id, private=True)
    rehearsal.set("2024-01-10T12:00")
    country.import_list(country.ITEMS.replace("10 days after", "5 days after"), year=2024)
    country.approve(year=2024, day="2024-01-10")
    rehearsal.set("2024-02-10T12:00")
    act("roadmap_ledger_extend")


def test_all_pairs_of_filters_add_up(app: CKANTestApp, varied: None, monkeypatch: pytest.MonkeyPatch):
    figures: dict[str, int] = {}
    for address in _pairs():
        page = BeautifulSoup(app.get(address, status=200).body, "html.parser")
        for link in page.select("a.roadmap-drill[data-count]"):
            target = _key(address, link)
            assert figures.setdefault(target, int(link["data-count"])) == int(link["data-count"]), address
        for chip in page.select(".roadmap-statuses a"):
            figures[_key(address, chip)] = int(chip.b.get_text())
    assert sum(map(bool, figures.values())) > 300
    wrong = {target: count for target, count in figures.items() if _counted(app, target) != count}
    assert not wrong, len(figures)
    kinds = {_kind(target): (target, count) for target, count in figures.items() if count}
    for target, count in kinds.values():
        assert _in_files(app, target) == [count] * 3, target
    monkeypatch.setattr(xlsx_file, "MOST_ROWS", 3)  # no row is left out in silence
    assert "Take CSV or JSON" in app.get("/en/compliance/deadlines?format=xlsx", status=400).body


def _pairs() -> Iterator[str]:
    """The pages with any two of the filters that they know, each in one of its values by turns."""
    for number, names in enumerate(combinations(CHOICES, 2)):
        for shift in (0, 1):
            asked = {
                name: CHOICES[name][(number * shift + shift + place) % 2] for place, name in enumerate(names)
            }
            yield f"/en/compliance?{urlencode(asked)}"
    for quarter, as_of in zip(CHOICES["quarter"], CHOICES["as_of"][::-1], strict=True):
        for own in ("body/ministry-finance", "body/hokimiyat-andijan", "item/F-01", "item/E-01"):
            yield f"/en/compliance/{own}?{urlencode({'quarter': quarter, 'as_of': as_of})}"
            yield f"/en/compliance/{own}?{urlencode({'quarter': quarter})}"
        yield f"/en/compliance/item/F-01?{urlencode({'body': 'tax-committee', 'as_of': as_of})}"


def _kind(target: str) -> tuple[str, ...]:
    """What sort of rows a link leads to."""
    parts = urlsplit(target)
    asked = parse_qs(parts.query)
    own = "/".join(parts.path.split("/")[:4])
    return (
        own,
        parts.fragment,
        *(asked.get(name, [""])[0] for name in ("share", "touch")),
        str("as_of" in asked),
    )


def _counted(app: CKANTestApp, target: str) -> int:
    """How many rows the action has, or the file where they stand on a page of their own."""
    parts = urlsplit(target)
    if action := LISTS.get(parts.path):
        asked = dict(parse_qsl(parts.query))
        return act(action, **asked, limit=1)["count"]
    return _rows(app, target)


def _in_files(app: CKANTestApp, target: str) -> list[int]:
    address = _file(target)
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(app.get(f"{address}&format=xlsx", status=200).data))
    return [
        _rows(app, target),
        len(sheet.get_sheet_by_index(0).to_python()) - 1,
        len(json.loads(app.get(f"{address}&format=json", status=200).body)),
    ]


def test_the_rows_behind_published_show_their_newest_periods(app: CKANTestApp, year: None):
    shown = BeautifulSoup(app.get("/en/compliance/obligations", status=200).body, "html.parser")
    for row in shown.select("#table-obligations tbody tr"):
        begun = int(row.select_one(".roadmap-cell-deadline_count").get_text(strip=True).replace(",", ""))
        marks = row.select(".roadmap-strip .roadmap-mark")
        assert len(marks) == min(begun, CELLS), row.get_text(" ", strip=True)

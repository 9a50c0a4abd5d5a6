"""SDMX 2.1 by its standard, by the library that writes it, and from a service that speaks it."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import tracemalloc
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest
import sdmx
from hypothesis import given
from hypothesis import strategies as st

from ckanext.roadmap.sources import standing
from ckanext.roadmap.sources.errors import SourceError
from ckanext.roadmap.sources.http import networks
from ckanext.roadmap.sources.limits import Limits
from ckanext.roadmap.sources.places import Way
from ckanext.roadmap.sources.reach import Reach
from ckanext.roadmap.sources.statistics import check_table, read_values, signs_of
from ckanext.roadmap.sources.statistics.periods import span_of
from ckanext.roadmap.sources.statistics.sdmx.parts import parts
from ckanext.roadmap.sources.statistics.sdmx.reading import observations
from ckanext.roadmap.sources.statistics.sdmx.records import number
from ckanext.roadmap.sources.statistics.sdmx.structure import Structure
from ckanext.roadmap.sources.statistics.sdmx.structures import read_structure
from ckanext.roadmap.tests.sources.http.sites import Site, page, serving

from . import messages as written
from .office import FLOW, WHOLE, Office, data, definition, lines, structures

Talk = Callable[[BaseHTTPRequestHandler], None]
KEY = ("REF_AREA", "SEX", "TIME_PERIOD")
WANTED = (*KEY, "REF_AREA.uz", "REF_AREA.uz_Cyrl", "REF_AREA.ru", "REF_AREA.en", "REF_AREA.text", "TIME_PERIOD.code",
          "TIME_PERIOD.start", "TIME_PERIOD.end", "OBS_VALUE", "OBS_STATUS", "OBS_STATUS.ru", "UNIT_MEASURE", "TITLE")  # fmt: skip


class Everywhere(dict[str, Any]):
    """One page at every address."""

    def __init__(self, talk: Talk) -> None:
        self.talk = talk

    def get(self, key: str, default: Any = None) -> Any:
        return self.talk


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as one:
        yield one


@pytest.fixture
def office(site: Site) -> Office:
    one = Office()
    site.pages = Everywhere(one.talk)
    return one


def way(url: str, prefix: str = "sdmx+") -> Way:
    return Way(prefix + url, Limits(connect=3, statement=20), Reach(networks(["127.0.0.1/32"])))


def read(site: Site, table: str = FLOW, wanted: tuple[str, ...] = WANTED, **how: Any) -> list[dict[str, Any]]:
    return [dict(one) for one in read_values(way(site.url("/rest/")), table, how, wanted)]


def cells(rows: list[dict[str, Any]]) -> dict[tuple[str, ...], Any]:
    found = {tuple(row[name] for name in KEY): row.get("OBS_VALUE") for row in rows}
    assert len(found) == len(rows)
    return found


EXPECTED = {key: None if value is None else Decimal(value) for key, value in WHOLE.items()}


def of(content: bytes, name: str = "data.xml") -> list[dict[str, str]]:
    return list(observations(io.BytesIO(content), name, "OBS_VALUE"))


def refused(act: Callable[[], Any]) -> SourceError:
    with pytest.raises(SourceError) as caught:
        act()
    return caught.value


class TestService:
    @pytest.mark.parametrize("forms", [("structurespecificdata",), ("genericdata",)])
    def test_every_observation_whatever_the_service_has(
        self, site: Site, office: Office, forms: tuple[str, ...]
    ):
        office.forms = forms
        rows = read(site)
        assert cells(rows) == EXPECTED
        assert rows[0] == {
            "REF_AREA": "UZ1703", "SEX": "F", "TIME_PERIOD": "2022", "REF_AREA.uz": "Andijon", "REF_AREA.uz_Cyrl": "Андижон",
            "REF_AREA.ru": "Андижан", "REF_AREA.en": "Andijan", "REF_AREA.text": "Andijon", "TIME_PERIOD.code": "2022",
            "TIME_PERIOD.start": date(2022, 1, 1), "TIME_PERIOD.end": date(2022, 12, 31), "OBS_VALUE": Decimal("17031.2250"),
            "OBS_STATUS": "A", "OBS_STATUS.ru": "Обычное", "UNIT_MEASURE": "PS", "TITLE": None,
        }  # fmt: skip
        assert "REF_AREA.en" not in rows[-1], "Tashkent has no English name"

    def test_lines_when_the_mapping_asks_for_them(self, site: Site, office: Office):
        assert cells(read(site, "BIRTHS", format="csv")) == EXPECTED
        office.forms = ("genericdata",)
        assert refused(lambda: read(site, format="csv")).code == "sdmx_form"

    def test_what_is_selected_alone_is_asked(self, site: Site, office: Office):
        how: dict[str, Any] = {
            "select": {"SEX": "F", "REF_AREA": ["UZ1703", "UZ1726"]},
            "parameters": {"startPeriod": 2024},
        }
        assert set(cells(read(site, **how))) == {("UZ1703", "F", "2024"), ("UZ1726", "F", "2024")}
        assert office.keys == [".UZ1703+UZ1726.F"]
        for select in ({"SEX": "X"}, {"AGE": "1"}, {"TIME_PERIOD": "2024"}):
            assert refused(lambda chosen=select: read(site, select=chosen)).code == "cube_select"
        assert len(office.keys) == 1

    @pytest.mark.parametrize("most", [1, 3, 7, 17])
    def test_what_is_too_large_is_asked_in_parts(self, site: Site, office: Office, most: int):
        office.most = most
        if most < 3:  # the years of one region and sex cannot be parted by codes
            assert refused(lambda: read(site)).code == "sdmx_too_large"
            return
        assert cells(read(site)) == EXPECTED
        office.keys.clear()
        assert cells(read(site, wanted=(*KEY, "OBS_VALUE"))) == EXPECTED
        assert office.keys[0] == "all"

    def test_a_part_of_which_there_is_nothing(self, site: Site, office: Office):
        office.most = 9
        assert cells(read(site, select={"FREQ": ["A", "Q"]})) == EXPECTED

    def test_faults_are_told_by_what_to_do(self, site: Site, office: Office):
        assert refused(lambda: read(site, "DEATHS")).code == "sdmx_nothing"
        assert refused(lambda: read(site, parameters={"startPeriod": "2030"})).code == "sdmx_nothing"
        office.broken = 40
        assert refused(lambda: read(site)).code == "file_broken"
        office.forms = ()
        assert refused(lambda: read(site)).code == "sdmx_form"
        site.pages = Everywhere(page(status=403))
        assert refused(lambda: read(site)).code == "sdmx_query"
        site.pages = Everywhere(page(b"<!doctype html><p>Kirish"))
        assert refused(lambda: read(site, wanted=("OBS_VALUE",))).code == "file_page"

    def test_values_are_read_though_the_structure_cannot_be(self, site: Site, office: Office):
        site.pages = Everywhere(
            lambda h: (
                page(status=500 if "/dataflow/" in h.path else 404)(h)
                if "/data/" not in h.path
                else office.talk(h)
            )
        )
        wanted = (*KEY, "OBS_VALUE")
        assert (
            refused(lambda: read(site, wanted=wanted, select={"SEX": "F"}, structure="codelist/x")).code
            == "sdmx_nothing"
        )
        assert refused(lambda: read(site, structure="codelist/x", wanted=wanted)).code == "sdmx_nothing"


class TestMessages:
    @pytest.mark.parametrize("content", [written.SPECIFIC, written.GENERIC, written.FLAT])
    def test_the_same_observations_in_every_form(self, content: bytes):
        assert of(content) == written.FOUND
        assert of(content.decode().replace("UTF-8", "UTF-16").encode("utf-16")) == written.FOUND

    def test_another_dimension_across_the_series(self):
        assert [(one["INDICATOR"], one["TIME_PERIOD"], one["OBS_VALUE"]) for one in of(written.ACROSS)] == [
            ("BIRTHS", "2023", "5"), ("DEATHS", "2023", "3"),
        ]  # fmt: skip

    @pytest.mark.parametrize("specific", [True, False])
    def test_the_library_reads_the_same(self, specific: bool):
        content = data(WHOLE, specific)
        message = sdmx.read_sdmx(io.BytesIO(content), structure=definition(), format="XML")
        theirs = [
            {name: str(one.value) for name, one in (*each.key.values.items(), *each.attrib.items())}
            | {"OBS_VALUE": each.value}
            for each in message.data[0].obs
        ]
        assert of(content) == theirs

    @pytest.mark.parametrize(
        ("content", "code"),
        [
            (written.SPECIFIC[:-60], "file_broken"),
            (written.SPECIFIC.replace(b"?>", b'?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>', 1), "file_broken"),
            (written.SPECIFIC.replace(b"v2_1", b"v3_0"), "sdmx_version"),
            (written.SPECIFIC.replace(b"v2_1/message", b"v2_0/message"), "sdmx_version"),
            (b'<CompactData xmlns="http://www.SDMX.org/resources/SDMXML/schemas/v2_0/message"/>', "sdmx_version"),
            (b'{"dataSets": []}', "sdmx_version"),
            (b"<data><row/></data>", "file_broken"),
            (b"", "file_empty"),
            (b"a,b\n1,2\n", "file_broken"),
            (b"DATAFLOW,FREQ,OBS_VALUE\r\nX,A\r\n", "file_broken"),
            (b"STRUCTURE,STRUCTURE_ID,ACTION,FREQ,OBS_VALUE\r\ndataflow,X,D,A,\r\n", "sdmx_delete"),
            (written.message("Error", '<m:ErrorMessage code="130"><c:Text>x</c:Text></m:ErrorMessage>'), "sdmx_error"),
            (written.message("GenericData", "", after='<f:Footer><f:Message code="413"/></f:Footer>'), "sdmx_cut"),
            (written.message("GenericData", '<m:DataSet action="Delete"/>'), "sdmx_delete"),
            (written.message("GenericData", "", more="<m:DataSetAction>Delete</m:DataSetAction>"), "sdmx_delete"),
        ],
    )  # fmt: skip
    def test_what_is_no_table(self, content: bytes, code: str):
        assert refused(lambda: of(content)).code == code

    def test_structures_in_the_place_of_data_and_the_other_way_round(self):
        assert refused(lambda: of(structures())).code == "sdmx_no_data"
        assert refused(lambda: read_structure(written.SPECIFIC, "x")).code == "sdmx_no_data"
        bomb = structures().replace(b"?>", b'?><!DOCTYPE x [<!ENTITY e "e">]>', 1)
        assert refused(lambda: read_structure(bomb, "x")).code == "file_broken"
        none = written.message("Structure", "").replace(
            written.header().encode(), b"<m:Header><m:ID>x</m:ID></m:Header>"
        )
        assert refused(lambda: read_structure(none, "x")).code == "sdmx_structure_many"

    def test_names_beside_ids_in_lines(self):
        content = "STRUCTURE[;],STRUCTURE_ID,ACTION,REF_AREA: Hudud,TIME_PERIOD,OBS_VALUE,NOTE\r\n"
        content += 'dataflow,X:Y(1.0),I,UZ1703: Andijon,2024-Q1,"1.0","Izoh: ""bor"", ha"\r\n'
        (row,) = of(b"\xef\xbb\xbf" + content.encode())
        assert (row["REF_AREA"], row["OBS_VALUE"], row["NOTE"]) == ("UZ1703", "1.0", 'Izoh: "bor", ha')

    def test_a_long_message_takes_no_memory(self):
        def content(count: int) -> io.BytesIO:
            head, rest = written.SPECIFIC.split(b"<Series", 1)
            series = b'<Series FREQ="A" REF_AREA="UZ1703"><Obs TIME_PERIOD="2024" OBS_VALUE="1"/></Series>'
            return io.BytesIO(head + series * count + b"<Series" + rest)

        def peak(count: int) -> int:
            file = content(count)
            tracemalloc.start()
            assert sum(1 for _ in observations(file, "x", "OBS_VALUE")) == count + 3
            found = tracemalloc.get_traced_memory()[1]
            tracemalloc.stop()
            return found

        assert peak(8000) < peak(1000) + 200_000


class TestFiles:
    @pytest.mark.parametrize("content", [data(WHOLE, True), data(WHOLE, False), lines(WHOLE)])
    def test_a_drop_folder_with_structures_beside(self, tmp_path: Path, content: bytes):
        (tmp_path / "births-2024.xml").write_bytes(content)
        (tmp_path / "dsd.xml").write_bytes(structures())
        drop = way(f"drop://{tmp_path}/?settle=0", "sdmx-file+")
        rows = [dict(one) for one in read_values(drop, "births-*.xml", {"structure": "dsd.xml"}, WANTED)]
        assert cells(rows) == EXPECTED
        assert rows[0]["REF_AREA.ru"] == "Андижан"
        rows = [
            dict(one) for one in read_values(drop, "births-*.xml", {}, (*KEY, "OBS_VALUE", "REF_AREA.ru"))
        ]
        assert cells(rows) == EXPECTED
        assert "REF_AREA.ru" not in rows[0]

    def test_signs_tell_whether_data_or_structures_have_changed(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ):
        monkeypatch.setattr(standing, "TICK", 0.0)  # files are believed as soon as they are written
        (tmp_path / "a.xml").write_bytes(data(WHOLE, True))
        drop, how = way(f"drop://{tmp_path}/?settle=0", "sdmx-file+"), {"structure": "dsd.xml"}
        assert refused(lambda: signs_of(drop, "a.xml", how)).code == "file_missing"
        (tmp_path / "dsd.xml").write_bytes(structures())
        before = signs_of(drop, "a.xml", how)
        assert before is not None
        assert before == signs_of(drop, "a.xml", how)
        (tmp_path / "dsd.xml").write_bytes(structures() + b" ")
        assert before != signs_of(drop, "a.xml", how)
        assert signs_of(way("https://stat.example/rest/"), FLOW, {}) is None

    def test_a_connection_is_looked_at_as_what_it_is(self, site: Site, tmp_path: Path):
        site.pages["/rest/dataflow/UZSTAT/BIRTHS/1.0"] = page(structures())
        site.pages["/rest/"] = page(b"x")
        for table in (FLOW, ""):
            assert check_table(way(site.url("/rest/")), table, lambda: datetime.now(UTC)).version is not None
        assert refused(lambda: check_table(way(site.url("/rest/")), "DEATHS", lambda: datetime.now(UTC))).code
        drop = way(f"drop://{tmp_path}/?settle=0", "sdmx-file+")
        assert refused(lambda: check_table(drop, "a.xml", lambda: datetime.now(UTC))).code == "file_missing"
        (tmp_path / "a.xml").write_bytes(b"x")
        writes = os.access(tmp_path, os.W_OK)
        assert check_table(drop, "a.xml", lambda: datetime.now(UTC)).powers == (("WRITE",) if writes else ())

    def test_on_the_web(self, site: Site):
        site.pages["/open/births.xml"] = page(data(WHOLE, True))
        found = read_values(way(site.url("/open/"), "sdmx-file+"), "births.xml", {}, (*KEY, "OBS_VALUE"))
        assert cells([dict(one) for one in found]) == EXPECTED
        missing = way(site.url("/open/"), "sdmx-file+")
        assert refused(lambda: list(read_values(missing, "deaths.xml", {}, KEY))).code == "source_status"


@pytest.mark.parametrize(
    ("told", "code", "start", "last"),
    [
        ("2024", "2024", "2024-01-01", "2024-12-31"),
        ("2024-A1", "2024", "2024-01-01", "2024-12-31"),
        ("2024-S2", "2024-H2", "2024-07-01", "2024-12-31"),
        ("2024-H1", "2024-H1", "2024-01-01", "2024-06-30"),
        ("2024-T3", "2024-T3", "2024-09-01", "2024-12-31"),
        ("2024-T1", "2024-T1", "2024-01-01", "2024-04-30"),
        ("2024-Q1", "2024-Q1", "2024-01-01", "2024-03-31"),
        ("2024K4", "2024-Q4", "2024-10-01", "2024-12-31"),
        ("2024-M02", "2024-02", "2024-02-01", "2024-02-29"),
        ("2024-\u041c02", "2024-02", "2024-02-01", "2024-02-29"),
        ("2024M2", "2024-02", "2024-02-01", "2024-02-29"),
        ("2023-02", "2023-02", "2023-02-01", "2023-02-28"),
        ("2024-W01", "2024-W01", "2024-01-01", "2024-01-07"),
        ("2024-D060", "2024-02-29", "2024-02-29", "2024-02-29"),
        ("2024-02-29", "2024-02-29", "2024-02-29", "2024-02-29"),
        ("2024-02-29T00:00:00", "2024-02-29", "2024-02-29", "2024-02-29"),
    ],
)
def test_periods_as_offices_write_them(told: str, code: str, start: str, last: str):
    span = span_of(told)
    assert span
    assert (span.code, span.start.isoformat(), span.last.isoformat()) == (code, start, last)


@pytest.mark.parametrize(
    "told", ["", "x", "2024-Q5", "2024-13", "2024-T4", "2024-A2", "2023-02-29", "2024-W99", "Code", "202"]
)
def test_what_is_no_period(told: str):
    assert span_of(told) is None


@given(st.text(max_size=12))
def test_any_text_is_a_period_or_none(told: str):
    span = span_of(told)
    assert span is None or span.start <= span.last


@given(st.decimals(allow_nan=False, allow_infinity=False))
def test_a_value_keeps_its_digits(value: Decimal):
    found = number(str(value))
    assert isinstance(found, Decimal)
    assert found.as_tuple() == value.as_tuple()


def test_what_is_no_number():
    assert [number(one) for one in ("NaN", " ", "INF", "c")] == [None, None, "INF", "c"]


@given(st.lists(st.integers(0, 60), min_size=1, max_size=3), st.integers(1, 400))
def test_parts_are_together_the_whole(sizes: list[int], length: int):
    codes = {
        f"D{n}": {f"{n}{code}".zfill(length): {} for code in range(size)} for n, size in enumerate(sizes)
    }
    found = parts(Structure(tuple(codes), codes), {})
    if len(found) == 1:
        assert found == [{}]
        assert max(sizes) < 2
        return
    (name,) = {name for one in found for name in one}
    assert [code for one in found for code in one[name]] == list(codes[name])
    assert all(len("+".join(one[name])) <= 1500 or len(one[name]) == 1 for one in found)


def test_neither_page_nor_agent_pays_for_the_library():
    code = "import sys, ckanext.roadmap.loading.extract as e; sys.exit(bool({'sdmx', 'pandas'} & set(sys.modules)))"
    subprocess.run([sys.executable, "-c", code], check=True)

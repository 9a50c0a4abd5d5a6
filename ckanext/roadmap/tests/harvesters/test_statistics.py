"""Statistics offices, from their service to the rows that readers see; each fault keeps the old ones."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ckan import model

from ckanext.harvest.model import HarvestSource
from ckanext.roadmap.tests.country import act
from ckanext.roadmap.tests.sources.http.sites import Site, page, serving
from ckanext.roadmap.tests.sources.statistics.office import FLOW, WHOLE, Office, data, structures
from ckanext.roadmap.tests.sources.statistics.test_sdmx import Everywhere
from ckanext.roadmap.tests.sources.statistics.test_values import SERIES

from .conftest import Chain

pytestmark = pytest.mark.usefixtures("with_plugins")
URL = "CKANEXT__ROADMAP__CONNECTION__EDUCATION__URL"
COLUMNS: list[Any] = [
    {"name": "region", "source": "REF_AREA", "type": "text"}, {"name": "region_ru", "source": "REF_AREA.ru"},
    {"name": "sex", "source": "SEX"}, {"name": "year", "source": "TIME_PERIOD", "type": "text"},
    {"name": "last", "source": "TIME_PERIOD.end"}, {"name": "births", "source": "OBS_VALUE"},
    {"name": "status", "source": "OBS_STATUS"},
]  # fmt: skip
SDMX: dict[str, Any] = {
    "key": ["region", "sex", "year"],
    "columns": COLUMNS,
    "region_column": None,
    "row_floor": 1,
}


@pytest.fixture
def site(chain: Chain, ckan_config: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    monkeypatch.setitem(ckan_config, "ckanext.roadmap.http.allowed_networks", ["127.0.0.1/32"])
    with serving() as one:
        yield one


def outcome(chain: Chain) -> tuple[str, str | None]:
    (row,) = chain.harvest()["mappings"]
    error = row["run"]["error"] if row["run"] else None
    return row["outcome"], error and error["code"]


def test_a_service_from_its_dataflow_to_the_rows(chain: Chain, site: Site, monkeypatch: pytest.MonkeyPatch):
    office = Office()
    site.pages = Everywhere(office.talk)
    monkeypatch.setenv(URL, "sdmx+" + site.url("/rest/"))
    chain.map(table=FLOW, **SDMX)
    assert outcome(chain) == ("applied", None)
    assert model.Session.query(HarvestSource).one().type == "roadmap_statistics"
    fields = act("datastore_info", id=act("roadmap_mapping_show", name="schools")["resource_id"])["fields"]
    assert {field["id"]: field["type"] for field in fields} == {
        "region": "text", "region_ru": "text", "sex": "text", "year": "text", "last": "date", "births": "numeric",
        "status": "text",
    }  # fmt: skip
    rows = chain.search("_id")
    assert {(row["region"], row["sex"], row["year"]): row["births"] for row in rows} == {
        key: None if value is None else float(value) for key, value in WHOLE.items()
    }
    assert (rows[0]["region_ru"], rows[0]["last"], rows[0]["status"]) == ("Андижан", "2022-12-31", "A")
    assert outcome(chain) == ("unchanged", None)
    office.broken = 30
    assert outcome(chain) == ("failed", "file_broken")
    site.pages = Everywhere(page(status=404))
    assert outcome(chain) == ("failed", "sdmx_nothing")
    assert len(chain.search("_id")) == len(WHOLE)


def test_a_file_in_a_drop_folder(chain: Chain, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv(URL, f"sdmx-file+drop://{tmp_path}/?settle=0")
    chain.map(table="births-*.xml", read={"structure": "dsd.xml"}, **SDMX)
    (tmp_path / "births-2024.xml").write_bytes(data(WHOLE, specific=False))
    assert outcome(chain) == ("failed", "file_missing")
    (tmp_path / "dsd.xml").write_bytes(structures())
    assert outcome(chain) == ("applied", None)
    assert len(chain.search("_id")) == len(WHOLE)


def test_the_metadata_of_a_series_fill_the_passport(
    chain: Chain, site: Site, monkeypatch: pytest.MonkeyPatch
):
    site.pages["/sdmx/sdmx_data_1.json"] = page(json.dumps(SERIES).encode())
    monkeypatch.setenv(URL, "series+" + site.url("/sdmx/"))
    columns = ["code", "name_ru", {"name": "period", "type": "text"}, "period_end", "value", "unit_ru"]
    chain.map(
        table="sdmx_data_1.json", key=["code", "period"], columns=columns, region_column=None, row_floor=1
    )
    assert outcome(chain) == ("applied", None)
    assert [(row["period"], row["period_end"], row["value"]) for row in chain.search("period")] == [
        ("2023", "2023-12-31", 3322.6), ("2024-03", "2024-03-31", 3330), ("2024-Q1", "2024-03-31", None),
    ]  # fmt: skip
    shown = act("package_show", id=act("roadmap_mapping_show", name="schools")["dataset_id"])
    assert "O‘lchov birligi: ming kishi" in shown["notes"]

"""CKAN's own tests of its DataStore, run on tables that the load engine has put in the place of CKAN's.

Whatever a test creates by `datastore_create` is loaded anew by the engine at once, as the rows of a source, and
exchanged for the table that CKAN made; what CKAN's tests then read, write and delete is a table of ours.

They take some minutes, so they are run by the file's name, when CKAN or the way of exchanging tables changes:
`pytest --ckan-ini=test.ini ckanext/roadmap/tests/logic/ckans_own.py`.
"""

from __future__ import annotations

import io
from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import psycopg2
import pytest
from psycopg2 import sql
from sqlalchemy.engine import make_url

import ckan.plugins.toolkit as tk

from ckanext.datastore.backend.postgres import DatastorePostgresqlBackend
from ckanext.datastore.tests.conftest import clean_datastore  # noqa: F401
from ckanext.datastore.tests.test_delete import TestDatastoreRecordsDelete  # noqa: F401
from ckanext.datastore.tests.test_info import test_info_success  # noqa: F401
from ckanext.datastore.tests.test_search import (  # noqa: F401
    TestDatastoreSearch,
    TestDatastoreSearchDistinctTests,
    TestDatastoreSearchFilters,
    TestDatastoreSearchLegacyTests,
    TestDatastoreSearchRecordsFormat,
)
from ckanext.datastore.tests.test_upsert import (  # noqa: F401
    TestDatastoreInsert,
    TestDatastoreUpdate,
    TestDatastoreUpsert,
)
from ckanext.roadmap.loading import engine
from ckanext.roadmap.loading.datastore import live
from ckanext.roadmap.loading.extract import Extractor, extractor
from ckanext.roadmap.loading.plan import ColumnPlan, LoadPlan, SourceAccess, Target
from ckanext.roadmap.model.columns import new_id
from ckanext.roadmap.services import clock

COLUMNS = (
    "SELECT attname, format_type(atttypid, atttypmod) FROM pg_attribute WHERE attrelid = to_regclass(%s)"
    " AND attnum > 0 AND NOT attisdropped AND attname NOT IN ('_id', '_full_text') ORDER BY attnum"
)


class Mirrored:
    """The rows as they stand, in their order."""

    def __init__(self, plan: LoadPlan, url: str) -> None:
        self._plan, self._url = plan, url

    @property
    def types(self) -> tuple[str, ...]:
        return tuple(column.type or "text" for column in self._plan.columns)

    def probe(self) -> None:
        return None

    def batches(self) -> Iterator[bytes]:
        names = sql.SQL(", ").join(map(sql.Identifier, self._plan.names))
        query = sql.SQL("COPY (SELECT {} FROM {} ORDER BY _id) TO STDOUT WITH (FORMAT csv)")
        into = io.BytesIO()
        with closing(psycopg2.connect(self._url)) as store, store.cursor() as cursor:
            cursor.copy_expert(query.format(names, live(self._plan.resource_id)), into)
        yield from [into.getvalue()] if into.tell() else []


@extractor
class Mirror(Extractor):
    """A table of the DataStore as a source."""

    kind = "mirror"

    @contextmanager
    def opened(self) -> Generator[Mirrored]:
        yield Mirrored(self.plan, self.access.url)


OTHERWISE = {
    "test_fts_works_on_non_textual_fields": "a table that is loaded can be searched by its text columns",
    "test_all_params_work_with_fields_with_whitespaces": "it searches a number by words",
    "test_calculate_record_count_is_false": "a table that is loaded is analysed at once",
}


@pytest.fixture(autouse=True)
def but_for_what_is_meant_otherwise(request: pytest.FixtureRequest) -> None:
    if reason := OTHERWISE.get(request.node.originalname):
        request.applymarker(pytest.mark.xfail(reason=reason, strict=True))


@pytest.fixture
def clean_db(reset_db: Any) -> None:
    """CKAN's alone: no plugin but the DataStore is there."""
    reset_db()


@pytest.fixture(autouse=True)
def as_ckan_tests_itself(monkeypatch: pytest.MonkeyPatch, ckan_config: Any) -> None:
    for name in ("create_unowned_dataset", "anon_create_dataset", "create_dataset_if_not_in_organization"):
        monkeypatch.setitem(ckan_config, f"ckan.auth.{name}", True)


@pytest.fixture(autouse=True)
def loads(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[list[str]]:
    """How each table came here."""
    create, done = DatastorePostgresqlBackend.create, list[str]()

    def created(self: Any, context: Any, data_dict: Any, *more: Any) -> Any:
        answer = create(self, context, data_dict, *more)
        done.append(load(data_dict["resource_id"], tmp_path))
        return answer

    monkeypatch.setattr(DatastorePostgresqlBackend, "create", created)
    yield done
    assert set(done) <= {"applied", "unchanged"}


def load(resource_id: str, folder: Path) -> str:
    url, reader = tk.config["ckan.datastore.write_url"], make_url(tk.config["ckan.datastore.read_url"])
    with closing(psycopg2.connect(url)) as store, store.cursor() as cursor:
        cursor.execute(COLUMNS, (live(resource_id).as_string(cursor),))
        columns = tuple(ColumnPlan(name, name, kind) for name, kind in cursor.fetchall())
    if not columns:
        return "unchanged"
    plan = LoadPlan(
        run_id=new_id(), mapping_id="mirror", resource_id=resource_id, schema="", table="", columns=columns,
        row_floor=0,
    )  # fmt: skip
    target = Target(url, str(reader.username), folder)
    return str(engine.run(plan, SourceAccess(url, kind="mirror"), target, clock.now).outcome)

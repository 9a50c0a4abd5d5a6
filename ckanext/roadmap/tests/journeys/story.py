"""What happened in the country before the browser comes: data on time, a failed run, and much that is missing."""

from __future__ import annotations

from ckan import model
from ckan.tests import factories

from ckanext.roadmap.domain.region import REGIONS
from ckanext.roadmap.model.mapping import Mapping
from ckanext.roadmap.model.run import Run
from ckanext.roadmap.services import events, publications
from ckanext.roadmap.sources.mapping_file import parse
from ckanext.roadmap.tests import country
from ckanext.roadmap.tests.clock import RehearsalClock

HASH = "9f2c6a31d0b84c55a1e77d3be0f1a2c49f2c6a31d0b84c55a1e77d3be0f1a2c4"


def tell(clock: RehearsalClock) -> None:
    """A list in force since January, schools published on 5 April, a failed run in July; it is 20 July 2023."""
    clock.set("2023-01-20T12:00")
    country.import_bodies()
    country.import_list()
    country.approve()
    _publish(clock)
    _fail(clock)
    clock.set("2023-07-20T12:00")


def _publish(clock: RehearsalClock) -> None:
    at = clock.set("2023-04-05T09:00")
    session = model.Session()
    dataset = factories.Dataset(
        name="schools", title="Maktablar", owner_org="ministry-education", item_code="E-01", identifier="E-01"
    )
    session.add(_mapping(dataset["id"], at))
    session.flush()
    obligation = publications.obligations_for(session, "E-01", "ministry-education", at.date())[0]
    publications.link(session, at, obligation.id, dataset["id"], None, "schools", "mapping")
    run = _run("run-applied", dataset["id"], at, outcome="applied", phase="done")
    run.content_hash, run.rows_in, run.rows_before, run.rows_inserted = HASH, 1411, 0, 1411
    run.rows_updated = run.rows_deleted = 0
    run.files = [{"format": "CSV", "bytes": 230144, "sha256": HASH}]
    session.add(run)
    events.record(
        session,
        at,
        obligation_ids=[obligation.id],
        dataset_id=dataset["id"],
        resource_id=None,
        kind="changed",
        at=at,
        content_hash=HASH,
        rows=1411,
        rows_changed=1411,
        columns=["code", "region"],
        regions=sorted(REGIONS),
        grade="measured",
        place="portal",
        source="run",
        run_id="run-applied",
        live_read_at=at,
    )
    session.commit()


def _fail(clock: RehearsalClock) -> None:
    at = clock.set("2023-07-10T09:00")
    run = _run("run-failed", model.Package.get("schools").id, at, outcome="failed", phase="extract")
    run.error = {
        "phase": "extract",
        "code": "columns_missing",
        "message": "public.schools has no column region.",
        "remedy": "Restore them at the source.",
        "params": {"schema": "public", "table": "schools", "columns": ["region"]},
    }
    model.Session.add(run)
    model.Session.commit()


MAPPING = """
name: schools
connection: education
table: schools
item: E-01
body: ministry-education
dataset: {name: schools, title: {uz: Maktablar, ru: Школы, en: Schools}}
key: id
columns: [id, name]
schedule: {cron: 30 2 * * *, window: 22:00-06:00}
"""


def _mapping(dataset_id: str, at: object) -> Mapping:
    return Mapping(
        id="mapping-schools",
        name="schools",
        connection="education",
        source_schema="public",
        source_table="schools",
        item_code="E-01",
        body_name="ministry-education",
        dataset_id=dataset_id,
        resource_id="resource-schools",
        definition=parse(MAPPING)[0].definition,
        definition_hash=HASH,
        created_at=at,
        updated_at=at,
    )


def _run(id: str, dataset_id: str, at: object, **values: object) -> Run:
    return Run(
        id=id,
        mapping_id="mapping-schools",
        mapping_name="schools",
        resource_id="resource-schools",
        connection="education",
        dataset_id=dataset_id,
        attempt=1,
        state="finished",
        started_at=at,
        finished_at=at,
        durations={"extract": 0.52, "stage": 0.31},
        **{"files": [], **values},
    )

"""Looks at a mapped table: number of rows, newest watermark, shape."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from ckan import model

from ckanext.roadmap.domain.errors import RoadmapError
from ckanext.roadmap.loading.extract import Extractor, datastore_type, kind_of
from ckanext.roadmap.loading.extract.csv_file import CsvExtractor
from ckanext.roadmap.loading.extract.parcel import ParcelExtractor
from ckanext.roadmap.loading.plan import SourceAccess
from ckanext.roadmap.model.mapping import Mapping
from ckanext.roadmap.model.run import Run
from ckanext.roadmap.services import clock, connections, mappings, runs
from ckanext.roadmap.sources.database import reading
from ckanext.roadmap.sources.table import probe, reflect


def probe_mapping(mapping: Mapping) -> dict[str, Any]:
    """What the table looks like now; a few hundred bytes that anybody may see.

    :raises SourceError: it cannot be read
    """
    access, definition = connections.access(mapping.connection), mapping.definition
    if kind_of(access).harvester != Extractor.harvester:
        return _declared(mapping, kind_of(access)(mappings.plan_of(mapping, "probe"), access))
    if urlsplit(access.url).scheme in CsvExtractor.schemes:
        return _look_at_file(mapping, access)
    if urlsplit(access.url).scheme in ParcelExtractor.schemes:
        return _look_at_parcel(mapping, access)
    columns = {column["name"]: column for column in definition["columns"]}
    watermark = definition["watermark_column"]
    with reading(access.url, access.limits) as connection:
        table = reflect(connection, mapping.source_schema, mapping.source_table)
        found = probe(connection, table, columns[watermark]["source"] if watermark else None)
        kinds = table.columns
    types = {
        name: datastore_type(kinds.get(column["source"], ""), column["type"])
        for name, column in columns.items()
    }
    return {
        "mapping": mapping.name,
        "rows": found.rows,
        "watermark": found.watermark,
        "fingerprint": found.fingerprint,
        "types": types,
    }


def _declared(mapping: Mapping, source: Extractor) -> dict[str, Any]:
    """What is read in one piece is read by the load alone; the mapping tells what the table will be."""
    columns, about = mapping.definition["columns"], source.about()
    return {
        "mapping": mapping.name,
        "rows": model.Session.scalar(Run.last_rows(mapping.id)) or 0,
        "watermark": None,
        "fingerprint": None,
        "types": {column["name"]: column["type"] or "text" for column in columns},
        "about": {"notes": about.notes, "frequency": about.frequency},
    }


def _look_at_file(mapping: Mapping, access: SourceAccess) -> dict[str, Any]:
    plan = mappings.plan_of(mapping, "probe")
    with CsvExtractor(plan, access).careful().opened() as source:
        return {
            "mapping": mapping.name,
            "rows": source.rows,
            "watermark": None,
            "fingerprint": None,
            "types": dict(zip(plan.names, source.types, strict=True)),
        }


def _look_at_parcel(mapping: Mapping, access: SourceAccess) -> dict[str, Any]:
    plan = mappings.plan_of(mapping, "probe")
    with ParcelExtractor(plan, access).opened() as source:
        return {
            "mapping": mapping.name,
            "rows": source.received.manifest.lines,
            "watermark": None,
            "fingerprint": None,
            "types": dict(zip(plan.names, source.types, strict=True)),
        }


def record_failure(mapping: Mapping, harvest_object_id: str, error: RoadmapError) -> str:
    """A source that cannot be looked at is a failed run.

    :returns: the fault in words
    """
    session, now = model.Session(), clock.now()
    run = runs.begin(session, now, mapping, harvest_object_id)
    runs.fail(session, now, run, mapping, runs.describe(error, "extract"))
    session.commit()
    return f"{error} (run {run.id})"

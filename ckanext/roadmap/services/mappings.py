"""Mappings: import them, and turn them into plans for the load engine."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from ckan import model as core

from ckanext.roadmap import config
from ckanext.roadmap.domain.errors import RoadmapError
from ckanext.roadmap.domain.text import Text
from ckanext.roadmap.loading.plan import ColumnPlan, FullText, LoadPlan
from ckanext.roadmap.loading.publish.formats import FORMATS
from ckanext.roadmap.loading.strictness import GateSettings
from ckanext.roadmap.model import Body, Item
from ckanext.roadmap.model.columns import new_id
from ckanext.roadmap.model.mapping import Mapping
from ckanext.roadmap.services import cron
from ckanext.roadmap.sources.contract.districts import with_districts
from ckanext.roadmap.sources.mapping_file import MappingDraft, MappingError


def import_mappings(session: Session, now: datetime, drafts: Iterable[MappingDraft]) -> Counter[str]:
    """Write mappings as drafted; the caller commits.

    :returns: how many were created, updated, unchanged
    :raises MappingError: an item or a body that is not known, or a move to another connection or body
    """
    counts: Counter[str] = Counter(created=0, updated=0, unchanged=0)
    for draft in drafts:
        check_references(session, now, draft)
        row = session.scalars(Mapping.by_name(draft.name)).first()
        counts[_create(session, now, draft) if row is None else _update(row, now, draft)] += 1
    session.flush()
    return counts


def create(session: Session, now: datetime, draft: MappingDraft) -> Mapping:
    """Write a new mapping as drafted; the caller commits.

    :raises MappingError: it is there already, or names what is not known, or a dataset that is another's
    """
    check_references(session, now, draft)
    name, dataset = draft.name, draft.definition["dataset"]["name"]
    if session.scalars(Mapping.by_name(name)).first() is not None:
        raise MappingError(
            "mapping_name_taken", name, "name", f"there is a mapping {name} already.",
            "Open it to change it, or take another name.", value=name,
        )  # fmt: skip
    if core.Package.by_name(dataset) or session.scalars(Mapping.of_dataset_name(dataset)).first():
        raise MappingError(
            "mapping_dataset_taken", name, "dataset.name", f"there is a dataset {dataset} already.",
            "Take another name for the dataset.", value=dataset,
        )  # fmt: skip
    _create(session, now, draft)
    session.flush()
    return session.scalars(Mapping.by_name(name)).one()


def rewrite(session: Session, now: datetime, mapping: Mapping, draft: MappingDraft) -> None:
    """Write one mapping anew as drafted; the caller commits.

    :raises MappingError: it has another name, or names what is not known
    """
    if draft.name != mapping.name:
        raise MappingError(
            "mapping_other_name", draft.name, "name", f"the mapping is {mapping.name}.",
            "Keep its name; import a mapping of another name as a new one.", value=mapping.name,
        )  # fmt: skip
    check_references(session, now, draft)
    _update(mapping, now, draft)
    session.flush()


def unsaved(draft: MappingDraft, id: str) -> Mapping:
    """A mapping as it would be, which nobody else sees."""
    return Mapping(id=id, name=draft.name, dataset_id="", resource_id="look", **_values(draft))


def plan_of(mapping: Mapping, run_id: str) -> LoadPlan:
    """What the load engine has to do for a mapping.

    :raises DistrictsError: the classifier of districts cannot be read
    """
    definition = mapping.definition
    return LoadPlan(
        run_id=run_id,
        mapping_id=mapping.id,
        resource_id=mapping.resource_id,
        schema=mapping.source_schema,
        table=mapping.source_table,
        columns=tuple(_column(column) for column in definition["columns"]),
        key=tuple(definition["key"]),
        region_column=definition["region_column"],
        period_column=definition.get("period_column"),
        watermark_column=definition["watermark_column"],
        full_text=FullText(definition["full_text"]),
        row_floor=definition["row_floor"],
        formats=formats_of(definition),
        gates=gates_of(definition),
        read=definition.get("read") or {},
        contract=with_districts(definition.get("contract") or (), config.districts_file()),
        zone=config.timezone(),
    )


def gates_of(definition: dict[str, Any]) -> GateSettings:
    """How strict the gates are: the portal's thresholds, or the mapping's own."""
    return replace(GateSettings(**config.gates()), **(definition.get("gates") or {}))


def formats_of(definition: dict[str, Any]) -> tuple[str, ...]:
    """The formats of a table's files; CSV is always among them, and first."""
    named = definition.get("formats") or config.file_formats()
    return ("csv", *(name for name in named if name != "csv"))


def column_info(column: dict[str, Any]) -> dict[str, str]:
    """What the data dictionary says of a column; empty where the mapping says nothing of it."""
    found: dict[str, str] = {}
    for name, told in (("label", column["title"]), ("notes", column.get("description"))):
        if told:
            found[name] = Text.from_dict(told).pick("uz")
            found |= {f"{name}_{language}": text for language, text in told.items()}
    return found


def _column(column: dict[str, Any]) -> ColumnPlan:
    info = column_info(column)
    comment = None
    if info:  # the form in which the DataStore keeps its data dictionary; the blank marks its version
        comment = " " + json.dumps({"_info": info}, ensure_ascii=False, separators=(",", ":"))
    return ColumnPlan(
        column["name"], column["source"], column["type"], comment, tuple(column.get("public") or ())
    )


def _check_cron(now: datetime, draft: MappingDraft) -> None:
    line = draft.definition.get("schedule", {}).get("cron")
    try:
        if line:
            cron.check(line, now)
    except RoadmapError:
        raise MappingError(
            "mapping_cron", draft.name, "schedule.cron", f"{line} is no line of cron.",
            "Write minute, hour, day, month and day of the week.", value=line,
        ) from None  # fmt: skip


def check_references(session: Session, now: datetime, draft: MappingDraft) -> None:
    """Whether what a mapping names is there.

    :raises MappingError: a format, a moment, an item or a body that is not known
    """
    formats = draft.definition.get("formats") or []
    if unknown := next((name for name in formats if name not in FORMATS), None):
        raise MappingError(
            "mapping_format_unknown", draft.name, "formats", f"there is no format {unknown}.",
            f"Use {', '.join(FORMATS)}.", value=str(unknown), accepted=list(FORMATS),
        )  # fmt: skip
    _check_cron(now, draft)
    item, body = draft.definition["item"], draft.definition["body"]
    if session.scalars(Item.by_code(str(item))).first() is None:
        raise MappingError(
            "mapping_item_unknown", draft.name, "item", f"no approved or drafted list has the item {item}.",
            "Correct the code.", value=str(item),
        )  # fmt: skip
    if session.scalars(Body.by_name(str(body))).first() is None:
        raise MappingError(
            "mapping_body_unknown", draft.name, "body", f"the register has no body {body}.",
            "Use its name there, or import it first.", value=str(body),
        )  # fmt: skip


def _create(session: Session, now: datetime, draft: MappingDraft) -> str:
    session.add(
        Mapping(
            id=new_id(), name=draft.name, dataset_id=new_id(), resource_id=new_id(),
            created_at=now, updated_at=now, **_values(draft),
        )
    )  # fmt: skip
    return "created"


def _update(row: Mapping, now: datetime, draft: MappingDraft) -> str:
    if row.definition_hash == draft.definition_hash:
        return "unchanged"
    for name, value in _values(draft).items():
        setattr(row, name, value)
    row.updated_at = now
    return "updated"


def _values(draft: MappingDraft) -> dict[str, Any]:
    definition = draft.definition
    return {
        "connection": definition["connection"],
        "source_schema": definition["schema"],
        "source_table": definition["table"],
        "item_code": str(definition["item"]),
        "body_name": str(definition["body"]),
        "definition": definition,
        "definition_hash": draft.definition_hash,
    }

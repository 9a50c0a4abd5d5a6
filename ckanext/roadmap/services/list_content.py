"""What a list version says: its items as values, as rows of the API, as cells of a file, as one hash."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy.orm import Session

from ckanext.roadmap.domain import chain
from ckanext.roadmap.model import ItemRevision
from ckanext.roadmap.presentation import approved_list
from ckanext.roadmap.sources.approved_list import ItemDraft

VALUES = (
    "position",
    "title",
    "sphere",
    "places",
    "frequency",
    "due_rule",
    "responsible",
    "territorial",
    "region_column",
    "unchanged_allowed",
    "columns",
    "column_types",
    "odin",
    "odin_indicators",
    "ai",
    "personal_data",
    "legal_basis",
    "source_note",
)
_TERM = ("frequency", "due_rule")
# what lists could say only later counts only where it is said, so that older lists keep their hash
_LATER = ("column_types", "odin_indicators", "personal_data")


def of_draft(draft: ItemDraft, position: int) -> dict[str, Any]:
    """The values of an item as it was drafted."""
    responsible = draft.responsible
    return {
        "position": position,
        "title": draft.title.to_dict(),
        "sphere": draft.sphere,
        "places": [str(place) for place in draft.places],
        "frequency": str(draft.term.frequency),
        "due_rule": str(draft.term.rule),
        "responsible": {
            "all": responsible.all,
            "bodies": list(responsible.bodies),
            "kinds": [str(kind) for kind in responsible.kinds],
            "exceptions": list(responsible.exceptions),
        },
        "territorial": draft.territorial,
        "region_column": draft.region_column,
        "unchanged_allowed": draft.unchanged_allowed,
        "columns": list(draft.columns),
        "column_types": {name: str(kind) for name, kind in draft.column_types.items()},
        "odin": list(draft.odin),
        "odin_indicators": list(draft.odin_indicators),
        "ai": draft.ai,
        "personal_data": str(draft.personal_data) if draft.personal_data else None,
        "legal_basis": draft.legal_basis,
        "source_note": draft.source_note,
    }


def of_revision(revision: ItemRevision) -> dict[str, Any]:
    """The values of an item as it is stored."""
    return {name: getattr(revision, name) for name in VALUES}


def row(code: str, revision: ItemRevision) -> dict[str, Any]:
    """An item as the API gives it."""
    values = of_revision(revision)
    named = {name: values[name] for name in VALUES if name not in ("position", *_TERM)}
    return {"code": code, **named, "term": {name: values[name] for name in _TERM}}


def rows(session: Session, version_id: str) -> list[dict[str, Any]]:
    """The items of a version as the API gives them, in the list's order."""
    found = session.execute(ItemRevision.of_version(version_id)).tuples()
    return [row(item.code, revision) for revision, item in found]


def cells(session: Session, version_id: str) -> dict[str, dict[str, str]]:
    """The items of a version as the import writes them, by code."""
    return {found["code"]: approved_list.cells(found) for found in rows(session, version_id)}


def digest(items: Iterable[tuple[str, Mapping[str, Any]]]) -> str:
    """SHA-256 of a list's content, whatever way it came in."""
    content = [{"code": code, **_said(values)} for code, values in items]
    return hashlib.sha256(chain.canonical({"items": content})).hexdigest()


def _said(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value or name not in _LATER}


def stored_digest(session: Session, version_id: str) -> str:
    """SHA-256 of what a version says as it is stored."""
    session.flush()
    found = session.execute(ItemRevision.of_version(version_id)).tuples()
    return digest((item.code, of_revision(revision)) for revision, item in found)

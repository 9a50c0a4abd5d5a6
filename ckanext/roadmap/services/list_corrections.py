"""Technical corrections: a typing error in an approved list, mended by an act and visible for good."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from ckanext.roadmap.domain.errors import RoadmapError
from ckanext.roadmap.domain.list_life import Step
from ckanext.roadmap.domain.text import Text
from ckanext.roadmap.model import ItemRevision, ListCorrection, ListVersion
from ckanext.roadmap.presentation import approved_list
from ckanext.roadmap.services import list_content, list_items, list_versions

TITLES = {"title_uz": "uz", "title_uz_cyrl": "uz_Cyrl", "title_ru": "ru", "title_en": "en"}
NOTES = ("legal_basis", "source_note")


def correct(
    session: Session,
    now: datetime,
    version: ListVersion,
    code: str,
    cells: Mapping[str, str],
    *,
    act: str,
    reason: str,
    by: str,
) -> ListCorrection:
    """Mend texts of an item of an approved version; terms, bodies and columns can't be touched.

    The caller commits.

    :param cells: new texts, among the titles, the legal basis and the note
    :raises RoadmapError: the version is not approved, has no such item, or nothing would change
    """
    list_versions.take(session, version, Step.correct)
    revision = list_items.find(session, version, code)
    before, hash_before = approved_list.cells(list_content.row(code, revision)), version.content_hash
    for name, value in _values(revision, {name: text.strip() for name, text in cells.items()}).items():
        setattr(revision, name, value)
    after = approved_list.cells(list_content.row(code, revision))
    changes = {name: [before[name], text] for name, text in after.items() if before[name] != text}
    if not changes:
        raise RoadmapError("nothing_corrected", "Nothing would change. Give the corrected text.", item=code)
    version.content_hash = list_content.stored_digest(session, version.id)
    correction = ListCorrection(
        list_version_id=version.id,
        revision_id=revision.id,
        changes=changes,
        act=act,
        reason=reason,
        hash_before=hash_before,
        hash_after=version.content_hash,
        recorded_by=by,
        recorded_at=now,
    )
    session.add(correction)
    session.flush()
    return correction


def _values(revision: ItemRevision, cells: Mapping[str, str]) -> dict[str, Any]:
    titles = {TITLES[name]: text for name, text in cells.items() if name in TITLES}
    if titles.get("uz") == "":
        raise RoadmapError("title_required", "The title in Uzbek can't be emptied. Give the corrected one.")
    title = Text.from_dict({**revision.title, **titles}).to_dict()
    return {"title": title, **{name: cells[name] or None for name in NOTES if name in cells}}

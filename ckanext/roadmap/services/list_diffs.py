"""What changed from one list version to another."""

from __future__ import annotations

from sqlalchemy.orm import Session

from ckanext.roadmap.domain.list_diff import ListDiff, diff
from ckanext.roadmap.model import ListVersion
from ckanext.roadmap.services import list_content


def between(session: Session, before: ListVersion, after: ListVersion) -> ListDiff:
    """Added, removed and changed items, told in the cells of the import."""
    return diff(list_content.cells(session, before.id), list_content.cells(session, after.id))


def titles(session: Session, *versions: ListVersion) -> dict[str, dict[str, str]]:
    """The titles of all items of these versions by code; the last version's words win."""
    return {
        row["code"]: row["title"] for version in versions for row in list_content.rows(session, version.id)
    }

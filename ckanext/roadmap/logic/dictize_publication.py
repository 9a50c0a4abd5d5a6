"""Links from obligations to datasets, and what waits for one, as the API gives them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from ckan import model

from ckanext.roadmap.domain.publication import LinkState
from ckanext.roadmap.services import dataset_faces
from ckanext.roadmap.services.body_history import Face
from ckanext.roadmap.services.visibility import is_shown
from ckanext.roadmap.services.worklists import Link, Owed, Published


def link(one: Link, sees: Callable[[str], bool], at: datetime | None = None) -> dict[str, Any]:
    """A link with both of its ends and what was done to it, as was known at an instant (None: now).

    :param sees: whether the reader may see a dataset (id) that is not public
    """
    row = one.row

    def known(moment: datetime | None) -> datetime | None:
        return None if moment is None or (at is not None and moment > at) else moment

    confirmed, declined, revoked = map(known, (row.confirmed_at, row.declined_at, row.revoked_at))
    return {
        "id": row.id,
        "state": str(LinkState.of(confirmed, declined, revoked)),
        "how": row.how,
        "place": row.place,
        "scores": row.scores,
        "obligation": obligation(one.owed),
        "dataset": _dataset(one, sees),
        "resource_id": row.resource_id,
        "proposed_at": _instant(row.proposed_at),
        "confirmed_at": _instant(confirmed),
        "declined_at": _instant(declined),
        "revoked_at": _instant(revoked),
        "reason": row.reason if declined or revoked else None,
    }


def acts(one: Link) -> dict[str, Any]:
    """Who did what to a link: for those who decide."""
    row = one.row
    names = ("proposed_by", "confirmed_by", "declined_by", "revoked_by")
    return {name: getattr(row, name) for name in names}


def obligation(owed: Owed) -> dict[str, Any]:
    """An obligation by item and body."""
    return {
        "id": owed.id,
        "item": {
            "code": owed.item.code,
            "title": owed.revision.title,
            "legal_basis": owed.revision.legal_basis,
        },
        "body": _body(owed.body),
        "is_answered": owed.is_answered,
    }


def published(one: Published) -> dict[str, Any]:
    """A dataset with the body that publishes it."""
    body = _body(one.body) if one.body else None
    return {**(dataset(one.package) or {}), "body": body, "is_linked": one.is_linked}


def dataset(package: model.Package | None) -> dict[str, Any] | None:
    """A dataset by name and title in its languages."""
    if package is None:
        return None
    return {"id": package.id, "name": package.name, "title": dataset_faces.title_of(package)}


def _dataset(one: Link, sees: Callable[[str], bool]) -> dict[str, Any]:
    """The dataset of a link as it was called then, if it was public then or the reader may see it."""
    package, face, id_ = one.package, one.face, one.row.dataset_id
    is_public = package is not None and is_shown(package)
    told = dataset(package) if face is None else {"id": id_, "name": face.name, "title": face.title}
    was_public = is_public if face is None else face.is_public
    if told is None or not (was_public or (not is_public and sees(id_))):
        told = {"id": id_, "name": None, "title": None}
    return told if is_public else {**told, "is_public": False}


def _body(body: Face) -> dict[str, Any]:
    return {"name": body.name, "code": body.code, "title": body.title}


def _instant(at: datetime | None) -> str | None:
    return at.isoformat() if at else None

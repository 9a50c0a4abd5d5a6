"""Lets the matcher propose links, and keeps its proposals: nothing is linked by it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from ckan import model as core

from ckanext.roadmap.domain.event import Place
from ckanext.roadmap.domain.matching import Match, Matcher, Offered
from ckanext.roadmap.domain.publication import How
from ckanext.roadmap.model import MatchedDataset, Publication
from ckanext.roadmap.model.columns import new_id
from ckanext.roadmap.services import matching_facts
from ckanext.roadmap.services.matching_facts import BATCH, Kinships
from ckanext.roadmap.services.visibility import PUBLIC_DATASET


def to_look_at(session: Session, owed_at: datetime | None) -> list[str]:
    """The public datasets that the matcher never saw, or that are other since, or that new obligations await.

    :param owed_at: since when the obligations in force stand
    """
    package, seen = core.Package, MatchedDataset
    query = (
        sa.select(package.id)
        .outerjoin(seen, seen.dataset_id == package.id)
        .where(PUBLIC_DATASET)
        .where(
            seen.modified_at.is_distinct_from(package.metadata_modified)
            | seen.owed_at.is_distinct_from(owed_at)
        )
    )
    return list(session.scalars(query.order_by(package.id)))


def batches(ids: Sequence[str]) -> Iterable[Sequence[str]]:
    """The datasets in groups that one transaction takes."""
    return (ids[start : start + BATCH] for start in range(0, len(ids), BATCH))


def propose(
    session: Session,
    now: datetime,
    matcher: Matcher,
    kinships: Kinships,
    ids: Sequence[str],
    owed_at: datetime | None,
) -> Counter[str]:
    """Look at some datasets: new proposals are added, better scores noted, stale ones dropped.

    The caller commits. What a person declined or revoked stays away while the dataset is as it was.

    :param owed_at: since when the obligations stand that the matcher was told of
    :returns: how many datasets were looked at, and proposals made, kept and dropped
    """
    modified = dict(session.execute(_modified(ids)).tuples().all())
    offers = list(matching_facts.offered(session, ids, kinships))
    refused, open_ = _refused(session, offers), _open(session, ids)
    counts: Counter[str] = Counter(datasets=len(offers), proposed=0, kept=0, dropped=0)
    fresh: list[Match] = []
    for offer in offers:
        for match in matcher.best(offer, refused[offer.dataset_id]):
            row = open_.pop((offer.dataset_id, match.obligation_id), None)
            if row is None:
                fresh.append(match)
                continue
            row.scores = match.score.to_dict()
            counts["kept"] += 1
    for row in open_.values():
        session.delete(row)
    counts["dropped"] = len(open_)
    session.flush()
    counts["proposed"] = _add(session, now, fresh)
    _note(session, offers, modified, owed_at)
    return counts


def _modified(ids: Sequence[str]) -> sa.Select[tuple[str, datetime]]:
    """Read before the datasets are, so that what is altered meanwhile is looked at again."""
    return sa.select(core.Package.id, core.Package.metadata_modified).where(core.Package.id.in_(ids))


def _refused(session: Session, offers: Sequence[Offered]) -> dict[str, set[str]]:
    """By dataset, the obligations that a person refused it for while it was as it is now."""
    prints = {offer.dataset_id: offer.fingerprint() for offer in offers}
    found: dict[str, set[str]] = defaultdict(set)
    for row in session.scalars(Publication.refused(list(prints))):
        row.fingerprint = row.fingerprint or prints[row.dataset_id]
        if row.fingerprint == prints[row.dataset_id]:
            found[row.dataset_id].add(row.obligation_id)
    return found


def _open(session: Session, ids: Sequence[str]) -> dict[tuple[str, str], Publication]:
    rows = session.scalars(Publication.machine_proposals(ids))
    return {(row.dataset_id, row.obligation_id): row for row in rows}


def _add(session: Session, now: datetime, matches: Sequence[Match]) -> int:
    """New proposals; a pair that somebody has linked or proposed meanwhile stays as it is."""
    if not matches:
        return 0
    values = [
        {
            "id": new_id(),
            "obligation_id": match.obligation_id,
            "dataset_id": match.dataset_id,
            "place": str(Place.portal),
            "how": str(How.matcher),
            "proposed_at": now,
            "proposed_by": str(How.matcher),
            "scores": match.score.to_dict(),
        }
        for match in matches
    ]
    added = insert(Publication).on_conflict_do_nothing().returning(Publication.id)
    return len(session.execute(added, values).all())


def _note(
    session: Session,
    offers: Iterable[Offered],
    modified: Mapping[str, datetime],
    owed_at: datetime | None,
) -> None:
    values = [
        {
            "dataset_id": offer.dataset_id,
            "fingerprint": offer.fingerprint(),
            "modified_at": modified[offer.dataset_id],
            "owed_at": owed_at,
        }
        for offer in offers
    ]
    if not values:
        return
    row = insert(MatchedDataset)
    new = {name: row.excluded[name] for name in ("fingerprint", "modified_at", "owed_at")}
    session.execute(row.on_conflict_do_update(index_elements=["dataset_id"], set_=new), values)

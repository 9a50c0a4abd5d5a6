"""What each of some obligations was at an instant, from stored results: the rule is not asked again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from functools import lru_cache
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ckanext.roadmap.domain import agenda, verdict
from ckanext.roadmap.domain.assessment import Status
from ckanext.roadmap.domain.facts import SHOWS_DATA
from ckanext.roadmap.domain.verdict import Verdict
from ckanext.roadmap.model import DataEventRow, Publication
from ckanext.roadmap.model import owed_then as statements
from ckanext.roadmap.services import dataset_faces, linked_datasets
from ckanext.roadmap.services.dataset_faces import Dataset
from ckanext.roadmap.services.history_rows import group

_told = lru_cache(maxsize=10_000)(verdict.unpack)


class Deadline(NamedTuple):
    """A deadline with its verdict."""

    id: str
    kind: str
    period: str
    due_at: datetime
    verdict: Verdict


class _Placed(NamedTuple):
    place: int
    status: Status
    is_met: bool


@dataclass(frozen=True, slots=True)
class Begun:
    """The deadlines of an obligation whose period has begun, the newest first; some are told in full."""

    verdicts: Sequence[Verdict] = ()
    newest: Sequence[Deadline] = ()

    @property
    def missed(self) -> int:
        """How many were missed."""
        return sum(one.is_missed for one in self.verdicts)

    @property
    def step(self) -> int | None:
        """The place of what is to be done next."""
        rows = (_Placed(place, one.status, one.is_met) for place, one in enumerate(self.verdicts))
        found = agenda.next_step(rows)
        return None if found is None else found.place


def prepare(session: Session) -> None:
    """Have what follows in the transaction planned for short statements."""
    for statement in statements.PLANNED:
        session.execute(sa.text(statement))


def begun(session: Session, ids: Collection[str], at: datetime, tz: tzinfo, most: int) -> dict[str, Begun]:
    """The deadlines of these obligations; one without any is missing.

    :param most: so many of each are told in full
    """
    asked = {"ids": list(ids), "at": at, "tz": str(tz), "most": most}
    return {row.obligation_id: _begun(row) for row in session.execute(sa.text(statements.BEGUN), asked)}


def _begun(row: Any) -> Begun:
    verdicts = [_told(state) for state in row.states]
    told = zip(row.deadlines, row.kinds, row.periods, row.due, verdicts, strict=False)
    return Begun(verdicts, list(map(Deadline._make, told)))


def sights(session: Session, ids: Collection[str], at: datetime) -> list[Any]:
    """What the events of these obligations tell of each dataset, in short."""
    asked = {"ids": list(ids), "at": at, "kinds": list(SHOWS_DATA)}
    return list(session.execute(sa.text(statements.SIGHTS), asked))


def datasets(
    session: Session, ids: Collection[str], at: datetime, seen: Iterable[Any]
) -> dict[str, Dataset | None]:
    """The dataset that is shown for each of these obligations that was ever linked.

    :param seen: their sights
    """
    gone, was_gone = defaultdict[str, set[str]](set), defaultdict[str, set[str]](set)
    for row in seen:
        if row.is_gone:
            gone[row.obligation_id].add(row.dataset_id)
        if row.was_gone:
            was_gone[row.obligation_id].add(row.dataset_id)
    query = Publication.confirmed(list(ids)).where(Publication.confirmed_at <= at)
    links: Mapping[str, list[Publication]] = group(session.scalars(query))
    linked = {link.dataset_id for own in links.values() for link in own}
    found = dataset_faces.load(session, linked, at)
    public = {one.id for one in found.values() if one.was_public}
    shown: dict[str, Dataset | None] = {}
    for id_, own in links.items():
        stood = linked_datasets.live(own, gone[id_], public, at)
        shown[id_] = linked_datasets.shown(stood or own, was_gone[id_], found)
    return shown


def happened(
    session: Session, at: datetime, seen: Iterable[Any], most: int
) -> tuple[int, Sequence[DataEventRow]]:
    """How many events had happened, and those recorded last, the newest first.

    :param seen: the sights of the obligations
    """
    found = [row for row in seen if row.many]
    newest = sorted((row.newest for row in found), reverse=True)
    since = newest[most - 1] if len(newest) >= most else None  # so many have one that is not older
    own = {row.obligation_id for row in found if since is None or row.newest >= since}
    event = DataEventRow
    query = (
        sa.select(event)
        .where(event.obligation_id.in_(own), event.at <= at, event.recorded_at <= at)
        .order_by(event.recorded_at.desc(), event.at.desc(), sa.collate(event.id, "C").desc())
        .limit(most)
    )
    if since is not None:
        query = query.where(event.recorded_at >= since)
    return sum(row.many for row in found), session.scalars(query).all()

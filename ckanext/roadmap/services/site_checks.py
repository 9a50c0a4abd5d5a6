"""Records what was seen behind a link, and the data events that follow from it."""

from __future__ import annotations

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ckanext.roadmap.domain.content import Content, Label, Verdict, judge
from ckanext.roadmap.domain.event import EventKind, Grade
from ckanext.roadmap.domain.link import Look, Pace, is_lost, wait
from ckanext.roadmap.domain.region import regions_in
from ckanext.roadmap.model import DataEventRow, SiteCheckRow
from ckanext.roadmap.model.columns import new_id
from ckanext.roadmap.services import (
    events,
    ledger,
    moving_baseline,
    reaching,
    shown_before,
    site_links,
    withdrawals,
)
from ckanext.roadmap.services.site_links import Answer, Link
from ckanext.roadmap.sources.http import Sight

SOURCE = "site"


def record(session: Session, now: datetime, link: Link, sight: Sight, pace: Pace) -> SiteCheckRow | None:
    """Append the look and, where the data changed or went out of reach, a data event; the caller commits.

    :returns: the row; None: somebody else has looked meanwhile, and that look stands
    """
    ledger.lock(session, SiteCheckRow)
    last = session.scalars(SiteCheckRow.newest([link.resource_id])).first()
    if (last and last.id) != (link.last and link.last.id):
        return None
    verdict = _verdict(session, link, sight)
    row = _row(link, sight, verdict)
    bad = Look(row.look).is_bad
    row.failures = (last.failures if last and last.url == link.url else 0) + 1 if row.error else 0
    row.next_at = now + wait(pace, row.failures, sight.later)
    ledger.append(session, now, [row])
    if bad and not (last and Look(last.look).is_bad and last.url == link.url):
        _tell_failure(session, now, link, row)
    if row.error:
        _tell_loss(session, now, link, pace)
    if row.content is not None:
        for answer in link.answers:
            _tell_content(session, now, link, answer, row.content, verdict)
    return row


def _verdict(session: Session, link: Link, sight: Sight) -> Verdict | None:
    """None: nothing new was seen."""
    if sight.content is None:
        return None
    # a link that was made anew is told by what its dataset showed before
    row = SiteCheckRow
    own = row.resource_id == link.resource_id if link.good else row.dataset_id == link.dataset_id
    earlier = frozenset(filter(None, session.scalars(row.hashes(own))))
    return judge(sight.content, link.good.content if link.good else None, earlier)


def _row(link: Link, sight: Sight, verdict: Verdict | None) -> SiteCheckRow:
    """A look; one that found nothing new repeats what is known."""
    answer, good = sight.answer, None if sight.error else link.good
    content = sight.content or (good.content if good else None)
    headers = answer.headers if answer else {}
    is_new = sight.content is not None and answer is not None
    codes = {name: sorted(values) for name, values in content.codes.items()} if content else None
    return SiteCheckRow(
        id=new_id(),
        dataset_id=link.dataset_id,
        resource_id=link.resource_id,
        url=link.url,
        look=str(_look(sight, verdict)),
        status=answer.status if answer else None,
        error=sight.error,
        params=dict(sight.params) or None,
        final_url=answer.url if answer else None,
        etag=headers.get("etag") or (good.etag if good else None),
        modified=headers.get("last-modified") or (good.modified if good else None),
        size=answer.size if is_new and answer else good and good.size,
        raw_hash=answer.sha256 if is_new and answer else good and good.raw_hash,
        content_hash=content and content.content_hash,
        core_hash=content and content.core_hash,
        rows=content and content.rows,
        columns=sorted(content.columns) if content and content.columns is not None else None,
        codes=codes or None,
        label=verdict.label if verdict else None,
    )


def _look(sight: Sight, verdict: Verdict | None) -> Look:
    if sight.is_later:
        return Look.postponed
    if sight.error:
        return Look.forbidden if sight.error == "link_robots" else Look.broken
    return Look.changed if verdict and verdict.is_changed else Look.unchanged


def _tell_failure(session: Session, now: datetime, link: Link, row: SiteCheckRow) -> None:
    """The data went out of reach; told once, until they are seen again."""
    for answer in link.answers:
        events.record(
            session,
            now,
            obligation_ids=[answer.obligation_id],
            kind=EventKind.failed,
            at=now,
            grade=Grade.unknown,
            source=SOURCE,
            dataset_id=link.dataset_id,
            resource_id=link.resource_id,
            place=answer.place,
            note=row.error,
        )


def _tell_loss(session: Session, now: datetime, link: Link, pace: Pace) -> None:
    """Data that nobody could have for long are public no more, unless another link leads there."""
    found = {one.resource_id: one for one in site_links.load(session, dataset_id=link.dataset_id)}
    since = reaching.unreachable(session, {id_: one.url for id_, one in found.items()})
    lost: set[tuple[str, str]] = set()
    stand: set[tuple[str, str]] = set()
    for id_, one in found.items():
        last, own = one.last, {(answer.obligation_id, str(answer.place)) for answer in one.answers}
        lasting = last.recorded_at - since[id_] if last and id_ in since else timedelta()
        is_gone = last is not None and is_lost(pace, last.error, last.failures, lasting)
        (lost if is_gone else stand).update(own)
    if lost - stand:
        withdrawals.record_lost(session, now, link.dataset_id, lost - stand)


def _tell_content(
    session: Session, now: datetime, link: Link, answer: Answer, content: Content, verdict: Verdict | None
) -> None:
    """An event if the content is new, new to this obligation, or public again."""
    newest = session.scalar(_newest(link, answer))
    is_moved = newest is None and _is_moved(session, link, answer, content)
    is_known = link.good is None and verdict is not None and not verdict.is_changed
    is_changed = (newest is None and not is_known) or (verdict is not None and verdict.is_changed)
    if not is_changed and newest != EventKind.withdrawn and not is_moved:
        return
    is_changed = is_changed and not is_moved
    odd = Label.flip_flop if is_moved else Label.public_again
    codes = content.codes.get(answer.region_column or "")
    at, grade = now, Grade.measured
    if newest is None:
        at, grade = moving_baseline.first_event(session, link.dataset_id, [link.resource_id], now)
    events.record(
        session,
        now,
        obligation_ids=[answer.obligation_id],
        kind=EventKind.changed if is_changed else EventKind.unchanged,
        at=at,
        grade=grade,
        source=SOURCE,
        dataset_id=link.dataset_id,
        resource_id=link.resource_id,
        content_hash=content.content_hash,
        rows=content.rows,
        columns=None if content.columns is None else sorted(content.columns),
        regions=None if codes is None else sorted(regions_in(codes)),
        place=answer.place,
        live_read_at=now,
        note=(verdict.label if verdict else None) if is_changed else odd,
    )


def _is_moved(session: Session, link: Link, answer: Answer, content: Content) -> bool:
    """Whether another dataset of the obligation was seen to hold the same."""
    before = shown_before.hashes(session, answer.obligation_id, link.dataset_id)
    return content.content_hash in before or content.core_hash in before


def _newest(link: Link, answer: Answer) -> sa.Select[tuple[str]]:
    """The kind of the last event that shows or withdraws these data."""
    shown = (DataEventRow.resource_id == link.resource_id) & (DataEventRow.place == answer.place)
    withdrawn = DataEventRow.kind == EventKind.withdrawn
    return (
        sa.select(DataEventRow.kind)
        .where(DataEventRow.obligation_id == answer.obligation_id)
        .where(DataEventRow.dataset_id == link.dataset_id)
        .where(DataEventRow.kind.in_([EventKind.changed, EventKind.unchanged, EventKind.withdrawn]))
        .where(shown | withdrawn)
        .order_by(DataEventRow.seq.desc())
        .limit(1)
    )

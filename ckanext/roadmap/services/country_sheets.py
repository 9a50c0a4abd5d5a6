"""Keeps the country's first page: whoever reads it first after a change waits for it, the others do not."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ckanext.roadmap.domain.calendar import end_of_day, start_of_day
from ckanext.roadmap.model import Body, BodyRevisionRow, CountrySheet, TallyTime
from ckanext.roadmap.model.country_sheet import FOR_EVER
from ckanext.roadmap.services import results, tallies
from ckanext.roadmap.services.day_sums import CountrySum
from ckanext.roadmap.services.newest import Newest

Content = dict[str, Any]


class Made(NamedTuple):
    """What the page tells, and the sums that it was told of, if instants may start from them."""

    content: Content
    sums: CountrySum | None = None


Make = Callable[[Session], Made]
_SHAPE = 2  # to be raised with each change of what the content holds

_MOST_PRESENT, _MOST_PAST = 12, 40
_read = Newest[Content](4)  # by their ids


def show(session: Session, at: datetime, tz: tzinfo, ground: str, is_now: bool, make: Make) -> Content:
    """What `make` told last of an instant, or tells now; it is shared, and not to be changed.

    :param at: the instant; where it is the present one, the sums are true of it
    :param ground: what else the content depends on
    """
    basis = f"{_SHAPE} {ground} {_bodies(session)}" if is_now else _past(ground, at)
    id_ = session.scalar(CountrySheet.holding(basis, at))
    if id_ is None:
        sheet = _make(session, basis, at, tz, make) if is_now else _make_past(session, basis, at, make)
        return _read.put(sheet.id, sheet.content)
    content = _read.get(id_) or session.scalar(sa.select(CountrySheet.content).where(CountrySheet.id == id_))
    if content is None:  # somebody wrote meanwhile
        return make(session).content
    return _read.put(id_, content)


def lacking(session: Session, grounds: Mapping[date, str], tz: tzinfo) -> list[date]:
    """Of which of these days nothing is kept as it was at their end, the oldest first.

    :param grounds: what else the content of each day depends on
    """
    bases = {day: _past(ground, end_of_day(day, tz)) for day, ground in grounds.items()}
    kept = set(session.scalars(CountrySheet.days(list(bases.values()))))
    return sorted(day for day, basis in bases.items() if basis not in kept)


def keep(session: Session, day: date, at: datetime, ground: str, content: Content) -> None:
    """Keep for good what was told at the end of a day. The caller commits."""
    session.execute(sa.delete(CountrySheet).where(CountrySheet.day == day))
    basis = _past(ground, at)
    session.add(CountrySheet(basis=basis, since=at, until=FOR_EVER, day=day, content=content))


def _past(ground: str, at: datetime) -> str:
    return f"{_SHAPE} {ground} {at.astimezone(UTC).isoformat()}"


def _make(session: Session, basis: str, at: datetime, tz: tzinfo, make: Make) -> CountrySheet:
    """In a transaction of its own, while nobody else changes sums."""
    with Session(session.get_bind(), expire_on_commit=False) as own:
        results.lock(own)
        tallies.refresh(own, at, tz)
        own.execute(CountrySheet.keep_present(at, _MOST_PRESENT - 1))
        tomorrow = start_of_day(at.astimezone(tz).date() + timedelta(days=1), tz)
        until = min(own.scalar(sa.select(sa.func.min(TallyTime.until))) or tomorrow, tomorrow)
        content, sums = make(own)
        kept = None if sums is None else sums.to_content()
        return _put(own, CountrySheet(basis=basis, since=at, until=until, content=content, sums=kept))


def _make_past(session: Session, basis: str, at: datetime, make: Make) -> CountrySheet:
    with Session(session.get_bind(), expire_on_commit=False) as own:
        own.execute(CountrySheet.keep_past(_MOST_PAST - 1))
        return _put(own, CountrySheet(basis=basis, since=at, until=FOR_EVER, content=make(own).content))


def _put(session: Session, sheet: CountrySheet) -> CountrySheet:
    session.add(sheet)
    session.commit()
    return sheet


def _bodies(session: Session) -> str:
    """A mark of the register: new with each body and each change of one."""
    count = session.scalar(sa.select(sa.func.count()).select_from(Body))
    return f"{count} {session.scalar(sa.select(sa.func.max(BodyRevisionRow.seq)))}"

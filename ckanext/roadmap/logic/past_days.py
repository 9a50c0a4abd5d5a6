"""What the country's page told at the end of past days, kept before anybody asks: a month by one reading."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ckan import model

from ckanext.roadmap import config
from ckanext.roadmap.domain.calendar import end_of_day
from ckanext.roadmap.domain.figures import quarters
from ckanext.roadmap.domain.status import RULE_VERSION
from ckanext.roadmap.logic import scopes
from ckanext.roadmap.model import StandRow
from ckanext.roadmap.services import clock, country, country_sheets, day_sums, past_sums, told_past
from ckanext.roadmap.services.compliance import Scope
from ckanext.roadmap.services.country import Country
from ckanext.roadmap.services.progress import Progress, nobody_watches

QUARTERS = 8  # that the page tells when nothing else is asked for
Tell = Callable[[Session, dict[str, Any], Scope, Country], dict[str, Any]]


def keep(
    first: date | None,
    last: date | None,
    tell: Tell,
    months: int | None = None,
    progress: Progress = nobody_watches,
) -> int:
    """Keep the days from one to another that lack, each month in a transaction of its own, the newest first.

    Stopped and begun again it goes on with those that lack. A day counts once all that was recorded in it is
    written.

    :param first: (default: the first day of the ledger)
    :param last: (default: the newest day that is settled)
    :param tell: makes what the page tells of the country's figures
    :param months: at most so many months
    :returns: how many days were kept
    """
    lacking = _months(missing(first, last))[::-1][:months]
    country.refresh(model.Session(), None, config.timezone())
    done, count = 0, sum(map(len, lacking))
    for month in lacking:
        _keep_month(month, tell)
        done += len(month)
        progress(done, count)
    return done


def missing(first: date | None = None, last: date | None = None) -> list[date]:
    """The settled days between two of which the page or the sums are not kept, the oldest first."""
    session, tz = model.Session(), config.timezone()
    begun = session.scalar(sa.select(sa.func.min(StandRow.since)))
    if begun is None:
        return []
    start = max(begun.astimezone(tz).date(), first or date.min)
    days = list(_settled(start, last or clock.today()))
    bare = day_sums.lacking(session, [end_of_day(day, tz) for day in days])
    return sorted({*_unshown(session, days), *(day for day in days if end_of_day(day, tz) in bare)})


def _unshown(session: Session, days: Sequence[date]) -> list[date]:
    """Of which days the page is not kept."""
    grounds = {day: ground(_asked(day), _scope(day)) for day in days}
    return country_sheets.lacking(session, grounds, config.timezone())


def ground(data_dict: dict[str, Any], scope: Scope) -> str:
    """What the country's page depends on besides the results."""
    return f"{RULE_VERSION} {data_dict['quarters']} {scope.quarter.code} {scope.thresholds}"


def _settled(start: date, last: date) -> Iterator[date]:
    day, tz, now = start, config.timezone(), clock.now()
    while day <= last and told_past.is_settled(end_of_day(day, tz), now):
        yield day
        day += timedelta(days=1)


def _months(days: Sequence[date]) -> list[list[date]]:
    return [list(month) for _, month in groupby(days, lambda day: (day.year, day.month))]


def _keep_month(days: Sequence[date], tell: Tell) -> None:
    tz, last = config.timezone(), _scope(days[-1])
    instants = [end_of_day(day, tz) for day in days]
    told = quarters(last.quarter, QUARTERS)
    codes = [quarter.code for quarter in told]
    with Session(model.Session().get_bind()) as own:
        own.connection(execution_options={"isolation_level": "REPEATABLE READ"})
        told_past.alone(own)
        unshown = set(_unshown(own, days))
        for day, (at, sums) in zip(days, past_sums.of_instants(own, instants, tz, told), strict=True):
            day_sums.keep(own, at, codes, sums)
            if day in unshown:  # what was shown stays, whatever became of the results
                asked, scope = _asked(day), _scope(day)
                content = tell(own, asked, scope, country.of_sums(own, scope, sums))
                country_sheets.keep(own, day, at, ground(asked, scope), content)
        own.commit()


def _asked(day: date) -> dict[str, Any]:
    return {"as_of": end_of_day(day, config.timezone()), "quarters": QUARTERS}


def _scope(day: date) -> Scope:
    return scopes.make_scope(_asked(day))

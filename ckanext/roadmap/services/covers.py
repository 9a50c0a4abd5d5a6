"""What the rows of a load cover: of the table, for everybody; of each obligation, for the status rule."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ckanext.roadmap import config
from ckanext.roadmap.domain.calendar import Period
from ckanext.roadmap.domain.covering import Extremes, Span, covered, span_of
from ckanext.roadmap.domain.term import Frequency
from ckanext.roadmap.loading.report import LoadReport
from ckanext.roadmap.model import ItemRevision, ObligationTerm


def told(report: LoadReport) -> dict[str, Any] | None:
    """What a run says of its column of periods: `first` and `last` day, or nothing where it holds none."""
    measured = report.periods
    if measured is None:
        return None
    span = _span(measured)
    return {
        "column": measured["column"],
        "values": sum(count for _, _, count in measured["values"]) + measured["unread"],
        "unread": measured["unread"],
        "first": span.first.start.isoformat() if span else None,
        "last": span.last.last.isoformat() if span else None,
    }


def of_obligations(
    session: Session, seen_at: datetime, ids: Sequence[str], report: LoadReport
) -> Mapping[str, Period]:
    """What the rows cover of the periods of each obligation, by its term in force on the day they were seen.

    Where an item may stand still nothing is told: the column of a register says when things happened, and
    a month in which nothing did is no missing one.
    """
    span = _span(report.periods) if report.periods else None
    if span is None or not ids:
        return {}
    day = seen_at.astimezone(config.timezone()).date()
    term = ObligationTerm
    query = (
        sa.select(term.obligation_id, ItemRevision.frequency)
        .join(ItemRevision, ItemRevision.id == term.revision_id)
        .where(term.obligation_id.in_(ids), term.in_force_from <= day, ~ItemRevision.unchanged_allowed)
        .where(sa.or_(term.in_force_to.is_(None), term.in_force_to > day))
    )
    found = {id_: covered(span, Frequency(frequency), day) for id_, frequency in session.execute(query)}
    return {id_: covers for id_, covers in found.items() if covers is not None}


def _span(measured: Mapping[str, Any]) -> Span | None:
    values = [Extremes(*one) for one in measured["values"]]
    return span_of(values, measured["unread"], config.timezone())

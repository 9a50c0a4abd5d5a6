"""Statements that find the rows behind a figure among the stored results; they know nothing of the rule.

Parameters: `at` the instant, `bodies` and `obligations` ids or None for all, `sphere`, `quarter`, `status`
(its number) or None, `tz` the name of the zone of legal days, `limit`, `offset`; of events also
`touches`, their numbers.
"""

from __future__ import annotations

from typing import NamedTuple

from ckanext.roadmap.domain import standing as bits
from ckanext.roadmap.domain import verdict
from ckanext.roadmap.domain.assessment import Status
from ckanext.roadmap.domain.figures import Drill

_NUMBERS = verdict.NUMBERS
_OVER = f"state & {verdict.OVER} > 0 AND state & {verdict.STATUS} <> {_NUMBERS[Status.exempt]}"
_MET = f"state & {verdict.MET} > 0"
_LATE = f"""
    CASE WHEN {_MET} THEN days_late > 0
    ELSE state & {verdict.COMPUTED} <> {_NUMBERS[Status.unknown] << 4} END
"""
_COUNTED = {
    None: "TRUE",
    Drill.kept: _OVER,
    Drill.kept_on_time: _OVER,
    Drill.automatic: f"{_OVER} AND {_MET}",
    Drill.attested: f"{_OVER} AND state & {verdict.ATTESTED} > 0",
    Drill.late: f"{_OVER} AND {_LATE}",
}
_HELD = """
    since <= :at AND (until IS NULL OR until > :at)
    AND (CAST(:bodies AS text[]) IS NULL OR {by} = ANY(CAST(:bodies AS text[])))
    AND (CAST(:obligations AS text[]) IS NULL OR obligation_id = ANY(CAST(:obligations AS text[])))
    AND (CAST(:sphere AS text) IS NULL OR sphere = :sphere)
"""
_COURSES = """
    FROM (
        SELECT obligation_id, deadline_id, {by} AS body_id, due_at, days_late,
            states[width_bucket(CAST(:at AS timestamptz), instants)] AS state
        FROM roadmap_course
        WHERE {held} AND (CAST(:quarter AS text) IS NULL OR quarter = :quarter)
    ) AS course
"""
_STANDS = """
    FROM (
        SELECT obligation_id, body_id, states[width_bucket(CAST(:at AS timestamptz), instants)] AS state
        FROM roadmap_stand WHERE {held}
    ) AS stand
"""
_NAMED = """
    JOIN roadmap_obligation AS obligation ON obligation.id = {rows}.obligation_id
    JOIN roadmap_item AS item ON item.id = obligation.item_id
    JOIN roadmap_body AS body ON body.id = {rows}.body_id
"""
_ENDS = """
    CASE WHEN deadline.period_code = 'once' THEN course.due_at
    ELSE coalesce(deadline.changed_at, (deadline.period_last + 1)::timestamp AT TIME ZONE :tz) END
"""


class Rows(NamedTuple):
    """Statements of the same rows: how many they are, a page of them in their order, and all of them.

    All come by obligation, each with its `position` in that order, from 0 on.
    """

    number: str
    page: str
    whole: str

    @classmethod
    def of(cls, number: str, columns: str, rows: str, order: str) -> Rows:
        """By the columns of a row, where the rows are found, and their order."""
        page = f"SELECT {columns} {rows} ORDER BY {order} LIMIT :limit OFFSET :offset"
        placed = f"row_number() OVER (ORDER BY {order}) - 1 AS position"
        return cls(number, page, f"SELECT {columns}, {placed} {rows} ORDER BY obligation_id")


def deadlines(drill: Drill | None) -> Rows:
    """The deadlines a figure counts (all that have begun without one).

    Those of a quarter are told by whoever held the obligation at its end. The newest period comes first.
    """
    by = "body_id" if drill is None else "told_by"
    courses = _COURSES.format(by=by, held=_HELD.format(by=by))
    status = f"(CAST(:status AS int) IS NULL OR state & {verdict.STATUS} = :status)"
    counted = f"{_COUNTED[drill]} AND {status}"
    rows = _DEADLINES.format(courses=courses, named=_NAMED.format(rows="course"), counted=counted)
    order = f"{_ENDS} DESC, item.code, body.code, deadline_id"
    number = _COUNT.format(rows=courses, counted=counted)
    return Rows.of(number, "course.obligation_id, deadline_id", rows, order)


def obligations(*, is_closed: bool = False, is_counted: bool = False) -> Rows:
    """The obligations that are in force, by item and body.

    :param is_closed: only those that have a closed deadline
    :param is_counted: only those that are not exempt
    """
    wanted = bits.IN_FORCE | (bits.CLOSED if is_closed else 0)
    counted = f"state & {wanted | (bits.FREE if is_counted else 0)} = {wanted}"
    stands = _STANDS.format(held=_HELD.format(by="body_id"))
    rows = f"{stands} {_NAMED.format(rows='stand')} WHERE {counted}"
    order = "item.code, body.code, stand.obligation_id"
    return Rows.of(_COUNT.format(rows=stands, counted=counted), "stand.obligation_id", rows, order)


def standing(*, is_published: bool) -> str:
    """Which obligations are in force, or in force and public."""
    wanted = bits.IN_FORCE | (bits.PUBLISHED if is_published else 0)
    stands = _STANDS.format(held=_HELD.format(by="body_id"))
    return f"SELECT DISTINCT obligation_id {stands} WHERE state & {wanted} = {wanted}"


def next_due() -> str:
    """When the next open deadline of those in force falls due (`bodies`, `obligations`, `at`)."""
    return _NEXT_DUE.format(
        held=bits.IN_FORCE, met=verdict.MET, status=verdict.STATUS, exempt=_NUMBERS[Status.exempt]
    )


def touches() -> Rows:
    """The events of a quarter that were one of `touches`, the newest known first.

    Each is told by its obligation and its `place` among those of that obligation, in the order of time; a
    page tells the number of all as well, since both take as long.
    """
    rows = _TOUCHES.format(held=_HELD.format(by="body_id"))
    columns = "touched.obligation_id, place, count(*) OVER () AS whole"
    order = "at DESC, item.code, body.code, touched.obligation_id, place DESC"
    named = f"{rows} {_NAMED.format(rows='touched')}"
    return Rows.of(_COUNT.format(rows=rows, counted="TRUE"), columns, named, order)


_NEXT_DUE = """
    SELECT min(due_at) FROM (
        SELECT due_at, states[width_bucket(CAST(:at AS timestamptz), instants)] AS state
        FROM roadmap_course AS course
        WHERE (CAST(:bodies AS text[]) IS NULL OR body_id = ANY(CAST(:bodies AS text[])))
            AND (CAST(:obligations AS text[]) IS NULL OR obligation_id = ANY(CAST(:obligations AS text[])))
            AND due_at > :at AND since <= :at AND (until IS NULL OR until > :at)
            AND EXISTS (
                SELECT FROM roadmap_stand AS stand
                WHERE stand.obligation_id = course.obligation_id
                    AND stand.since <= :at AND (stand.until IS NULL OR stand.until > :at)
                    AND stand.states[width_bucket(CAST(:at AS timestamptz), stand.instants)] & {held} > 0
            )
    ) AS ahead
    WHERE state & {met} = 0 AND state & {status} <> {exempt}
"""
_TOUCHES = """
    FROM (
        SELECT obligation_id, body_id, one.at,
            row_number() OVER (PARTITION BY obligation_id ORDER BY since, one.number) AS place
        FROM roadmap_touched,
            unnest(instants, quarters, touches) WITH ORDINALITY AS one(at, quarter, touch, number)
        WHERE {held} AND one.at <= :at AND one.quarter = :quarter AND one.touch = ANY(CAST(:touches AS int[]))
    ) AS touched
"""
_COUNT = "SELECT count(*) {rows} WHERE {counted}"
_DEADLINES = """
    {courses} JOIN roadmap_deadline AS deadline ON deadline.id = deadline_id {named}
    WHERE {counted}
        AND (CAST(:obligations AS text[]) IS NULL
            OR deadline.obligation_id = ANY(CAST(:obligations AS text[])))
"""

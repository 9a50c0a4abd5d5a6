"""Statements that find the rows behind a figure among the stored results; they know nothing of the rule.

Parameters: `at` the instant, `bodies` and `obligations` ids or None for all, `sphere`, `quarter`, `status`
(its number) or None, `tz` the name of the zone of legal days, `limit`, `offset`; of events also
`touches`, their numbers.
"""

from __future__ import annotations

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


def deadlines(drill: Drill | None) -> tuple[str, str]:
    """How many deadlines a figure counts (all that have begun without one), and a page of them.

    Those of a quarter are told by whoever held the obligation at its end. The newest period comes first.
    """
    by = "body_id" if drill is None else "told_by"
    courses = _COURSES.format(by=by, held=_HELD.format(by=by))
    status = f"(CAST(:status AS int) IS NULL OR state & {verdict.STATUS} = :status)"
    counted = f"{_COUNTED[drill]} AND {status}"
    page = _PAGE_OF_DEADLINES.format(
        courses=courses, named=_NAMED.format(rows="course"), counted=counted, ends=_ENDS
    )
    return _COUNT.format(rows=courses, counted=counted), page


def obligations(*, is_closed: bool = False, is_counted: bool = False) -> tuple[str, str]:
    """How many obligations are in force, and a page of them by item and body.

    :param is_closed: only those that have a closed deadline
    :param is_counted: only those that are not exempt
    """
    wanted = bits.IN_FORCE | (bits.CLOSED if is_closed else 0)
    counted = f"state & {wanted | (bits.FREE if is_counted else 0)} = {wanted}"
    stands = _STANDS.format(held=_HELD.format(by="body_id"))
    page = _PAGE_OF_OBLIGATIONS.format(stands=stands, named=_NAMED.format(rows="stand"), counted=counted)
    return _COUNT.format(rows=stands, counted=counted), page


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


def touches() -> tuple[str, str]:
    """How many events of a quarter were one of `touches`, and a page of them, the newest known first.

    Each is told by its obligation and its `place` among those of that obligation, in the order of time; a
    page tells the count as well, since both take as long.
    """
    rows = _TOUCHES.format(held=_HELD.format(by="body_id"))
    page = _PAGE_OF_TOUCHES.format(rows=rows, named=_NAMED.format(rows="touched"))
    return _COUNT.format(rows=rows, counted="TRUE"), page


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
_PAGE_OF_TOUCHES = """
    SELECT touched.obligation_id, place, count(*) OVER () AS whole {rows} {named}
    ORDER BY at DESC, item.code, body.code, place DESC LIMIT :limit OFFSET :offset
"""
_COUNT = "SELECT count(*) {rows} WHERE {counted}"
_PAGE_OF_DEADLINES = """
    SELECT course.obligation_id, deadline_id {courses}
    JOIN roadmap_deadline AS deadline ON deadline.id = deadline_id {named}
    WHERE {counted}
        AND (CAST(:obligations AS text[]) IS NULL
            OR deadline.obligation_id = ANY(CAST(:obligations AS text[])))
    ORDER BY {ends} DESC, item.code, body.code, deadline_id LIMIT :limit OFFSET :offset
"""
_PAGE_OF_OBLIGATIONS = """
    SELECT stand.obligation_id {stands} {named}
    WHERE {counted} ORDER BY item.code, body.code, stand.obligation_id LIMIT :limit OFFSET :offset
"""

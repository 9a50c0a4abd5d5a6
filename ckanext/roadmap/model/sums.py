"""Statements that add up stored results: they look up what the rule said, and know nothing of the rule.

The rows of `Tally`, `StandTally` and `TouchTally` are written by these statements; of a past time the same
statements are asked directly. Parameters: `at` the instant; `bodies` and `obligations` ids, or None
for all. Beside the sums
of each sphere stand those of all, under `*`. Deadlines of a quarter are told by whoever held the obligation
at its end, what has begun by whoever holds it.
"""

from __future__ import annotations

from dataclasses import dataclass

from ckanext.roadmap.domain import standing as bits
from ckanext.roadmap.domain import verdict
from ckanext.roadmap.domain.assessment import Status
from ckanext.roadmap.domain.touching import TOUCHES

ALL_SPHERES = "*"
_NUMBERS = {str(status): number for number, status in enumerate(verdict.STATUSES)}
_VALUES = {
    **{name: value for name, value in vars(verdict).items() if name.isupper() and isinstance(value, int)},
    **{name: value for name, value in vars(bits).items() if name.isupper() and isinstance(value, int)},
    "exempt": _NUMBERS[Status.exempt],
    "contested": _NUMBERS[Status.contested],
    "unknown": _NUMBERS[Status.unknown],
    "computed_unknown": _NUMBERS[Status.unknown] << 4,
    "by_status": ", ".join(f"count(*) FILTER (WHERE status = {n})" for n in range(len(verdict.STATUSES))),
    "by_touch": ", ".join(f"count(*) FILTER (WHERE touch = {n})" for n in range(len(TOUCHES))),
}
_HELD = """
    since <= :at AND (until IS NULL OR until > :at)
    AND (CAST(:bodies AS text[]) IS NULL OR {by} = ANY(CAST(:bodies AS text[])))
    AND (CAST(:obligations AS text[]) IS NULL OR obligation_id = ANY(CAST(:obligations AS text[])))
"""
CLOSED = """
    SELECT body_id, {sphere} AS sphere, quarter,
        count(*)::int AS closed,
        (count(*) FILTER (WHERE state & {KEPT} > 0))::int AS kept,
        (count(*) FILTER (WHERE state & {ON_TIME} > 0))::int AS on_time,
        (count(*) FILTER (WHERE state & {MET} > 0))::int AS met,
        (count(*) FILTER (WHERE state & {MET} > 0 AND automatic))::int AS automatic,
        (count(*) FILTER (WHERE state & {STATUS} = {contested}))::int AS contested,
        (count(*) FILTER (WHERE state & {STATUS} = {unknown}))::int AS unknown,
        coalesce(array_agg(days_late ORDER BY days_late) FILTER (WHERE state & {MET} > 0 AND days_late > 0),
            '{{}}') AS late,
        coalesce(array_agg(due_at ORDER BY due_at) FILTER
            (WHERE state & {MET} = 0 AND state & {COMPUTED} <> {computed_unknown}), '{{}}') AS waiting,
        (count(*) FILTER (WHERE state & {ATTESTED} > 0))::int AS attested
    FROM (
        SELECT {told_by} AS body_id, sphere, quarter, days_late, due_at, automatic,
            states[width_bucket(CAST(:at AS timestamptz), instants)] AS state
        FROM {course} WHERE {told} AND {wanted}
    ) AS found
    WHERE state & {OVER} > 0 AND state & {STATUS} <> {exempt}
    GROUP BY {by_quarter}
"""
BEGUN = """
    SELECT body_id, {sphere} AS sphere, ARRAY[{by_status}]::int[] AS statuses
    FROM (
        SELECT {held_by} AS body_id, sphere,
            states[width_bucket(CAST(:at AS timestamptz), instants)] & {STATUS} AS status
        FROM {course} WHERE {held}
    ) AS found
    GROUP BY {by_body}
"""
STANDING = """
    SELECT body_id, {sphere} AS sphere, quarter,
        (count(*) FILTER (WHERE state & {IN_FORCE} > 0))::int AS obligations,
        (count(*) FILTER (WHERE state & {owed} = {IN_FORCE}))::int AS owed,
        (count(*) FILTER (WHERE state & {owed_published} = {published}))::int AS published,
        (count(*) FILTER (WHERE state & {ended} = {ended}))::int AS closed,
        (count(*) FILTER (WHERE state & {now_current} = {now_current}))::int AS current
    FROM (
        SELECT {held_by} AS body_id, sphere, moment.quarter,
            states[width_bucket(moment.at, instants)] AS state
        FROM unnest(CAST(:quarters AS text[]), CAST(:moments AS timestamptz[])) AS moment(quarter, at)
        JOIN {stand} ON since <= moment.at AND (until IS NULL OR until > moment.at)
        WHERE (CAST(:bodies AS text[]) IS NULL OR body_id = ANY(CAST(:bodies AS text[])))
            AND (CAST(:obligations AS text[]) IS NULL OR obligation_id = ANY(CAST(:obligations AS text[])))
    ) AS found
    GROUP BY {by_quarter}
"""
TOUCHED = """
    SELECT body_id, {sphere} AS sphere, quarter, ARRAY[{by_touch}]::int[] AS counts
    FROM (
        SELECT {held_by} AS body_id, sphere, one.quarter, one.touch
        FROM {touched_rows}, unnest(instants, quarters, touches) AS one(at, quarter, touch)
        WHERE {held} AND one.at <= :at AND {wanted}
    ) AS found
    GROUP BY {by_quarter}
"""
_NEXT = """
    SELECT body_id, min(next) AS next FROM (
        SELECT {by} AS body_id, CASE
            WHEN since > :at THEN since
            ELSE least(until, instants[width_bucket(CAST(:at AS timestamptz), instants) + 1])
        END AS next
        FROM {table}
        WHERE (until IS NULL OR until > :at)
            AND (CAST(:bodies AS text[]) IS NULL OR {by} = ANY(CAST(:bodies AS text[]))) AND {wanted}
    ) AS found
    GROUP BY body_id
"""
_ANY_QUARTER = "TRUE"
_SOME_QUARTERS = "quarter = ANY(CAST(:quarters AS text[]))"
_OWED = bits.IN_FORCE | bits.FREE
_ENDED = bits.IN_FORCE | bits.CLOSED


@dataclass(frozen=True, slots=True)
class Rows:
    """Where the results are read from: a table, or a query in brackets with a name."""

    course: str = "roadmap_course"
    touched: str = "roadmap_touched"
    stand: str = "roadmap_stand"


ALL = Rows()
_BY_SPHERE = {
    "sphere": "coalesce(sphere, '*')",
    "by_quarter": "GROUPING SETS ((body_id, sphere, quarter), (body_id, quarter))",
    "by_body": "GROUPING SETS ((body_id, sphere), (body_id))",
}
_TOGETHER = {"sphere": "'*'", "by_quarter": "body_id, quarter", "by_body": "body_id"}


def _text(statement: str, source: Rows = ALL, is_whole: bool = False, **more: object) -> str:
    values = {
        "held": _HELD.format(by="body_id"),
        "told": _HELD.format(by="told_by"),
        "course": source.course,
        "touched_rows": source.touched,
        "held_by": "body_id",
        "told_by": "told_by",
        "stand": source.stand,
        "owed": _OWED,
        "owed_published": _OWED | bits.PUBLISHED,
        "published": bits.IN_FORCE | bits.PUBLISHED,
        "ended": _ENDED,
        "now_current": _ENDED | bits.CURRENT,
        **(_TOGETHER if is_whole else _BY_SPHERE),
    }
    return statement.format(**{**_VALUES, **values, **more})


def of_all() -> tuple[str, str, str, str]:
    """The same of some quarters, of all bodies and spheres together: closed, standing, touched, begun."""
    one = {"held_by": "'*'", "told_by": "'*'"}
    some_events = _SOME_QUARTERS.replace("quarter", "one.quarter", 1)
    return (
        _text(CLOSED, ALL, True, wanted=_SOME_QUARTERS, **one),
        _text(STANDING, ALL, True, **one),
        _text(TOUCHED, ALL, True, wanted=some_events, **one),
        _text(BEGUN, ALL, True, **one),
    )


def closed(some: bool = False, rows: Rows = ALL, is_whole: bool = False) -> str:
    """By body, sphere and quarter: deadlines whose grace is over; of all quarters, or of `quarters`.

    :param is_whole: only the sums of all spheres are told
    """
    return _text(CLOSED, rows, is_whole, wanted=_SOME_QUARTERS if some else _ANY_QUARTER)


def begun(rows: Rows = ALL, is_whole: bool = False) -> str:
    """By body and sphere: deadlines that have begun, by the number of their status."""
    return _text(BEGUN, rows, is_whole)


def standing(is_whole: bool = False, rows: Rows = ALL) -> str:
    """By body, sphere and quarter: obligations, each quarter at its moment (`quarters`, `moments`)."""
    return _text(STANDING, rows, is_whole)


def touched(some: bool = False, rows: Rows = ALL, is_whole: bool = False) -> str:
    """By body, sphere and quarter: events by what they were."""
    wanted = _SOME_QUARTERS.replace("quarter", "one.quarter", 1) if some else _ANY_QUARTER
    return _text(TOUCHED, rows, is_whole, wanted=wanted)


_SOME = """
    WHERE quarter = ANY(:quarters) AND sphere = :sphere
        AND (CAST(:bodies AS text[]) IS NULL OR body_id = ANY(CAST(:bodies AS text[])))
"""
_LATE = "SELECT quarter, days, count(*) AS many FROM roadmap_tally, unnest(late) AS days {some} GROUP BY 1, 2"
_WAITING = """
    SELECT quarter, due_at, count(*) AS many
    FROM roadmap_tally, unnest(waiting) AS due_at {some} GROUP BY 1, 2
"""
_CLOSED_TOGETHER = """
    SELECT quarter, sum(closed)::int AS closed, sum(kept)::int AS kept, sum(on_time)::int AS on_time,
        sum(met)::int AS met, sum(automatic)::int AS automatic, sum(contested)::int AS contested,
        sum(unknown)::int AS unknown, sum(attested)::int AS attested
    FROM roadmap_tally {some} GROUP BY quarter
"""
_STANDING_TOGETHER = """
    SELECT quarter, sum(obligations)::int AS obligations, sum(owed)::int AS owed,
        sum(published)::int AS published, sum(closed)::int AS closed, sum(current)::int AS current
    FROM roadmap_stand_tally {some} GROUP BY quarter
"""
_TOUCHED_TOGETHER = (
    "SELECT quarter, ARRAY[{counts}] AS counts FROM roadmap_touch_tally {some} GROUP BY quarter"
)
_COUNTS = ", ".join(f"sum(counts[{n}])::int" for n in range(1, len(TOUCHES) + 1))
TOGETHER = {
    name: _text(statement, some=_SOME, counts=_COUNTS)
    for name, statement in (
        ("late", _LATE),
        ("waiting", _WAITING),
        ("closed", _CLOSED_TOGETHER),
        ("standing", _STANDING_TOGETHER),
        ("touched", _TOUCHED_TOGETHER),
    )
}
"""By quarter: the kept sums of some bodies (`bodies`, `quarters`, `sphere`) together."""


def writes() -> tuple[str, ...]:
    """What writes the sums anew, once the old ones are deleted; the last of `quarters` is the running one."""
    return (
        _text(_KEEP, table="roadmap_tally", rows=closed()),
        _text(_KEEP, table="roadmap_touch_tally", rows=touched()),
        _text(_KEEP_STANDING, rows=standing(), begun=begun()),
        _text(
            _KEEP_TIMES,
            courses=_text(_NEXT, table="roadmap_course", by="body_id", wanted="TRUE"),
            told=_text(_NEXT, table="roadmap_course", by="told_by", wanted="told_by <> body_id"),
            stands=_text(_NEXT, table="roadmap_stand", by="body_id", wanted="TRUE"),
        ),
    )


_KEEP = "INSERT INTO {table} {rows}"
_KEEP_STANDING = """
    INSERT INTO roadmap_stand_tally
    SELECT one.*, CASE WHEN one.quarter = :running THEN coalesce(begun.statuses, '{{}}') ELSE '{{}}' END
    FROM ({rows}) AS one LEFT JOIN ({begun}) AS begun USING (body_id, sphere)
"""
_KEEP_TIMES = """
    INSERT INTO roadmap_tally_time
    SELECT body_id, CAST(:at AS timestamptz), least(min(next), CAST(:end AS timestamptz))
    FROM ({courses} UNION ALL {told} UNION ALL {stands}) AS found GROUP BY body_id
"""

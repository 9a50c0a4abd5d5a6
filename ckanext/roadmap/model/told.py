"""A mark of all that stored results say until an instant: sums of that time hold while it is the same.

Parameters: `until` the instant, `ids` of obligations or None for all.
"""

from __future__ import annotations

from ckanext.roadmap.domain.verdict import MET

_COURSE = """
    SELECT one.at, concat_ws('|', 'course', deadline_id, since, one.at, one.state, body_id, told_by,
        sphere, quarter, due_at,
        CASE WHEN one.state & {met} > 0 THEN concat_ws('|', days_late, automatic) END) AS told
    FROM {table}, unnest(instants, states) AS one(at, state) WHERE {chosen}
"""
_STAND = """
    SELECT one.at, concat_ws('|', 'stand', obligation_id, since, one.at, one.state, body_id, sphere) AS told
    FROM {table}, unnest(instants, states) AS one(at, state) WHERE {chosen}
"""
_TOUCHED = """
    SELECT one.at, concat_ws('|', 'touched', obligation_id, since, one.number, one.at, one.quarter,
        one.touch, body_id, sphere) AS told
    FROM {table}, unnest(instants, quarters, touches) WITH ORDINALITY AS one(at, quarter, touch, number)
    WHERE {chosen}
"""
_ENDS = """
    SELECT until AS at, concat_ws('|', 'end', {key}, since, body_id) AS told FROM {table} WHERE {chosen}
"""
_MARKS = """
    SELECT extract(epoch FROM date_trunc('month', at))::float8 AS month,
        bit_xor(hashtextextended(told, 0)) AS mark
    FROM ({changes}) AS change WHERE at <= :until GROUP BY 1
"""
_CHOSEN = "(CAST(:ids AS text[]) IS NULL OR obligation_id = ANY(CAST(:ids AS text[])))"


def marks(course: str, stand: str, touched: str) -> str:
    """By month, as seconds since 1970: a number that is another one where anything that was said is.

    The arguments are the names of the tables.
    """
    parts = (
        (_COURSE, course, "deadline_id"),
        (_STAND, stand, "obligation_id"),
        (_TOUCHED, touched, "obligation_id"),
    )
    changes = [
        statement.format(table=table, key=key, met=MET, chosen=_CHOSEN)
        for shown, table, key in parts
        for statement in (shown, _ENDS)
    ]
    return _MARKS.format(changes=" UNION ALL ".join(changes))

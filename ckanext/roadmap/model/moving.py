"""Of a time from `start` to `end`: which stored results stand still in it, and which change.

Parameters besides: `quarters` of which touches count, and `cells`, the quarters of an hour that the time
touches, by which the index finds what changes in a short time.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from .sums import Rows

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_CELL = timedelta(minutes=15)  # as `roadmap_cells` of the database has it
_SPAN = {
    "same": """
        width_bucket(CAST(:start AS timestamptz), instants)
            = width_bucket(CAST(:end AS timestamptz), instants)
    """,
    "lasting": "since <= :start AND (until IS NULL OR until > :end)",
    "alive": "since <= :end AND (until IS NULL OR until > :start)",
    "near": "roadmap_cells(instants, until) && CAST(:cells AS int[])",
}
_STILL_COURSE = "(SELECT * FROM roadmap_course WHERE {lasting} AND {same}) AS still"
_STILL_TOUCHED = "(SELECT * FROM roadmap_touched WHERE {lasting}) AS still"
STILL = Rows(_STILL_COURSE.format(**_SPAN), _STILL_TOUCHED.format(**_SPAN))
MOVING = Rows("moving_course", "moving_touched")
NEAR = Rows("moving_course", "moving_touched", "moving_stand")
_MOVING_STATES = """
    CREATE TEMP TABLE moving_{kind} ON COMMIT DROP AS
    SELECT * FROM roadmap_{kind} WHERE {found} AND {alive} AND NOT ({lasting} AND {same})
"""
_MOVING_TOUCHED = """
    CREATE TEMP TABLE moving_touched ON COMMIT DROP AS
    SELECT obligation_id, body_id, sphere, since, until,
        ARRAY[one.at] AS instants, ARRAY[one.quarter] AS quarters, ARRAY[one.touch] AS touches
    FROM roadmap_touched, unnest(instants, quarters, touches) AS one(at, quarter, touch)
    WHERE {found} AND {alive} AND one.at <= :end AND one.quarter = ANY(CAST(:quarters AS text[]))
        AND NOT ({lasting} AND one.at <= :start)
"""
MOVES = (
    _MOVING_STATES.format(kind="course", found="TRUE", **_SPAN),
    _MOVING_TOUCHED.format(found="TRUE", **_SPAN),
    "ANALYZE moving_course",
    "ANALYZE moving_touched",
)
"""What makes the tables of `MOVING`, of any time."""
NEAR_MOVES = (
    _MOVING_STATES.format(kind="course", found=_SPAN["near"], **_SPAN),
    _MOVING_STATES.format(kind="stand", found=_SPAN["near"], **_SPAN),
    _MOVING_TOUCHED.format(found=_SPAN["near"], **_SPAN),
)
"""What makes the tables of `NEAR`, of a time of hours."""
KNOWN = """
    SELECT DISTINCT body_id FROM roadmap_stand
    WHERE (since <= :at AND (until IS NULL OR until > :at))
        OR (since <= :before AND (until IS NULL OR until > :before))
"""
"""Which bodies held an obligation at one of two moments."""


def cells(start: datetime, end: datetime) -> list[int]:
    """The quarters of an hour from one instant to another."""
    return list(range((start - _EPOCH) // _CELL, (end - _EPOCH) // _CELL + 1))

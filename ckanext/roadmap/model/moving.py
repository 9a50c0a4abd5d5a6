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
_MOVING_COURSE = """
    CREATE TEMP TABLE moving_course ON COMMIT DROP AS
    SELECT * FROM roadmap_course WHERE {alive} AND NOT ({lasting} AND {same})
"""
_MOVING_TOUCHED = """
    CREATE TEMP TABLE moving_touched ON COMMIT DROP AS
    SELECT obligation_id, body_id, sphere, since, until,
        ARRAY[one.at] AS instants, ARRAY[one.quarter] AS quarters, ARRAY[one.touch] AS touches
    FROM roadmap_touched, unnest(instants, quarters, touches) AS one(at, quarter, touch)
    WHERE {alive} AND one.at <= :end AND one.quarter = ANY(CAST(:quarters AS text[]))
        AND NOT ({lasting} AND one.at <= :start)
"""
MOVES = (
    _MOVING_COURSE.format(**_SPAN),
    _MOVING_TOUCHED.format(**_SPAN),
    "ANALYZE moving_course",
    "ANALYZE moving_touched",
)
"""What makes the tables of `MOVING`, of any time."""
_NEAR_STATES = """
    CREATE TEMP TABLE moving_{kind} ON COMMIT DROP AS
    WITH near AS MATERIALIZED (SELECT * FROM roadmap_{kind} WHERE {near})
    SELECT * FROM near WHERE {alive} AND NOT ({lasting} AND {same})
"""
_NEAR_TOUCHED = """
    CREATE TEMP TABLE moving_touched ON COMMIT DROP AS
    WITH near AS MATERIALIZED (
        SELECT *, width_bucket(CAST(:end AS timestamptz), instants) AS last, CASE
            WHEN {lasting} THEN width_bucket(CAST(:start AS timestamptz), instants) ELSE 0
        END AS before
        FROM roadmap_touched WHERE {near}
    )
    SELECT obligation_id, body_id, sphere, since, until, instants[before + 1:last] AS instants,
        quarters[before + 1:last] AS quarters, touches[before + 1:last] AS touches
    FROM near WHERE {alive} AND before < last
"""
NEAR_MOVES = (
    "SET LOCAL jit = off",
    "SET LOCAL max_parallel_workers_per_gather = 0",
    _NEAR_STATES.format(kind="course", **_SPAN),
    _NEAR_STATES.format(kind="stand", **_SPAN),
    _NEAR_TOUCHED.format(**_SPAN),
)
"""What makes the tables of `NEAR`, of a time of hours, for which the index alone finds them."""
KNOWN = """
    WITH RECURSIVE ids AS (
        SELECT min(body_id) AS id FROM roadmap_stand
        UNION ALL
        SELECT (SELECT min(body_id) FROM roadmap_stand WHERE body_id > ids.id) FROM ids WHERE id IS NOT NULL
    )
    SELECT id FROM ids WHERE EXISTS (
        SELECT FROM roadmap_stand WHERE body_id = ids.id AND (
            (since <= :at AND (until IS NULL OR until > :at))
            OR (since <= :before AND (until IS NULL OR until > :before))
        )
    )
"""
"""Which bodies held an obligation at one of two moments."""


def cells(start: datetime, end: datetime) -> list[int]:
    """The quarters of an hour from one instant to another."""
    return list(range((start - _EPOCH) // _CELL, (end - _EPOCH) // _CELL + 1))

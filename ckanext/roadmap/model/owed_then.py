"""Statements that tell what was said of each of some obligations at an instant, and know nothing of the rule.

Parameters: `at` the instant, `ids` of the obligations; `tz` the name of the zone of legal days, `most`
deadlines told in full, `kinds` of events that show data.
"""

from __future__ import annotations

# an obligation after the other: the planner would rather read whole tables of millions
BEGUN = """
    SELECT owed.id AS obligation_id, begun.*
    FROM unnest(CAST(:ids AS text[])) AS owed(id) CROSS JOIN LATERAL (
        SELECT array_agg(state) AS states,
            (array_agg(deadline_id))[1:CAST(:most AS int)] AS deadlines,
            (array_agg(kind))[1:CAST(:most AS int)] AS kinds,
            (array_agg(period_code))[1:CAST(:most AS int)] AS periods,
            (array_agg(due_at))[1:CAST(:most AS int)] AS due
        FROM (
            SELECT course.deadline_id, deadline.kind, deadline.period_code, course.due_at,
                course.states[width_bucket(CAST(:at AS timestamptz), course.instants)] AS state
            FROM roadmap_course AS course
            JOIN roadmap_deadline AS deadline ON deadline.id = course.deadline_id
            WHERE course.obligation_id = owed.id AND deadline.obligation_id = owed.id
                AND course.since <= :at AND (course.until IS NULL OR course.until > :at)
            ORDER BY
                CASE WHEN deadline.period_code = 'once' THEN deadline.due_at
                ELSE coalesce(deadline.changed_at,
                    (deadline.period_last + 1)::timestamp AT TIME ZONE CAST(:tz AS text)) END DESC,
                deadline.kind DESC, deadline.id COLLATE "C" DESC
        ) AS newest
    ) AS begun
    WHERE states IS NOT NULL
"""
"""The deadlines that have begun, those of an obligation in one row, the newest first."""
SIGHTS = """
    SELECT owed.id AS obligation_id, seen.*
    FROM unnest(CAST(:ids AS text[])) AS owed(id) CROSS JOIN LATERAL (
        SELECT dataset_id,
            count(*) FILTER (WHERE at <= :at AND recorded_at <= :at) AS many,
            max(recorded_at) FILTER (WHERE at <= :at AND recorded_at <= :at) AS newest,
            coalesce(max(seq) FILTER (WHERE kind = 'withdrawn')
                = max(seq) FILTER (WHERE kind = ANY(CAST(:kinds AS text[]))), FALSE) AS is_gone,
            coalesce(max(seq) FILTER (WHERE kind = 'withdrawn' AND recorded_at <= :at)
                = max(seq) FILTER (WHERE kind = ANY(CAST(:kinds AS text[])) AND recorded_at <= :at),
                FALSE) AS was_gone
        FROM roadmap_data_event WHERE obligation_id = owed.id
        GROUP BY dataset_id
    ) AS seen
"""
"""Of each dataset how many events had happened, when the newest was recorded, and whether the last one that
shows data tells that they are gone: today, and by what was recorded then."""
PLANNED = ("SET LOCAL jit = off", "SET LOCAL max_parallel_workers_per_gather = 0")
"""Short statements that would be prepared longer than they take; until the end of the transaction."""

"""Statements that tell what was said of each of some obligations at an instant, and know nothing of the rule.

Parameters: `at` the instant, `ids` of the obligations; `tz` the name of the zone of legal days, `most`
deadlines told in full, `kinds` of events that show data.
"""

from __future__ import annotations

BEGUN = """
    SELECT obligation_id, array_agg(state) AS states,
        (array_agg(deadline_id))[1:CAST(:most AS int)] AS deadlines,
        (array_agg(kind))[1:CAST(:most AS int)] AS kinds,
        (array_agg(period_code))[1:CAST(:most AS int)] AS periods,
        (array_agg(due_at))[1:CAST(:most AS int)] AS due
    FROM (
        SELECT course.obligation_id, course.deadline_id, deadline.kind, deadline.period_code, course.due_at,
            course.states[width_bucket(CAST(:at AS timestamptz), course.instants)] AS state
        FROM roadmap_course AS course JOIN roadmap_deadline AS deadline ON deadline.id = course.deadline_id
        WHERE course.obligation_id = ANY(CAST(:ids AS text[]))
            AND course.since <= :at AND (course.until IS NULL OR course.until > :at)
        ORDER BY course.obligation_id,
            CASE WHEN deadline.period_code = 'once' THEN deadline.due_at
            ELSE coalesce(deadline.changed_at,
                (deadline.period_last + 1)::timestamp AT TIME ZONE CAST(:tz AS text)) END DESC,
            deadline.kind DESC, deadline.id COLLATE "C" DESC
    ) AS begun
    GROUP BY obligation_id
"""
"""The deadlines that have begun, those of an obligation in one row, the newest first."""
HAPPENED = """
    SELECT obligation_id, count(*) AS many, max(recorded_at) AS newest FROM roadmap_data_event
    WHERE obligation_id = ANY(CAST(:ids AS text[])) AND at <= :at AND recorded_at <= :at
    GROUP BY obligation_id
"""
"""How many events had happened, and when the newest was recorded."""
WITHDRAWN = """
    SELECT obligation_id, dataset_id FROM (
        SELECT DISTINCT ON (obligation_id, dataset_id) obligation_id, dataset_id, seq
        FROM roadmap_data_event
        WHERE kind = 'withdrawn' AND obligation_id = ANY(CAST(:ids AS text[])) AND recorded_at <= :at
        ORDER BY obligation_id, dataset_id, seq DESC
    ) AS gone
    WHERE NOT EXISTS (
        SELECT FROM roadmap_data_event AS later
        WHERE later.obligation_id = gone.obligation_id AND later.kind = ANY(CAST(:kinds AS text[]))
            AND later.dataset_id IS NOT DISTINCT FROM gone.dataset_id
            AND later.seq > gone.seq AND later.recorded_at <= :at
    )
"""
"""The datasets of which the last event that shows data tells that they are gone."""

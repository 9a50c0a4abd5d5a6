"""Data that the portal holds itself: measuring them."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from rq.exceptions import DuplicateJobError

import ckan.plugins.toolkit as tk
from ckan import model, types

from ckanext.roadmap import jobs
from ckanext.roadmap.logic import content_checks, content_marks
from ckanext.roadmap.logic.schema import content as schema

_HOURS = 6 * 3600


@tk.validate_action_data(schema.content_measure)
def roadmap_content_measure(context: types.Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Measure uploaded files and tables written through the API: what changed becomes data events.

    Writes mark their data, and a job measures them after a pause. This picks up what a lost job left, what
    was linked since, and what was made public or private past CKAN's hooks; run it every few minutes.

    :param dataset: only this dataset (name or id), at once (optional)
    :type dataset: string
    :param background: leave it to the worker, and answer at once
    :type background: boolean
    :returns: datasets (how many were measured), and the events: changed, unchanged, withdrawn; unread: how
        many datasets could not be read; or queued
    :rtype: dict
    :raises ObjectNotFound: there is no such dataset
    """
    tk.check_access("roadmap_content_measure", context, data_dict)
    if name := data_dict.get("dataset"):
        found = model.Package.get(name)
        if found is None:
            raise tk.ObjectNotFound(tk._("There is no such dataset"))
        kinds = content_checks.measure(found.id)
        return {"datasets": 1, **{kind: kinds.count(kind) for kind in content_marks.KINDS}}
    if not data_dict["background"]:
        return dict(content_checks.sweep())
    options = {"job_id": "content_sweep", "unique": True, "timeout": _HOURS, "result_ttl": 0}
    with suppress(DuplicateJobError):
        tk.enqueue_job(
            content_checks.sweep, title="Measure the portal's data", queue=jobs.BULK, rq_kwargs=options
        )
    return {"queued": True}

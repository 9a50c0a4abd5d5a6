"""Data on bodies' own sites: looking at the links, and what was seen."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from rq.exceptions import DuplicateJobError

import ckan.plugins.toolkit as tk
from ckan import model, types

from ckanext.roadmap import jobs
from ckanext.roadmap.domain.link import Look
from ckanext.roadmap.logic import site_checks
from ckanext.roadmap.logic.dictize_site import dictize_link
from ckanext.roadmap.logic.schema import sites as schema
from ckanext.roadmap.model import Body
from ckanext.roadmap.services import site_links

_WHOLE_DAY = 24 * 3600


@tk.validate_action_data(schema.site_check)
def roadmap_site_check(context: types.Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Look at links to data on other sites: changed data become data events, unreachable ones are told.

    :param body: only the links that answer this body's obligations (name; optional)
    :type body: string
    :param due: only the links whose time has come (default: all)
    :type due: boolean
    :param background: leave it to the worker, and answer at once
    :type background: boolean
    :returns: links, and of these changed, unchanged, broken, forbidden, postponed; left: how many were not
        looked at since their site was silent or asked for rest, or are silent while nobody answers the
        portal at all; or queued
    :rtype: dict
    :raises NotFound: there is no such body
    """
    tk.check_access("roadmap_site_check", context, data_dict)
    body = _body(data_dict)
    if not data_dict["background"]:
        return dict(site_checks.check(body, data_dict["due"]))
    options = {
        "job_id": f"site_check_{body or 'all'}",
        "unique": True,
        "timeout": _WHOLE_DAY,
        "result_ttl": 0,
    }
    with suppress(DuplicateJobError):
        tk.enqueue_job(
            site_checks.check,
            [body, data_dict["due"]],
            title="Look at links to other sites",
            queue=jobs.BULK,
            rq_kwargs=options,
        )
    return {"queued": True}


@tk.side_effect_free
@tk.validate_action_data(schema.link_list)
def roadmap_link_list(context: types.Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Links to data on other sites that answer obligations, each with the last look at it.

    :param body: only the links that answer this body's obligations (name; optional)
    :type body: string
    :param dataset: only the links of this dataset (name or id; optional)
    :type dataset: string
    :param broken: only those whose data could not be had at the last look
    :type broken: boolean
    :param as_of: those that stood at a past day's end or instant, as they had been seen by then (optional)
    :type as_of: string
    :returns: count and links: body, dataset, resource, url, places, look (changed, unchanged, broken,
        forbidden, postponed; nothing: not looked at yet), checked_at, good_at, failures, next_at, status,
        error with problem and remedy, size, rows, content_hash, label
    :rtype: dict
    :raises NotFound: there is no such body or dataset
    """
    tk.check_access("roadmap_link_list", context, data_dict)
    dataset_id = None
    if data_dict.get("dataset"):
        dataset_id = tk.get_action("package_show")(tk.fresh_context(context), {"id": data_dict["dataset"]})[
            "id"
        ]
    found = site_links.load(model.Session(), _body(data_dict), dataset_id, data_dict.get("as_of"))
    if data_dict["broken"]:
        found = [link for link in found if link.last is not None and Look(link.last.look).is_bad]
    return {"count": len(found), "links": [dictize_link(link) for link in found]}


def _body(data_dict: dict[str, Any]) -> str | None:
    name = data_dict.get("body")
    if name and model.Session.scalars(Body.by_name(name)).first() is None:
        raise tk.ObjectNotFound(tk._("There is no such body"))
    return name or None

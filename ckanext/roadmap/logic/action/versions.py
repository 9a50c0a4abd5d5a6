"""Actions on what a table was before: versions of its files, and its change log."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model, types

from ckanext.roadmap import config
from ckanext.roadmap.logic.schema import versions as schema
from ckanext.roadmap.model.run import Run
from ckanext.roadmap.services import changes, clock, connections, retention, versions


@tk.side_effect_free
@tk.validate_action_data(schema.version_list)
def roadmap_version_list(context: types.Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """List the versions of a table's files that are kept, newest first.

    :param resource: id of the resource
    :type resource: string
    :returns: resource_id, dataset_id, versions: run, published_at, rows, content_hash, current (whether it is
        served), added, changed, removed (rows against the version before), files (format, name, bytes,
        sha256, url; or problem, where a format cannot hold the rows)
    :rtype: dict
    :raises NotFound: there is no such resource
    """
    tk.check_access("roadmap_version_list", context, data_dict)
    resource = _resource(data_dict["resource"])
    found = versions.kept(model.Session(), config.files_folder(), resource.id)
    return {
        "resource_id": resource.id,
        "dataset_id": resource.package_id,
        "versions": [_version(run, number == 0) for number, run in enumerate(found)],
    }


@tk.side_effect_free
@tk.validate_action_data(schema.changes_list)
def roadmap_changes_list(context: types.Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """List the rows that were added, changed or removed in a table, in the order in which they went public.

    Ask again with `after` = `next` until `next` is null. The pages do not shift when new runs come.

    :param resource: id of the resource
    :type resource: string
    :param since_run: only what came after this run (optional)
    :type since_run: string
    :param since: only what went public from this time on, ISO 8601 (optional)
    :type since: string
    :param run: only what this run changed (optional)
    :type run: string
    :param after: a place in the log; only rows behind it (default 0)
    :type after: int
    :param limit: most rows to give (default 100, at most 1000)
    :type limit: int
    :returns: results (place, run, kind: added, changed or removed; key; before, after: the whole row, of a
        changed one the columns that differ), next (place to go on from, or null), runs (counts of each run
        asked for, and whether the log has its rows: if not, reason is first, no_key, too_many, old or
        before), complete (whether the log has the rows of all these runs; if not, fetch the table anew)
    :rtype: dict
    :raises NotFound: there is no such resource, or no such run of it
    """
    tk.check_access("roadmap_changes_list", context, data_dict)
    resource = _resource(data_dict["resource"])
    chosen = _chosen(resource.id, data_dict)
    logged = [run.id for run in chosen if (run.changes or {}).get("kept")]
    limit = data_dict["limit"]
    found = changes.rows(connections.target().url, logged, data_dict["after"], limit + 1)
    told = [changes.summary(run) for run in chosen]
    return {
        "resource_id": resource.id,
        "results": found[:limit],
        "next": found[limit - 1]["place"] if len(found) > limit else None,
        "runs": told,
        "complete": all(one["kept"] for one in told),
    }


def roadmap_run_prune(context: types.Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Take away what has outlived its rule: old versions of files, rows of the change log, runs, held loads.

    What a data event or a frozen quarter may cite stays.

    :returns: how many versions, changes, runs and held loads were taken away
    :rtype: dict
    """
    tk.check_access("roadmap_run_prune", context, data_dict)
    (keep, age), (_most, changes_age) = config.versions_kept(), config.changes_kept()
    rule = retention.Rule(keep, age, changes_age, config.runs_kept(), config.held_kept())
    counts = retention.prune(model.Session(), clock.now(), config.timezone(), connections.target(), rule)
    model.Session.commit()
    return dict(counts)


def _chosen(resource_id: str, asked: dict[str, Any]) -> list[Run]:
    session = model.Session()
    after = _run(resource_id, asked["since_run"]) if asked.get("since_run") else None
    found = changes.runs_since(session, resource_id, after, asked.get("since"), None)
    if only := asked.get("run"):
        return [run for run in found if run.id == _run(resource_id, only).id]
    return found


def _run(resource_id: str, id: str) -> Run:
    run = model.Session.get(Run, id)
    if run is None or run.resource_id != resource_id or run.published_at is None:
        raise tk.ObjectNotFound(tk._("There is no run {id}").format(id=id))
    return run


def _resource(id: str) -> model.Resource:
    resource = model.Resource.get(id)
    if resource is None:
        raise tk.ObjectNotFound(tk._("Resource not found"))
    return resource


def _version(run: Run, current: bool) -> dict[str, Any]:
    told = changes.summary(run)
    return {
        **{name: told[name] for name in ("run", "published_at", "added", "changed", "removed")},
        "rows": run.rows_in,
        "content_hash": run.content_hash,
        "current": current,
        "files": [_file(run, file) for file in run.files],
    }


def _file(run: Run, file: dict[str, Any]) -> dict[str, Any]:
    name = file.get("name") or "data.csv"
    address = tk.url_for(
        "roadmap_versions.file", id=run.dataset_id, resource_id=run.resource_id, run=run.id,
        file=Path(name).name, qualified=True,
    )  # fmt: skip
    return {**file, "name": name, "url": None if file.get("problem") else address}

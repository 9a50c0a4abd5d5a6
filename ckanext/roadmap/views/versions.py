"""What a table was before: the versions of its files, and its change log."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from flask import Blueprint, Response, send_file, stream_with_context
from flask.typing import ResponseReturnValue

import ckan.plugins.toolkit as tk

from ckanext.roadmap import config
from ckanext.roadmap.loading.publish import version_folder
from ckanext.roadmap.loading.publish.formats import FORMATS
from ckanext.roadmap.presentation.versions import CHANGES, VERSIONS

from . import queries
from .answers import Answer, act, render, tells_problems

version_pages = Blueprint("roadmap_versions", __name__, url_prefix="/dataset/<id>/resource/<resource_id>")
MOST = 1000
PAGE = 100


@version_pages.get("/versions")
@tells_problems
def index(id: str, resource_id: str) -> Answer:
    """The versions that are kept."""
    found = act("roadmap_version_list", resource=resource_id)
    variables = {**_place(id, resource_id), "rows": found["versions"], "table": VERSIONS}
    return render("versions.html", "snippets/versions.html", variables, "resource")


@version_pages.get("/versions/<run>/<file>")
def file(id: str, resource_id: str, run: str, file: str) -> ResponseReturnValue:
    """A file of one version, under an address that stays; to whoever may read the resource."""
    try:
        place = _place(id, resource_id)
        found = act("roadmap_version_list", resource=resource_id)["versions"]
    except (tk.ObjectNotFound, tk.NotAuthorized):
        return tk.abort(404, tk._("Resource not found"))
    version = next((one for one in found if one["run"] == run), None)
    names = [one["name"] for one in version["files"] if one["url"]] if version else []
    if version is None or file not in names:
        return tk.abort(404, tk._("This version is not kept any more, or has no such file"))
    path = version_folder(config.files_folder(), resource_id, run) / file
    suffix = Path(file).suffix[1:]
    name = f"{place['dataset']['name']}-{version['published_at'][:10]}.{suffix}"
    return send_file(path, mimetype=FORMATS[suffix].mimetype, as_attachment=True, download_name=name)


@version_pages.get("/changes")
@tells_problems
def changes(id: str, resource_id: str) -> Answer:
    """Rows added, changed and removed, run by run."""
    asked = {name: tk.request.args.get(name, "").strip() or None for name in ("run", "since", "since_run")}
    place = _place(id, resource_id)
    kind = queries.choice("format", ("csv", "jsonl"))
    if kind:
        return _download(kind, place, {"resource": resource_id, **asked})
    found = act(
        "roadmap_changes_list", resource=resource_id, **asked, after=queries.number("after"), limit=PAGE
    )
    variables = {**place, "found": found, "table": CHANGES, "run": asked["run"]}
    return render("changes.html", "changes.html", variables, "resource")


def _place(id: str, resource_id: str) -> dict[str, Any]:
    """Dataset and resource of the address, if the reader may see them and they belong together."""
    dataset = act("package_show", id=id)
    resource = next((one for one in dataset["resources"] if one["id"] == resource_id), None)
    if resource is None:
        raise tk.ObjectNotFound(tk._("Resource not found"))
    return {"dataset": dataset, "resource": resource}


def _download(kind: str, place: dict[str, Any], asked: dict[str, Any]) -> Response:
    first = act("roadmap_changes_list", **asked, limit=MOST)
    lines = (_csv if kind == "csv" else _json_lines)(_all(first, asked))
    answer = Response(stream_with_context(lines), mimetype=FORMATS[kind].mimetype)
    name = f"{place['dataset']['name']}-changes.{kind}"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _all(page: dict[str, Any], asked: dict[str, Any]) -> Iterator[dict[str, Any]]:
    while True:
        times = {one["run"]: one["published_at"] for one in page["runs"]}
        for row in page["results"]:
            yield {**row, "published_at": times[row["run"]]}
        if page["next"] is None:
            return
        page = act("roadmap_changes_list", **asked, after=page["next"], limit=MOST)


def _json_lines(rows: Iterator[dict[str, Any]]) -> Iterator[str]:
    return (json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def _csv(rows: Iterator[dict[str, Any]]) -> Iterator[str]:
    written = ("key", "before", "after")
    names: list[str] = ["place", "published_at", "run", "kind", *written]
    yield ",".join(names) + "\r\n"
    for row in rows:
        line = io.StringIO(newline="")
        values = {
            n: json.dumps(row[n], ensure_ascii=False) if n in written and row[n] else row[n] for n in names
        }
        csv.DictWriter(line, names).writerow(values)
        yield line.getvalue()

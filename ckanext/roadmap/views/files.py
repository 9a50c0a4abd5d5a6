"""Files of harvested tables, as the load engine wrote them."""

from __future__ import annotations

import re

from flask import Blueprint, send_file
from flask.typing import ResponseReturnValue

import ckan.plugins.toolkit as tk

from ckanext.roadmap import config

files = Blueprint("roadmap_files", __name__, url_prefix="/roadmap/file")
RESOURCE_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@files.get("/<resource_id>.csv")
def csv(resource_id: str) -> ResponseReturnValue:
    """The CSV file of a resource, to whoever may see the resource; it can be fetched in parts."""
    try:
        tk.get_action("resource_show")({}, {"id": resource_id})
    except (tk.ObjectNotFound, tk.NotAuthorized):
        return tk.abort(404, tk._("Resource not found"))
    path = config.files_folder() / resource_id / f"{resource_id}.csv"
    if not RESOURCE_ID.fullmatch(resource_id) or not path.is_file():
        return tk.abort(404, tk._("Nothing was harvested for this resource yet"))
    return send_file(path, mimetype="text/csv; charset=utf-8", as_attachment=True, download_name=path.name)

"""Files of harvested tables, as the load engine wrote them: those served now."""

from __future__ import annotations

import re

from flask import Blueprint, send_file
from flask.typing import ResponseReturnValue

import ckan.plugins.toolkit as tk

from ckanext.roadmap import config
from ckanext.roadmap.loading.publish import public_path
from ckanext.roadmap.loading.publish.formats import FORMATS

files = Blueprint("roadmap_files", __name__, url_prefix="/roadmap/file")
RESOURCE_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@files.get("/<resource_id>.<suffix>")
def served(resource_id: str, suffix: str) -> ResponseReturnValue:
    """A file of a resource, to whoever may see the resource; it can be fetched in parts."""
    try:
        tk.get_action("resource_show")({}, {"id": resource_id})
    except (tk.ObjectNotFound, tk.NotAuthorized):
        return tk.abort(404, tk._("Resource not found"))
    known = RESOURCE_ID.fullmatch(resource_id) and suffix in FORMATS
    path = public_path(config.files_folder(), resource_id, suffix)
    if not known or not path.is_file():
        return tk.abort(404, tk._("Nothing was harvested for this resource yet"))
    name = f"{resource_id}.{suffix}"
    return send_file(path, mimetype=FORMATS[suffix].mimetype, as_attachment=True, download_name=name)

"""Runs in xloader's own environment: one load of a file as its job does it; prints seconds as JSON.

What is timed is what the job does after the download: load, count, column indexes.
"""

from __future__ import annotations

import json
import logging
import sys
import time
from pathlib import Path

import ckanext

for folder in sys.path:  # the wheel of xloader makes `ckanext` an ordinary package that hides the others
    if (Path(folder) / "ckanext").is_dir() and str(Path(folder) / "ckanext") not in ckanext.__path__:
        ckanext.__path__.append(str(Path(folder) / "ckanext"))

from ckan.cli import load_config  # noqa: E402
from ckan.config.middleware import make_app  # noqa: E402
from ckan.tests.helpers import call_action  # noqa: E402

from ckanext.xloader import loader  # noqa: E402

log = logging.getLogger("xloader")
log.setLevel(logging.ERROR)


def main(ini: str, path: str, changed: str) -> None:
    """Loads *path*, then *changed* over it."""
    app = make_app(load_config(ini))
    flask = getattr(app, "_wsgi_app", app)
    with flask.test_request_context():
        name = f"xloader-{time.time_ns()}"
        user = call_action("get_site_user", context={"ignore_auth": True})["name"]
        context = {"ignore_auth": True, "user": user}
        org = call_action("organization_create", context=dict(context), name=f"org-{name}")
        call_action("package_create", context=dict(context), name=name, owner_org=org["id"], title=name)
        resource = call_action(
            "resource_create", context=dict(context), package_id=name, url="http://x/a.csv"
        )
        results = {
            "resource_id": resource["id"],
            "first": once(path, resource["id"]),
            "again": once(changed, resource["id"]),
        }
    print(json.dumps(results))


def once(path: str, resource_id: str) -> float:
    """Seconds of one load."""
    begun = time.perf_counter()
    fields = loader.load_csv(path, resource_id=resource_id, mimetype="csv", logger=log)
    loader.calculate_record_count(resource_id=resource_id, logger=log)
    loader.create_column_indexes(fields=fields, resource_id=resource_id, logger=log)
    return time.perf_counter() - begun


if __name__ == "__main__":
    main(*sys.argv[1:])

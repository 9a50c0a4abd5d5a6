"""What the demo portal shows: sample bodies, list, people, and the first harvest."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager

from stack import box, ministry, portal, secrets_file, stamps
from stack.api import Api
from stack.progress import step
from stack.settings import ROOT, Settings
from stack.year import first_year

SAMPLE = ROOT / "stack" / "sample"
CONNECTION = "education"
MINISTRY = "ministry-education"
PEOPLE = {
    "coordinator": ("statistics-agency", "editor"),
    "officer": (MINISTRY, "editor"),
    "health-officer": ("ministry-health", "editor"),
    "auditor": ("anti-corruption-agency", "editor"),
}
ADMIN = "admin"
SCHEDULES = {
    "education-kindergarten-queue": {"cron": "30 2 * * *", "window": "22:00-06:00"},
    "education-vacancies": {"cron": "0 7-19 * * mon-fri"},
}
"""Of the demo's mappings; written after the first harvest, which may be at any hour."""


def create(settings: Settings) -> None:
    """Create all of it, unless that was done; each part may be repeated and then changes nothing."""
    value = stamps.digest(sorted([*SAMPLE.glob("*.csv"), *SAMPLE.glob("*.yaml")]))
    stamp = settings.data / "content.stamp"
    if stamps.is_fresh(stamp, value):
        return
    with step("The ministry's database"):
        ministry.create(settings)
    with step("Bodies and their organizations"):
        _roadmap(
            settings,
            "body",
            "import",
            str(SAMPLE / "bodies.csv"),
            "--successions",
            str(SAMPLE / "successions.csv"),
        )
    with step("Approved list, obligations and deadlines"):
        _list(settings)
    with step("Logins"), _api(settings) as api:
        _people(settings, api)
    with step("Connection, mappings and harvest source"), _api(settings) as api:
        _roadmap(settings, "mapping", "import", str(SAMPLE / "mapping.yaml"))
        _source(api)
    with step("Register of information systems"), _api(settings) as api:
        _systems(settings, api)
    with step("Suggestions and a sitting of the commission"), _api(settings) as api:
        box.fill(settings, api)
    with step("First harvest"):
        _roadmap(settings, "harvest", "now", CONNECTION, "--wait", "300")
    with step("Times of reading"), _api(settings) as api:
        _schedules(api)
    stamps.write(stamp, value)


def _roadmap(settings: Settings, *words: str) -> str:
    return portal.ckan(settings, "roadmap", *words)


def _list(settings: Settings) -> None:
    year = str(first_year(settings))
    file = settings.data / "approved-list.csv"
    file.write_text((SAMPLE / "approved-list.csv").read_text().replace("{year}", year))
    if f"{year}/1  approved" in _roadmap(settings, "list", "show"):
        return
    _roadmap(settings, "list", "import", str(file), "--year", year)
    _roadmap(
        settings,
        "list",
        "approve",
        year,
        "--decision",
        "1",
        "--date",
        f"{year}-01-05",
        "--in-force-from",
        f"{year}-01-01",
    )


def _systems(settings: Settings, api: Api) -> None:
    """The ministry's system is live, the others wait; told again it changes nothing."""
    if api.call("roadmap_system_list")["count"]:
        return
    _roadmap(settings, "system", "import", str(SAMPLE / "systems.csv"))
    day = f"{first_year(settings)}-01-10"
    for stage in ("guide_issued", "agreement", "test", "live"):
        api.call("roadmap_system_step", code="IS-0001", stage=stage, reached=day, act="Demo")


@contextmanager
def _api(settings: Settings) -> Iterator[Api]:
    """Give the API with a sysadmin's token that is revoked at the end."""
    if ADMIN not in portal.ckan(settings, "user", "list"):
        password = secrets_file.read(settings)["login"]
        portal.ckan(settings, "user", "add", ADMIN, "email=admin@portal.example", f"password={password}")
    portal.ckan(settings, "sysadmin", "add", ADMIN)
    token = portal.ckan(settings, "user", "token", "add", ADMIN, "demo", "-q").split()[-1]
    api = Api(portal.site_url(settings), token)
    try:
        yield api
    finally:
        api.call("api_token_revoke", token=token)


def _people(settings: Settings, api: Api) -> None:
    password = secrets_file.read(settings)["login"]
    for name, (organization, role) in PEOPLE.items():
        if not api.exists("user_show", id=name):
            api.call("user_create", name=name, email=f"{name}@portal.example", password=password)
        api.call("organization_member_create", id=organization, username=name, role=role)


def _source(api: Api) -> None:
    if api.exists("harvest_source_show", id=CONNECTION):
        return
    api.call(
        "harvest_source_create",
        name=CONNECTION,
        title="Database of the Ministry of Education",
        url=f"roadmap://{CONNECTION}",
        source_type="roadmap_database",
        owner_org=MINISTRY,
        frequency="DAILY",
    )


def _schedules(api: Api) -> None:
    """From now on two tables are read at times of their own; the rest with the harvest source."""
    for name, schedule in SCHEDULES.items():
        definition = api.call("roadmap_mapping_show", name=name)["definition"] | {"schedule": schedule}
        api.call("roadmap_mapping_update", name=name, definition=json.dumps(definition))


def greeting(settings: Settings) -> str:
    """Return what the reader needs to go on: addresses and logins."""
    password = secrets_file.read(settings)["login"]
    site = portal.site_url(settings)
    names = [*PEOPLE, ADMIN]
    return "\n".join(
        [
            "",
            f"Compliance page: {site}/compliance",
            f"Portal:          {site}",
            f"Logins:          {', '.join(names)}; password of each: {password}",
            "Commands:        var/venv/bin/ckan -c var/demo/ckan.ini roadmap --help",
            f"Logs:            {settings.logs}",
        ]
    )

"""People who act on deadlines, and the data they speak of."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.tests import factories

from ckanext.roadmap.domain.region import REGIONS
from ckanext.roadmap.services import events, publications
from ckanext.roadmap.tests import country
from ckanext.roadmap.tests.clock import RehearsalClock


def first_half(clock: RehearsalClock) -> None:
    """Schools published for the first quarter of 2023; it is 20 July."""
    clock.set("2023-01-20T12:00")
    country.import_bodies()
    country.import_list()
    country.approve()
    publish(clock, "2023-04-11T12:00")
    clock.set("2023-07-20T12:00")


def publish(clock: RehearsalClock, moment: str, content: str = "a", **changes: Any) -> str:
    """Publish the schools at a moment, as a load run would; the id of the dataset."""
    at = clock.set(moment)
    session = model.Session()
    obligation = publications.obligations_for(session, "E-01", "ministry-education", at.date())[0]
    dataset = model.Package.get("schools") or model.Package.get(
        factories.Dataset(name="schools", owner_org="ministry-education")["id"]
    )
    publications.link(session, at, obligation.id, dataset.id, None, "schools", "mapping")
    values = {
        "kind": "changed",
        "at": at,
        "grade": "measured",
        "source": "run",
        "dataset_id": dataset.id,
        "content_hash": content * 64,
        "rows": 1411,
        "columns": ["code", "region"],
        "regions": sorted(REGIONS),
        "run_id": f"run-{moment}",
        "live_read_at": at,
    }
    events.record(session, at, obligation_ids=[obligation.id], **{**values, **changes})
    session.commit()
    return dataset.id


def deadlines(**data: Any) -> dict[str, dict[str, Any]]:
    """Deadlines by period, as the public sees them."""
    shown = tk.get_action("roadmap_deadline_list")({"user": "", "ignore_auth": False}, data)
    return {row["period"]["code"]: row for row in shown["deadlines"]}


def deadline_of(item: str, period: str, body: str = "ministry-education") -> str:
    """The id of a deadline."""
    return deadlines(item=item, body=body)[period]["id"]


def member(organization: str, role: str = "editor") -> str:
    """The name of a new member of an organization, which is made if there is none."""
    if model.Group.get(organization) is None:
        factories.Organization(name=organization)
    user = factories.User()
    tk.get_action("organization_member_create")(
        {"ignore_auth": True, "user": ""}, {"id": organization, "username": user["name"], "role": role}
    )
    return user["name"]


def as_user(name: str, action: str, /, **data: Any) -> Any:
    """Call an action as somebody."""
    return tk.get_action(action)({"user": name, "ignore_auth": False}, data)

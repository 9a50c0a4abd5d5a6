"""What a private dataset is called is told to nobody who may not see it: by no action, page or file, of no day."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from typing import Any
from urllib.parse import urlencode

import pytest

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.tests import factories
from ckan.tests.helpers import CKANTestApp

from ckanext.roadmap.domain.publication import How
from ckanext.roadmap.model.run import Run
from ckanext.roadmap.services import clock, events, publications
from ckanext.roadmap.tests.clock import RehearsalClock
from ckanext.roadmap.tests.country import act
from ckanext.roadmap.tests.journeys import story
from ckanext.roadmap.tests.logic.acting import as_user, deadline_of, member
from ckanext.roadmap.tests.logic.permissions import FUNCTIONS, Role
from ckanext.roadmap.tests.logic.sitting import entry_of_education

SECRET, OPEN, AGAIN = "hushhush", "dayandnight", "behindcurtains"
BORN, OPENED, CLOSED, LATER = "2023-07-21T12:00", "2023-08-05T12:00", "2023-08-20T12:00", "2023-08-25T12:00"
NAMES = (SECRET, OPEN, AGAIN)
WAS_SECRET, WAS_OPEN, IS_SECRET = "2023-07-22T12:00", "2023-08-10T12:00", "2023-08-22T12:00"
WRITES = ("_create", "_comment", "_confirm", "_second", "_push")
PAGES = (
    "/approved-list/F-01",
    "/compliance/takedowns/{takedown}",
    "/compliance/item/F-01",
    "/compliance/body/ministry-finance",
    "/compliance/refresh?format=json",
    "/compliance/deadlines?format=csv&item=F-01",
    "/compliance/embed/dataset/{dataset}",
)


@pytest.fixture
def told(clean_db: None, clean_index: None, rehearsal: RehearsalClock) -> dict[str, str]:
    """A dataset was private under one name, public under another, private again under a third; its id."""
    story.tell(rehearsal)
    entry_of_education()
    rehearsal.set(BORN)
    dataset = factories.Dataset(
        name=SECRET, title=f"T {SECRET}", owner_org="ministry-finance", private=True, item_code="F-01"
    )
    file = factories.Resource(package_id=dataset["id"], name=f"r {SECRET}", url=f"https://a.uz/{SECRET}.csv")
    ids = {"dataset": dataset["id"], "resource": file["id"]}
    _linked(ids)
    rehearsal.set("2023-07-25T12:00")
    taken = act("roadmap_takedown_create", resource=file["id"], reason="Names")["id"]
    rehearsal.set("2023-07-26T12:00")
    auditor = member("anti-corruption-agency", "member")
    as_user(auditor, "roadmap_takedown_rule", id=taken, ruling="dismissed", text="None")
    for moment, name, is_private in ((OPENED, OPEN, False), (CLOSED, AGAIN, True)):
        rehearsal.set(moment)
        url = f"https://a.uz/{name}.csv"
        act("package_patch", id=dataset["id"], name=name, title=f"T {name}", private=is_private)
        act("resource_patch", id=file["id"], name=f"r {name}", url=url)
        _happened(ids)
    rehearsal.set(LATER)
    return {**ids, "takedown": taken}


def _linked(ids: dict[str, str]) -> None:
    session, at = model.Session(), clock.now()
    (owed,) = publications.obligations_for(session, "F-01", "ministry-finance", at.date())
    publications.link(session, at, owed.id, ids["dataset"], None, "x", "mapping")
    (other,) = publications.obligations_for(session, "F-02", "ministry-finance", at.date())
    made = publications.propose(session, at, other.id, ids["dataset"], "none", How.chosen)
    session.commit()
    act("roadmap_publication_confirm", id=made.id)
    act("roadmap_publication_revoke", id=made.id, reason="A mistake")
    ids["obligation"] = owed.id
    _happened(ids)


def _happened(ids: dict[str, str]) -> None:
    session, at = model.Session(), clock.now()
    content = f"{at:%d}"
    run = story._run(f"run-{content}", ids["dataset"], at, outcome="applied", phase="done", published_at=at)
    run.resource_id = ids["resource"]
    session.add(run)
    events.record(
        session,
        at,
        obligation_ids=[ids["obligation"]],
        dataset_id=ids["dataset"],
        resource_id=ids["resource"],
        kind="changed",
        at=at,
        content_hash=content,
        columns=["amount"],
        grade="measured",
        source="run",
        run_id=run.id,
    )
    session.commit()


def _questions(ids: dict[str, str]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each action that anybody may call, of all and of what is secret."""
    of = {"body": "ministry-finance", "item": "F-01", "code": "F-01", "name": "ministry-finance", **ids}
    for name, row in FUNCTIONS.items():
        if Role.anonymous in row.allowed and not any(one in name for one in WRITES):
            data = row.data()
            own = {key: of[key] for key in data if key in of}
            yield name, {**data, **own, "limit": 500, "cells": 12, "repairs": 6}
    yield "roadmap_publication_list", {"state": "revoked"}
    yield "roadmap_publication_list", {"dataset": ids["dataset"]}
    yield "roadmap_compliance_show", {"item": "F-01", "repairs": 6, "cells": 12}
    yield "roadmap_compliance_show", {"body": "ministry-finance", "repairs": 6, "cells": 12}
    yield "roadmap_territory_show", {"body": "ministry-finance", "item": "F-01", "live": True}
    yield "roadmap_deadline_show", {"id": deadline_of("F-01", "2023-07", "ministry-finance")}
    yield "roadmap_badge_show", {"dataset": ids["dataset"]}
    yield "roadmap_dataset_compliance_show", {"id": ids["dataset"]}
    for id_ in model.Session.scalars(Run.newest().with_only_columns(Run.id)):
        yield "roadmap_run_show", {"id": id_}


class Reader:
    """Somebody without an account, who asks for everything."""

    def __init__(self, app: CKANTestApp, ids: dict[str, str]) -> None:
        self.app, self.pages = app, [f"/en{page.format(**ids)}" for page in PAGES]
        self.questions = list(_questions(ids))

    def named(self, moment: str | None = None) -> dict[str, set[str]]:
        """Which of the names is told, and by what."""
        when = {"as_of": f"{moment}:00+05:00"} if moment else {}
        found: dict[str, set[str]] = {}
        for place, text in (*self._answers(when), *self._read(when)):
            for name in NAMES:
                if name in text:
                    found.setdefault(name, set()).add(place)
        return found

    def _answers(self, when: dict[str, str]) -> Iterator[tuple[str, str]]:
        for name, data in self.questions:
            with suppress(tk.NotAuthorized, tk.ObjectNotFound, tk.ValidationError):
                found = tk.get_action(name)({"user": "", "ignore_auth": False}, {**data, **when})
                yield name, json.dumps(found, default=str)

    def _read(self, when: dict[str, str]) -> Iterator[tuple[str, str]]:
        for page in self.pages:
            yield page, self.app.get(f"{page}{'&' if '?' in page else '?'}{urlencode(when)}").body


def test_nothing_that_anybody_may_ask_for_names_it(app: CKANTestApp, told: dict[str, str]):
    reader = Reader(app, told)
    assert reader.named() == {}
    assert reader.named(WAS_SECRET) == {}
    while_open = reader.named(WAS_OPEN)
    assert while_open.keys() == {OPEN}
    assert while_open[OPEN] >= {
        "roadmap_publication_list",
        "roadmap_takedown_list",
        "roadmap_deadline_list",
        "/en/approved-list/F-01",
    }
    _members_are_told(told["dataset"])
    act("package_patch", id=told["dataset"], private=False)
    for moment in (WAS_SECRET, IS_SECRET):
        found = reader.named(moment)
        assert found.keys() == {AGAIN}, moment
        assert not found[AGAIN] & {"roadmap_publication_list", "roadmap_deadline_list"}


def _members_are_told(dataset_id: str) -> None:
    for body, shown in (
        ("ministry-finance", {"name": AGAIN, "title": {"uz": f"T {AGAIN}"}}),
        ("ministry-education", {"name": None, "title": None}),
    ):
        found = as_user(member(body), "roadmap_publication_list", item="F-01")["publications"]
        assert [one["dataset"] for one in found] == [{"id": dataset_id, "is_public": False, **shown}]

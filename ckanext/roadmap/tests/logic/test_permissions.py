"""The matrix role x action x own or other body, held against what the plugins really register."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

import ckan.plugins as p
import ckan.plugins.toolkit as tk
from ckan import model
from ckan.tests import factories

from ckanext.roadmap.loading.errors import LoadError
from ckanext.roadmap.model.mapping import Mapping
from ckanext.roadmap.services import clock, source_looks, tickets
from ckanext.roadmap.services.mapping_looks import Asked
from ckanext.roadmap.tests.clock import RehearsalClock
from ckanext.roadmap.tests.journeys import story
from ckanext.roadmap.tests.logic.permissions import (
    FUNCTIONS,
    LOOK,
    PAGES,
    PRIVATE_RESOURCE,
    PUBLIC_RESOURCE,
    REHEARSAL,
    Role,
    deadline,
    suggestion,
)
from ckanext.roadmap.tests.logic.sitting import entry_of_education

pytestmark = pytest.mark.usefixtures("with_plugins")
MEMBERSHIPS = {
    Role.officer_own: ("ministry-education", "editor"),
    Role.officer_other: ("ministry-finance", "editor"),
    Role.admin_own: ("ministry-education", "admin"),
    Role.admin_other: ("ministry-finance", "admin"),
    Role.coordinator: ("statistics-agency", "member"),
    Role.auditor: ("anti-corruption-agency", "member"),
    Role.commission: ("coordination-commission", "member"),
}


def registered(interface: type, getter: str) -> dict[str, object]:
    """What our plugins register, by name."""
    found: dict[str, object] = {}
    for plugin in p.PluginImplementations(interface):
        if plugin.name.startswith("roadmap"):
            found |= getattr(plugin, getter)()
    return {name: function for name, function in found.items() if name.startswith("roadmap_")}


@pytest.fixture
def people(clean_db: None, clean_index: None, rehearsal: RehearsalClock) -> dict[Role, dict[str, str]]:
    """One person for each role: name and token; the story of the journeys has been told."""
    story.tell(rehearsal)
    entry_of_education()
    for name in ("anti-corruption-agency", "coordination-commission"):
        factories.Organization(name=name)
    found: dict[Role, dict[str, str]] = {Role.anonymous: {"name": "", "token": ""}}
    for role in Role:
        if role is not Role.anonymous:
            found[role] = factories.UserWithToken(sysadmin=role is Role.sysadmin)
    for role, (organization, capacity) in MEMBERSHIPS.items():
        join(found[role], organization, capacity)
    return found


def join(person: dict[str, str], organization: str, capacity: str) -> None:
    tk.get_action("organization_member_create")(
        {"ignore_auth": True, "user": ""},
        {"id": organization, "username": person["name"], "role": capacity},
    )


def test_every_action_and_check_has_a_row():
    actions = registered(p.IActions, "get_actions")
    checks = registered(p.IAuthFunctions, "get_auth_functions")
    assert set(actions) | set(checks) == set(FUNCTIONS)


def test_every_action_has_a_check_of_its_name():
    assert set(registered(p.IActions, "get_actions")) <= set(
        registered(p.IAuthFunctions, "get_auth_functions")
    )


def test_every_page_has_a_row(app):
    rules = app.flask_app.url_map.iter_rules()
    assert {rule.endpoint for rule in rules if rule.endpoint.startswith("roadmap")} == set(PAGES)


def allowed(name: str, person: dict[str, str]) -> bool:
    try:
        tk.check_access(name, {"user": person["name"]}, FUNCTIONS[name].data())
    except tk.NotAuthorized:
        return False
    return True


def refused(name: str, person: dict[str, str]) -> bool:
    try:
        tk.get_action(name)({"user": person["name"]}, FUNCTIONS[name].data())
    except tk.NotAuthorized:
        return True
    except tk.ValidationError as error:
        pytest.fail(f"the row of {name} has data that the action does not accept: {error.error_dict}")
    return False


def test_checks(people):
    for name, row in FUNCTIONS.items():
        found = {role for role, person in people.items() if allowed(name, person)}
        assert found == row.allowed, name
    _hold_no_office(people)


def _hold_no_office(people: dict[Role, dict[str, str]]) -> None:
    """Who runs the portal is made admin of a body and of the auditor, and may do no more than before."""
    for role in (Role.coordinator, Role.sysadmin):
        join(people[role], "ministry-education", "admin")
        join(people[role], "anti-corruption-agency", "admin")
        found = {name for name, row in FUNCTIONS.items() if allowed(name, people[role])}
        assert found == {name for name, row in FUNCTIONS.items() if role in row.allowed}


def test_actions_refuse_whoever_the_check_refuses(people):
    for name in registered(p.IActions, "get_actions"):
        for role in set(Role) - FUNCTIONS[name].allowed:
            assert refused(name, people[role]), f"{name} let in: {role}"


@pytest.fixture
def harvested(people: dict[Role, dict[str, str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A harvested file of a public and one of a private dataset of the ministry."""
    monkeypatch.setattr("ckanext.roadmap.config.files_folder", lambda: tmp_path)
    private = factories.Dataset(owner_org="ministry-education", private=True)["id"]
    mapping = model.Session.scalars(Mapping.by_name("schools")).one()
    error = LoadError("source_gone", "It is gone.", "Bring it back.")
    tickets.note_failure(model.Session(), clock.now(), mapping, error).id = REHEARSAL
    asked = Asked("education", "public", "schools", {})
    row = source_looks.ask(model.Session(), clock.now(), asked, {"mapping": ""}, "nobody")
    row.id, row.ended_at, row.found = LOOK, clock.now(), {}
    model.Session.commit()
    for id, package in ((PUBLIC_RESOURCE, "schools"), (PRIVATE_RESOURCE, private)):
        factories.Resource(id=id, package_id=package)
        (tmp_path / id / "current").mkdir(parents=True)
        (tmp_path / id / "current" / "data.csv").write_text("code\n1\n")


@pytest.mark.usefixtures("harvested")
def test_pages(app, people):
    visits = [visit for found in PAGES.values() for visit in found]
    for visit, (role, person) in itertools.product(visits, people.items()):
        headers = {"Authorization": person["token"]} if person["token"] else {}
        status = app.get(
            "/en" + visit.url.format(deadline=deadline(), suggestion=suggestion()), headers=headers
        ).status_code
        assert status == (200 if role in visit.allowed else visit.refusal), (visit.url, role)

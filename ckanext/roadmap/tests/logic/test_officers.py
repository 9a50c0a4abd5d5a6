"""Who speaks for a body: its own people, never those who run the portal, however they became members."""

from __future__ import annotations

from typing import Any

import pytest

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.tests import factories

from ckanext.roadmap.cli import roadmap
from ckanext.roadmap.logic import roles
from ckanext.roadmap.services import officers
from ckanext.roadmap.tests import country
from ckanext.roadmap.tests.country import BODIES, act, upload
from ckanext.roadmap.tests.logic.acting import as_user, deadline_of, first_half, member

pytestmark = pytest.mark.usefixtures("clean_db", "with_plugins", "clean_index", "rehearsal")
BODY = "ministry-education"


def staff() -> dict[str, tuple[list[str], list[str]]]:
    found = act("roadmap_officer_list")
    return {one["body"]["name"]: (one["officers"], one["idle"]) for one in found}


def is_officer(name: str, body: str = BODY) -> bool:
    context: Any = {"user": name}
    found = roles.is_officer(context, body)
    assert found == (body in {row.name for row in roles.own_bodies(context)})
    return found


def test_whoever_imports_the_register_is_left_a_member_of_nothing():
    coordinator, sysadmin = member("statistics-agency"), factories.Sysadmin()["name"]
    half = "".join(BODIES.splitlines(keepends=True)[:3])
    as_user(coordinator, "roadmap_body_import", upload=upload(half, "bodies.csv"))
    as_user(sysadmin, "roadmap_body_import", upload=upload(BODIES, "bodies.csv"))
    for organization in set(act("organization_list")) - {"statistics-agency"}:
        assert act("member_list", id=organization, object_type="user") == []
    assert staff() == {name: ([], []) for name in act("organization_list")} | {
        "statistics-agency": ([coordinator], [])
    }


def test_who_runs_the_portal_signs_for_no_body(rehearsal):
    first_half(rehearsal)
    officer, coordinator, sysadmin = member(BODY), member(BODY, "admin"), factories.Sysadmin()["name"]
    for organization in (BODY, "anti-corruption-agency"):
        member(organization)
        act("organization_member_create", id=organization, username=sysadmin, role="admin")
    assert is_officer(coordinator)
    for organization in ("statistics-agency", "anti-corruption-agency"):
        act("organization_member_create", id=organization, username=coordinator, role="editor")
    assert is_officer(coordinator, "statistics-agency")
    signed = {"deadline": deadline_of("E-01", "2023-Q2"), "reason": "Nothing new"}
    for name in (coordinator, sysadmin):
        assert not is_officer(name)
        assert not roles.is_auditor({"user": name})
        with pytest.raises(tk.NotAuthorized):
            as_user(name, "roadmap_attest", **signed)
        with pytest.raises(tk.NotAuthorized):
            as_user(name, "roadmap_objection_rule", id="none", ruling="dismissed", text="No")
    assert is_officer(officer)
    assert as_user(officer, "roadmap_attest", **signed)["events"]


def test_memberships_left_behind_are_told_and_ended(cli):
    country.import_bodies()
    officer, gone, stays = member(BODY), member(BODY, "admin"), member("statistics-agency", "admin")
    act("organization_member_create", id="statistics-agency", username=gone, role="editor")
    act("organization_member_create", id="ministry-finance", username=gone, role="admin")
    lines = cli.invoke(roadmap, ["body", "officers"]).output.splitlines()
    told = f"{officer}  (not, since they run the portal: {gone})"
    assert [line for line in lines if told in line] == [f"1-002  {BODY}  {told}"]
    assert lines[-1] == "bodies: 5, 3 without officers"
    assert "2 ended, of 2 bodies" in cli.invoke(roadmap, ["body", "release"]).output
    assert "0 ended, of 0 bodies" in cli.invoke(roadmap, ["body", "release"]).output
    assert staff()["statistics-agency"] == (sorted([gone, stays]), [])
    act("organization_member_delete", id="statistics-agency", username=gone)
    assert not is_officer(gone)
    assert not is_officer(gone, "ministry-finance")
    assert staff()[BODY] == ([officer], [])


@pytest.mark.ckan_config("ckan.auth.roles_that_cascade_to_sub_groups", "admin")
def test_admins_of_the_organization_above_speak_where_roles_cascade():
    country.import_bodies()
    admin, editor = member("ministry-finance", "admin"), member("ministry-finance", "editor")
    above = model.Group.get("ministry-finance")
    act("member_create", id="tax-committee", object=above.id, object_type="group", capacity="public")
    assert is_officer(admin, "tax-committee")
    assert not is_officer(editor, "tax-committee")
    assert officers.of_body(model.Session(), "tax-committee") == {model.User.get(admin).id}

"""An organization that carries obligations can't be deleted by any of CKAN's ways."""

from __future__ import annotations

import pytest

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.tests import factories

from ckanext.roadmap.tests import country

pytestmark = pytest.mark.usefixtures("clean_db", "with_plugins", "clean_index")
WAYS = ("organization_delete", "organization_purge", "group_delete", "group_purge")


@pytest.fixture(autouse=True)
def in_force(clean_db: None, clean_index: None) -> None:
    country.import_bodies()
    country.import_list()
    country.approve()


@pytest.fixture
def sysadmin(in_force: None) -> dict[str, str]:
    return {"user": factories.Sysadmin()["name"]}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("by", ["id", "name"])
def test_refused_to_sysadmins_too(sysadmin: dict[str, str], way: str, by: str):
    organization = model.Group.get("ministry-education")
    with pytest.raises(tk.ValidationError, match="carries 2 obligations"):
        tk.get_action(way)(sysadmin, {"id": getattr(organization, by)})
    assert model.Group.get("ministry-education").state == "active"


@pytest.mark.parametrize("way", ["organization_patch", "organization_update", "group_update"])
def test_refused_by_its_state(sysadmin: dict[str, str], way: str):
    with pytest.raises(tk.ValidationError, match="carries 2 obligations"):
        tk.get_action(way)(
            sysadmin, {"id": "ministry-education", "name": "ministry-education", "state": "deleted"}
        )
    assert model.Group.get("ministry-education").state == "active"


def test_one_by_one_in_bulk(sysadmin: dict[str, str]):
    refused = []
    for row in country.act("roadmap_body_list"):
        try:
            tk.get_action("organization_delete")(dict(sysadmin), {"id": row["name"]})
        except tk.ValidationError:
            refused.append(row["name"])
    assert refused == ["statistics-agency", "ministry-education", "ministry-finance", "tax-committee"]


def test_others_are_deleted_as_ever(sysadmin: dict[str, str]):
    free = factories.Organization()
    tk.get_action("organization_delete")(dict(sysadmin), {"id": free["id"]})
    tk.get_action("organization_purge")(dict(sysadmin), {"id": free["id"]})
    group = factories.Group()
    tk.get_action("group_delete")(dict(sysadmin), {"id": group["id"]})
    assert model.Group.get(free["id"]) is None
    with pytest.raises(tk.ObjectNotFound):
        tk.get_action("organization_delete")(sysadmin, {"id": "no-such-organization"})


def test_whoever_may_not_delete_is_told_that_first():
    with pytest.raises(tk.NotAuthorized):
        tk.get_action("organization_delete")(
            {"user": factories.User()["name"], "ignore_auth": False}, {"id": "ministry-education"}
        )


def test_the_page_says_why(app, sysadmin: dict[str, str]):
    token = factories.APIToken(user=sysadmin["user"])["token"]
    answer = app.post("/en/organization/delete/ministry-education", headers={"Authorization": token})
    assert answer.status_code == 403
    assert "carries 2 obligations" in answer.body

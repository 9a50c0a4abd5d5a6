"""Obligations, links and datasets follow their body's successor from the day of the succession on."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.tests import factories

from ckanext.roadmap.model import Item, Obligation, ObligationTerm
from ckanext.roadmap.tests import country
from ckanext.roadmap.tests.country import BODIES, act
from ckanext.roadmap.tests.logic.acting import deadline_of, publish

pytestmark = pytest.mark.usefixtures("in_force")
HEAD = "body,from_body,kind,effective\n"
NEW = BODIES + "ministry-school,1-007,Maktab vazirligi,Школьное,School,ministry,,\n"
NEWER = NEW + "agency-school,1-008,Maktab agentligi,Агентство,School Agency,agency,,\n"


def succeed(*rows: str, bodies: str = NEW) -> dict[str, Any]:
    return country.import_bodies(bodies, HEAD + "\n".join(rows) + "\n")["successions"]


def held(item: str, **data: Any) -> dict[str, bool]:
    """Who holds an item, and whether it is in force."""
    found = act("roadmap_compliance_show", item=item, **data)["obligations"]
    return {row["body"]["name"]: row["in_force"] for row in found}


def obligations(item: str) -> set[str]:
    query = sa.select(Obligation.id).join(Item, Item.id == Obligation.item_id).where(Item.code == item)
    return set(model.Session.scalars(query))


def rename(in_force) -> dict[str, Any]:
    in_force.set("2023-07-20T12:00")
    return succeed("ministry-school,ministry-education,renamed,2023-07-01")


def test_an_obligation_passes_with_all_that_happened(in_force):
    dataset = publish(in_force, "2023-04-11T12:00")
    first, before = deadline_of("E-01", "2023-Q1"), obligations("E-01")
    settled = rename(in_force)
    assert (settled["passed"], settled["ended"], settled["datasets"]) == (2, 0, 1)
    assert obligations("E-01") == before
    assert held("E-01") == {"ministry-school": True}
    told = act("roadmap_deadline_show", id=first)
    assert (told["deadline"]["status"], told["deadline"]["body"]["name"]) == ("on_time", "ministry-school")
    assert model.Package.get(dataset).owner_org == model.Group.get("ministry-school").id
    assert act("roadmap_item_show", code="E-01")["bodies"] == ["ministry-school"]


def test_earlier_days_and_quarters_keep_the_old_body(in_force):
    publish(in_force, "2023-04-11T12:00")
    rename(in_force)
    assert held("E-01", as_of="2023-07-10") == {"ministry-education": True}
    assert held("E-01", quarter="2023-Q2") == {"ministry-education": True}
    assert held("E-01", quarter="2023-Q3") == {"ministry-school": True}
    old = act("roadmap_compliance_show", body="ministry-education", quarter="2023-Q2")
    assert {row["item"]["code"] for row in old["obligations"]} == {"E-01", "F-01"}
    assert (old["total"]["kept"]["met"], old["total"]["kept"]["of"]) == (1, 4)
    assert act("roadmap_compliance_show", body="ministry-school", quarter="2023-Q2")["obligations"] == []
    country_then = act("roadmap_compliance_show", quarter="2023-Q2")["bodies"]
    kept = {row["name"]: row["kept"]["of"] for row in country_then if row["kept"]["of"]}
    assert (kept["ministry-education"], "ministry-school" in kept) == (4, False)
    shown = act("roadmap_compliance_show", body="ministry-education", quarter="2023-Q2", as_of="2023-07-10")
    assert (shown["total"]["kept"]["met"], shown["total"]["kept"]["of"]) == (1, 4)
    assert act("roadmap_compliance_show", body="ministry-education")["obligations"] == []


def test_the_country_s_trend_keeps_what_ended_bodies_owed(in_force):
    rename(in_force)
    before = {row["quarter"]: row["kept"]["of"] for row in act("roadmap_compliance_show")["trend"]}
    at = in_force.set("2024-03-20T12:00")
    now = act("roadmap_compliance_show")
    assert before["2023-Q2"] == {row["quarter"]: row["kept"]["of"] for row in now["trend"]}["2023-Q2"] > 4
    then = act("roadmap_compliance_show", as_of=at.isoformat())
    assert {name: now[name] for name in ("total", "trend", "bodies")} == {
        name: then[name] for name in ("total", "trend", "bodies")
    }
    assert "ministry-education" not in {row["name"] for row in now["bodies"]}


def test_names_of_earlier_quarters_are_the_old_ones(in_force):
    in_force.set("2023-07-20T12:00")
    new = BODIES.replace("Ministry of Education", "Ministry of Schools")
    country.import_bodies(new)

    def name(**data: Any) -> str:
        return act("roadmap_compliance_show", item="E-01", **data)["obligations"][0]["body"]["title"]["en"]

    assert name() == "Ministry of Schools"
    assert name(quarter="2023-Q2") == name(as_of="2023-07-01") == "Ministry of Education"
    in_force.set("2023-10-01T12:00")
    assert name(quarter="2023-Q3") == "Ministry of Schools"


def test_whoever_owes_the_same_already_owes_it_once(in_force):
    in_force.set("2023-07-20T12:00")
    settled = succeed("ministry-finance,ministry-education,merged,2023-07-01")
    assert (settled["passed"], settled["ended"]) == (1, 1)
    assert held("F-01") == {
        "statistics-agency": True,
        "ministry-education": False,
        "ministry-finance": True,
    }
    assert held("E-01") == {"ministry-finance": True}


def test_a_link_is_carried_to_an_obligation_that_stands_already(in_force):
    dataset = publish(in_force, "2023-04-11T12:00")
    act("roadmap_list_version_create", year=2024)
    act(
        "roadmap_item_update",
        year=2024,
        number=1,
        code="E-01",
        responsible="ministry-education;ministry-finance",
    )
    in_force.set("2024-02-01T12:00")
    country.approve(2024, "2024-02-01")
    in_force.set("2024-03-01T12:00")
    succeed("ministry-finance,ministry-education,merged,2024-03-01")
    [row] = [row for row in act("roadmap_compliance_show", item="E-01")["obligations"] if row["in_force"]]
    assert (row["body"]["name"], row["published"], row["dataset"]["id"]) == (
        "ministry-finance",
        True,
        dataset,
    )


def test_a_split_leaves_each_heir_with_the_duty(in_force):
    publish(in_force, "2023-04-11T12:00")
    in_force.set("2023-07-20T12:00")
    settled = succeed(
        "ministry-school,ministry-education,split,2023-07-01",
        "agency-school,ministry-education,split,2023-07-01",
        bodies=NEWER,
    )
    assert (settled["passed"], settled["begun"]) == (2, 2)
    assert held("E-01") == {"ministry-school": True, "agency-school": True}
    assert len(obligations("E-01")) == 2
    rows = act("roadmap_compliance_show", item="E-01")["obligations"]
    assert all(row["published"] for row in rows)
    assert {row["deadlines"] for row in rows} != {0}


def test_a_body_that_lives_on_after_a_split_keeps_its_own(in_force):
    in_force.set("2023-07-20T12:00")
    settled = succeed(
        "ministry-education,ministry-education,split,2023-07-01",
        "ministry-school,ministry-education,split,2023-07-01",
    )
    assert (settled["passed"], settled["begun"], settled["datasets"]) == (0, 2, 0)
    assert held("E-01") == {"ministry-education": True, "ministry-school": True}


def test_what_nobody_takes_over_ends(in_force):
    in_force.set("2023-07-20T12:00")
    assert succeed(",ministry-education,abolished,2023-07-01")["ended"] == 2
    assert held("E-01") == {"ministry-education": False}


def test_it_waits_for_its_day(in_force):
    assert succeed("ministry-school,ministry-education,renamed,2023-05-01")["passed"] == 0
    assert held("E-01") == {"ministry-education": True}
    in_force.set("2023-05-01T01:00")
    assert act("roadmap_ledger_extend")["successions"]["passed"] == 2
    assert held("E-01") == {"ministry-school": True}
    assert act("roadmap_ledger_extend")["successions"]["passed"] == 0
    assert held("E-01", as_of="2023-04-30") == {"ministry-education": True}


def test_one_after_the_other_on_one_day_of_recording(in_force):
    in_force.set("2023-07-20T12:00")
    succeed(
        "ministry-school,ministry-education,renamed,2023-05-01",
        "agency-school,ministry-school,renamed,2023-06-01",
        bodies=NEWER,
    )
    assert held("E-01") == {"agency-school": True}
    spans = sa.select(sa.func.count()).select_from(ObligationTerm)
    assert model.Session.scalar(spans.where(ObligationTerm.obligation_id.in_(obligations("E-01")))) == 3


def test_the_next_list_goes_on_with_the_same_obligation(in_force):
    before = obligations("E-01")
    rename(in_force)
    act("roadmap_list_version_create", year=2024)
    in_force.set("2024-02-01T12:00")
    country.approve(2024, "2024-02-01")
    assert obligations("E-01") == before
    assert held("E-01") == {"ministry-school": True}


def test_an_exemption_of_the_body_goes_with_its_obligations(in_force):
    decision = {"decision_number": "7", "decision_date": "2023-05-01", "reason": "An outage"}
    act(
        "roadmap_exemption_create",
        body="ministry-education",
        since="2023-04-01",
        until="2023-04-30",
        **decision,
    )
    rename(in_force)
    assert (
        act("roadmap_deadline_show", id=deadline_of("E-01", "2023-Q1", "ministry-school"))["deadline"][
            "status"
        ]
        == "exempt"
    )


def test_an_organization_that_once_carried_obligations_is_kept(in_force):
    rename(in_force)
    sysadmin = {"user": factories.Sysadmin()["name"]}
    with pytest.raises(tk.ValidationError, match="carries 2 obligations"):
        tk.get_action("organization_purge")(sysadmin, {"id": "ministry-education"})

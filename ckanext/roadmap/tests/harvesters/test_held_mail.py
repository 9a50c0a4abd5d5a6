"""Mails about held loads: to whom, how often, and what when they fail."""

from __future__ import annotations

from typing import Any

import pytest

from ckan import model
from ckan.tests import factories

from ckanext.roadmap import held_jobs
from ckanext.roadmap.model import HeldNotice
from ckanext.roadmap.tests.country import act
from ckanext.roadmap.tests.logic.box import bodies

from .conftest import Chain

pytestmark = pytest.mark.usefixtures("with_plugins", "app", "strict")


@pytest.fixture
def strict(ckan_config: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(ckan_config, "ckanext.roadmap.gate.fewer_rows", 20)


@pytest.fixture
def people(chain: Chain) -> dict[str, str]:
    """Addresses, by what they are to the Ministry of Education."""
    found: dict[str, str] = {}
    for side, organization, capacity in (
        ("officer", "ministry-education", "editor"), ("member", "ministry-education", "member"),
        ("coordinator", "statistics-agency", "member"), ("other", "ministry-finance", "editor"),
    ):  # fmt: skip
        user = factories.User(email=f"{side}@example.org")
        act("organization_member_create", id=organization, username=user["name"], role=capacity)
        found[side] = user["email"]
    return found


def hold(chain: Chain, keep: int) -> str:
    chain.sql("DELETE FROM schools WHERE id > %s", keep)
    (row,) = chain.harvest()["mappings"]
    assert row["outcome"] == "held"
    return row["run"]["id"]


def told(mail_server: Any, people: dict[str, str]) -> dict[str, int]:
    return {side: len(bodies(mail_server, address)) for side, address in people.items()}


def test_those_who_may_decide_are_told_once(chain: Chain, people: dict[str, str], mail_server: Any):
    chain.harvest()
    run = hold(chain, 40)
    assert held_jobs.mail_notices() == 2
    assert held_jobs.mail_notices() == 0
    assert told(mail_server, people) == {"officer": 1, "member": 0, "coordinator": 1, "other": 0}
    (text,) = bodies(mail_server, people["officer"])
    assert f"/compliance/run/{run}" in text
    assert "/compliance/held" in text
    assert "are kept until" in text
    assert "schools" in text.partition("\n")[0]
    assert "40" in text


def test_the_same_is_not_told_again_and_something_else_is(
    chain: Chain, people: dict[str, str], mail_server: Any
):
    chain.harvest()
    hold(chain, 40)
    hold(chain, 40)
    held_jobs.mail_notices()
    assert told(mail_server, people)["officer"] == 1
    hold(chain, 30)
    held_jobs.mail_notices()
    assert told(mail_server, people)["officer"] == 2


def test_what_did_not_go_is_tried_again_and_only_that(
    chain: Chain, people: dict[str, str], mail_server: Any, monkeypatch: pytest.MonkeyPatch
):
    chain.harvest()
    hold(chain, 40)

    def fail(*_args: Any, **_more: Any) -> None:
        raise OSError("no route")

    with monkeypatch.context() as patch:
        patch.setattr("smtplib.SMTP", fail)
        with pytest.raises(RuntimeError, match="2 mails"):
            held_jobs.mail_notices()
    assert held_jobs.mail_notices() == 2
    went = model.Session.query(HeldNotice).filter(HeldNotice.mailed_at.isnot(None))
    assert sorted(row.attempts for row in went) == [2, 2]


def test_who_has_gone_is_not_written_to(chain: Chain, people: dict[str, str], mail_server: Any):
    chain.harvest()
    hold(chain, 40)
    user = model.Session.query(model.User).filter_by(email=people["officer"]).one()
    act("user_delete", id=user.id)
    assert held_jobs.mail_notices() == 1
    assert told(mail_server, people)["officer"] == 0

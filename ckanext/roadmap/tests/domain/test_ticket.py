"""Tickets of rehearsals: signed over all that they say, and good for one plan and content alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from ckanext.roadmap.domain.ticket import Ticket, Verdict

TICKET = Ticket(
    "m-1",
    "plan",
    "rows",
    datetime(2026, 4, 10, 12, tzinfo=UTC),
    {"rows_in": 100},
    {"tables": 3, "changed": []},
)


def test_its_own_signature_is_known():
    assert TICKET.is_signed("secret", TICKET.sign("secret"))
    assert not TICKET.is_signed("other", TICKET.sign("secret"))
    assert not TICKET.is_signed("secret", "")


@pytest.mark.parametrize(
    "change",
    [
        {"mapping": "m-2"}, {"plan": "other"}, {"content": "other"}, {"difference": {"rows_in": 101}},
        {"proof": {"tables": 4, "changed": []}}, {"made_at": TICKET.made_at + timedelta(seconds=1)},
    ],
    ids=lambda change: next(iter(change)),
)  # fmt: skip
def test_whatever_is_changed_is_seen(change: dict[str, Any]):
    assert not replace(TICKET, **change).is_signed("secret", TICKET.sign("secret"))


def test_the_same_instant_in_another_zone_is_the_same():
    there = replace(TICKET, made_at=TICKET.made_at.astimezone(timezone(timedelta(hours=5))))
    assert there.sign("secret") == TICKET.sign("secret")


@pytest.mark.parametrize(
    ("change", "plan", "verdict"),
    [
        ({}, "plan", Verdict.ticket), ({}, "other", Verdict.outdated), ({"content": ""}, "plan", Verdict.stopped),
        ({"proof": {"tables": 3, "changed": ["x"]}}, "plan", Verdict.touched),
    ],
)  # fmt: skip
def test_it_admits_one_plan_and_only_if_no_table_changed(change: dict[str, Any], plan: str, verdict: Verdict):
    made = replace(TICKET, **change)
    assert made.verdict(plan, "secret", made.sign("secret")) is verdict
    assert made.verdict(plan, "secret", made.sign("other")) is Verdict.forged

"""Whatever is done with lists, in whatever order: one approved version a moment, codes issued once, diffs that hold."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

import ckan.plugins.toolkit as tk
from ckan import model

from ckanext.roadmap.domain.list_diff import apply, diff
from ckanext.roadmap.model import (
    Item,
    ItemRevision,
    ListCorrection,
    ListVersion,
    Obligation,
    ObligationTerm,
)
from ckanext.roadmap.services import ledger, list_content
from ckanext.roadmap.tests import country
from ckanext.roadmap.tests.country import ITEMS, act
from ckanext.roadmap.tests.ledger import reset_ledger

pytestmark = pytest.mark.usefixtures("clean_db", "with_plugins", "clean_index")
CODES = st.sampled_from(["E-01", "F-01", "F-02", "H-01", "H-02", "1-002-0001"])
CELLS = st.fixed_dictionaries(
    {},
    optional={
        "title_en": st.sampled_from(["", "One", "Two"]),
        "due_rule": st.sampled_from(["5 days after period end", "by 1 March", "by 2027-05-01"]),
        "frequency": st.sampled_from(["monthly", "annual", "once"]),
        "responsible": st.sampled_from(["all", "ministry-finance", "kind:region", "all;except:1-003"]),
        "columns": st.sampled_from(["", "code", "code:text;name"]),
        "odin": st.sampled_from(["", "2", "14;2"]),
        "odin_indicators": st.sampled_from(["", "enro", "ACRE:4;2:5"]),
        "personal_data": st.sampled_from(["", "none", "public"]),
    },
)
NEW = {
    "title_uz": "Yangi",
    "sphere": "Savdo",
    "place": "portal",
    "frequency": "monthly",
    "due_rule": "10 days after period end",
    "responsible": "all",
}
PICK = st.integers(0, 5)
START = date(2023, 1, 20)


class Lists(RuleBasedStateMachine):
    """A coordinator and a commission that try anything; what is refused changes nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.issued: dict[str, str] = {}
        self.hashes: dict[str, str] = {}

    @initialize()
    def begin(self) -> None:
        """The bodies stay; lists and all that follows from them are made anew."""
        model.Session.rollback()
        reset_ledger()
        for table in (ListCorrection, ObligationTerm, Obligation, ItemRevision, Item, ListVersion):
            model.Session.execute(sa.delete(table))
        model.Session.commit()
        country.import_list()

    @rule(year=st.integers(2023, 2025), empty=st.booleans())
    def create(self, year: int, empty: bool) -> None:
        self.attempt("roadmap_list_version_create", year=year, empty=empty)

    @rule(pick=PICK, year=st.integers(2023, 2025))
    def import_(self, pick: int, year: int) -> None:
        text = ITEMS.replace("Schools", ("Schools", "All schools")[pick % 2])
        self.attempt("roadmap_list_import", upload=country.upload(text), year=year, number=pick // 2 + 1)

    @rule(pick=PICK, code=CODES, cells=CELLS)
    def add(self, pick: int, code: str, cells: dict[str, str]) -> None:
        self.attempt("roadmap_item_create", **self.picked(pick), code=code, **{**NEW, **cells})

    @rule(pick=PICK, code=CODES, cells=CELLS)
    def change(self, pick: int, code: str, cells: dict[str, str]) -> None:
        self.attempt("roadmap_item_update", **self.picked(pick), code=code, **cells)

    @rule(pick=PICK, code=CODES)
    def retire(self, pick: int, code: str) -> None:
        self.attempt("roadmap_item_retire", **self.picked(pick), code=code)

    @rule(pick=PICK, which=PICK)
    def undo(self, pick: int, which: int) -> None:
        version = self.picked(pick)
        found = act("roadmap_item_change_list", **version)["changes"]
        if not found:
            return
        change, before = found[which % len(found)], self.contents(version)
        if self.attempt("roadmap_item_change_undo", id=change["id"]):
            undoing = act("roadmap_item_change_list", **version)["changes"][0]
            assert self.attempt("roadmap_item_change_undo", id=undoing["id"])
            assert self.contents(version) == before

    @rule(pick=PICK)
    def submit(self, pick: int) -> None:
        self.attempt("roadmap_list_version_submit", **self.picked(pick))

    @rule(pick=PICK)
    def reject(self, pick: int) -> None:
        self.attempt("roadmap_list_version_reject", **self.picked(pick), reason="no")

    @rule(pick=PICK, code=CODES, title=st.sampled_from(["One", "Three"]))
    def correct(self, pick: int, code: str, title: str) -> None:
        act_ = {"act": "7", "reason": "a typing error"}
        if self.attempt(
            "roadmap_list_version_correct", **self.picked(pick), code=code, title_en=title, **act_
        ):
            self.hashes.clear()

    @rule(pick=PICK, days=st.integers(0, 900), is_override=st.booleans())
    def approve(self, pick: int, days: int, is_override: bool) -> None:
        decision = {"decision_number": "12", "decision_date": (START + timedelta(days)).isoformat()}
        override = {"override_act": "30-K", "override_reason": "a decree"} if is_override else {}
        self.attempt("roadmap_list_version_approve", **self.picked(pick), **decision, **override)

    @invariant()
    def one_version_is_in_force_at_any_moment(self) -> None:
        approved = [row for row in self.versions() if row.approved_at]
        assert sum(row.status == "approved" for row in approved) == (1 if approved else 0)
        spans = sorted((row.in_force_from, row.in_force_to) for row in approved)
        for (_, end), (start, _) in zip(spans, spans[1:], strict=False):
            assert end == start
        assert [end for _, end in spans[-1:]] in ([], [None])
        assert all(row.in_force_from is None for row in self.versions() if not row.approved_at)

    @invariant()
    def codes_are_unique_and_stay_with_their_items(self) -> None:
        now = {item.id: item.code for item in model.Session.query(Item)}
        assert len(set(now.values())) == len(now)
        assert now | self.issued == now
        self.issued = now

    @invariant()
    def what_leads_from_one_list_to_another_gives_the_other(self) -> None:
        contents = [list_content.cells(model.Session(), row.id) for row in self.versions()]
        for before in contents:
            for after in contents:
                assert [*apply(before, diff(before, after)).items()] == [*after.items()]

    @invariant()
    def an_approved_list_says_what_its_hash_says(self) -> None:
        for row in self.versions():
            digest = list_content.stored_digest(model.Session(), row.id)
            assert digest == row.content_hash
            if row.approved_at:
                assert self.hashes.setdefault(row.id, digest) == digest

    def teardown(self) -> None:
        assert ledger.verify(model.Session())["roadmap_item_change"] == []

    def attempt(self, action: str, **data: Any) -> bool:
        """Whether it was done; whatever was refused must have left nothing behind."""
        try:
            act(action, **data)
        except (tk.ValidationError, tk.ObjectNotFound):
            assert not model.Session.new
            assert not model.Session.dirty
            return False
        return True

    def picked(self, pick: int) -> dict[str, int]:
        """One of the newest versions."""
        rows = self.versions()
        row = rows[pick % len(rows)]
        return {"year": row.year, "number": row.number}

    def versions(self) -> list[ListVersion]:
        return list(model.Session.scalars(ListVersion.select_all()))

    def contents(self, version: dict[str, int]) -> list[dict[str, Any]]:
        return act("roadmap_item_list", **version)


def test_any_sequence_of_acts_keeps_the_laws_of_lists():
    country.import_bodies()
    run_state_machine_as_test(
        Lists,
        settings=settings(
            max_examples=8, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )

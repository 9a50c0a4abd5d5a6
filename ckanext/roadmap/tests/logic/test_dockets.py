"""A docket from the box of suggestions to the draft item, and what is refused on the way."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa

import ckan.plugins.toolkit as tk
from ckan import model

from ckanext.roadmap.model import Body, SuggestionNotice
from ckanext.roadmap.tests.country import act
from ckanext.roadmap.tests.logic.acting import as_user, member
from ckanext.roadmap.tests.logic.sitting import ITEM, docket, entry, suggest, suggestion

pytestmark = pytest.mark.usefixtures("with_plugins", "draft")


@pytest.fixture
def draft(in_force: Any) -> Any:
    """A draft for the docket to feed."""
    act("roadmap_list_version_create", year=2024)
    return in_force


def public(action: str, /, **data: Any) -> Any:
    return tk.get_action(action)({"user": "", "ignore_auth": False}, data)


def decide(id: str, decision: str, **more: Any) -> dict[str, Any]:
    return act("roadmap_docket_decide", id=id, decision=decision, **more)


def sent(*numbers: str, **more: Any) -> tuple[str, str]:
    """A docket with one entry, sent."""
    number = docket(**more)
    id = entry(number, *numbers)
    act("roadmap_docket_send", number=number)
    return number, id


class TestAgenda:
    def test_numbers_are_given_once_a_year(self):
        assert [docket(), docket(), docket("2024-01-10")] == ["2023-01", "2023-02", "2024-01"]

    def test_an_entry_takes_title_and_body_from_its_suggestions(self):
        first, second = suggest("Больницы", "ru"), suggest("Shifoxonalar")
        entry(docket(), first, second, cost_uz="12 mln so‘m")
        found = act("roadmap_docket_show", number="2023-01")["entries"][0]
        assert found["title"] == {"ru": "Больницы"}
        assert found["body"]["name"] == "ministry-education"
        assert [row["number"] for row in found["suggestions"]] == [first, second]
        assert found["cost"] == {"uz": "12 mln so‘m"}

    def test_a_suggestion_waits_in_one_entry_at_a_time(self):
        number = suggest("Shifoxonalar")
        entry(docket(), number)
        with pytest.raises(tk.ValidationError, match="stands in docket 2023-01 already"):
            entry(docket(), number)
        with pytest.raises(tk.ValidationError, match="There is no suggestion 2023-0099"):
            entry("2023-02", "2023-0099")
        assert act("roadmap_docket_show", number="2023-02")["entries"] == []

    def test_entries_change_places_and_leave(self):
        number = docket()
        ids = [entry(number, title_uz=title) for title in "ABC"]
        act("roadmap_docket_entry_update", id=ids[2], position=1, legal_ru="Закон")
        act("roadmap_docket_entry_delete", id=ids[0])
        found = act("roadmap_docket_show", number=number)["entries"]
        assert [(row["position"], row["title"]["uz"], row["legal"]) for row in found] == [
            (1, "C", {"ru": "Закон"}), (2, "B", {}),
        ]  # fmt: skip

    def test_an_entry_needs_a_title(self):
        with pytest.raises(tk.ValidationError, match="has no title"):
            entry(docket())

    def test_an_empty_docket_is_not_sent(self):
        with pytest.raises(tk.ValidationError, match="has no entry"):
            act("roadmap_docket_send", number=docket())

    def test_what_was_sent_stands_still_and_the_author_is_told(self):
        number = suggest("Shifoxonalar")
        docket_number, id = sent(number)
        assert suggestion(number).state == "in_docket"
        states = model.Session.scalars(sa.select(SuggestionNotice.state)).all()
        assert sorted(states) == ["in_docket", "open"]
        for step in (
            lambda: act("roadmap_docket_entry_update", id=id, title_uz="Boshqa"),
            lambda: act("roadmap_docket_entry_delete", id=id),
            lambda: entry(docket_number, title_uz="Yana"),
            lambda: act("roadmap_docket_send", number=docket_number),
        ):
            with pytest.raises(tk.ValidationError, match="has gone on"):
                step()

    def test_a_list_that_is_none(self):
        for written, words in (("tomorrow", "as year-number"), ("2031-1", "no list of 2031")):
            with pytest.raises(tk.ValidationError, match=words):
                docket(list=written)


class TestOpinion:
    def test_the_officer_sees_and_answers_for_the_own_body_only(self):
        number = docket()
        own = entry(number, suggest("Maktablar"))
        other = entry(number, suggest("Banklar", body="ministry-finance"))
        officer = member("ministry-education")
        seen = as_user(officer, "roadmap_docket_show", number=number)
        assert [row["id"] for row in seen["entries"]] == [own]
        said = as_user(
            officer, "roadmap_docket_opinion", id=own, stance="conditionally", text_ru="С 2025 года"
        )
        assert (said["opinion"]["stance"], said["opinion"]["text"]) == (
            "conditionally",
            {"ru": "С 2025 года"},
        )
        with pytest.raises(tk.NotAuthorized):
            as_user(officer, "roadmap_docket_opinion", id=other, stance="supports", text_uz="Ha")
        with pytest.raises(tk.ValidationError, match="Say why"):
            as_user(officer, "roadmap_docket_opinion", id=own, stance="supports", text_uz=" ")

    def test_another_body_takes_the_opinion_away(self):
        number = docket()
        id = entry(number, suggest("Maktablar"))
        act("roadmap_docket_opinion", id=id, stance="supports", text_uz="Ha")
        assert act("roadmap_docket_entry_update", id=id, cost_uz="1")["opinion"]
        assert act("roadmap_docket_entry_update", id=id, body="ministry-finance")["opinion"] is None

    def test_not_after_the_first_decision(self):
        _number, id = sent(suggest("Maktablar"))
        decide(id, "defer")
        with pytest.raises(tk.ValidationError, match="has gone on"):
            act("roadmap_docket_opinion", id=id, stance="supports", text_uz="Ha")


class TestDecision:
    def test_accepted_becomes_a_draft_item_that_keeps_the_citizens_numbers(self):
        first, second = suggest("Shifoxonalar"), suggest("Больницы", "ru")
        _number, id = sent(first, second)
        done = decide(
            id, "accept", text_uz="Qabul qilinsin", text_ru="Принять",
            votes_for=7, votes_against=1, votes_abstained=0, **ITEM,
        )  # fmt: skip
        assert done["item_code"] == "H-01"
        assert done["decision"]["votes"] == {"for": 7, "against": 1, "abstained": 0}
        item = next(row for row in act("roadmap_item_list", year=2024) if row["code"] == "H-01")
        assert (item["title"]["uz"], item["columns"]) == ("Shifoxonalar", ["code", "beds"])
        assert [(suggestion(one).state, suggestion(one).answer) for one in (first, second)] == [
            ("accepted", "Qabul qilinsin"), ("accepted", "Принять"),
        ]  # fmt: skip
        assert suggestion(first).item_code == "H-01"
        found = public("roadmap_docket_list", item="H-01")
        assert [row["number"] for row in found[0]["entries"][0]["suggestions"]] == [first, second]

    def test_a_faulty_cell_is_told_under_its_name_and_nothing_is_recorded(self):
        number = suggest("Shifoxonalar")
        _number, id = sent(number)
        with pytest.raises(tk.ValidationError) as error:
            decide(id, "accept", **{**ITEM, "place": "paper", "columns": "a b"})
        assert {"place", "columns"} <= set(error.value.error_dict)
        assert suggestion(number).state == "in_docket"
        assert act("roadmap_docket_show", number="2023-01")["state"] == "sent"

    def test_rejected_with_its_reason(self):
        number = suggest("Maktablar")
        _number, id = sent(number)
        with pytest.raises(tk.ValidationError, match="without a reason"):
            decide(id, "reject")
        decide(id, "reject", text_uz="Ro‘yxatda bor")
        assert (suggestion(number).state, suggestion(number).answer) == ("rejected", "Ro‘yxatda bor")
        with pytest.raises(tk.ValidationError, match="decided already"):
            decide(id, "defer")

    def test_deferred_goes_into_the_next_docket_whole(self):
        number = suggest("Maktablar")
        first = docket()
        id = entry(first, number, cost_uz="12 mln")
        act("roadmap_docket_opinion", id=id, stance="objects", text_uz="Yo‘q")
        act("roadmap_docket_send", number=first)
        decide(id, "defer", text_uz="Keyingi yig‘ilishga")
        assert suggestion(number).state == "deferred"
        later = docket()
        again = act("roadmap_docket_entry_create", docket=later, from_entry=id)
        assert again["deferred_from"] == {"docket": first, "position": 1}
        assert (again["cost"], again["opinion"]["stance"]) == ({"uz": "12 mln"}, "objects")
        assert [row["number"] for row in again["suggestions"]] == [number]
        with pytest.raises(tk.ValidationError, match="taken up again"):
            act("roadmap_docket_entry_create", docket=later, from_entry=id)
        act("roadmap_docket_send", number=later)
        assert suggestion(number).state == "in_docket"

    def test_not_before_the_sitting(self):
        _number, id = sent(suggest("Maktablar"), day="2023-04-11")
        with pytest.raises(tk.ValidationError, match="sitting of 2023-04-11"):
            decide(id, "defer")

    def test_nothing_is_accepted_without_a_draft(self):
        _number, id = sent(suggest("Maktablar"), list="")
        with pytest.raises(tk.ValidationError, match="feeds no draft"):
            decide(id, "accept", **ITEM)

    @pytest.mark.parametrize(
        ("votes", "words"),
        [
            ((5, 0, 0), "5 votes were given, but 2"),
            ((1, 1, 0), "more votes in favour"),
            ((1, None, 0), "all three"),
        ],
    )
    def test_votes_that_cannot_be(self, votes: tuple[int | None, ...], words: str):
        _number, id = sent(suggest("Maktablar"), present="A. Karimov; B. Aliyeva")
        names = ("votes_for", "votes_against", "votes_abstained")
        given = {name: vote for name, vote in zip(names, votes, strict=True) if vote is not None}
        with pytest.raises(tk.ValidationError, match=words):
            decide(id, "accept", **given, **ITEM)


class TestLife:
    def test_public_from_the_first_decision_on(self):
        number, id = sent(suggest("Maktablar"))
        with pytest.raises(tk.ObjectNotFound):
            public("roadmap_docket_show", number=number)
        assert public("roadmap_docket_list") == []
        decide(id, "defer")
        assert public("roadmap_docket_show", number=number)["entries"][0]["decision"]["decision"] == "defer"

    def test_closed_when_every_entry_is_decided(self):
        number = docket()
        ids = [entry(number, title_uz=title) for title in "AB"]
        act("roadmap_docket_send", number=number)
        decide(ids[0], "defer")
        with pytest.raises(tk.ValidationError, match="Entries 2 of docket"):
            act("roadmap_docket_close", number=number)
        decide(ids[1], "reject", text_ru="Нет")
        assert act("roadmap_docket_close", number=number)["state"] == "closed"
        with pytest.raises(tk.ValidationError, match="has gone on"):
            act("roadmap_docket_update", number=number, chair="C")

    def test_the_sitting_is_described_until_it_is_closed_but_not_moved_once_held(self):
        number, id = sent(suggest("Maktablar"), place_uz="Toshkent")
        decide(id, "defer")
        told = act(
            "roadmap_docket_update", number=number, present="A. Karimov\nB. Aliyeva", chair="A. Karimov"
        )
        assert (told["present"], told["place"]) == (["A. Karimov", "B. Aliyeva"], {"uz": "Toshkent"})
        with pytest.raises(tk.ValidationError, match="has gone on"):
            act("roadmap_docket_update", number=number, sitting_date="2023-05-01")


def test_a_docket_of_many_entries_is_read_in_few_questions():
    from ckanext.roadmap.tests import statements

    number = docket()
    for title in range(12):
        entry(number, suggest(f"Maktab {title}"))
    with statements.recorded() as many:
        act("roadmap_docket_show", number=number)
    assert len(many) < 25
    assert model.Session.scalars(Body.by_name("ministry-education")).first()

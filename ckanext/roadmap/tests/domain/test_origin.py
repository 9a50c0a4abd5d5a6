"""Datasets of other catalogues, as the rules see them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ckanext.roadmap.domain.origin import (
    Origin,
    OriginFile,
    OriginState,
    Publisher,
    Remark,
    counted,
    differing,
    may_vanish,
    scripts_in_place,
)
from ckanext.roadmap.domain.text import Text

texts = st.builds(Text, st.text(max_size=5), st.text(max_size=5), st.text(max_size=5), st.text(max_size=5))
instants = st.none() | st.datetimes(timezones=st.just(UTC))
origins = st.builds(
    Origin,
    key=st.text(min_size=1, max_size=5),
    title=texts,
    publisher=st.builds(Publisher, st.text(max_size=3), texts),
    spheres=st.lists(texts, max_size=2).map(tuple),
    state=st.sampled_from(OriginState),
    created=instants,
    updated=instants,
    rows=st.none() | st.integers(0, 10**9),
    files=st.lists(st.builds(OriginFile, st.text(max_size=5)), max_size=2).map(tuple),
    tags=st.lists(st.text(max_size=3), max_size=2).map(tuple),
    contact=st.dictionaries(st.sampled_from(["name", "email"]), st.text(max_size=3)),
    remarks=st.lists(st.builds(Remark, st.text(max_size=3)), max_size=2).map(tuple),
)


@given(origins)
def test_what_is_stored_is_what_was_read(origin: Origin):
    again = Origin.from_dict(origin.to_dict())
    assert again == origin
    assert again.digest() == origin.digest()


def test_a_digest_tells_every_change():
    one = Origin("k", Text(uz="a"), updated=datetime(2023, 1, 1, tzinfo=UTC))
    others = [
        Origin("k", Text(uz="b"), updated=one.updated),
        Origin("k", Text(uz="a")),
        Origin("k", Text(ru="a")),
    ]
    assert len({found.digest() for found in (one, *others)}) == 4


def test_only_what_is_approved_or_already_public_is_shown():
    shown = {state for state in OriginState if state.is_public}
    assert shown == {"updated", "approved", "outdated", "unsaid"}


@pytest.mark.parametrize(
    ("given_", "found", "exchanged"),
    [
        (Text("Maktab", "Мактаб", "Школа"), Text("Maktab", "Мактаб", "Школа"), False),
        (Text("Мактаб", "Maktab", "Школа"), Text("Maktab", "Мактаб", "Школа"), True),
        (Text("Мактаб", "", "Школа"), Text("", "Мактаб", "Школа"), True),
        (Text("Мактаб", "Мактаб"), Text("Мактаб", "Мактаб"), False),
        (Text("2023", "2023"), Text("2023", "2023"), False),
        (Text("COVID-19 Мактабларда", "COVID-19"), Text("COVID-19", "COVID-19 Мактабларда"), True),
    ],
)
def test_scripts(given_: Text, found: Text, exchanged: bool):
    assert scripts_in_place(given_) == (found, exchanged)


@pytest.mark.parametrize(
    ("known", "gone", "may"),
    [(10, 5, True), (10, 6, False), (1000, 100, True), (1000, 101, False), (0, 0, True)],
)
def test_a_handful_may_vanish_at_once_and_a_tenth(known: int, gone: int, may: bool):
    assert may_vanish(known, gone, 10) is may


@given(
    st.dictionaries(st.sampled_from("abcd"), st.integers() | st.just("")),
    st.dictionaries(st.sampled_from("abcd"), st.integers()),
)
def test_what_the_origin_changed_and_nothing_else(before: dict[str, object], now: dict[str, object]):
    changed = differing(before, now)
    assert {**before, **changed} == {**now, **{name: "" for name in before if name not in now}}
    assert all(before.get(name) != now.get(name) for name in changed)
    assert differing(None, now) == now


def test_emptied_values_keep_their_kind():
    assert differing({"tags": [{"name": "a"}], "title": "x", "more": {"a": 1}}, {}) == {
        "tags": [],
        "title": "",
        "more": {},
    }


def test_remarks_are_counted():
    found = counted([Remark("b"), Remark("a", "x"), Remark("b"), Remark("a", "y")])
    assert [(one["code"], one["value"], one["times"]) for one in found] == [
        ("b", "", 2),
        ("a", "x", 1),
        ("a", "y", 1),
    ]

"""The hash chain: one byte form, and no change behind it stays unseen."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ckanext.roadmap.domain.chain import GENESIS, Break, Link, breaks, canonical, link_hash

INSTANTS = st.datetimes(
    timezones=st.just(UTC), min_value=datetime(2000, 1, 1), max_value=datetime(2100, 1, 1)
)
VALUES = st.one_of(
    st.none(), st.booleans(), st.integers(), st.text(), st.dates(), INSTANTS, st.lists(st.text(), max_size=3)
)
CONTENTS = st.dictionaries(st.text(min_size=1, max_size=8), VALUES, max_size=5)
HOURS = st.integers(min_value=-12, max_value=14)


def chain(contents: list[dict]) -> list[Link]:
    links, previous = [], GENESIS
    for seq, content in enumerate(contents, 1):
        found = link_hash(previous, content)
        links.append(Link(seq, content, previous, found))
        previous = found
    return links


CHAINS = st.lists(CONTENTS, min_size=1, max_size=8).map(chain)


def test_the_first_row_follows_nothing():
    [link] = chain([{"a": 1}])
    assert link.previous_hash == "0" * 64
    assert list(breaks([link])) == []


def test_the_form_is_fixed():
    content = {
        "b": date(2023, 1, 2),
        "a": datetime(2023, 1, 2, 5, tzinfo=timezone(timedelta(hours=5))),
        "ў": None,
    }
    assert canonical(content) == '{"a":"2023-01-02T00:00:00+00:00","b":"2023-01-02","ў":null}'.encode()


def test_what_has_no_form_is_refused():
    with pytest.raises(TypeError, match="set has no canonical form"):
        canonical({"a": {1}})


@given(CONTENTS, st.randoms())
def test_the_order_of_keys_is_nothing(content, random):
    keys = list(content)
    random.shuffle(keys)
    assert canonical({key: content[key] for key in keys}) == canonical(content)


@given(INSTANTS, HOURS)
def test_the_time_zone_is_nothing(instant, hours):
    elsewhere = instant.astimezone(timezone(timedelta(hours=hours)))
    assert canonical({"at": elsewhere}) == canonical({"at": instant})


@given(CHAINS)
def test_an_untouched_chain_holds(links):
    assert list(breaks(links)) == []


@given(CHAINS, st.data())
def test_a_changed_row_is_found(links, data):
    at = data.draw(st.integers(0, len(links) - 1))
    content = data.draw(CONTENTS.filter(lambda other: canonical(other) != canonical(links[at].content)))
    links[at] = replace(links[at], content=content)
    assert Break(at + 1, "content") in list(breaks(links))


@given(CHAINS, st.data())
def test_a_row_changed_together_with_its_hash_is_found_in_the_next(links, data):
    links = [*links, *chain([{}])]
    links[-1] = Link(len(links), {}, links[-2].hash, link_hash(links[-2].hash, {}))
    at = data.draw(st.integers(0, len(links) - 2))
    content = data.draw(CONTENTS.filter(lambda other: canonical(other) != canonical(links[at].content)))
    changed = link_hash(links[at].previous_hash, content)
    links[at] = replace(links[at], content=content, hash=changed)
    assert Break(at + 2, "order") in list(breaks(links))


@given(CHAINS, st.data())
def test_a_row_removed_before_the_end_is_found(links, data):
    links = [*links, Link(len(links) + 1, {}, links[-1].hash, link_hash(links[-1].hash, {}))]
    at = data.draw(st.integers(0, len(links) - 2))
    del links[at]
    assert Break(at + 1, "missing") in list(breaks(links))


@given(CHAINS, st.data())
def test_a_row_slipped_in_is_found(links, data):
    at = data.draw(st.integers(0, len(links) - 1))
    content = data.draw(CONTENTS)
    previous = links[at].previous_hash
    links.insert(at, Link(at + 1, content, previous, link_hash(previous, content)))
    assert list(breaks(links))


@given(st.lists(CONTENTS, min_size=2, max_size=8, unique_by=canonical).map(chain), st.data())
def test_two_rows_that_changed_places_are_found(links, data):
    one, other = data.draw(st.lists(st.integers(0, len(links) - 1), min_size=2, max_size=2, unique=True))
    first, second = links[one], links[other]
    links[one] = replace(first, content=second.content)
    links[other] = replace(second, content=first.content)
    assert {found.seq for found in breaks(links)} >= {one + 1, other + 1}

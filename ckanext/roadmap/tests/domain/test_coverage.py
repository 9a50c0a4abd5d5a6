"""Coverage of regions: measured, never guessed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ckanext.roadmap.domain.coverage import Basis, Held, coverage, together
from ckanext.roadmap.domain.event import EventKind, Grade, Place
from ckanext.roadmap.domain.region import REGIONS
from ckanext.roadmap.tests.domain.builders import LINKED, at, event, facts, requires, site

TERRITORIAL = requires(territorial=True, region_column="region", regions=REGIONS)
NOW = "2023-08-01"


def of(*events, required=TERRITORIAL, **more):
    return coverage(facts(*events, **more), required, at(NOW))


def test_a_region_is_covered_where_it_was_measured():
    found = of(event("2023-04-10", regions=frozenset({"1703", "1726"})))
    assert found.basis is Basis.measured
    assert (found.of("1703"), found.of("1706")) == (Held.covered, Held.missing)
    assert len(found.missing) == 12


def test_newer_data_that_hold_less_take_a_region_away():
    found = of(event("2023-04-10", regions=REGIONS), event("2023-07-10", regions=frozenset({"1703"})))
    assert found.of("1706") is Held.missing
    assert found.event
    assert found.event.at == at("2023-07-10")


@pytest.mark.parametrize(
    ("events", "required", "basis", "held"),
    [
        ((), TERRITORIAL, Basis.no_data, Held.no_data),
        ((event("2023-04-10", EventKind.failed),), TERRITORIAL, Basis.no_data, Held.no_data),
        ((event("2023-04-10", regions=None),), TERRITORIAL, Basis.unmeasured, Held.unknown),
        (
            (event("2023-04-10", regions=REGIONS, grade=Grade.declared),),
            TERRITORIAL,
            Basis.unmeasured,
            Held.unknown,
        ),
        ((event("2023-04-10", regions=REGIONS),), requires(territorial=True), Basis.undefined, Held.unknown),
        (
            (event("2023-04-10", regions=REGIONS), event("2023-05-10", EventKind.withdrawn)),
            TERRITORIAL,
            Basis.no_data,
            Held.no_data,
        ),
    ],
)
def test_without_a_measure_nothing_is_covered(events, required, basis, held):
    found = of(*events, required=required)
    assert found.basis is basis
    assert {found.of(region) for region in REGIONS} == {held}
    assert found.missing == ()


def test_every_place_must_hold_the_region():
    both = replace(TERRITORIAL, places=frozenset({Place.portal, Place.site}))
    on_portal = event("2023-04-10", regions=REGIONS)
    assert of(on_portal, required=both).basis is Basis.no_data
    found = of(on_portal, site("2023-05-10", regions=frozenset({"1703"})), required=both)
    assert (found.of("1703"), found.of("1706")) == (Held.covered, Held.missing)


def test_what_was_recorded_later_is_not_seen():
    later = event("2023-07-10", regions=REGIONS, recorded_at=at("2023-09-01"))
    assert of(event("2023-04-10", regions=frozenset({"1703"})), later).of("1706") is Held.missing


def test_a_link_that_was_revoked_leaves_no_data():
    assert of(event("2023-04-10", regions=REGIONS), published_until=LINKED).basis is Basis.no_data


@given(st.lists(st.sampled_from([held for held in Held if held is not Held.partly]), min_size=1))
def test_together_is_covered_only_if_all_are(held):
    found = together(held)
    assert (found is Held.covered) == (set(held) == {Held.covered})
    assert (found is Held.partly) == (Held.covered in held and len(set(held)) > 1)
    assert found is Held.partly or found in held

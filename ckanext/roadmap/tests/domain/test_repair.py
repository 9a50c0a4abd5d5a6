"""Fix first: what a repair is said to raise is what the rule gives once it is made."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given

from ckanext.roadmap.domain.calendar import Period, quarter_of
from ckanext.roadmap.domain.notice import Exemption, Force
from ckanext.roadmap.domain.repair import Outlook, gain, outlook, ranked, repaired, steps_to
from ckanext.roadmap.domain.shares import Share
from ckanext.roadmap.domain.status import assess

from .builders import TASHKENT, at, event, facts, requires
from .test_status_laws import INSTANTS, told

Q2 = Period.parse("2023-Q2")
FORCE = (Force(at("2023-01-01"), at("2023-01-01")),)
NOTHING, ONE = Share(0, 0), Share(1, 0)


def gained(as_of, *events, quarter=Q2, **more) -> Outlook:
    return gain(facts(*events, forces=FORCE, **more), assess, quarter, TASHKENT, at(as_of))


@pytest.mark.parametrize(
    ("as_of", "events", "more", "expected"),
    [
        ("2023-04-20", ("2023-01-10",), {}, Outlook(NOTHING, Share(1, 1), ONE)),
        ("2023-04-20", (), {}, Outlook(ONE, Share(1, 1), ONE)),
        ("2023-04-20", (), {"published_from": None}, Outlook(ONE, Share(1, 1), ONE)),
        ("2023-05-10", ("2023-01-10",), {}, Outlook(NOTHING, ONE, NOTHING)),
        ("2023-04-20", ("2023-04-10",), {}, Outlook()),
        ("2023-03-20", ("2023-01-10",), {}, Outlook()),
        ("2023-05-10", (), {"published_from": None}, Outlook(ONE, ONE, NOTHING)),
    ],
)
def test_what_one_publication_raises(as_of, events, more, expected):
    assert gained(as_of, *map(event, events), **more) == expected


def test_what_nobody_can_measure_is_not_repaired():
    needs = requires(territorial=True)
    assert gained("2023-05-10", requirements=needs).current == NOTHING


def test_the_exempt_gain_nothing():
    freed = Exemption(at("2023-01-01"), since=at("2023-01-01"))
    assert gained("2023-05-10", exemptions=(freed,)) == Outlook()


def test_an_obligation_no_longer_in_force_is_left_alone():
    ended = (Force(at("2023-01-01"), at("2023-01-01"), at("2023-05-01"), at("2023-04-01")),)
    assert gain(facts(forces=ended), assess, Q2, TASHKENT, at("2023-05-10")) == Outlook()


@given(told(), INSTANTS)
def test_a_repair_never_lowers_and_a_second_one_at_once_adds_nothing(one, as_of):
    quarter = quarter_of(as_of.astimezone(TASHKENT).date())
    known = replace(one, forces=FORCE)
    found = gain(known, assess, quarter, TASHKENT, as_of)
    for share in (found.published, found.kept):
        assert share.met >= 0
        assert share.of == 0
    assert found.current.met >= 0
    mended = repaired(known, as_of)
    assert outlook(mended, assess(mended, as_of), quarter, TASHKENT, as_of) == found + outlook(
        known, assess(known, as_of), quarter, TASHKENT, as_of
    )


def test_the_heaviest_first_and_alike_ones_by_key():
    light, heavy = Outlook(current=ONE), Outlook(ONE, ONE, ONE)
    repairs = [("c", light), ("b", heavy), ("a", light), ("d", Outlook())]
    assert [key for key, _ in ranked(repairs)] == ["b", "a", "c"]


@pytest.mark.parametrize(("percent", "count"), [(50, 0), (71, 3), (80, 3), (100, 5), (101, None)])
def test_how_many_repairs_a_light_takes(percent, count):
    assert steps_to(Share(5, 10), [ONE] * 5, percent) == count


def test_of_nothing_no_number_of_repairs_is_enough():
    assert steps_to(NOTHING, [], 71) is None

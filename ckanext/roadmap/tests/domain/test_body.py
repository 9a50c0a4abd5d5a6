"""Bodies, their successions, and who is bound."""

from __future__ import annotations

from datetime import date
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ckanext.roadmap.domain.body import Body, BodyKind, Succession, SuccessionKind, resolve
from ckanext.roadmap.domain.errors import ResponsibleError
from ckanext.roadmap.domain.obligation import Responsible, bound_bodies

AT = date(2023, 6, 1)
NAMES = "abcde"
SUCCESSIONS = st.lists(
    st.builds(
        Succession,
        st.sampled_from(NAMES),
        st.sampled_from([*NAMES, None]),
        st.sampled_from(list(SuccessionKind)),
        st.dates(date(2022, 1, 1), date(2022, 1, 4)),
    ),
    max_size=8,
)


def became(chain: str, year: int = 2020) -> list[Succession]:
    """Successions a>b, a year each; "-" stands for nobody."""
    names = [None if name == "-" else name for name in chain]
    pairs = zip(names, names[1:], strict=False)
    return [
        Succession(a or "", b, SuccessionKind.renamed, date(year + n, 1, 1)) for n, (a, b) in enumerate(pairs)
    ]


@pytest.mark.parametrize(
    ("chain", "body", "expected"),
    [
        ("ab", "a", "b"),
        ("abc", "a", "c"),
        ("aba", "a", "a"),
        ("aba", "b", "a"),
        ("a-", "a", ""),
        ("ab-", "a", ""),
        ("ab", "x", "x"),
    ],
)
def test_resolve(chain, body, expected):
    for successions in permutations(became(chain)):
        assert resolve(body, successions, AT) == frozenset(expected)


def test_resolve_on_the_day_and_before():
    assert resolve("a", became("ab", 2023), date(2022, 12, 31)) == {"a"}
    assert resolve("a", became("ab", 2023), date(2023, 1, 1)) == {"b"}


def test_a_split_may_leave_the_body_itself():
    day = date(2023, 1, 1)
    parts = [Succession("a", to, SuccessionKind.split_up, day) for to in "ab"]
    assert resolve("a", parts, AT) == {"a", "b"}


def test_a_ring_of_one_day_stands_for_nobody():
    day = date(2023, 1, 1)
    ring = [Succession(a, b, SuccessionKind.merged, day) for a, b in ("ab", "bc", "ca")]
    assert resolve("a", ring, AT) == frozenset()


@given(SUCCESSIONS, st.sampled_from(NAMES))
def test_resolving_twice_changes_nothing(successions, body):
    found = resolve(body, successions, AT)
    assert frozenset().union(*(resolve(heir, successions, AT) for heir in found)) == found


def body(name: str, kind: str = "ministry", **more) -> Body:
    return Body(id=f"id-{name}", name=name, code="1-001", kind=BodyKind.parse(kind), **more)


def bound(responsible: str, bodies, successions=(), at=AT) -> list[str]:
    ids = bound_bodies(Responsible.parse(responsible), bodies, successions, at)
    return [body_id.removeprefix("id-") for body_id in ids]


COUNTRY = (
    body("ministry"),
    body("committee", "committee", parent="id-ministry"),
    body("bank", "central-institution"),
    body("region", "region"),
    body("district", "district"),
    body("division", "division"),
    body("old", valid_to=date(2023, 6, 1)),
    body("new", valid_from=date(2023, 6, 2)),
)


@pytest.mark.parametrize(
    ("responsible", "expected"),
    [
        ("all", ["bank", "ministry"]),
        ("all; region", ["bank", "ministry", "region"]),
        ("all;kind:region;kind:district", ["bank", "district", "ministry", "region"]),
        ("all;except:bank", ["ministry"]),
        ("kind:committee", ["committee"]),
        ("committee;committee", ["committee"]),
        ("old;new;bank", ["bank"]),
    ],
)
def test_bound(responsible, expected):
    assert bound(responsible, COUNTRY) == expected
    assert bound(responsible, COUNTRY[::-1]) == expected
    assert str(Responsible.parse(str(Responsible.parse(responsible)))) == str(Responsible.parse(responsible))


@pytest.mark.parametrize(
    ("responsible", "code"),
    [
        ("", "responsible_empty"),
        (" ; ", "responsible_empty"),
        ("kind:king", "kind_unknown"),
        ("x:y", "responsible_unfit"),
    ],
)
def test_refused(responsible, code):
    with pytest.raises(ResponsibleError) as error:
        Responsible.parse(responsible)
    assert error.value.code == code


def test_an_unknown_body_is_told():
    with pytest.raises(ResponsibleError, match="not in the register"):
        bound("nobody", COUNTRY)


@given(SUCCESSIONS, st.sets(st.sampled_from(NAMES), min_size=1), st.booleans())
def test_an_ended_body_is_never_bound_and_a_successor_once(successions, named, by_id):
    bodies = [body(name) for name in NAMES]
    if by_id:
        successions = [
            Succession(f"id-{item.from_}", item.to and f"id-{item.to}", item.kind, item.effective)
            for item in successions
        ]
    prefix = "id-" if by_id else ""
    for responsible in ("all", ";".join(named)):
        found = bound(responsible, bodies, successions)
        assert len(found) == len(set(found))
        assert all(prefix + name in resolve(prefix + name, successions, AT) for name in found)

"""The matcher: its index finds what comparing with everything would find, its score tells its parts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ckanext.roadmap.domain.errors import RoadmapError
from ckanext.roadmap.domain.matching import (
    CLOSENESS,
    FEW_BODIES,
    MOST,
    Kinship,
    Matcher,
    Offered,
    Score,
    Wanted,
)
from ckanext.roadmap.domain.publication import STEPS, LinkState, require_step
from ckanext.roadmap.domain.script import to_cyrillic
from ckanext.roadmap.domain.title_index import TitleIndex

SCHOOLS = Wanted(
    "schools",
    ("Umumta'lim maktablari ro'yxati va infratuzilmasi", "Общеобразовательные школы и их инфраструктура"),
    frozenset({"stir", "nomi", "o'quvchilar_soni", "hudud"}),
    {"education": "schools-of-education"},
    1,
)
KINDERGARTENS = Wanted(
    "kindergartens",
    ("Davlat maktabgacha ta'lim tashkilotlari ro'yxati", "Государственные дошкольные организации"),
    frozenset(),
    {"education": "kindergartens-of-education"},
    1,
)
REPORT = Wanted(
    "report",
    ("Davlat organlarining faoliyati to'g'risidagi yillik hisobot", "Ежегодный отчёт о деятельности"),
    frozenset(),
    {body: f"report-of-{body}" for body in ("education", "health", "finance", "justice")},
    4,
)
OTHERS = tuple(
    Wanted(title, (title,), frozenset(), {"ecology": title}, 1)
    for title in (
        "Kutubxonalar ro'yxati", "Muzeylar ro'yxati", "Davlat xaridlari", "Davlat byudjeti ijrosi",
        "Atmosfera havosi sifati", "Yer fondi", "Pul massasi", "To'lov balansi", "Tashqi savdo aylanmasi",
        "Xarid komissiyalari tarkibi", "Iste'mol narxlari indeksi", "Ish bilan bandlik va ishsizlik",
    )
)  # fmt: skip
OWN = {"education": Kinship.same}


def matcher(*items: Wanted) -> Matcher:
    return Matcher(items or (SCHOOLS, KINDERGARTENS, REPORT, *OTHERS))


def found(*titles: str, **more) -> list[str]:
    return [match.obligation_id for match in matcher().best(Offered("d", titles, **more))]


@pytest.mark.parametrize(
    "title",
    [
        "Umumta'lim maktablari",
        "УМУМТАЪЛИМ МАКТАБЛАРИ РЎЙХАТИ",
        "2023-yil umumtaʼlim maktablari infratuzilmasi, Toshkent shahri",
        "Инфраструктура общеобразовательных школ",
    ],
)
def test_a_title_in_any_script_and_order_finds_its_item(title):
    assert found(title, bodies=OWN)[0] == "schools-of-education"


def test_what_has_nothing_in_common_finds_nothing():
    assert found("Ichimlik suvi tarmoqlari", bodies=OWN) == []
    assert found("", bodies=OWN) == []


def test_what_many_bodies_owe_is_looked_for_in_their_own_datasets_only():
    title = "Yillik hisobot: davlat organlarining faoliyati"
    assert found(title) == []
    assert found(title, bodies={"health": Kinship.same}) == ["report-of-health"]
    assert len(REPORT.owed) > FEW_BODIES


def test_a_dataset_of_a_stranger_is_proposed_where_few_owe_the_item():
    assert found(SCHOOLS.titles[1]) == ["schools-of-education"]


def test_the_nearest_body_alone_is_proposed():
    bodies = {"health": Kinship.same, "education": Kinship.kin}
    assert found("Davlat organlarining yillik hisoboti", bodies=bodies) == ["report-of-health"]


def test_what_was_refused_is_left_out():
    offered = Offered("d", SCHOOLS.titles, bodies=OWN)
    left = matcher().best(offered, {"schools-of-education"})
    assert "schools-of-education" not in [match.obligation_id for match in left]


def test_columns_count_in_any_spelling_and_are_named():
    table = frozenset({"STIR", "Номи", "oquvchilar soni", "rang"})
    score = matcher().score("schools", "education", Offered("d", SCHOOLS.titles, (table,), OWN))
    assert score.found == ("nomi", "o'quvchilar_soni", "stir")
    assert score.missing == ("hudud",)
    assert score.columns == 0.75
    assert score.to_dict() == {
        "total": round((0.60 + 0.25 * 0.75 + 0.15), 3), "title": 1.0, "body": "same",
        "columns": 0.75, "found": ["nomi", "o'quvchilar_soni", "stir"], "missing": ["hudud"],
    }  # fmt: skip


def test_the_best_table_speaks_for_a_dataset_and_no_table_for_nothing():
    tables = (frozenset({"a"}), frozenset({"stir", "nomi"}))
    assert matcher().score("schools", "education", Offered("d", SCHOOLS.titles, tables)).columns == 0.5
    assert matcher().score("schools", "education", Offered("d", SCHOOLS.titles)).columns is None
    assert matcher().score("kindergartens", "education", Offered("d", ("x",), tables)).columns is None


parts = st.floats(0, 1)
kinships = st.sampled_from(Kinship)
columns = st.lists(st.text(min_size=1), unique=True, min_size=1, max_size=5).map(tuple)


@given(parts, kinships, st.none() | columns)
def test_a_score_lies_between_its_parts(title, kinship, names):
    score = Score(title, kinship, names)
    known = [title, CLOSENESS[kinship], *([] if names is None else [1.0])]
    assert min(known) - 1e-9 <= score.total <= max(known) + 1e-9


@given(parts, parts, kinships)
def test_a_nearer_title_never_scores_less(one, other, kinship):
    low, high = sorted((one, other))
    assert Score(low, kinship).total <= Score(high, kinship).total
    assert Score(low, kinship).is_enough <= Score(high, kinship).is_enough


words = st.lists(
    st.sampled_from(
        [
            "maktab",
            "bog'cha",
            "suv",
            "gaz",
            "yer",
            "bank",
            "soliq",
            "sport",
            "yo'l",
            "ko'prik",
            "shifoxona",
            "teatr",
        ]
    ),
    min_size=1,
    max_size=4,
).map(" ".join)


@given(st.lists(words, min_size=1, max_size=15, unique=True), words)
def test_the_index_finds_every_title_that_shares_a_word(titles, asked):
    index = TitleIndex({title: [title] for title in titles})
    near = dict(index.near([asked], limit=len(titles)))
    assert all(near[title] == index.likeness(title, [asked]) for title in near)
    assert {title for title in titles if set(title.split()) & set(asked.split())} <= set(near)
    assert all(0 < rate <= 1 + 1e-9 for rate in near.values())


@given(words)
def test_likeness_is_whole_for_the_same_title_in_the_other_script(title):
    index = TitleIndex({"own": [title], "other": ["boshqa narsa"]})
    assert index.likeness("own", [to_cyrillic(title)]) == pytest.approx(1)


@given(words, st.permutations(["a", "b", "c"]))
def test_a_fingerprint_changes_with_what_is_looked_at_alone(title, letters):
    first = Offered("d", (title, "x"), (frozenset("abc"),), OWN)
    assert first.fingerprint() == Offered("e", ("x", title), (frozenset(letters),), dict(OWN)).fingerprint()
    others = (
        Offered("d", (f"{title}!", "x"), first.tables, OWN),
        Offered("d", first.titles, (frozenset("ab"),), OWN),
        Offered("d", first.titles, first.tables, {"education": Kinship.kin}),
    )
    assert first.fingerprint() not in {other.fingerprint() for other in others}


def test_who_is_far_behind_the_likeliest_is_not_proposed():
    assert found(*KINDERGARTENS.titles, bodies=OWN) == ["kindergartens-of-education"]


def test_at_most_so_many_are_proposed_and_the_likeliest_comes_first():
    items = [
        Wanted(str(n), (f"Umumtalim maktablari {n}",), frozenset(), {"education": f"o{n}"}, 1)
        for n in range(9)
    ]
    best = matcher(*items).best(Offered("d", ("Umumtalim maktablari 7",), bodies=OWN))
    assert len(best) == MOST
    assert best[0].obligation_id == "o7"
    assert [one.score.total for one in best] == sorted((one.score.total for one in best), reverse=True)


@pytest.mark.parametrize("state", LinkState)
@pytest.mark.parametrize("to", LinkState)
def test_a_link_takes_only_the_steps_of_its_life(state, to):
    if to in STEPS[state]:
        require_step(state, to)
        return
    with pytest.raises(RoadmapError) as refused:
        require_step(state, to)
    assert refused.value.code == "link_step_refused"

"""Likeness of titles, in any script and order."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ckanext.roadmap.domain.similarity import NEAR, likeness, nearest

TEXT = st.text(alphabet="abcdoʻ'шғбмактаб maktab", max_size=60)


@given(TEXT, TEXT)
def test_likeness_is_even_and_bounded(one: str, other: str):
    assert 0 <= likeness(one, other) <= 1
    assert likeness(one, other) == likeness(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Maktablar ro'yxati", "Мактаблар рўйхати"),
        ("Maktablar ro‘yxati", "ro`yxati MAKTABLAR"),
        ("Школы Ташкента", "школы  ташкента!"),
    ],
)
def test_the_same_words_are_wholly_alike(one: str, other: str):
    assert likeness(one, other) == 1


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("Shifoxonalar va o'rinlar soni", "Shifoxonalardagi o'rinlar soni", True),
        ("Maktab avtobuslari", "Maktab avtobuslari yo'nalishlari va jadvali", True),
        ("Расписание школьных автобусов", "Расписания автобусов для школ", True),
        ("Maktablar ro'yxati", "Shifoxonalar ro'yxati", False),
        ("Havo sifati", "Davlat xaridlari", False),
        ("", "Havo sifati", False),
        ("?!", "…", False),
    ],
)
def test_endings_and_additions_are_forgiven_and_other_things_are_not(one: str, other: str, near: bool):
    assert (likeness(one, other) >= NEAR) is near


def test_the_nearest_come_first():
    titles = [("a", "Havo sifati"), ("b", "Maktab avtobusi"), ("c", "Maktab avtobuslari jadvali")]
    assert [key for key, _score in nearest("Maktab avtobuslari jadvali", titles)] == ["c", "b"]
    assert [key for key, _score in nearest("Maktab avtobuslari jadvali", titles, limit=1)] == ["c"]

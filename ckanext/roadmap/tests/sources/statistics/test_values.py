"""Cubes and series as rows of one value: none lost, none twice, whatever the server's limits are."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from itertools import product
from math import prod
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ckanext.roadmap.sources.about import frequency_of
from ckanext.roadmap.sources.api.client import Answer
from ckanext.roadmap.sources.errors import SourceError
from ckanext.roadmap.sources.http import Question
from ckanext.roadmap.sources.statistics import Ask, pxweb, series
from ckanext.roadmap.sources.statistics.jsonstat import cells

BASE = "https://stat.example/api/v1/uz/"
URL = f"{BASE}aholi/tug.px"
VARIABLES = {
    "Hudud": {"1703": "Andijon", "1706": "Buxoro", "1726": "Toshkent sh."},
    "Jins": {"1": "Erkak", "2": "Ayol"},
    "Yil": {str(year): str(year) for year in range(2015, 2025)},
}
RUSSIAN = {"Hudud": "Регион", "Jins": "Пол", "Yil": "Год"}


class Office:
    """A PxWeb server that keeps to its own limits."""

    def __init__(
        self, most: int | None = 12, sparse: bool = False, config: dict[str, int] | None = None
    ) -> None:
        self.most, self.sparse = most, sparse
        self.config = config or {"maxValues": 4, "maxCells": most or 0, "maxCalls": 2, "timeWindow": 10}
        self.unlisted: set[str] = set()
        self.asked: list[dict[str, list[str]]] = []
        self.slept: list[float] = []

    def get(self, url: str, question: Question | None = None) -> Answer:
        if url.endswith("?config"):
            if self.most is None:
                raise SourceError("source_status", "404.", "")
            return self._answer(self.config)
        if question is None:
            if "/ru/" in url:
                told = [
                    {
                        "code": RUSSIAN[name],
                        "values": list(map(str, range(len(values)))),
                        "valueTexts": [f"ru {word}" for word in values.values()],
                    }
                    for name, values in VARIABLES.items()
                ]
                return self._answer({"variables": told[: len(self.config)]})
            told = [
                {"code": name, "text": name, "values": list(values), "valueTexts": list(values.values())}
                | ({"values": None, "valueTexts": None} if name in self.unlisted else {})
                for name, values in VARIABLES.items()
            ]
            return self._answer({"title": "Tug‘ilganlar", "variables": told})
        return self._answer(self._cube(json.loads(question.body or b"")))

    def _cube(self, asked: dict[str, Any]) -> dict[str, Any]:
        picked = {one["code"]: one["selection"]["values"] for one in asked["query"]}
        self.asked.append(picked)
        if prod(map(len, picked.values())) > (self.most or pxweb.CELLS):
            raise SourceError("source_status", "403.", "", status=403)
        values = [value_of(*cell) for cell in product(*picked.values())]
        return {
            "version": "2.0", "class": "dataset", "id": list(picked), "size": [len(v) for v in picked.values()],
            "dimension": {
                name: {"category": {
                    "index": {code: place for place, code in enumerate(codes)},
                    "label": {code: VARIABLES[name][code] for code in codes},
                }}
                for name, codes in picked.items()
            },
            "value": {str(n): v for n, v in enumerate(values) if v is not None} if self.sparse else values,
        }  # fmt: skip

    def _answer(self, document: Any) -> Answer:
        return Answer(URL, json.dumps(document).encode())

    def ask(self, **read: Any) -> Ask:
        return Ask(self, BASE, "aholi/tug.px", read, sleep=self.slept.append)

    def bring(self, *_: Any) -> Any:
        raise AssertionError("documents of cubes are small")

    def read(self, **select: Any) -> list[dict[str, Any]]:
        return [dict(one) for one in pxweb.read_cube(self.ask(select=select))]


def value_of(region: str, sex: str, year: str) -> int | None:
    return None if (region, year) == ("1726", "2015") else int(region) * 10000 + int(sex) * 5000 + int(year)


WHOLE = {cell: value_of(*cell) for cell in product(*VARIABLES.values())}


@pytest.mark.parametrize("most", [1, 7, 12, 59, 60, 10_000, None])
@pytest.mark.parametrize("sparse", [False, True])
def test_a_cube_comes_whole_whatever_may_be_asked_at_once(most: int | None, sparse: bool):
    rows = Office(most, sparse).read()
    assert {(row["Hudud"], row["Jins"], row["Yil"]): row["value"] for row in rows} == WHOLE
    assert len(rows) == len(WHOLE)
    assert {row["Hudud.text"] for row in rows if row["Hudud"] == "1703"} == {"Andijon"}


def test_questions_are_spread_over_the_time_that_the_server_grants():
    office = Office(12)
    office.read()
    assert office.slept == [5.0] * (len(office.asked) + 1)


@pytest.mark.parametrize(
    "config", [{"maxValues": 12}, {"maxValues": 5, "maxCells": 12}, {"maxCells": 60, "maxValues": 60}, {}]
)
def test_what_a_server_refuses_is_asked_in_halves(config: dict[str, int]):
    office = Office(12, config=config or {"CORS": 1})
    rows = office.read()
    assert {(row["Hudud"], row["Jins"], row["Yil"]): row["value"] for row in rows} == WHOLE
    assert len(rows) == len(WHOLE)
    if config.get("maxCells", config.get("maxValues")) == 12:
        assert len(office.asked) == 5, "cells are the limit, not the values that are listed"
    office.most = 0.5  # type: ignore[assignment]
    with pytest.raises(SourceError) as caught:
        office.read(Jins="1", Yil="2024", Hudud="1703")
    assert caught.value.params["status"] == 403


def test_values_that_the_server_does_not_list_are_named():
    office = Office()
    office.unlisted = {"Yil"}
    with pytest.raises(SourceError) as caught:
        office.read()
    assert caught.value.code == "cube_unlisted"
    assert len(office.read(Yil=["2023", "2024"])) == 12


def test_words_in_further_languages():
    office = Office()
    (row, *_), way = (
        list(pxweb.read_cube(office.ask(languages=["ru"], select={"Hudud": "1706"}))),
        office.ask(languages=["ru"]),
    )
    assert (row["Hudud"], row["Hudud.text"], row["Hudud.ru"], row["Jins.ru"]) == (
        "1706",
        "Buxoro",
        "ru Buxoro",
        "ru Erkak",
    )
    office.config = {"maxCells": 12, "maxValues": 4}  # the Russian cube lacks a variable
    for one in (way, replace(way, base="https://stat.example/cubes/")):
        with pytest.raises(SourceError) as caught:
            list(pxweb.read_cube(one))
        assert caught.value.code == "cube_language"


def test_what_is_selected_alone_is_asked():
    office = Office()
    rows = office.read(Yil=["2023", 2024], Jins="1")
    assert {(row["Jins"], row["Yil"]) for row in rows} == {("1", "2023"), ("1", "2024")}
    assert len(rows) == 6


@pytest.mark.parametrize("select", [{"Oy": ["1"]}, {"Yil": ["1999"]}])
def test_what_the_cube_has_not_is_told(select: dict[str, Any]):
    with pytest.raises(SourceError) as caught:
        Office().read(**select)
    assert caught.value.code == "cube_select"


@given(st.lists(st.integers(1, 9), min_size=1, max_size=4), st.integers(1, 60))
def test_pieces_are_within_the_limit_and_together_the_cube(sizes: list[int], most: int):
    variables = [pxweb.Variable(str(n), tuple(map(str, range(size)))) for n, size in enumerate(sizes)]
    found = list(pxweb.pieces(variables, most))
    assert all(prod(len(one.values) for one in piece) <= most for piece in found)
    asked = [cell for piece in found for cell in product(*(one.values for one in piece))]
    assert sorted(asked) == sorted(product(*(one.values for one in variables)))


@pytest.mark.parametrize(
    ("document", "code"),
    [
        ([], "api_no_records"),
        ({"id": ["Yil"], "dimension": {}}, "api_no_records"),
        (
            {"id": ["Yil"], "dimension": {"Yil": {"category": {"index": ["1", "2"]}}}, "value": [1]},
            "api_count",
        ),
    ],
)
def test_a_document_that_is_no_cube(document: Any, code: str):
    with pytest.raises(SourceError) as caught:
        list(cells(document))
    assert caught.value.code == code


class Page:
    """One document at any address."""

    def __init__(self, document: Any) -> None:
        self.body = json.dumps(document).encode()

    def get(self, url: str, question: Question | None = None) -> Answer:
        return Answer(url, self.body)

    def bring(self, *_: Any) -> Any:
        raise AssertionError("series are small")


def read_series(document: Any) -> list[dict[str, Any]]:
    return [dict(one) for one in series.read_series(Ask(Page(document), BASE, "x.json"))]


SERIES = [
    {
        "metadata": [
            {"name_uz": "O‘lchov birligi", "name_en": "Unit of measurement", "value_uz": "ming kishi", "value_ru": "тысяч человек", "value_uzc": "минг киши"},
            {"name_uz": "O‘zgargan", "name_en": "Last modified date", "value_uz": "2025-03-26"},
            {"name_uz": "Davriyligi", "name_en": "Periodicity", "value_uz": "Choraklik", "value_en": "Quarterly"},
            {"name_uz": "Izoh", "name_en": "Note", "value_uz": None},
        ],
        "data": [
            {
                "Code": "1703", "Klassifikator": "Andijon viloyati", "Klassifikator_ru": "Андижанская область",
                "Klassifikator_en": "Andijan region", "Klassifikator_uzc": "Андижон вилояти",
                "2023": 3322.6, "2024-Q1": "-", "2024-\u041c03": 3330,
            }
        ],
    }
]  # fmt: skip


def test_a_series_is_a_row_a_value():
    rows = read_series(SERIES)
    assert [(row["period"], row["value"]) for row in rows] == [
        ("2023", Decimal("3322.6")), ("2024-Q1", None), ("2024-03", 3330),
    ]  # fmt: skip
    assert (rows[1]["period_start"].isoformat(), rows[1]["period_end"].isoformat()) == (
        "2024-01-01",
        "2024-03-31",
    )
    assert (rows[0]["unit_ru"], rows[0]["unit_uz_Cyrl"], rows[0]["unit_en"]) == (
        "тысяч человек",
        "минг киши",
        None,
    )
    assert {name: rows[0][name] for name in ("code", "name_uz", "name_uz_Cyrl", "name_ru", "unit", "changed")} == {
        "code": "1703", "name_uz": "Andijon viloyati", "name_uz_Cyrl": "Андижон вилояти",
        "name_ru": "Андижанская область", "unit": "ming kishi", "changed": "2025-03-26",
    }  # fmt: skip


@pytest.mark.parametrize("document", [[], {}, [{"data": {}}], [{"data": [{"Code": "1703"}]}], "x"])
def test_a_document_that_is_no_series(document: Any):
    with pytest.raises(SourceError) as caught:
        read_series(document)
    assert caught.value.code == "api_no_records"


def test_the_block_of_metadata_is_for_the_passport():
    told = series.about_series(Ask(Page(SERIES), BASE, "x.json"))
    assert told.frequency == "quarterly"
    assert told.notes.split("\n\n") == [
        "O‘lchov birligi: ming kishi",
        "O‘zgargan: 2025-03-26",
        "Davriyligi: Choraklik",
    ]
    bare = series.about_series(Ask(Page([{"data": []}]), BASE, "x.json"))
    assert (bare.notes, bare.frequency) == ("", None)


@pytest.mark.parametrize(
    ("words", "frequency"),
    [("Annual", "annual"), ("yillik", "annual"), ("Yarim yillik", "half_yearly"), ("semi-annual", "half_yearly"),
     ("Choraklik", "quarterly"), ("ежемесячная", "monthly"), ("ежегодно", "annual"), ("полугодовая", "half_yearly"), ("?", None)],
)  # fmt: skip
def test_how_often_in_the_passports_words(words: str, frequency: str | None):
    assert frequency_of(words) == frequency

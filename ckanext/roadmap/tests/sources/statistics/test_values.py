"""Cubes and series as rows of one value: none lost, none twice, whatever the server's limits are."""

from __future__ import annotations

import json
from decimal import Decimal
from itertools import product
from math import prod
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

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


class Office:
    """A PxWeb server that keeps to its own limits."""

    def __init__(self, most: int | None = 12, sparse: bool = False) -> None:
        self.most, self.sparse = most, sparse
        self.asked: list[dict[str, list[str]]] = []
        self.slept: list[float] = []

    def get(self, url: str, question: Question | None = None) -> Answer:
        if url == f"{BASE}?config":
            if self.most is None:
                raise SourceError("source_status", "404.", "")
            return self._answer({"maxValues": self.most, "maxCalls": 2, "timeWindow": 10})
        if question is None:
            told = [
                {"code": name, "text": name, "values": list(values), "valueTexts": list(values.values())}
                for name, values in VARIABLES.items()
            ]
            return self._answer({"title": "Tug‘ilganlar", "variables": told})
        return self._answer(self._cube(json.loads(question.body or b"")))

    def _cube(self, asked: dict[str, Any]) -> dict[str, Any]:
        picked = {one["code"]: one["selection"]["values"] for one in asked["query"]}
        self.asked.append(picked)
        assert prod(map(len, picked.values())) <= (self.most or pxweb.VALUES)
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
            {"name_uz": "O‘lchov birligi", "name_en": "Unit of measurement", "value_uz": "ming kishi"},
            {"name_uz": "O‘zgargan", "name_en": "Last modified date", "value_uz": "2025-03-26"},
        ],
        "data": [
            {
                "Code": "1703", "Klassifikator": "Andijon viloyati", "Klassifikator_ru": "Андижанская область",
                "Klassifikator_en": "Andijan region", "Klassifikator_uzc": "Андижон вилояти",
                "2023": 3322.6, "2024-Q1": "-", "2024-M03": 3330,
            }
        ],
    }
]  # fmt: skip


def test_a_series_is_a_row_a_value():
    rows = read_series(SERIES)
    assert [(row["period"], row["value"]) for row in rows] == [
        ("2023", Decimal("3322.6")), ("2024-Q1", None), ("2024-03", 3330),
    ]  # fmt: skip
    assert {name: rows[0][name] for name in ("code", "name_uz", "name_uz_Cyrl", "name_ru", "unit", "changed")} == {
        "code": "1703", "name_uz": "Andijon viloyati", "name_uz_Cyrl": "Андижон вилояти",
        "name_ru": "Андижанская область", "unit": "ming kishi", "changed": "2025-03-26",
    }  # fmt: skip


@pytest.mark.parametrize("document", [[], {}, [{"data": {}}], [{"data": [{"Code": "1703"}]}], "x"])
def test_a_document_that_is_no_series(document: Any):
    with pytest.raises(SourceError) as caught:
        read_series(document)
    assert caught.value.code == "api_no_records"

"""Gaps of ODIN assessments in the box: each once, marked, in the portal's language."""

from __future__ import annotations

import contextlib
import io
import json
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import FileStorage

import ckan.plugins.toolkit as tk
from ckan import model

from ckanext.roadmap.cli import roadmap
from ckanext.roadmap.domain.errors import RoadmapError
from ckanext.roadmap.model import SuggestionNotice
from ckanext.roadmap.services.ratings import RATINGS
from ckanext.roadmap.sources.barometer_gaps import COLUMNS
from ckanext.roadmap.sources.gaps import read_form
from ckanext.roadmap.sources.odin_gaps import read_gaps
from ckanext.roadmap.tests.country import act

ASSESSMENT: dict[str, Any] = {
    "year": 2026,
    "categories": [
        {"categoryId": 7, "category1": "Energy", "recommendedDisaggregation": "Production; consumption"},
        {"categoryId": 9, "category1": "Space travel", "recommendedDisaggregation": "Flights"},
    ],
    "criteria": [{"criteriaId": place, "criteria": f"Criterion {place}\r\n"} for place in range(1, 11)],
    "marks": [
        {"categoryId": 7, **{f"criteria{place}Val": 1.0 for place in range(1, 11)}, "criteria5Val": 0.0},
        {
            "categoryId": 9,
            **{f"criteria{place}Val": None for place in range(1, 11)},
            "criteria2Val": 0.5,
            "criteria3Val": -1.0,
        },
    ],
}


FORM = """key;title;year;mark;full;what;criterion;holder;source
Q7;Davlat byudjeti;2024;0;1;Rows;Budget data;Moliya vazirligi;https://example.org/2024
Q8;Litsenziyalar;2024;0,5;1;;;;
Q9;Xaridlar;2024;1;1;;;;
"""
LISTED = [
    {"key": "Q7", "title": "Davlat byudjeti", "year": 2025, "mark": 0, "full": 1, "holder": None},
    {"key": "Q9", "title": "Xaridlar", "year": 2025, "mark": 1, "full": 1},
]
BAROMETER = """iso3,pillar,action_area,indicator_id,indicator_name,question_type,question_text,score
UZB,Availability,Land,A.LAND.TENURE,Availability (L): Land tenure,main question,"To what extent, as open data?",0.0
UZB,Availability,Land,A.LAND.TENURE,Availability (L): Land tenure,section,Existence,0.0
UZB,Availability,Company,A.COMPANY.REG,Availability (CI): Company register,main question,To what extent?,45.5
UZB,Availability,Company,A.COMPANY.BOT,Availability (CI): Owners,main question,To what extent?,80.0
UZB,Governance,Law,G.LAW,Governance (G): Data protection,main question,To what extent?,0.0
"""


def feed(content: Any = None, **data: Any) -> dict[str, Any]:
    text = json.dumps(ASSESSMENT if content is None else content)
    file = FileStorage(io.BytesIO(text.encode()), filename="odin.json")
    return act("roadmap_suggestion_gap_import", upload=file, **data)


def put(content: bytes, name: str, rating: str, **data: Any) -> dict[str, Any]:
    file = FileStorage(io.BytesIO(content), filename=name)
    return act("roadmap_suggestion_gap_import", upload=file, rating=rating, **data)


def shown(**data: Any) -> list[dict[str, Any]]:
    return act("roadmap_suggestion_list", **data)["suggestions"]


@pytest.mark.usefixtures("with_plugins", "clean_db", "app")
class TestFeed:
    def test_a_gap_becomes_one_suggestion(self):
        made = feed()
        assert (made["created"], made["unchanged"]) == (1, 0)
        [one] = shown(origin="rating")
        assert (one["number"], one["state"], one["indicator"]) == (made["numbers"][0], "open", "ODIN:21:5")
        assert one["title"] == "Energy: data by district"
        assert "2026" in one["why"]
        assert "Criterion 5" in one["why"]
        assert model.Session.scalars(sa.select(SuggestionNotice)).all() == []

    def test_told_again_it_makes_none_and_half_marks_come_beside(self):
        feed()
        assert feed({**ASSESSMENT, "year": 2028})["created"] == 0
        assert feed(partly=True) == {"created": 1, "unchanged": 1, "numbers": [shown()[0]["number"]]}
        assert shown()[0]["title"] == "Space travel: data of the last 5 years"
        assert shown()[0]["indicator"] == "ODIN:25:2"

    def test_each_reader_s_language_names_it(self, app):
        feed(partly=True)
        text = app.get("/ru/suggestions").body
        assert "Энергетика: данные по районам" in text
        assert "Space travel: data of the last 5 years" in text

    def test_no_assessment(self):
        with pytest.raises(tk.ValidationError, match="no ODIN assessment"):
            feed({"marks": []})

    @pytest.mark.parametrize("rating", [code for code in RATINGS if code != "ODIN"])
    def test_every_other_rating_is_read_from_the_form_and_names_itself(self, app, rating):
        for content, name in ((FORM.encode(), "gaps.csv"), (json.dumps(LISTED).encode(), "gaps.json")):
            made = put(content, name, rating)
        assert made == {"created": 0, "unchanged": 1, "numbers": []}, "the second told the same"
        [one] = shown(origin="rating")
        assert (one["rating"], one["indicator"], one["title"]) == (rating, f"{rating}:Q7", "Davlat byudjeti")
        assert (one["holder_text"], one["what"]) == ("Moliya vazirligi", "What the rating looks for: Rows")
        assert "2024" in one["why"]
        assert one["why"].endswith("got 0 of 1. Source: https://example.org/2024")
        names = {"GDB": "Global Data Barometer", "OGDI": "ООН (OGDI)", "OURDATA": "Индекс OECD OURdata"}
        assert names[rating] in app.get("/ru/suggestions").body
        assert put(FORM.encode(), "gaps.csv", rating, partly=True)["created"] == 1

    def test_the_barometer_s_own_file(self):
        made = put(BAROMETER.encode(), "gdb.csv", "GDB", year=2024)
        assert (made["created"], put(BAROMETER.encode(), "g.csv", "GDB", partly=True)["unchanged"]) == (1, 1)
        half, none = shown(origin="rating")
        assert (none["indicator"], none["title"]) == ("GDB:A.LAND.TENURE", "Land tenure")
        assert none["why"].startswith("Global Data Barometer, 2024:")
        assert half["title"] == "Company register"

    @pytest.mark.parametrize(("content", "rating", "told"), [
        ("key,title,year,mark,full\n1,x,24,0,1\n", "OGDI", "Row 2, column year: .*four digits"),
        ("key,title,year,mark,full\n1,x,2024,two,1\n", "OGDI", "column mark"),
        ("key,title,year,mark,full\n1,x,2024,3,2\n", "OGDI", "from 0 to the full mark"),
        ("key,title,year,mark,full\n1,x,2024,0,1\n1,y,2024,0,1\n", "OGDI", "row 2 too"),
        ("key,title,year,mark\n1,x,2024,0\n", "OGDI", "column full"),
        ('{"key": 1}', "OURDATA", "list of objects"),
        (",".join(sorted(COLUMNS)) + "\na\n", "GDB", "answer sheet"),
    ])  # fmt: skip
    def test_a_file_that_can_t_be_taken_opens_nothing(self, content, rating, told):
        with pytest.raises(tk.ValidationError, match=told):
            put(content.encode(), "gaps.csv", rating)
        assert shown() == []

    def test_the_command(self, tmp_path: Path):
        form = tmp_path / "gaps.csv"
        form.write_text(FORM)
        result = CliRunner().invoke(roadmap, ["suggestion", "gaps", str(form), "--rating", "OGDI"])
        assert (result.exit_code, result.output.strip()) == (0, "1 created, 0 unchanged")
        file = tmp_path / "odin.json"
        file.write_text(json.dumps(ASSESSMENT))
        for answer in ("1 created, 0 unchanged", "0 created, 1 unchanged"):
            result = CliRunner().invoke(roadmap, ["suggestion", "gaps", str(file)])
            assert (result.exit_code, result.output.strip()) == (0, answer)
        file.write_text("{")
        result = CliRunner().invoke(roadmap, ["suggestion", "gaps", str(file)])
        assert (result.exit_code, "no ODIN assessment" in result.output) == (1, True)

    @pytest.mark.real_data
    def test_a_real_assessment(self, shared_data: Path):
        content = json.loads((shared_data / "odin" / "ghana_2024.json").read_text())
        marks = [mark[f"criteria{place}Val"] for mark in content["marks"] for place in range(1, 6)]
        assert feed(content)["created"] == marks.count(0.0) > 10
        assert feed(content, partly=True)["created"] == marks.count(0.5) > 10
        other = json.loads((shared_data / "odin" / "benin_2024.json").read_text())
        made = feed(other, partly=True)
        assert made["unchanged"] > 0
        assert len(shown(limit=1000)) == marks.count(0.0) + marks.count(0.5) + made["created"]


@given(st.binary(max_size=200) | st.recursive(
    st.none() | st.integers() | st.text(max_size=5) | st.floats(),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.sampled_from(["year", "categories", "criteria", "marks", "categoryId"]), inner, max_size=5),
).map(lambda value: json.dumps(value).encode()))  # fmt: skip
def test_no_file_crashes_it(content: bytes):
    with contextlib.suppress(RoadmapError):
        assert isinstance(read_gaps(content), list)
    with contextlib.suppress(RoadmapError):
        assert isinstance(read_form(content, "gaps.csv"), list)

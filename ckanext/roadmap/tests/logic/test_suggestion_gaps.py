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


def feed(content: Any = None, **data: Any) -> dict[str, Any]:
    text = json.dumps(ASSESSMENT if content is None else content)
    file = FileStorage(io.BytesIO(text.encode()), filename="odin.json")
    return act("roadmap_suggestion_gap_import", upload=file, **data)


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

    def test_the_command(self, tmp_path: Path):
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

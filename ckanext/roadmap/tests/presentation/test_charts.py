"""Charts: one specification for page and paper, the same figures as in the table."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ckanext.roadmap.presentation.charts import CHARTS, Words, picture
from ckanext.roadmap.presentation.charts.base import COLOURS
from ckanext.roadmap.tests.presentation import canned

WORDS = Words(say=str, period=str, percent=lambda share: f"{share['percent']} %", kind=str)
NOWHERE = Path("/none")


@pytest.mark.parametrize("name", list(CHARTS))
class TestEveryChart:
    def test_it_is_drawn_without_the_net(self, name):
        drawn = picture.drawn(CHARTS[name].spec(canned.country(), WORDS, 640), "svg", NOWHERE).decode()
        assert drawn.startswith("<svg")
        assert all(colour in drawn.lower() for colour in COLOURS[:2])

    def test_its_specification_asks_for_nothing_elsewhere(self, name):
        spec = {**CHARTS[name].spec(canned.country(), WORDS), "$schema": ""}
        assert "://" not in json.dumps(spec)
        assert spec["description"] == CHARTS[name].title

    def test_its_table_has_a_row_for_each_place_on_its_axis(self, name):
        chart = CHARTS[name]
        rows = chart.rows(canned.country())
        values = chart.spec(canned.country(), WORDS)["data"]["values"]
        assert [chart.table.columns[0].value(row) for row in rows] == list(
            dict.fromkeys(next(iter(value.values())) for value in values)
        )


def test_a_share_of_nothing_breaks_the_line():
    result = canned.country()
    result["trend"][0]["kept"] = canned.share(0, 0)
    values = CHARTS["trend"].spec(result, WORDS)["data"]["values"]
    assert [value["percent"] for value in values if value["share"] == "Kept"][0] is None


def test_it_is_drawn_as_pdf():
    spec = CHARTS["kinds"].spec(canned.country(), WORDS, 640)
    assert picture.drawn(spec, "pdf", NOWHERE).startswith(b"%PDF")

"""The operator's classifier of districts: found in a file whatever its columns are called, or refused."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ckanext.roadmap.sources.contract import rules_of
from ckanext.roadmap.sources.contract.districts import DistrictsError, read_districts, with_districts

RULE: dict[str, Any] = {"rule": "codes", "column": "d", "list": "districts", "weight": "hold"}
FILE = "id,region,soato,name\n2,1703,1703203,Andijon\n1,1703,1703202,Oltinko‘l\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "districts.csv"
    path.write_text(FILE, encoding="utf-8-sig")
    return path


def test_the_column_of_codes_is_found(file: Path):
    assert read_districts(file) == ("1703202", "1703203")


def test_only_rules_on_districts_name_them(file: Path):
    others = [{"rule": "complete", "column": "d"}, {**RULE, "list": "soato"}]
    assert with_districts([RULE, *others], file) == ({**RULE, "values": ["1703202", "1703203"]}, *others)
    assert with_districts([RULE], None) == (RULE,)
    assert with_districts(others, file.with_name("none")) == tuple(others)


def test_results_keep_the_name_of_the_list_and_not_the_codes(file: Path):
    (rule,) = rules_of(with_districts([RULE], file))
    assert rule.result({"wrong": 0}, date(2026, 4, 10))["settings"] == {"list": "districts"}


@pytest.mark.parametrize(
    "text", [None, "", "code\n", "code\n17\n", "code\n9903202\n", "code\n1703202\n1703\n"]
)
def test_what_is_no_classifier_is_refused(tmp_path: Path, text: str | None):
    path = tmp_path / "d.csv"
    if text is not None:
        path.write_text(text)
    with pytest.raises(DistrictsError, match=r"d\.csv"):
        read_districts(path)


def test_the_real_classifier(shared_data: Path):
    codes = read_districts(shared_data / "districts.csv")
    assert len(codes) == len(set(codes)) > 200

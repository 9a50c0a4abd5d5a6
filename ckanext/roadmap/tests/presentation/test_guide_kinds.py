"""What a connection is taken for: by its address, by what is mapped from it, by the register's words."""

from __future__ import annotations

from typing import Any

import pytest

from ckanext.roadmap.loading.extract import base
from ckanext.roadmap.presentation.guides.kinds import kind_of, named
from ckanext.roadmap.sources.grants import grants_for
from ckanext.roadmap.sources.places import schemes


@pytest.mark.parametrize(
    ("scheme", "code"),
    [
        ("postgresql", "database"), ("mysql+pymysql", "database"), ("https", "web"), ("sftp", "sftp"),
        ("drop", "drop"), ("api+https", "api"), ("sdmx+https", "sdmx"), ("sdmx-file+drop", "sdmx-file-drop"),
        ("sdmx-file+sftp", "sdmx-file-sftp"), ("sdmx-file+https", "sdmx-file-web"), ("pxweb+https", "pxweb"),
        ("series+https", "series"), ("egov+https", "catalogue"), ("dcat+https", "catalogue"),
    ],
)  # fmt: skip
def test_the_address_decides(scheme: str, code: str):
    """Whatever the register says, and whatever a mapping looks like."""
    assert kind_of(scheme, "Oracle, SFTP", [("a.csv", {})]).code == code


@pytest.mark.parametrize(
    ("table", "read", "words", "code"),
    [
        ("schools", {}, "PostgreSQL 15", "database"), ("schools", {}, "", "database"),
        ("schools", {}, "1C", "database"), ("schools.csv", {}, "PostgreSQL", "file"),
        ("schools-*.xlsx", {"sheet": 2}, "SFTP", "sftp"), ("a.json", {"record": "data"}, "", "file"),
        ("a.csv", {}, "CSV, drop", "drop"), ("v1/schools", {"paging": {"style": "page"}}, "Oracle", "api"),
        ("v1/schools", {"record": "data"}, "", "api"), ("UZSTAT,BIRTHS,1.0", {"parameters": {}}, "", "sdmx"),
        ("BIRTHS", {"select": {"FREQ": "A"}}, "", "sdmx"), ("aholi/tug.px", {"select": {}}, "", "pxweb"),
        ("births.xml", {"structure": "dsd.xml"}, "", "sdmx-file-web"),
        ("births.xml", {"structure": "dsd.xml"}, "SFTP", "sdmx-file-web"),
    ],
)  # fmt: skip
def test_without_an_address_the_mapping_then_the_register(table: str, read: Any, words: str, code: str):
    found = kind_of("", words, [(table, read)]).code
    assert found == code or (code == "sdmx-file-web" and found.startswith("sdmx-file"))


def test_the_register_may_name_several():
    assert {one.code for one in named("PostgreSQL 15; CSV, SFTP")} == {"database", "sftp"}
    assert [one.code for one in named("SDMX fayl")] == ["sdmx-file-web"]
    assert [one.code for one in named("Excel")] == ["file"]
    assert named("") == []


@pytest.mark.parametrize(
    "words", ["PostgreSQL", "Postgres Pro", "MariaDB", "MS SQL", "SQL Server", "Oracle 19c"]
)
def test_what_has_scripts_is_a_database(words: str):
    assert grants_for(words)
    assert [one.code for one in named(words)] == ["database"]


def test_every_way_to_read_has_its_kind():
    """A kind of source that is added needs its words in the guide; what no ministry names is left out."""
    base.load_all()
    for scheme in {*base._BY_SCHEME, *schemes()} - {"push", "kept"}:
        found = {one for form in (scheme, f"{scheme}+https") for one in kind_of(form, "", []).schemes}
        assert scheme in {one.partition("+")[0] for one in found}, scheme

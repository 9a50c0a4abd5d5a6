"""Connections by name."""

from __future__ import annotations

from pathlib import Path

import pytest

from ckanext.roadmap.sources.connections import secret_url, settings
from ckanext.roadmap.sources.errors import SourceError

SECRET = "postgresql://user:Geheim77@db.internal/x"


def test_from_an_option():
    known = settings({"ckanext.roadmap.connection.education.url": SECRET, "ckan.site_id": "x"}, {})
    assert list(known) == ["education"]
    assert secret_url("education", known) == SECRET


def test_from_the_environment_which_wins():
    options = {"ckanext.roadmap.connection.min-edu.url": "postgresql://old/x"}
    known = settings(options, {"CKANEXT__ROADMAP__CONNECTION__MIN_EDU__URL": SECRET, "PATH": "/"})
    assert secret_url("min-edu", known) == SECRET


def test_from_a_file_read_at_each_use(tmp_path: Path):
    file = tmp_path / "secret"
    file.write_text(SECRET + "\n")
    known = settings({"ckanext.roadmap.connection.a.url_file": str(file)}, {})
    assert secret_url("a", known) == SECRET
    file.write_text("postgresql://new/x")
    assert secret_url("a", known) == "postgresql://new/x"


def test_unknown_name_tells_the_option():
    with pytest.raises(SourceError, match=r"ckanext.roadmap.connection.tax.url"):
        secret_url("tax", {})


def test_unreadable_file_tells_the_name_alone(tmp_path: Path):
    known = settings({"ckanext.roadmap.connection.a.url_file": str(tmp_path / "none")}, {})
    with pytest.raises(SourceError) as raised:
        secret_url("a", known)
    assert str(tmp_path) not in str(raised.value)


def test_printing_shows_no_secret():
    known = settings({"ckanext.roadmap.connection.a.url": SECRET}, {})
    assert "Geheim77" not in f"{known} {known['a']!r}"

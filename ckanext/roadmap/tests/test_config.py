"""Options, as the rest of the code reads them."""

from __future__ import annotations

import inspect
import re
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

import ckan.plugins.toolkit as tk

from ckanext.roadmap import config

PACKAGE = Path(__file__).resolve().parents[1]
pytestmark = pytest.mark.usefixtures("with_plugins")
P = "ckanext.roadmap."


def test_the_roles_are_organizations_by_name():
    assert config.coordinator_organization() == "statistics-agency"
    assert config.auditor_organization() == "anti-corruption-agency"
    assert config.commission_organization() == "coordination-commission"


def test_what_holds_unless_set():
    assert config.timezone() == ZoneInfo("Asia/Tashkent")
    assert config.holidays() == frozenset()
    assert config.ledger_start() is None
    assert config.rehearsal_clock() is None
    assert config.districts_file() is None
    assert config.light_thresholds() == (71, 55)
    assert config.load_seconds() == {"connect": 10, "lock": 10, "statement": 3600, "overall": 7200}
    assert config.bulk_rows() == 200_000


def test_another_time_zone(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(tk.config, f"{P}timezone", "Europe/Moscow")
    assert config.timezone() == ZoneInfo("Europe/Moscow")


@pytest.mark.ckan_config(f"{P}holidays", "2026-01-01 2026-03-08")
def test_holidays_are_days():
    assert config.holidays() == {date(2026, 1, 1), date(2026, 3, 8)}


@pytest.mark.ckan_config(f"{P}ledger_start", "2026-01-01")
def test_the_first_day_of_the_ledger():
    assert config.ledger_start() == date(2026, 1, 1)


@pytest.mark.ckan_config(f"{P}rehearsal_clock", "/tmp/clock")  # noqa: S108
def test_the_rehearsals_clock_is_a_file():
    assert config.rehearsal_clock() == Path("/tmp/clock")  # noqa: S108


@pytest.mark.ckan_config(f"{P}light.green", "80")
@pytest.mark.ckan_config(f"{P}light.yellow", "60")
def test_the_lights_are_numbers():
    assert config.light_thresholds() == (80, 60)


@pytest.mark.ckan_config(f"{P}connection.tax.url", "postgresql://u:secret@h/d")
def test_connections_are_options_of_their_prefix():
    assert config.connection_options() == {f"{P}connection.tax.url": "postgresql://u:secret@h/d"}


@pytest.mark.ckan_config(f"{P}load.lock_timeout", "3")
def test_limits_are_numbers():
    assert config.load_seconds()["lock"] == 3


@pytest.mark.ckan_config("ckan.storage_path", "/var/lib/ckan")
def test_files_lie_in_the_storage():
    assert config.files_folder() == Path("/var/lib/ckan/roadmap")


@pytest.mark.ckan_config(f"{P}files_path", "/srv/files")
def test_files_lie_elsewhere_when_told():
    assert config.files_folder() == Path("/srv/files")


def test_the_read_role_is_that_of_the_address(monkeypatch, ckan_config):
    monkeypatch.setitem(ckan_config, "ckan.datastore.read_url", "postgresql://reader:x@h/d")
    assert config.datastore_read_role() == "reader"


def test_every_reader_is_annotated_and_told():
    for name, function in inspect.getmembers(config, inspect.isfunction):
        if function.__module__ == config.__name__:
            assert inspect.getdoc(function), name
            assert "return" in function.__annotations__, name


def test_nobody_else_reads_the_configuration():
    read = re.compile(r"\btk\.config\b|toolkit\.config\b|from ckan\.common import .*\bconfig\b")
    found = {
        file.relative_to(PACKAGE).as_posix()
        for file in PACKAGE.rglob("*.py")
        if "tests" not in file.parts and read.search(file.read_text(encoding="utf-8"))
    }
    assert found == {"config.py", "services/showing.py"}  # it sets an option of CKAN's own for a moment

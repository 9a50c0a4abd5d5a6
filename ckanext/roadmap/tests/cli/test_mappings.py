"""Commands on mappings, connections and runs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from ckanext.roadmap.cli import roadmap
from ckanext.roadmap.tests import country
from ckanext.roadmap.tests.logic.test_mappings import MAPPING

pytestmark = pytest.mark.usefixtures("with_plugins", "clean_db")


@pytest.fixture
def file(tmp_path: Path) -> str:
    country.import_bodies()
    country.import_list()
    path = tmp_path / "mapping.yaml"
    path.write_text(yaml.safe_dump(MAPPING))
    return str(path)


def test_import_list_and_runs(cli: Any, file: str):
    assert "1 created" in cli.invoke(roadmap, ["mapping", "import", file]).output
    assert (
        "schools  E-01  ministry-education  education:public.schools"
        in cli.invoke(roadmap, ["mapping", "list"]).output
    )
    exported = cli.invoke(roadmap, ["mapping", "export", "schools"]).stdout
    Path(file).write_text(exported[exported.index("name: schools") :])
    assert "1 unchanged" in cli.invoke(roadmap, ["mapping", "import", file]).output
    assert cli.invoke(roadmap, ["runs", "list"]).exit_code == 0
    assert "0 ended" in cli.invoke(roadmap, ["runs", "reconcile"]).output


def test_times_of_reading_are_listed_and_nothing_is_due_yet(cli: Any, file: str):
    times = {"cron": "30 2 * * 1-5", "window": "22:00-06:00"}
    Path(file).write_text(yaml.safe_dump({**MAPPING, "schedule": times}))
    cli.invoke(roadmap, ["mapping", "import", file])
    assert "[30 2 * * 1-5, only 22:00-06:00; next 2" in cli.invoke(roadmap, ["mapping", "list"]).output
    due = cli.invoke(roadmap, ["harvest", "due"])
    assert (due.exit_code, "schools" in due.output) == (0, False)


def test_a_refusal_ends_with_1_and_its_words(cli: Any, tmp_path: Path):
    path = tmp_path / "bad.yaml"
    path.write_text("name: x")
    result = cli.invoke(roadmap, ["mapping", "import", str(path)])
    assert result.exit_code == 1
    assert "Mapping x, field connection: It is missing. Add it." in result.output


def test_connections_are_shown_by_name_alone(cli: Any, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("CKANEXT__ROADMAP__CONNECTION__TAX__URL", "postgresql://u:Geheim77@h/x")
    result = cli.invoke(roadmap, ["connection", "list"])
    assert result.output.strip().splitlines()[-1] == "tax"
    assert "Geheim77" not in result.output


def test_harvest_of_nothing(cli: Any):
    result = cli.invoke(roadmap, ["harvest", "now", "tax"])
    assert result.exit_code == 1
    assert "No mapping uses the connection tax" in result.output

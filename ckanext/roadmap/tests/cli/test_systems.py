"""`ckan roadmap system …` as an operator runs it."""

from __future__ import annotations

import pytest

from ckanext.roadmap.cli import roadmap
from ckanext.roadmap.tests.logic.conftest import in_force  # noqa: F401 - a fixture
from ckanext.roadmap.tests.logic.test_systems import CSV

pytestmark = pytest.mark.usefixtures("with_plugins", "in_force")


def test_import_next_and_export(cli, tmp_path):
    file = tmp_path / "register.csv"
    file.write_text(CSV)
    assert "2 created" in cli.invoke(roadmap, ["system", "import", str(file)]).output
    lines = cli.invoke(roadmap, ["system", "next"]).output.splitlines()
    assert lines[-2:] == [
        "IS-0002  ministry-finance  declared  2 obligations, 13 deadlines a year -> 33.3 %",
        "IS-0001  ministry-education  declared  1 obligations, 4 deadlines a year -> 50.0 %",
    ]
    for name in ("out.csv", "out.xlsx"):
        assert "systems: 2" in cli.invoke(roadmap, ["system", "export", str(tmp_path / name)]).output
        again = cli.invoke(roadmap, ["system", "import", str(tmp_path / name)])
        assert "2 unchanged" in again.output
    assert cli.invoke(roadmap, ["system", "export", str(tmp_path / "out.pdf")]).exit_code == 2

"""Commands on bodies, the list and the ledger: what they print, and how they refuse."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from ckan import model

from ckanext.roadmap.cli import roadmap
from ckanext.roadmap.tests import country

pytestmark = pytest.mark.usefixtures("with_plugins", "clean_db", "rehearsal")
SUCCESSIONS = "body,from_body,kind,effective\nministry-finance,tax-committee,merged,2023-02-01\n"


class Portal:
    """Commands as an operator gives them, with files of the day."""

    def __init__(self, cli: Any, folder: Path) -> None:
        self.cli, self.folder = cli, folder

    def file(self, name: str, text: str) -> str:
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        return str(path)

    def run(self, *words: str, code: int = 0) -> str:
        result = self.cli.invoke(roadmap, list(words))
        assert result.exit_code == code, result.output
        return result.output

    def import_bodies(self, *words: str) -> str:
        return self.run("body", "import", self.file("bodies.csv", country.BODIES), *words)

    def import_list(self, text: str = country.ITEMS, code: int = 0) -> str:
        return self.run("list", "import", self.file("list.csv", text), "--year", "2023", code=code)

    def approve(self, *words: str, code: int = 0) -> str:
        return self.run(
            "list", "approve", "2023", "--decision", "12", "--date", "2023-01-20", *words, code=code
        )


@pytest.fixture
def portal(cli: Any, tmp_path: Path) -> Portal:
    return Portal(cli, tmp_path)


class TestBody:
    def test_import_counts(self, portal: Portal):
        assert "bodies: 5 created, 0 updated, 0 unchanged" in portal.import_bodies()
        assert "bodies: 0 created, 0 updated, 5 unchanged" in portal.import_bodies()

    def test_import_with_successions(self, portal: Portal):
        successions = portal.file("successions.csv", SUCCESSIONS)
        output = portal.import_bodies("--successions", successions)
        assert "successions: 1 created, 0 unchanged" in output
        assert "successions: 0 created, 1 unchanged" in portal.import_bodies("--successions", successions)

    def test_a_bad_row_is_told_and_nothing_is_kept(self, portal: Portal):
        bad = portal.file("bodies.csv", country.BODIES.replace("1-004", "1004"))
        output = portal.run("body", "import", bad, code=1)
        assert 'upload: Row 5, column code: "1004" cannot be taken. Write the code as d-ddd' in output
        assert country.act("roadmap_body_list") == []

    def test_an_unknown_body_in_a_succession_is_told(self, portal: Portal):
        bad = portal.file("successions.csv", SUCCESSIONS.replace("tax-committee", "nobody"))
        bodies = portal.file("bodies.csv", country.BODIES)
        output = portal.run("body", "import", bodies, "--successions", bad, code=1)
        assert "Error: successions: Row 2, column from_body:" in output

    def test_a_file_that_is_not_there(self, portal: Portal):
        assert "does not exist" in portal.run("body", "import", "nowhere.csv", code=2)


class TestList:
    @pytest.fixture(autouse=True)
    def bodies(self, clean_db: None, rehearsal: Any) -> None:
        country.import_bodies()

    def test_import_counts(self, portal: Portal):
        assert "list 2023/1: 3 items, 3 created, 0 updated, 0 unchanged" in portal.import_list()
        assert "list 2023/1: 3 items, 0 created, 0 updated, 3 unchanged" in portal.import_list()

    def test_a_bad_cell_is_told(self, portal: Portal):
        output = portal.import_list(country.ITEMS.replace("by 1 March", "by 31 Marchh"), code=1)
        assert "Error: upload: Row 4, column due_rule:" in output
        assert 'Write "15 days after period end"' in output

    def test_approve_counts_and_dates(self, portal: Portal):
        portal.import_list()
        output = portal.approve("--in-force-from", "2023-02-01")
        assert "list 2023/1 in force from 2023-02-01: 6 obligations, " in output
        assert output.rstrip().endswith(" deadlines")

    def test_the_decisions_day_is_the_first_in_force(self, portal: Portal):
        portal.import_list()
        assert "in force from 2023-01-20" in portal.approve()

    def test_what_is_not_there_is_not_approved(self, portal: Portal):
        assert "There is no list of 2023" in portal.approve(code=1)

    def test_twice_is_refused(self, portal: Portal):
        portal.import_list()
        portal.approve()
        assert "Error: year: " in portal.approve(code=1)

    def test_a_bad_day_is_told(self, portal: Portal):
        portal.import_list()
        output = portal.approve("--in-force-from", "soon", code=1)
        assert "in_force_from: Give the day as YYYY-MM-DD" in output

    def test_show(self, portal: Portal):
        portal.import_list()
        assert "2023/1  draft  no decision" in portal.run("list", "show")
        portal.approve()
        assert "2023/1  approved  decision 12" in portal.run("list", "show")


class TestLedger:
    @pytest.fixture(autouse=True)
    def approved(self, clean_db: None, rehearsal: Any) -> None:
        country.import_bodies()
        country.import_list()
        country.approve()

    def test_extend_writes_what_a_new_year_asks(self, portal: Portal, rehearsal: Any):
        assert "0 deadlines written, until 2024-12-31" in portal.run("ledger", "extend")
        rehearsal.set("2024-01-02T09:00")
        output = portal.run("ledger", "extend")
        assert "deadlines written, until 2025-12-31" in output
        assert int(re.search(r"(\d+) deadlines written", output)[1]) > 0

    def test_verify_of_a_whole_ledger(self, portal: Portal):
        output = portal.run("ledger", "verify")
        for table in ("roadmap_deadline", "roadmap_deadline_notice", "roadmap_data_event"):
            assert f"{table}: intact" in output

    def test_verify_finds_what_was_done_behind_the_portal(self, portal: Portal):
        with model.meta.engine.begin() as connection:
            connection.execute(sa.text("ALTER TABLE roadmap_deadline DISABLE TRIGGER USER"))
            connection.execute(
                sa.text("UPDATE roadmap_deadline SET due_at = due_at + interval '1 day' WHERE seq = 3")
            )
            connection.execute(
                sa.text("ALTER TABLE roadmap_deadline ENABLE ALWAYS TRIGGER roadmap_deadline_rows")
            )
            connection.execute(
                sa.text("ALTER TABLE roadmap_deadline ENABLE ALWAYS TRIGGER roadmap_deadline_all")
            )
        output = portal.run("ledger", "verify", code=1)
        assert "roadmap_deadline: 1 breaks\n  row 3 holds something else than was written [content]" in output
        assert "The ledger was changed behind the portal" in output

"""What real servers say a connection offers: the account's own rights decide, and no row is read."""

from __future__ import annotations

from pathlib import Path

import pytest

from ckanext.roadmap.loading.extract import extractor_for
from ckanext.roadmap.loading.look import look
from ckanext.roadmap.loading.plan import LoadPlan, SourceAccess
from ckanext.roadmap.sources.catalogue import Offered
from ckanext.roadmap.sources.errors import SourceError
from ckanext.roadmap.sources.http import networks
from ckanext.roadmap.sources.profile import Counts
from ckanext.roadmap.sources.reach import Reach
from ckanext.roadmap.tests import own_mariadb, postgres
from ckanext.roadmap.tests.sources.places import ssh

LOOPBACK = Reach(networks(["127.0.0.0/8"]))


def plan(schema: str = "", table: str = "") -> LoadPlan:
    """Nothing is mapped yet."""
    return LoadPlan("look", "m", "look", schema, table, ())


def offered(url: str) -> list[Offered] | None:
    return extractor_for(plan(), SourceAccess(url, reach=LOOPBACK)).offered()


def test_postgresql_tells_what_the_account_may_read_in_every_schema():
    with postgres.role("account") as (name, password), postgres.database("ministry") as database:
        admin, url = postgres.admin(database), postgres.as_role(name, password, database)
        postgres.rows(
            admin,
            "CREATE SCHEMA open_data; CREATE SCHEMA inner_data;"
            "CREATE TABLE pupil (id int, class text, pinfl text);"
            "INSERT INTO pupil VALUES (1, '7-A', '31203900000000'), (2, NULL, '31203900000001');"
            "CREATE TABLE salary (id int);"
            "CREATE VIEW open_data.school AS SELECT 1 AS id;"
            "CREATE MATERIALIZED VIEW open_data.region AS SELECT 1 AS id;"
            "CREATE TABLE open_data.visit (id int, day date) PARTITION BY RANGE (day);"
            "CREATE TABLE open_data.visit_2026 PARTITION OF open_data.visit FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');"
            "CREATE TABLE inner_data.secret (id int);"
            f"GRANT USAGE ON SCHEMA open_data TO {name}; GRANT SELECT ON ALL TABLES IN SCHEMA open_data TO {name};"
            f"GRANT SELECT ON inner_data.secret TO {name}; GRANT SELECT (id, class) ON pupil TO {name}",
        )
        try:
            assert offered(url) == [
                Offered("open_data", "region", "view"),
                Offered("open_data", "school", "view"),
                Offered("open_data", "visit", "table"),
                Offered("public", "pupil", "table"),
            ]
            found = look(plan("public", "pupil"), SourceAccess(url))
            assert {one.source: one.counts for one in found.columns} == {
                "id": Counts(0, 2), "class": Counts(1, 1), "pinfl": None,
            }  # fmt: skip
            with pytest.raises(SourceError) as refused:
                look(plan("public", "salary"), SourceAccess(url))
            assert password not in f"{refused.value} {refused.value.params}"
        finally:
            postgres.rows(admin, f"DROP OWNED BY {name}")


def test_mariadb_tells_what_the_account_may_read_of_its_database():
    with own_mariadb.server() as port:
        for statement in (
            "CREATE DATABASE register", "CREATE DATABASE other",
            "CREATE TABLE register.pupil (id int, class varchar(9), pinfl varchar(14))",
            "INSERT INTO register.pupil VALUES (1, '7-A', '31203900000000'), (2, NULL, '31203900000001')",
            "CREATE TABLE register.salary (id int)", "CREATE TABLE other.pupil (id int)",
            "CREATE SQL SECURITY DEFINER VIEW register.school AS SELECT id FROM register.salary",
            "CREATE USER reader@'127.0.0.1' IDENTIFIED BY 'Maxfiy88'",
            "GRANT SELECT (id, class) ON register.pupil TO reader@'127.0.0.1'",
            "GRANT SELECT, SHOW VIEW ON register.school TO reader@'127.0.0.1'",
            "GRANT SELECT ON other.pupil TO reader@'127.0.0.1'",
        ):  # fmt: skip
            own_mariadb.say(port, statement)
        url = f"mysql://reader:Maxfiy88@127.0.0.1:{port}/register"
        assert offered(url) == [Offered("", "pupil", "table"), Offered("", "school", "view")]
        with pytest.raises(SourceError) as refused:
            look(plan("", "pupil"), SourceAccess(url))
        assert refused.value.code == "not_permitted", "the server describes no table of which it shows a part"
        assert [one.counts for one in look(plan("", "school"), SourceAccess(url)).columns] == [Counts(0, 0)]


def test_openssh_tells_the_whole_files_of_its_folder(tmp_path: Path):
    folder, base = tmp_path / "qabul", tmp_path / "sshd"
    (folder / "inner").mkdir(parents=True)
    base.mkdir()
    for name in ("maktab.csv", "tuman 2026.xlsx", "yarim.csv.part", "yarim.csv"):
        (folder / name).write_text("id,nomi\n1,Chilonzor\n2,\n")
    with ssh.serving(folder, base) as server:
        assert offered(server.url()) == [
            Offered("", "maktab.csv", "file"),
            Offered("", "tuman 2026.xlsx", "file"),
        ]
        found = look(plan("", "maktab.csv"), SourceAccess(server.url(), reach=LOOPBACK))
        assert {one.source: one.counts for one in found.columns} == {"id": Counts(0, 2), "nomi": Counts(1, 1)}

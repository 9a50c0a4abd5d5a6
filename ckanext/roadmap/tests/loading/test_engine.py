"""A load from a real PostgreSQL into a real DataStore."""

from __future__ import annotations

import csv
import hashlib
import io
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from psycopg2 import sql

from ckanext.roadmap.loading.apply import make_searchable
from ckanext.roadmap.loading.errors import BusyError, LoadError
from ckanext.roadmap.loading.plan import ColumnPlan, FullText, SourceAccess
from ckanext.roadmap.loading.report import LoadReport
from ckanext.roadmap.sources.limits import Limits
from ckanext.roadmap.tests import postgres

from .conftest import World

PERSONAL = 'A, "31203850010029": column x'


class TestApply:
    def test_first_load_puts_all_rows_live(self, world: World):
        report = world.load()
        assert (report.outcome, report.rows_in, report.rows_inserted) == ("applied", 100, 100)
        assert world.live("id, name, code, pupils")[0] == (1, "maktab 1", "0000001", 1.5)

    def test_only_named_columns_are_published(self, world: World):
        world.load()
        assert b"secret_note" not in world.csv()
        assert len(world.live()[0]) == 6

    def test_same_content_writes_nothing(self, world: World):
        first = world.load()
        before = postgres.rows(
            world.store, "SELECT oid, xmin FROM pg_class WHERE relname = %s", world.plan.resource_id
        )
        second = world.load()
        after = postgres.rows(
            world.store, "SELECT oid, xmin FROM pg_class WHERE relname = %s", world.plan.resource_id
        )
        assert (second.outcome, second.content_hash, before) == ("unchanged", first.content_hash, after)

    def test_order_of_rows_at_the_source_does_not_count(self, world: World):
        world.load()
        world.sql(
            "CREATE TABLE other AS SELECT * FROM schools ORDER BY random(); DROP TABLE schools; ALTER TABLE other RENAME TO schools; GRANT SELECT ON schools TO PUBLIC"
        )
        assert world.load().outcome == "unchanged"
        assert world.load(key=()).rows_changed == 0

    def test_changed_rows_are_counted_by_key(self, world: World):
        world.load()
        world.sql("UPDATE schools SET pupils = pupils + 1 WHERE id <= 14")
        report = world.load()
        assert (report.rows_updated, report.rows_inserted, report.rows_deleted, report.rows_changed) == (
            14,
            0,
            0,
            14,
        )

    def test_new_and_gone_rows_are_counted(self, world: World):
        world.load()
        world.sql(
            "DELETE FROM schools WHERE id <= 3; INSERT INTO schools VALUES (500, 'yangi', '1', 1, NULL)"
        )
        report = world.load()
        assert (report.rows_inserted, report.rows_deleted, report.rows_updated) == (1, 3, 0)

    def test_rows_without_a_key_are_compared_as_bags(self, world: World):
        world.load(key=())
        world.sql("UPDATE schools SET name = NULL WHERE id <= 2; DELETE FROM schools WHERE id = 9")
        assert world.load(key=()).rows_changed == 3

    def test_a_table_dropped_behind_our_back_is_made_again(self, world: World):
        world.load()
        postgres.rows(world.store, sql.SQL("DROP TABLE {}").format(sql.Identifier(world.plan.resource_id)))
        assert world.load().outcome == "applied"
        assert len(world.live()) == 100

    def test_a_column_that_is_new_in_the_mapping_appears(self, world: World):
        world.load()
        columns = (*world.plan.columns, ColumnPlan("note", "secret_note"))
        assert world.load(columns=columns).rows_updated == 100
        assert world.live("note")[0] == ("x",)

    def test_leaves_nothing_in_staging(self, world: World):
        world.load()
        world.load()
        assert (world.staging(), world.parts()) == ([], [])


class TestMeasures:
    def test_regions_and_watermark(self, world: World):
        world.sql(
            "ALTER TABLE schools ADD region text; UPDATE schools SET region = CASE WHEN id < 50 THEN '1703' ELSE '1726' END"
        )
        columns = (*world.plan.columns, ColumnPlan("region", "region"))
        report = world.load(columns=columns, region_column="region", watermark_column="id")
        assert (report.region_codes, report.watermark) == (["1703", "1726"], "100")

    def test_periods_by_their_forms(self, world: World):
        """Text sorts by time only within a form; empty cells tell nothing, and nonsense is counted."""
        world.sql(
            "ALTER TABLE schools ADD period text, ADD seen timestamptz, ADD year int;"
            "UPDATE schools SET period = '2025' || (ARRAY['-Q1', 'q4', ' Q2'])[1 + id % 2], year = 2020 + id % 5,"
            " seen = timestamptz '2026-03-01 20:00Z' + id * interval '1 day' WHERE id > 10;"
            "UPDATE schools SET period = '2024' WHERE id = 11; UPDATE schools SET period = 'Jami' WHERE id = 12;"
            "UPDATE schools SET period = ' ' WHERE id = 13"
        )
        columns = (*world.plan.columns, *(ColumnPlan(name, name) for name in ("period", "seen", "year")))
        found = {}
        for name in ("period", "seen", "year", "name", "pupils"):
            found[name] = world.load(columns=columns, period_column=name).periods
        assert found["period"] == {
            "column": "period",
            "values": [["2024", "2024", 1], ["2025-Q1", "2025-Q1", 44], ["2025Q4", "2025Q4", 43]],
            "unread": 1,
        }
        (first, last, count), *_ = found["seen"]["values"]
        assert (datetime.fromisoformat(first), datetime.fromisoformat(last), count) == (
            datetime(2026, 3, 12, 20, tzinfo=UTC),
            datetime(2026, 6, 9, 20, tzinfo=UTC),
            90,
        )
        assert found["year"] == {"column": "year", "values": [["2020", "2024", 90]], "unread": 0}
        assert found["name"] == {"column": "name", "values": [], "unread": 100}

    def test_periods_of_an_unchanged_table_are_known(self, world: World):
        """As they were measured; a column that is named later is measured in the table that is live."""
        world.sql("ALTER TABLE schools ADD day date; UPDATE schools SET day = date '2026-01-01' + id")
        columns = (*world.plan.columns, ColumnPlan("day", "day"))
        assert world.load(columns=columns).periods is None
        told = {"column": "day", "values": [["2026-01-02", "2026-04-11", 100]], "unread": 0}
        for _ in range(2):
            report = world.load(columns=columns, period_column="day")
            assert (report.outcome, report.periods) == ("unchanged", told)
            world.sql("UPDATE schools SET secret_note = 'y'")
        assert world.load(columns=columns).periods is None

    def test_report_survives_storage(self, world: World):
        report = world.load()
        assert LoadReport.from_dict(report.to_dict()) == report

    def test_hash_of_the_file_is_the_files(self, world: World):
        report = world.load()
        assert report.files[0].sha256 == hashlib.sha256(world.csv()).hexdigest()
        assert report.files[0].bytes == len(world.csv())


class TestFile:
    def test_is_rfc_4180_with_values_as_they_are(self, world: World):
        value = "qo'shtirnoq \" vergul , \r\n satr ‘ ʻ Кириллица"
        world.sql("UPDATE schools SET name = %s WHERE id = 1", value)
        world.sql("UPDATE schools SET name = '' WHERE id = 2")
        world.sql("UPDATE schools SET name = NULL WHERE id = 3")
        world.load()
        text = world.csv().decode()
        read = list(csv.reader(io.StringIO(text, newline="")))
        assert read[0] == ["id", "name", "code", "pupils"]
        assert read[1][1] == value
        assert '\r\n2,"",0000002,3.00\r\n3,,0000003,4.50\r\n' in text
        assert world.live("name")[:3] == [(value,), ("",), (None,)]


class TestRefusals:
    def expect(self, world: World, code: str, **changes: object) -> LoadError:
        before = world.live() if changes.pop("loaded", True) else None
        with pytest.raises(LoadError) as raised:
            world.load(**changes)
        assert raised.value.code == code
        assert before is None or world.live() == before
        assert (world.staging(), world.parts()) == ([], [])
        return raised.value

    def test_missing_column(self, world: World):
        world.load()
        world.sql("ALTER TABLE schools RENAME code TO kod")
        error = self.expect(world, "columns_missing")
        assert "code" in str(error)
        assert "data published before stay" in str(error)

    def test_missing_table_whatever_its_capitals(self, world: World):
        self.expect(world, "table_missing", table="Schools", loaded=False)

    def test_name_that_tries_to_be_sql(self, world: World):
        self.expect(world, "table_missing", table='schools"; DROP TABLE schools; --', loaded=False)
        assert world.sql("SELECT count(*) FROM schools") == [(100,)]

    @pytest.mark.parametrize("kind", ["int4", "date", "jsonb"])
    def test_value_that_does_not_fit_is_told_by_its_place_alone(self, world: World, kind: str):
        world.load()
        world.sql("UPDATE schools SET name = %s WHERE id = 1", PERSONAL)
        columns = (ColumnPlan("id", "id"), ColumnPlan("name", "name", kind))
        error = self.expect(world, "value_refused", columns=columns)
        assert (error.params["row"], error.params["column"]) == ("1", "name")
        assert "31203850010029" not in f"{error} {error.params}"

    def test_a_view_that_stumbles_over_a_value_does_not_tell_it(self, world: World):
        world.load()
        world.sql("UPDATE schools SET name = %s", PERSONAL)
        world.sql(
            "CREATE VIEW dirty AS SELECT id, name::int AS name FROM schools; GRANT SELECT ON dirty TO PUBLIC"
        )
        columns = (ColumnPlan("id", "id"), ColumnPlan("name", "name"))
        error = self.expect(world, "unreachable", table="dirty", columns=columns)
        assert "31203850010029" not in f"{error} {error.params}"
        assert "type integer" in str(error.params["detail"])

    def test_values_that_break_a_key_of_the_table_are_not_told(self, world: World):
        world.load()
        index = sql.SQL("CREATE UNIQUE INDEX ON {} (name, code)").format(
            sql.Identifier(world.plan.resource_id)
        )
        postgres.rows(world.store, index)
        world.sql("UPDATE schools SET name = %s, code = 'x' WHERE id < 3", PERSONAL)
        error = self.expect(world, "not_unique", key=())
        assert error.params["columns"] == "name, code"
        assert "31203850010029" not in f"{error} {error.params}"

    def test_double_key(self, world: World):
        world.load()
        world.sql("INSERT INTO schools SELECT * FROM schools WHERE id = 7")
        self.expect(world, "key_double")

    def test_empty_key(self, world: World):
        world.load()
        world.sql("UPDATE schools SET id = NULL WHERE id = 7")
        self.expect(world, "key_empty")

    def test_wrong_password_shows_no_secret(self, world: World):
        url = world.source.url.replace("@", "-not@")
        world.source = SourceAccess(url.replace("127.0.0.1", "127.0.0.1") + "_none")
        error = self.expect(world, "database_missing", loaded=False)
        for secret in (world.source.url, "account_", "127.0.0.1", "25433"):
            assert secret not in f"{error} {error.params}"

    def test_unreachable_source(self, world: World):
        world.source = SourceAccess("postgresql://someone:Geheim77@127.0.0.1:1/x", Limits(connect=2))
        error = self.expect(world, "unreachable", loaded=False)
        assert "Geheim77" not in f"{error} {error.params}"
        assert "someone" not in f"{error} {error.params}"

    def test_slow_source(self, world: World):
        world.sql(
            "ALTER TABLE schools RENAME TO t; CREATE VIEW schools AS SELECT t.*, pg_sleep(0.2) IS NULL AS s FROM t; GRANT SELECT ON schools TO PUBLIC"
        )
        world.source = replace(world.source, limits=Limits(statement=4))
        self.expect(world, "timeout", columns=(*world.plan.columns, ColumnPlan("s", "s")), loaded=False)

    def test_source_that_cannot_be_written_through_us(self, world: World):
        world.sql(
            "ALTER TABLE schools RENAME TO t; CREATE FUNCTION grab() RETURNS int LANGUAGE sql AS 'INSERT INTO t VALUES (0) RETURNING 0'; GRANT ALL ON t TO PUBLIC; CREATE VIEW schools AS SELECT t.*, grab() FROM t; GRANT SELECT ON schools TO PUBLIC"
        )
        self.expect(world, "writes", columns=(*world.plan.columns, ColumnPlan("g", "grab")), loaded=False)
        assert world.sql("SELECT count(*) FROM t") == [(100,)]

    def test_too_few_rows_are_held(self, world: World):
        world.load()
        before = world.live()
        world.sql("DELETE FROM schools WHERE id > 5")
        report = world.load(row_floor=10)
        assert (report.outcome, report.held and report.held["code"]) == ("held", "row_floor")
        assert world.live() == before
        assert world.parts() == []

    def test_second_load_at_once_is_told_busy(self, world: World):
        def again(phase: str, _report: LoadReport) -> None:
            if phase == "gate":
                with pytest.raises(BusyError):
                    world.load()

        assert world.load(progress=again).outcome == "applied"


class TestFullText:
    def query(self, world: World) -> int:
        table = sql.Identifier(world.plan.resource_id)
        return postgres.rows(
            world.reader,
            sql.SQL("SELECT count(*) FROM {} WHERE _full_text @@ to_tsquery('maktab')").format(table),
        )[0][0]

    def test_on(self, world: World):
        world.load()
        assert self.query(world) == 100

    def test_off(self, world: World):
        world.load(full_text=FullText.OFF)
        assert self.query(world) == 0

    def test_a_new_policy_rebuilds_without_changed_rows(self, world: World):
        world.load(full_text=FullText.OFF)
        report = world.load()
        assert (report.outcome, report.rows_changed, self.query(world)) == ("applied", 0, 100)

    def test_later_is_seen_first_and_found_afterwards(self, world: World):
        report = world.load(full_text=FullText.LATER)
        assert (report.outcome, len(world.live()), self.query(world)) == ("applied", 100, 0)
        told: list[int] = []
        assert make_searchable(world.target, world.plan.resource_id, told.append, step=30) == 100
        assert (told, self.query(world)) == ([30, 60, 90, 100], 100)
        assert make_searchable(world.target, world.plan.resource_id, told.append) == 0

    def test_later_goes_on_where_a_dead_worker_stopped(self, world: World):
        world.load(full_text=FullText.LATER)

        def die(_rows: int) -> None:
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            make_searchable(world.target, world.plan.resource_id, die, step=30)
        assert self.query(world) == 30
        assert make_searchable(world.target, world.plan.resource_id, lambda _rows: None) == 70
        assert self.query(world) == 100

    def test_later_does_not_disturb_a_merge(self, world: World):
        world.load(full_text=FullText.LATER)
        world.sql("UPDATE schools SET name = 'bog‘cha' WHERE id <= 5")
        report = world.load(full_text=FullText.LATER)
        assert (report.strategy, self.query(world)) == ("merge", 0)
        make_searchable(world.target, world.plan.resource_id, lambda _rows: None)
        assert self.query(world) == 95

"""The gates on real tables: what they hold, with which figures, and how a held load goes on."""

from __future__ import annotations

import uuid
from dataclasses import replace
from typing import Any

import pytest

from ckanext.roadmap.loading import engine
from ckanext.roadmap.loading.extract import ExtractError
from ckanext.roadmap.loading.plan import ColumnPlan, SourceAccess
from ckanext.roadmap.loading.publish import held_folder
from ckanext.roadmap.loading.report import LoadReport
from ckanext.roadmap.loading.strictness import GateSettings

from .conftest import NOW, World

STRICT = GateSettings(20, 300, 30, True, False)


def codes(report: LoadReport) -> list[str]:
    return [finding["code"] for finding in report.findings]


def params(report: LoadReport, code: str) -> dict[str, Any]:
    return next(finding["params"] for finding in report.findings if finding["code"] == code)


def resume(world: World, held: LoadReport, approved: frozenset[str], **changes: Any) -> LoadReport:
    """What a person's approval does."""
    folder = held_folder(world.target.folder, held.run_id)
    access = SourceAccess(f"kept://{folder}?sha256={held.files[0].sha256}")
    plan = replace(world.plan, run_id=str(uuid.uuid4()), gates=STRICT, approved=approved, **changes)
    return engine.run(plan, access, world.target, lambda: NOW)


def agreed(report: LoadReport) -> frozenset[str]:
    return frozenset(finding["digest"] for finding in report.findings)


class TestRows:
    @pytest.mark.parametrize(("left", "outcome"), [(80, "applied"), (79, "held"), (1, "held")])
    def test_fewer(self, world: World, left: int, outcome: str):
        world.load()
        world.sql("DELETE FROM schools WHERE id > %s", left)
        report = world.load(gates=replace(STRICT, keys_changed=100))
        assert report.outcome == outcome
        if outcome == "held":
            assert params(report, "rows_fewer") == {
                "rows": left, "before": 100, "percent": float(100 - left), "limit": 20,
            }  # fmt: skip
        assert len(world.live()) == (left if outcome == "applied" else 100)

    def test_a_little_less_with_each_load(self, world: World):
        gates = replace(STRICT, keys_changed=100)
        world.load(gates=gates)
        for left, outcome in ((90, "applied"), (81, "applied"), (73, "held")):
            world.sql("DELETE FROM schools WHERE id > %s", left)
            held = world.load(gates=gates)
            assert (left, held.outcome) == (left, outcome)
        assert params(held, "rows_fewer")["before"] == 100
        assert resume(world, held, agreed(held)).outcome == "applied"
        world.sql("DELETE FROM schools WHERE id > 66")
        assert world.load(gates=gates).outcome == "applied", "from what was agreed to on"

    @pytest.mark.parametrize(("rows", "outcome"), [(400, "applied"), (401, "held"), (1000, "held")])
    def test_more(self, world: World, rows: int, outcome: str):
        world.load()
        world.sql("INSERT INTO schools SELECT n, 'x', 'y', 1 FROM generate_series(101, %s) n", rows)
        assert world.load(gates=STRICT).outcome == outcome

    def test_a_few_rows_may_grow_at_will(self, world: World):
        world.sql("DELETE FROM schools WHERE id > 2")
        world.load()
        world.sql("INSERT INTO schools SELECT n, 'x', 'y', 1 FROM generate_series(3, 102) n")
        assert world.load(gates=STRICT).outcome == "applied"


class TestKeys:
    def test_rows_numbered_anew(self, world: World):
        world.load()
        world.sql("UPDATE schools SET id = id + 1000 WHERE id <= 31")
        report = world.load(gates=STRICT)
        assert params(report, "keys_changed") == {
            "key": "id", "gone": 31, "before": 100, "new": 31, "percent": 31.0, "limit": 30,
        }  # fmt: skip

    def test_in_a_key_of_another_type(self, world: World):
        world.load()
        world.sql("ALTER TABLE schools ALTER id TYPE text")
        assert codes(world.load(gates=STRICT)) == []


class TestRegions:
    def test_a_region_that_vanished(self, world: World):
        world.sql("UPDATE schools SET code = CASE WHEN id < 3 THEN '1703202' ELSE '1726' END")
        world.load(region_column="code")
        world.sql("UPDATE schools SET code = '1726'")
        report = world.load(region_column="code", gates=STRICT)
        assert params(report, "regions_vanished")["regions"] == ["1703"]

    def test_a_district_that_reports_for_its_region_is_enough(self, world: World):
        world.sql("UPDATE schools SET code = '1703202'")
        world.load(region_column="code")
        world.sql("UPDATE schools SET code = '1703'")
        assert world.load(region_column="code", gates=STRICT).outcome == "applied"


class TestTwoKeys:
    def test_every_change_of_a_column_is_told_with_its_profile(self, world: World):
        world.load()
        world.sql(
            "ALTER TABLE schools ALTER pupils TYPE int; UPDATE schools SET secret_note = NULL WHERE id > 1"
        )
        columns = (
            ColumnPlan("id", "id"), ColumnPlan("name", "code"), ColumnPlan("pupils", "pupils"),
            ColumnPlan("note", "secret_note"),
        )  # fmt: skip
        report = world.load(columns=columns, gates=GateSettings(two_keys=True))
        (finding,) = report.findings
        assert (report.outcome, finding["code"]) == ("held", "columns_changed")
        assert finding["params"]["profile"] == [
            {"name": "name", "change": "renamed", "before": "text", "type": "text", "nulls": 0, "distinct": 100},
            {"name": "pupils", "change": "retyped", "before": "numeric", "type": "int4", "nulls": 0, "distinct": 100},
            {"name": "note", "change": "new", "before": None, "type": "text", "nulls": 99, "distinct": 1},
            {"name": "code", "change": "gone", "before": "text", "type": None, "nulls": None, "distinct": None},
        ]  # fmt: skip

    def test_the_first_load_waits_for_its_owner(self, world: World):
        report = world.load(gates=GateSettings(two_keys=True))
        assert (report.outcome, codes(report)) == ("held", ["columns_first"])
        assert not world.staging()

    def test_what_stays_as_it_is_passes(self, world: World):
        world.load()
        world.sql("UPDATE schools SET name = 'other' WHERE id = 1")
        assert world.load(gates=GateSettings(two_keys=True)).outcome == "applied"


class TestPersonalData:
    PINFL = "31203850010029"

    def test_column_kind_and_count_are_told_and_no_value(self, world: World):
        world.sql("UPDATE schools SET name = %s WHERE id <= 3", f"direktor {self.PINFL}")
        world.sql(
            "ALTER TABLE schools ADD jshshir bigint; UPDATE schools SET jshshir = %s WHERE id = 5", self.PINFL
        )
        columns = (*world.plan.columns, ColumnPlan("number", "jshshir"))
        report = world.load(columns=columns, gates=GateSettings(personal=True))
        assert (report.outcome, codes(report)) == ("held", ["personal_data"])
        assert params(report, "personal_data")["personal"] == [
            {"column": "number", "kind": "identity", "count": None},
            {"column": "name", "kind": "pinfl", "count": 3},
            {"column": "number", "kind": "pinfl", "count": 1},
        ]
        assert self.PINFL not in repr(report.to_dict())

    def test_one_value_among_many_that_look_alike_is_found(self, world: World):
        world.sql(
            "INSERT INTO schools SELECT n, 'hisob 202140000' || lpad(n::text, 9, '0'), 'x', 1 FROM generate_series(101, 21000) n;"
            "UPDATE schools SET name = %s WHERE id = 20999",
            "3 120385\u00a0001 0029",
        )
        report = world.load(gates=GateSettings(personal=True))
        assert params(report, "personal_data")["personal"] == [
            {"column": "name", "kind": "pinfl", "count": 1}
        ]

    def test_names_within_json_and_coordinates_by_their_names_at_the_source(self, world: World):
        told = '{"rahbar": {"\\u0444\\u0438\\u043e": "A. B."}, "tug‘ilgan sanasi": "1990"}'
        world.sql(
            "ALTER TABLE schools ADD lat numeric, ADD lon numeric; UPDATE schools SET code = %s WHERE id = 9",
            told,
        )
        columns = (*world.plan.columns, ColumnPlan("a", "lat"), ColumnPlan("b", "lon"))
        report = world.load(columns=columns, gates=GateSettings(personal=True))
        assert [(one["column"], one["kind"]) for one in params(report, "personal_data")["personal"]] == [
            ("code", "birth"), ("code", "person_name"), ("a", "home_coordinates"), ("b", "home_coordinates"),
        ]  # fmt: skip

    def test_what_the_mapping_calls_public_passes(self, world: World):
        world.sql("UPDATE schools SET name = '+998 90 123 45 67' WHERE id <= 3")
        columns = tuple(
            replace(one, public=("phone",)) if one.name == "name" else one for one in world.plan.columns
        )
        assert world.load(gates=GateSettings(personal=True)).outcome == "held"
        assert world.load(columns=columns, gates=GateSettings(personal=True)).outcome == "applied"


class TestGoingOn:
    def test_the_same_rows_go_live_whatever_the_source_holds_now(self, world: World):
        world.load()
        world.sql(
            "DELETE FROM schools WHERE id > 50; UPDATE schools SET name = E'a \"quoted\"\\r\\nline,\\n' WHERE id = 1"
        )
        held = world.load(gates=STRICT)
        assert set(codes(held)) == {"rows_fewer", "keys_changed"}
        assert (len(world.live()), world.staging(), world.parts()) == (100, [], [])
        world.sql("DELETE FROM schools")
        report = resume(world, held, agreed(held))
        assert (report.outcome, report.content_hash) == ("applied", held.content_hash)
        assert len(world.live()) == 50
        assert world.live("name")[0] == ('a "quoted"\r\nline,\n',)

    def test_what_was_not_shown_holds_again(self, world: World):
        world.load()
        world.sql("DELETE FROM schools WHERE id > 50")
        held = world.load(gates=STRICT)
        report = resume(world, held, agreed(held), row_floor=60)
        assert (report.outcome, report.held and report.held["code"]) == ("held", "row_floor")
        assert len(world.live()) == 100

    def test_one_of_two_findings_is_not_enough(self, world: World):
        world.load()
        world.sql("DELETE FROM schools WHERE id > 50")
        held = world.load(gates=STRICT)
        one = frozenset(finding["digest"] for finding in held.findings if finding["code"] == "rows_fewer")
        assert resume(world, held, one).outcome == "held"

    def test_figures_that_have_changed_since_hold_again(self, world: World):
        world.load()
        world.sql("DELETE FROM schools WHERE id > 50")
        held = world.load(gates=STRICT)
        world.sql("INSERT INTO schools SELECT n, 'x', 'y', 1 FROM generate_series(51, 120) n")
        world.load()
        assert resume(world, held, agreed(held)).outcome == "held"

    def test_other_bytes_are_refused(self, world: World):
        world.load()
        world.sql("DELETE FROM schools WHERE id > 50")
        held = world.load(gates=STRICT)
        file = held_folder(world.target.folder, held.run_id) / "data.csv"
        file.write_bytes(file.read_bytes().replace(b"maktab 7", b"maktab 8"))
        with pytest.raises(ExtractError) as caught:
            resume(world, held, agreed(held))
        assert caught.value.code == "held_changed"

    def test_another_mapping_is_refused(self, world: World):
        world.load()
        world.sql("DELETE FROM schools WHERE id > 50")
        held = world.load(gates=STRICT)
        with pytest.raises(ExtractError) as caught:
            resume(world, held, agreed(held), columns=world.plan.columns[:2])
        assert caught.value.code == "held_outdated"

    def test_a_rehearsal_keeps_nothing(self, world: World):
        world.load()
        world.sql("DELETE FROM schools WHERE id > 50")
        world.plan = replace(world.plan, gates=STRICT)
        assert world.rehearse().outcome == "held"
        assert world.parts() == []

"""A harvested table over time: versions, change log, retention, cancelling, rehearsal."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import psycopg2
import pytest
import sqlalchemy as sa

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.tests import factories
from ckan.tests.helpers import CKANTestApp

from ckanext.roadmap import config, jobs
from ckanext.roadmap.cli import roadmap
from ckanext.roadmap.loading import engine
from ckanext.roadmap.model import TakedownRow, TakedownStepRow
from ckanext.roadmap.model.columns import new_id
from ckanext.roadmap.model.mapping import Mapping
from ckanext.roadmap.model.run import Run
from ckanext.roadmap.services import clock, connections, ledger, retention
from ckanext.roadmap.tests import postgres
from ckanext.roadmap.tests.country import act

from .conftest import Chain

pytestmark = pytest.mark.usefixtures("with_plugins")
run_engine = engine.run


@pytest.fixture
def twice(chain: Chain) -> Chain:
    """Loaded, changed at the source, and loaded again."""
    chain.map(formats=["jsonl"])
    chain.harvest()
    chain.sql("UPDATE schools SET pupils = 0 WHERE id <= 3; DELETE FROM schools WHERE id = 9")
    chain.sql("INSERT INTO schools VALUES (500, '0500', '1703', 'yangi', 5)")
    reload()
    return chain


def mapping() -> Mapping:
    return model.Session.scalars(Mapping.by_name("schools")).one()


def reload() -> str | None:
    return jobs.load_mapping(mapping().id)


def versions() -> list[dict[str, Any]]:
    return act("roadmap_version_list", resource=mapping().resource_id)["versions"]


def path_of(url: str) -> str:
    return url.removeprefix(tk.config["ckan.site_url"])


class TestVersions:
    def test_each_version_has_an_address_that_gives_its_very_bytes(self, twice: Chain, app: CKANTestApp):
        new, old = versions()
        assert (new["current"], old["current"]) == (True, False)
        assert (new["added"], new["changed"], new["removed"], new["rows"]) == (1, 3, 1, 100)
        for file in [*new["files"], *old["files"]]:
            body = app.get(path_of(file["url"])).data
            assert hashlib.sha256(body).hexdigest() == file["sha256"]
        assert {file["format"] for file in old["files"]} == {"CSV", "JSON Lines"}
        page = app.get(f"/dataset/maktablar/resource/{mapping().resource_id}/versions").body
        assert old["files"][0]["url"].rsplit("/", 2)[1] in page

    def test_a_private_dataset_gives_none_of_it(self, twice: Chain, app: CKANTestApp):
        addresses = [path_of(file["url"]) for version in versions() for file in version["files"]]
        act("package_patch", id=mapping().dataset_id, private=True)
        resource = mapping().resource_id
        for address in [*addresses, f"/roadmap/file/{resource}.csv"]:
            assert app.get(address).status_code == 404
        for name in ("roadmap_version_list", "roadmap_changes_list"):
            with pytest.raises(tk.NotAuthorized):
                tk.get_action(name)({"user": ""}, {"resource": resource})

    def test_what_was_taken_down_never_comes_back_by_an_old_version(self, twice: Chain):
        new, _old = versions()
        run = model.Session.get_one(Run, new["run"])
        takedown = TakedownRow(id=new_id(), dataset_id=run.dataset_id, resource_id=run.resource_id,
                               was_private=False, reason="Names", by="auditor")  # fmt: skip
        at = clock.now()
        ledger.append(model.Session(), at, [takedown])
        step = TakedownStepRow(id=new_id(), takedown_id=takedown.id, kind="reinstated", text="x", by="y")
        ledger.append(model.Session(), at, [step])
        model.Session.commit()
        assert [version["run"] for version in versions()] == [new["run"]]
        assert act("roadmap_changes_list", resource=run.resource_id)["results"] == []


class TestChanges:
    def test_rows_since_a_run_page_by_page(self, twice: Chain):
        new, old = versions()
        asked = {"resource": mapping().resource_id, "since_run": old["run"]}
        whole = act("roadmap_changes_list", **asked)
        assert (whole["complete"], whole["next"], len(whole["results"])) == (True, None, 5)
        kinds = [(row["kind"], row["key"]["id"]) for row in whole["results"]]
        assert sorted(kinds) == [
            ("added", 500),
            ("changed", 1),
            ("changed", 2),
            ("changed", 3),
            ("removed", 9),
        ]
        changed = next(row for row in whole["results"] if row["key"] == {"id": 2})
        assert (changed["before"], changed["after"], changed["run"]) == (
            {"pupils": 2},
            {"pupils": 0},
            new["run"],
        )
        since = model.Session.get_one(Run, new["run"]).published_at.isoformat()
        assert (
            act("roadmap_changes_list", resource=asked["resource"], since=since)["results"]
            == whole["results"]
        )
        paged, after = [], 0
        while after is not None:
            page = act("roadmap_changes_list", **asked, limit=2, after=after)
            paged, after = paged + page["results"], page["next"]
            if len(paged) == 2:
                twice.sql("UPDATE schools SET pupils = 77 WHERE id = 50")
                reload()
        assert paged[:5] == whole["results"]
        assert [row["key"] for row in paged[5:]] == [{"id": 50}]

    def test_the_first_load_says_that_it_has_no_rows_in_the_log(self, twice: Chain, app: CKANTestApp):
        found = act("roadmap_changes_list", resource=mapping().resource_id)
        assert [run["reason"] for run in found["runs"]] == ["first", None]
        assert found["complete"] is False
        address = f"/dataset/maktablar/resource/{mapping().resource_id}/changes"
        assert "0500" in app.get(address).body
        lines = [json.loads(line) for line in app.get(f"{address}?format=jsonl").body.splitlines()]
        assert [line["kind"] for line in lines].count("changed") == 3
        assert app.get(f"{address}?format=csv").body.splitlines()[0].startswith("place,published_at,run,kind")

    def test_a_run_of_another_table_is_not_found(self, twice: Chain):
        with pytest.raises(tk.ObjectNotFound):
            act("roadmap_changes_list", resource=mapping().resource_id, since_run="none")


class TestRetention:
    def test_only_what_outlived_its_rule_goes(self, twice: Chain):
        for pupils in (11, 12, 13):
            twice.sql("UPDATE schools SET pupils = %s WHERE id = 60", pupils)
            reload()
        runs = list(model.Session.scalars(Run.versions(mapping().resource_id)))
        assert len(runs) == 5
        now, tz, target = clock.now(), config.timezone(), connections.target()
        none = timedelta(0)
        cited = set(retention._met_by(model.Session(), now, tz, mapping())) | {runs[0].id}
        kept = retention.Rule(2, timedelta(days=1), timedelta(days=1), timedelta(days=1))
        assert dict(retention.prune(model.Session(), now, tz, target, kept)) == {
            "versions": 0,
            "changes": 0,
            "runs": 0,
            "held": 0,
        }
        later = now + timedelta(seconds=1)
        counts = retention.prune(model.Session(), later, tz, target, retention.Rule(2, none, none, none))
        model.Session.commit()
        spent = [run for run in runs[2:] if run.id not in cited]
        assert counts["versions"] == len(spent) >= 2
        assert counts["changes"] == 8
        assert {version["run"] for version in versions()} == {run.id for run in runs} - {
            run.id for run in spent
        }
        assert counts["runs"] == 0, "data events cite every one of these runs"
        log = act("roadmap_changes_list", resource=mapping().resource_id)
        assert (log["results"], {run["reason"] for run in log["runs"]}) == ([], {"first", "old"})

    def test_a_run_that_nothing_cites_is_forgotten_in_its_time(self, twice: Chain):
        lone = Run(id="lone", mapping_id=mapping().id, mapping_name="schools", connection="x", dataset_id="x",
                   resource_id="x", state="finished", phase="gate", outcome="held", durations={}, files=[],
                   started_at=clock.now() - timedelta(days=1000))  # fmt: skip
        model.Session.add(lone)
        model.Session.commit()
        assert act("roadmap_run_prune")["runs"] == 1


class TestCancel:
    def test_a_run_ends_at_once_in_the_middle_of_a_statement(
        self, twice: Chain, monkeypatch: pytest.MonkeyPatch
    ):
        """Asked for from another session while the source sleeps for a minute."""
        before = twice.search()
        officer = factories.User()
        name = "CREATE VIEW"
        twice.sql("ALTER TABLE schools RENAME TO rows; ")
        twice.sql(
            f"{name} schools AS SELECT rows.* FROM rows, (SELECT pg_sleep(60)) s; GRANT SELECT ON schools TO PUBLIC"
        )
        monkeypatch.setattr(engine, "run", asking(officer["id"]))
        assert reload() == "cancelled"
        run = model.Session.scalars(Run.newest()).first()
        assert run
        assert (run.state, run.outcome, run.error, run.cancelled_by) == (
            "finished",
            "cancelled",
            None,
            officer["id"],
        )
        assert twice.search() == before
        staged = postgres.rows(tk.config["ckan.datastore.write_url"],
                               "SELECT tablename FROM pg_tables WHERE schemaname = 'roadmap_staging'")  # fmt: skip
        assert staged == []
        assert list(config.files_folder().glob("*/.*.part")) == []
        shown = act("roadmap_run_show", id=run.id)
        assert shown["cancelled_by"] == officer["display_name"]
        with pytest.raises(tk.ValidationError):
            act("roadmap_run_cancel", id=run.id)


def asking(user_id: str) -> Callable[..., Any]:
    """The engine, while somebody asks for the end as soon as it reads the source."""

    def run(plan: Any, source: Any, target: Any, now: Any, progress: Any, **more: Any) -> Any:
        def watched(phase: str, report: Any) -> None:
            progress(phase, report)
            if phase == "extract":
                with model.Session().get_bind().begin() as other:
                    values = {"cancel_asked_at": clock.now(), "cancelled_by": user_id}
                    other.execute(sa.update(Run).where(Run.id == plan.run_id).values(**values))

        return run_engine(plan, source, target, now, watched, **more)

    return run


def everything(folder: Path) -> tuple[Any, ...]:
    """Each table of both databases with its rows, and each file."""
    found: list[Any] = []
    for url in (tk.config["sqlalchemy.url"], tk.config["ckan.datastore.write_url"]):
        names = postgres.rows(url, "SELECT schemaname || '.\"' || tablename || '\"' FROM pg_tables"
                                   " WHERE schemaname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1")  # fmt: skip
        for (name,) in names:
            rows = postgres.rows(url, f"SELECT count(*), sum(hashtextextended(t::text, 0)) FROM {name} t")  # noqa: S608
            found.append((name, rows))
    return tuple(found), tuple(
        sorted((str(p), p.stat().st_mtime_ns if p.is_file() else 0) for p in folder.rglob("*"))
    )


class TestRehearsal:
    def test_it_tells_what_would_change_and_leaves_nothing_behind(self, twice: Chain, cli: Any):
        twice.sql("UPDATE schools SET pupils = 99 WHERE id IN (20, 21); DELETE FROM schools WHERE id = 30")
        model.Session.commit()
        before = everything(config.files_folder())
        result = cli.invoke(roadmap, ["load", "schools", "--dry-run"])
        assert result.exit_code == 0, result.output
        assert "0 added, 2 changed, 1 removed" in result.output
        assert 'changed: {"id": 20}' in result.output
        assert "Nothing was changed." in result.output
        assert everything(config.files_folder()) == before

    def test_a_file_is_rehearsed_and_loaded(self, chain: Chain, cli: Any, tmp_path: Path):
        resource = factories.Resource(
            package_id=factories.Dataset(owner_org="ministry-education")["id"], url_type="datastore"
        )["id"]
        file = tmp_path / "rows.csv"
        file.write_text("code,name,pupils\n007,Toshkent,5\n008,,7\n")
        told = cli.invoke(roadmap, ["load", str(file), "--resource", resource, "--dry-run"])
        assert "would change by swap (first): 2 rows read" in told.output
        with pytest.raises(psycopg2.errors.UndefinedTable):
            postgres.rows(tk.config["ckan.datastore.write_url"], f'SELECT * FROM "{resource}"')  # noqa: S608
        done = cli.invoke(roadmap, ["load", str(file), "--resource", resource, "--key", "code"])
        assert done.exit_code == 0, done.output
        assert [row["code"] for row in act("datastore_search", resource_id=resource)["records"]] == [
            "007",
            "008",
        ]
        file.write_text("code,name,pupils\n007,Toshkent\n")
        bad = cli.invoke(roadmap, ["load", str(file), "--resource", resource])
        assert bad.exit_code == 1
        assert "2" in bad.output

"""From a ministry's PostgreSQL to the DataStore, through ckanext-harvest."""

from __future__ import annotations

import time

import pytest
import sqlalchemy as sa
from bs4 import BeautifulSoup
from psycopg2 import sql

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.tests import factories

from ckanext.datastore.logic.action import datastore_search_sql
from ckanext.harvest.model import HarvestObject, HarvestSource
from ckanext.roadmap.harvesters.database import RoadmapDatabaseHarvester
from ckanext.roadmap.harvesters.mapped import connection_of
from ckanext.roadmap.model import DataEventRow, Publication
from ckanext.roadmap.services import mapping_looks
from ckanext.roadmap.tests.country import act
from ckanext.roadmap.tests.logic.acting import member
from ckanext.roadmap.tests.sources.http.sites import serving

from .conftest import CONNECTION, Chain

pytestmark = pytest.mark.usefixtures("with_plugins")


def events() -> list[DataEventRow]:
    return list(model.Session.scalars(sa.select(DataEventRow).order_by(DataEventRow.seq)))


class TestHarvest:
    def test_publishes_dataset_table_link_and_event(self, chain: Chain):
        (row,) = chain.harvest()["mappings"]
        assert (row["outcome"], row["run"]["rows_in"]) == ("applied", 100)
        dataset = act("package_show", id="maktablar")
        assert dataset["organization"]["name"] == "ministry-education"
        assert (dataset["item_code"], dataset["frequency"]) == ("E-01", "quarterly")
        assert dataset["title_translated"] == {"uz": "Maktablar", "ru": "Школы"}
        (resource,) = dataset["resources"]
        assert resource["datastore_active"]
        assert resource["hash"] == row["run"]["files"][0]["sha256"]
        assert act("package_search", q="maktablar")["count"] == 1
        assert chain.search()[6]["code"] == "0000007"
        (link,) = model.Session.scalars(sa.select(Publication))
        assert (link.dataset_id, link.confirmed_at is not None) == (dataset["id"], True)
        (event,) = events()
        assert (event.kind, event.grade, event.rows, event.regions) == (
            "changed",
            "measured",
            100,
            ["1703", "1726"],
        )

    def test_again_unchanged(self, chain: Chain):
        chain.harvest()
        (row,) = chain.harvest()["mappings"]
        assert row["outcome"] == "unchanged"
        assert [event.kind for event in events()] == ["changed", "unchanged"]
        assert events()[1].live_read_at is not None

    def test_fourteen_rows_changed(self, chain: Chain):
        chain.harvest()
        chain.sql("UPDATE schools SET pupils = pupils + 1 WHERE id <= 14")
        (row,) = chain.harvest()["mappings"]
        assert (row["outcome"], row["run"]["rows_changed"]) == ("applied", 14)
        assert events()[1].rows_changed == 14
        assert chain.search()[0]["pupils"] == 2

    def test_dropped_column_keeps_the_old_rows(self, chain: Chain):
        chain.harvest()
        chain.sql("ALTER TABLE schools DROP COLUMN name")
        done = chain.harvest()
        assert done["mappings"][0]["outcome"] == "failed"
        assert len(chain.search()) == 100
        assert [event.kind for event in events()] == ["changed", "failed"]
        job = act("harvest_job_show", id=done["job_id"])
        assert job["stats"]["errored"] == 1
        (report,) = act("harvest_job_report", id=done["job_id"])["object_errors"].values()
        assert "no column name" in report["errors"][0]["message"]
        assert "Restore them at the source" in report["errors"][0]["message"]

    def test_unreachable_source_is_a_failed_run(self, chain: Chain):
        chain.sql("DROP TABLE schools")
        (row,) = chain.harvest()["mappings"]
        assert row["outcome"] == "failed"
        assert row["run"]["error"]["code"] == "table_missing"
        assert act("roadmap_run_list", mapping="schools")["count"] == 1

    def test_held_run_says_why(self, chain: Chain):
        chain.harvest()
        chain.map(row_floor=50)
        chain.sql("DELETE FROM schools WHERE id > 10")
        (row,) = chain.harvest()["mappings"]
        assert row["outcome"] == "held"
        assert "at least 50" in row["error"]
        assert len(chain.search()) == 100
        assert [event.kind for event in events()] == ["changed"]

    def test_a_changed_mapping_mends_the_dataset(self, chain: Chain):
        chain.harvest()
        chain.map(dataset={"name": "maktablar", "title": {"uz": "Yangi nom"}})
        chain.harvest()
        assert act("package_show", id="maktablar")["title"] == "Yangi nom"

    def test_what_was_deleted_here_stays_deleted_until_somebody_brings_it_back(self, chain: Chain):
        chain.harvest()
        dataset = act("package_show", id="maktablar")
        act("package_delete", id=dataset["id"])
        (row,) = chain.harvest()["mappings"]
        assert (row["outcome"], row["run"]["error"]["code"]) == ("failed", "dataset_deleted")
        assert act("package_show", id=dataset["id"])["state"] == "deleted"
        act("package_patch", id=dataset["id"], state="active")
        act("resource_delete", id=dataset["resources"][0]["id"])
        (row,) = chain.harvest()["mappings"]
        assert (row["outcome"], row["run"]["error"]["code"]) == ("failed", "resource_deleted")
        assert act("package_show", id=dataset["id"])["resources"] == []
        back = {"id": dataset["resources"][0]["id"], "name": "Maktablar", "url_type": "datastore"}
        act("package_revise", match={"id": dataset["id"]}, update__resources__extend=[back])
        (row,) = chain.harvest()["mappings"]
        assert row["outcome"] == "applied"
        assert len(chain.search()) == 100

    def test_without_a_mapping_there_is_no_harvest(self, chain: Chain):
        with pytest.raises(tk.ValidationError, match="No mapping uses the connection tax"):
            act("roadmap_harvest_start", connection="tax")

    def test_connection_that_the_operator_took_away(self, chain: Chain, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.delenv("CKANEXT__ROADMAP__CONNECTION__EDUCATION__URL")
        (row,) = chain.harvest()["mappings"]
        assert row["run"]["error"]["code"] == "connection_unknown"

    def test_a_fetched_object_holds_no_rows_and_no_address(self, chain: Chain):
        chain.harvest()
        (content,) = [row.content for row in model.Session.query(HarvestObject)]
        assert len(content) < 600
        for part in (chain.account, chain.password, "127.0.0.1", "maktab 1"):
            assert part not in content


class TestTable:
    """A table loaded by us answers CKAN's own actions."""

    @pytest.fixture(autouse=True)
    def _loaded(self, chain: Chain):
        chain.harvest()
        self.id = act("roadmap_mapping_show", name="schools")["resource_id"]

    def test_search_by_text_filter_and_sort(self):
        assert act("datastore_search", resource_id=self.id, q="maktab")["total"] == 100
        found = act("datastore_search", resource_id=self.id, filters={"code": "0000009"})
        assert [row["id"] for row in found["records"]] == [9]

    def test_search_sql(self):
        user = tk.get_action("get_site_user")({"ignore_auth": True}, {})["name"]
        context = {"user": user, "ignore_auth": True}
        found = datastore_search_sql(context, {"sql": f'SELECT pupils FROM "{self.id}" WHERE id = 7'})
        assert found["records"] == [{"pupils": 7}]

    def test_upsert_by_key(self):
        act("datastore_upsert", resource_id=self.id, records=[{"id": 1, "name": "Eski nom"}], method="upsert")
        act(
            "datastore_upsert", resource_id=self.id, records=[{"id": 1, "name": "Yangi nom"}], method="update"
        )
        assert act("datastore_search", resource_id=self.id, q="yangi")["total"] == 1
        assert act("datastore_search", resource_id=self.id)["total"] == 100

    def test_info_and_dictionary(self):
        fields = {field["id"]: field for field in act("datastore_info", id=self.id)["fields"]}
        assert fields["id"]["type"] == "int4"
        assert fields["id"]["info"]["label"] == "Raqami"

    @pytest.mark.parametrize(
        ("lang", "label", "notes"),
        [("uz", "Raqami", "Reyestrdagi raqam"), ("uz_Cyrl", "Рақами", "Реестрдаги рақам"),
         ("ru", "Номер", "Номер в реестре"), ("en", "Number", "Number in the register")],
    )  # fmt: skip
    def test_the_dictionary_is_read_in_the_language_of_the_page(self, app, lang: str, label: str, notes: str):
        shown = app.get(f"/{lang}/dataset/maktablar/resource/{self.id}").body
        (item, *_others) = BeautifulSoup(shown, "html.parser").select(".accordion-item")
        assert label in item.select_one("h3").get_text()
        assert notes in item.select_one("dl").get_text()

    def test_dictionary_edit_survives_a_load(self, chain: Chain):
        fields = [{"id": "code", "type": "text", "info": {"label": "Maktab kodi"}}]
        act("datastore_create", resource_id=self.id, fields=fields)
        chain.sql("DELETE FROM schools WHERE id = 1")
        chain.harvest()
        info = {field["id"]: field.get("info", {}) for field in act("datastore_info", id=self.id)["fields"]}
        assert info["code"]["label"] == "Maktab kodi"
        assert len(chain.search()) == 99

    def test_file(self, app):
        answer = app.get(f"/roadmap/file/{self.id}.csv")
        assert answer.body.splitlines()[:2] == ["id,code,region,name,pupils", "1,0000001,1703,maktab 1,1"]
        assert (
            app.get("/roadmap/file/00000000-0000-0000-0000-000000000000.csv", expect_errors=True).status_code
            == 404
        )

    def test_dump(self, app):
        text = app.get(f"/datastore/dump/{self.id}").body
        assert text.splitlines()[1] == "1,1,0000001,1703,maktab 1,1"


class TestLook:
    """Somebody waits in front of a page for what a source has."""

    def test_a_database_that_counts_slowly_tells_names_and_types(
        self, chain: Chain, app, monkeypatch: pytest.MonkeyPatch
    ):
        monkeypatch.setattr(mapping_looks, "SECONDS", 4)
        chain.sql("CREATE VIEW slow AS SELECT id, pg_sleep(1)::text AS name FROM schools")
        chain.sql(sql.SQL("GRANT SELECT ON slow TO {}").format(sql.Identifier(chain.account)))
        look = act("roadmap_source_look", connection=CONNECTION, table="slow")
        assert (look["problem"], look["rows"], look["whole"]) == (None, None, False)
        told = [(one["source"], one["kind"], one["nulls"], one["distinct"]) for one in look["columns"]]
        assert told == [("id", "INTEGER", None, None), ("name", "TEXT", None, None)]
        token = act("api_token_create", user=member("statistics-agency"), name="t")["token"]
        address = f"/en/mappings/new?connection={CONNECTION}&table=slow"
        shown = app.get(address, headers={"Authorization": token}).body
        assert "names and types are all that is told here" in shown

    def test_a_site_that_is_silent_is_a_matter_for_a_rehearsal(
        self, chain: Chain, ckan_config, monkeypatch: pytest.MonkeyPatch
    ):
        monkeypatch.setattr(mapping_looks, "SECONDS", 1)
        monkeypatch.setitem(ckan_config, "ckanext.roadmap.http.allowed_networks", ["127.0.0.0/8"])
        with serving() as site:
            site.pages["/slow.csv"] = lambda _handler: time.sleep(2)
            monkeypatch.setenv("CKANEXT__ROADMAP__CONNECTION__EDUCATION__URL", site.url("/"))
            problem = act("roadmap_source_look", connection=CONNECTION, table="slow.csv")["problem"]
        assert (problem["code"], problem["params"]) == ("look_slow", {"seconds": "1"})


class TestSource:
    def test_configuration_must_be_empty(self):
        harvester = RoadmapDatabaseHarvester()
        assert harvester.validate_config("{}") == "{}"
        for text in ('{"password": "x"}', '{"url": "postgresql://u:p@h/x"}', '{"a": 1}'):
            with pytest.raises(ValueError, match="public"):
                harvester.validate_config(text)

    @pytest.mark.parametrize("action", ["harvest_source_create", "package_create"])
    @pytest.mark.parametrize(
        ("field", "value"), [("url", "postgresql://u:Geheim77@h/x"), ("config", '{"password": "Geheim77"}')]
    )
    def test_a_secret_is_not_taken(self, chain: Chain, caplog, action: str, field: str, value: str):
        source = {
            "name": "x",
            "url": "roadmap://x",
            "source_type": "roadmap_database",
            "type": "harvest",
            field: value,
        }
        with pytest.raises(tk.ValidationError) as raised:
            act(action, **source, owner_org="ministry-education")
        assert list(raised.value.error_dict) == [field]
        assert "Geheim77" not in caplog.text

    def test_address_names_a_connection(self):
        assert connection_of("roadmap://education") == "education"
        assert connection_of("https://example.org") == ""

    def test_nobody_is_mailed(self, chain: Chain):
        factories.Sysadmin()
        chain.harvest()
        source = model.Session.query(HarvestSource).one()
        assert act("harvest_get_notifications_recipients", source_id=source.id) == []

    def test_clearing_is_refused(self, chain: Chain):
        chain.harvest()
        source = model.Session.query(HarvestSource).one()
        with pytest.raises(tk.ValidationError, match="answer obligations"):
            act("harvest_source_clear", id=source.id)
        assert len(chain.search()) == 100

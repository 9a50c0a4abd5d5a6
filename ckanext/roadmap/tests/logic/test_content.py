"""Files and tables that the portal holds itself: each way they can change, and what does not count."""

from __future__ import annotations

import contextlib
import gzip
import io
import os
from pathlib import Path

import pytest
import sqlalchemy as sa
import xlsxwriter
from werkzeug.datastructures import FileStorage

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.lib import uploader
from ckan.tests import factories

from ckanext.datastore.backend.postgres import get_write_engine
from ckanext.roadmap.domain import content as domain_content
from ckanext.roadmap.logic import content_marks
from ckanext.roadmap.model import ContentLookRow, ContentMark
from ckanext.roadmap.services import events as recording
from ckanext.roadmap.services import ledger, publications
from ckanext.roadmap.tests.country import act, approve, import_bodies, import_list
from ckanext.roadmap.tests.logic.acting import deadlines

pytestmark = pytest.mark.usefixtures("clean_db", "clean_index", "with_plugins", "rehearsal")

ROWS = b"code,region,amount\n1,1703,5\n2,1706,6\n"
MORE = b"code,region,amount\n1,1703,5\n2,1706,7\n"
FINANCE = {"item": "F-01", "body": "ministry-finance"}
FIELDS = [{"id": "code", "type": "text"}, {"id": "amount", "type": "int"}]


@pytest.fixture
def dataset(rehearsal, ckan_config, monkeypatch):
    """The Ministry of Finance answers F-01 by a dataset of the portal, which holds nothing yet."""
    monkeypatch.setitem(ckan_config, "ckanext.roadmap.content.pause", 0)
    rehearsal.set("2023-01-25T12:00")
    import_bodies()
    import_list()
    approve()
    at = rehearsal.set("2023-04-02T12:00")
    made = factories.Dataset(name="purchases", owner_org="ministry-finance")
    link(made["id"], at)
    return made["id"]


def link(dataset_id, at):
    link_item("F-01", dataset_id, at)


def link_item(code, dataset_id, at):
    obligation = publications.obligations_for(model.Session(), code, "ministry-finance", at.date())[0]
    publications.link(model.Session(), at, obligation.id, dataset_id, None, "officer", "chosen")
    model.Session.commit()


def file(content, name="data.csv"):
    return FileStorage(io.BytesIO(content), filename=name)


def book(rows, **options):
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as workbook:
        sheet = workbook.add_worksheet(options.get("sheet", "Data"))
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return buffer.getvalue()


def put(dataset_id, content=ROWS, name="data.csv", form="CSV"):
    return act("resource_create", package_id=dataset_id, upload=file(content, name), format=form)["id"]


def again(resource_id, content, name="data.csv", form="CSV"):
    act("resource_patch", id=resource_id, upload=file(content, name), format=form)


def measure(**data):
    return act("roadmap_content_measure", **data)


def published(code):
    return act("roadmap_compliance_show", item=code, body="ministry-finance")["total"]["published"]["met"]


def events():
    return act("roadmap_event_list", **FINANCE)["events"]


def told():
    measure()
    return [(event["kind"], event["label"]) for event in events()]


def marks():
    return model.Session.scalar(sa.select(sa.func.count()).select_from(ContentMark))


def test_an_uploaded_file_is_a_measured_event_of_the_time_of_its_upload(dataset, rehearsal):
    rehearsal.set("2023-04-10T23:50")
    put(dataset)
    rehearsal.set("2023-04-11T00:10")
    assert measure()["changed"] == 1
    (event,) = events()
    assert (event["kind"], event["grade"], event["source"]) == ("changed", "measured", "upload")
    assert (event["rows"], event["columns"]) == (2, ["amount", "code", "region"])
    assert event["at"] == "2023-04-10T18:50:00+00:00"
    assert deadlines(**FINANCE)["2023-03"]["status"] == "on_time"
    assert marks() == 0


SAVED_ANEW = [
    (ROWS, "data.csv", "CSV"),
    (b"\xef\xbb\xbf" + ROWS, "data.csv", "CSV"),
    (ROWS.replace(b",", b";").replace(b"\n", b"\r\n"), "data.csv", "CSV"),
    (b"code,region,amount\n2,1706,6\n1,1703,5\n", "data.csv", "CSV"),
    (ROWS.decode().encode("utf-16"), "data.csv", "CSV"),
    (book([["code", "region", "amount"], [1, "1703", 5], [2, "1706", 6]]), "data.xlsx", "XLSX"),
]


def test_the_same_data_saved_anew_are_unchanged(dataset, rehearsal):
    resource = put(dataset)
    measure()
    rehearsal.set("2023-05-05T12:00")
    for content, name, form in SAVED_ANEW:
        again(resource, content, name, form)
        measure()
    assert [(event["kind"], event["label"]) for event in events()[1:]] == [("unchanged", "resaved")] * 6
    assert deadlines(**FINANCE)["2023-04"]["status"] not in ("on_time", "late_met")


def test_a_book_saved_anew_is_unchanged(dataset):
    rows = [["code", "amount"], [1, 5], [2, 6]]
    resource = put(dataset, book(rows), "data.xlsx", "XLSX")
    measure()
    again(resource, book([rows[0], rows[2], rows[1]], sheet="Other"), "data.xlsx", "XLSX")
    assert told() == [("changed", None), ("unchanged", "resaved")]


def test_a_book_saved_as_text_is_unchanged(dataset):
    resource = put(
        dataset, book([["code", "amount", "open"], [1, 5.0, True], [2, 6.5, False]]), "a.xlsx", "XLSX"
    )
    measure()
    for truths in (("TRUE", "FALSE"), ("ИСТИНА", "ЛОЖЬ")):
        again(resource, "code,amount,open\n1,5,{}\n2,6.50,{}\n".format(*truths).encode())
        measure()
    assert told() == [("changed", None)] + [("unchanged", "resaved")] * 2


def test_an_edit_of_the_words_gives_no_event(dataset):
    resource = put(dataset)
    measure()
    act("resource_patch", id=resource, description="Other words", last_modified="2023-06-01")
    act("package_patch", id=dataset, notes="Other words")
    assert marks() == 1
    assert told() == [("changed", None)]
    assert marks() == 0
    assert model.Session.scalar(sa.select(sa.func.count()).select_from(ContentLookRow)) == 1


def test_what_is_odd_is_labelled(dataset):
    resource = put(dataset, b"code,amount,updated_at\n1,5,2023-01-01\n2,6,2023-01-01\n")
    measure()
    for content in (
        b"code,amount,updated_at\n1,5,2023-02-02\n2,6,2023-02-02\n",
        b"code,amount,updated_at\n1,5,2023-02-02\n",
        b"code,amount,updated_at\n1,5,2023-01-01\n2,6,2023-01-01\n",
    ):
        again(resource, content)
        measure()
    labels = [event["label"] for event in events()]
    assert labels == [None, "timestamps_only", "fewer_rows", "flip_flop"]


def test_files_changed_together_are_one_event(dataset):
    first, second = put(dataset), put(dataset, b"code,amount\n9,9\n")
    assert told() == [("changed", None)]
    assert events()[0]["rows"] == 3
    again(first, MORE)
    again(second, b"code,amount\n9,8\n")
    assert told() == [("changed", None)] * 2


def test_a_file_that_is_taken_away_makes_the_rest_no_news(dataset):
    put(dataset)
    second = put(dataset, b"code,amount\n9,9\n")
    measure()
    act("resource_delete", id=second)
    assert told() == [("changed", None), ("unchanged", "part_removed")]
    put(dataset, b"code,amount\n9,9\n")
    assert told()[2:] == [("changed", "flip_flop")], "what returns was there before"
    assert events()[2]["content_hash"] == events()[0]["content_hash"]


def test_a_paper_beside_a_table_is_no_data(dataset):
    put(dataset)
    measure()
    paper = put(dataset, b"%PDF-1.4 methodology", "methodology.pdf", "PDF")
    assert told() == [("changed", None)]
    again(paper, b"%PDF-1.4 methodology, second edition", "methodology.pdf", "PDF")
    assert told() == [("changed", None)]


def test_the_last_file_taken_away_withdraws_the_data(dataset):
    resource = put(dataset)
    measure()
    act("resource_delete", id=resource)
    assert told() == [("changed", None), ("withdrawn", None)]
    assert told() == [("changed", None), ("withdrawn", None)]


def test_an_edit_takes_nothing_away_of_what_a_load_run_brought(dataset, rehearsal):
    at = rehearsal.set("2023-04-03T12:00")
    obligation = publications.obligations_for(model.Session(), "F-01", "ministry-finance", at.date())[0]
    seen = {"kind": "changed", "at": at, "grade": "measured", "source": "run", "place": "portal"}
    recording.record(
        model.Session(), at, obligation_ids=[obligation.id], dataset_id=dataset, content_hash="a" * 64, **seen
    )
    model.Session.commit()
    act("package_patch", id=dataset, notes="other words")
    assert told() == [("changed", None)]


def test_visibility(dataset, rehearsal):
    put(dataset)
    measure()
    act("package_patch", id=dataset, private=True)
    act("package_patch", id=dataset, private=False)
    assert told() == [("changed", None), ("withdrawn", None), ("unchanged", "public_again")]
    act("bulk_update_private", datasets=[dataset], org_id=act("package_show", id=dataset)["owner_org"])
    assert told()[3:] == [("withdrawn", None)]
    act("bulk_update_public", datasets=[dataset], org_id=act("package_show", id=dataset)["owner_org"])
    assert told()[4:] == [("unchanged", "public_again")]


def table(dataset_id, records):
    made = act(
        "datastore_create",
        resource={"package_id": dataset_id},
        fields=FIELDS,
        primary_key="code",
        records=records,
    )
    return made["resource_id"]


RECORDS = [{"code": "1", "amount": 5}, {"code": "2", "amount": 6}]


def test_a_table_written_through_the_api(dataset, rehearsal):
    resource = table(dataset, RECORDS)
    assert measure()["changed"] == 1
    assert (events()[0]["source"], events()[0]["rows"]) == ("datastore", 2)
    rehearsal.set("2023-05-05T12:00")
    act("datastore_upsert", resource_id=resource, method="upsert", records=[{"code": "2", "amount": 7}])
    assert told()[1:] == [("changed", None)]
    act("datastore_upsert", resource_id=resource, method="upsert", records=[{"code": "2", "amount": 7}])
    assert told()[2:] == [("unchanged", "resaved")]
    act("datastore_records_delete", resource_id=resource, filters={"code": "2"})
    assert told()[3:] == [("changed", "fewer_rows")]
    act("datastore_delete", resource_id=resource)
    assert told()[4:] == [("withdrawn", None)]
    assert deadlines(**FINANCE)["2023-04"]["status"] == "on_time"


def test_refused_and_dry_writes_leave_no_mark(dataset):
    resource = table(dataset, RECORDS)
    measure()
    for bad in ({"records": [{"code": "3", "amount": "many"}]}, {"dry_run": True, "records": RECORDS}):
        with contextlib.suppress(tk.ValidationError):
            act("datastore_upsert", resource_id=resource, method="upsert", **bad)
    assert marks() == 0
    assert told() == [("changed", None)]


def test_a_writer_that_dies_leaves_its_mark(dataset):
    resource = table(dataset, RECORDS)
    measure()

    def die() -> None:
        with content_marks.writing({"resource_id": resource}):
            with get_write_engine().begin() as connection:
                connection.execute(sa.text(f"UPDATE \"{resource}\" SET amount = 8 WHERE code = '2'"))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        die()
    assert measure()["datasets"] == 0, "it may still be writing"
    model.Session.execute(sa.update(ContentMark).values(due_at=sa.func.now()))
    model.Session.commit()
    assert told() == [("changed", None), ("changed", None)]


def test_writes_are_measured_after_a_pause(dataset, ckan_config, monkeypatch):
    monkeypatch.setitem(ckan_config, "ckanext.roadmap.content.pause", 3600)
    put(dataset)
    assert measure()["changed"] == 1, "never seen, so the sweep takes it at once"
    put(dataset, MORE)
    assert measure()["datasets"] == 0
    job = tk.job_from_id(f"content_{dataset}")
    assert job.func(*job.args) == ["changed"]


def test_what_was_linked_later_counts_from_when_it_was_seen(rehearsal, dataset):
    put(dataset)
    measure()
    at = rehearsal.set("2023-04-20T12:00")
    link_item("F-02", dataset, at)
    assert measure()["changed"] == 1
    (event,) = act("roadmap_event_list", item="F-02", body="ministry-finance")["events"]
    assert (event["kind"], event["at"][:10]) == ("changed", "2023-04-02")


def test_looks_are_chained(dataset):
    put(dataset)
    measure()
    assert ledger.verify(model.Session())["roadmap_content_look"] == []
    with pytest.raises(sa.exc.ProgrammingError, match="append-only"):
        model.Session.execute(sa.update(ContentLookRow).values(rows=1))
    model.Session.rollback()


def test_data_of_a_proposed_link_count_from_when_they_were_seen(rehearsal, dataset):
    at = rehearsal.set("2023-04-05T12:00")
    made = factories.Dataset(name="benefits", owner_org="ministry-finance")["id"]
    obligation = publications.obligations_for(model.Session(), "F-02", "ministry-finance", at.date())[0]
    found = publications.link(model.Session(), at, obligation.id, made, None, "matcher", "title")
    found.confirmed_at = None
    model.Session.commit()
    put(made)
    assert measure()["changed"] == 0, "nobody has confirmed it"
    at = rehearsal.set("2023-05-20T12:00")
    publications.link(model.Session(), at, obligation.id, made, None, "officer", "title")
    model.Session.commit()
    assert measure()["changed"] == 1
    (event,) = act("roadmap_event_list", item="F-02", body="ministry-finance")["events"]
    assert event["at"][:10] == "2023-04-05"


OLD = {
    "table": ("data.csv", "CSV", ROWS),
    "paper": ("data.pdf", "PDF", b"%PDF-1.4 all that there is"),
    "packed": ("data.gz", "GZ", gzip.compress(ROWS)),
    "unknown": ("data.bin", "", b"\x00\x01\x02"),
}


@pytest.mark.parametrize("kind", OLD)
def test_data_older_than_their_link_are_published_by_the_look_after_it(dataset, rehearsal, kind):
    name, form, content = OLD[kind]
    made = factories.Dataset(name="benefits", owner_org="ministry-finance")["id"]
    put(made, content, name, form)
    link_item("F-02", made, rehearsal.set("2023-04-05T12:00"))
    assert published("F-02") == 0, "a link alone publishes nothing"
    assert measure()["changed"] == 1
    assert published("F-02") == 1


def test_the_same_bytes_read_another_way_are_no_news(dataset, monkeypatch):
    resource = put(dataset)
    measure()
    monkeypatch.setattr(domain_content, "_hashed", lambda *parts: "other" + "".join(parts)[:50])
    path = Path(uploader.get_resource_uploader({"url": "data.csv"}).get_path(resource))
    os.utime(path)  # a restored backup: the time is another, the bytes are not
    act("package_patch", id=dataset, notes="Another word")
    assert told() == [("changed", None)]
    assert marks() == 0

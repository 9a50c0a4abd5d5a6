"""Links to data on other sites: looked at, kept in the ledger, told as data events."""

from __future__ import annotations

import contextlib

import pytest
import sqlalchemy as sa

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.tests import factories

from ckanext.roadmap.model import Publication, SiteCheckRow
from ckanext.roadmap.services import clock, ledger, publications
from ckanext.roadmap.tests.country import ITEMS, act, approve, import_bodies, import_list
from ckanext.roadmap.tests.logic.acting import as_user, deadline_of, deadlines, member
from ckanext.roadmap.tests.sources.http.sites import page, serving

pytestmark = pytest.mark.usefixtures("clean_db", "clean_index", "with_plugins", "rehearsal")

ROWS = b"code,region,amount\n1,1703,5\n2,1706,6\n"
MORE = b"code,region,amount\n1,1703,5\n2,1706,7\n"
FINANCE = {"item": "F-01", "body": "ministry-finance"}


@pytest.fixture
def site(ckan_config, monkeypatch):
    monkeypatch.setitem(ckan_config, "ckanext.roadmap.http.allowed_networks", ["127.0.0.1/32"])
    monkeypatch.setitem(ckan_config, "ckanext.roadmap.site.pause", 0)
    with serving() as one:
        one.pages["/a.csv"] = page(ROWS, ETag='"1"')
        yield one


@pytest.fixture
def linked(site, rehearsal):
    """The Ministry of Finance answers F-01 by a file on its own site."""
    enact(rehearsal)
    return link(site, rehearsal)


def enact(rehearsal, items=ITEMS):
    rehearsal.set("2023-01-25T12:00")
    import_bodies()
    import_list(items)
    approve()


def link(site, rehearsal, path="/a.csv", place="portal", name="purchases", **resource):
    at = rehearsal.set("2023-04-02T12:00")
    dataset = factories.Dataset(name=name, owner_org="ministry-finance")
    made = factories.Resource(package_id=dataset["id"], url=site.url(path), format="CSV", **resource)
    obligation = publications.obligations_for(model.Session(), "F-01", "ministry-finance", at.date())[0]
    publications.link(model.Session(), at, obligation.id, dataset["id"], None, "officer", "chosen", place)
    model.Session.commit()
    return made


def check(**data):
    return act("roadmap_site_check", **data)


def events(**data):
    return act("roadmap_event_list", **{**FINANCE, **data})["events"]


def links(**data):
    return tk.get_action("roadmap_link_list")({"user": "", "ignore_auth": False}, data)["links"]


def test_new_data_become_a_measured_event_and_meet_the_deadline(linked, site, rehearsal):
    rehearsal.set("2023-04-05T12:00")
    assert check()["changed"] == 1
    (event,) = events()
    assert (event["kind"], event["grade"], event["source"]) == ("changed", "measured", "site")
    assert (event["place"], event["rows"], event["resource_id"]) == ("portal", 2, linked["id"])
    assert deadlines(**FINANCE)["2023-03"]["status"] == "on_time"


def test_unchanged_data_are_kept_as_a_look_and_make_no_event(linked, site, rehearsal):
    check()
    site.pages["/a.csv"] = page(b"\xef\xbb\xbf" + ROWS.replace(b",", b";"), ETag='"2"')
    rehearsal.set("2023-05-05T12:00")
    assert check()["unchanged"] == 1
    site.pages["/a.csv"] = page(status=304)
    rehearsal.set("2023-05-07T12:00")
    assert check()["unchanged"] == 1
    assert site.asked[-1][1]["if-none-match"] == '"2"'
    assert len(events()) == 1
    (found,) = links()
    assert (found["look"], found["rows"], found["status"]) == ("unchanged", 2, 304)
    assert deadlines(**FINANCE)["2023-04"]["status"] not in ("on_time", "late_met")


def test_other_data_are_a_second_event(linked, site, rehearsal):
    check()
    site.pages["/a.csv"] = page(MORE)
    rehearsal.set("2023-05-05T12:00")
    check()
    assert [event["kind"] for event in events()] == ["changed", "changed"]
    assert deadlines(**FINANCE)["2023-04"]["status"] == "on_time"


def test_data_seen_before_are_told_and_do_not_count(linked, site, rehearsal):
    for day, body in (("2023-04-05", ROWS), ("2023-05-05", MORE), ("2023-06-05", ROWS)):
        site.pages["/a.csv"] = page(body)
        rehearsal.set(f"{day}T12:00")
        check()
    assert events()[-1]["note"] == "flip_flop"
    assert deadlines(**FINANCE)["2023-05"]["status"] not in ("on_time", "late_met")


def test_an_unreachable_link_is_told_once_and_never_compliant(linked, site, rehearsal):
    site.pages.clear()
    for day in ("2023-04-05", "2023-04-06", "2023-04-30"):
        rehearsal.set(f"{day}T12:00")
        assert check()["broken"] == 1
    (event,) = events()
    assert (event["kind"], event["grade"], event["note"]) == ("failed", "unknown", "link_status")
    (found,) = links(broken=True)
    assert found["failures"] == 3
    assert found["error"]["code"] == "link_status"
    assert "404" in found["error"]["problem"]
    assert deadlines(**FINANCE)["2023-03"]["status"] in ("overdue", "delinquent")


def standing(**data):
    """Whether the data are published, and since when their link can't be read."""
    (row,) = act("roadmap_obligation_list", **FINANCE, **data)["obligations"]
    since = (row["dataset"] or {}).get("unreachable_since")
    assert act("roadmap_compliance_show", **FINANCE, **data)["total"]["published"]["met"] == row["published"]
    return row["published"], since and since[:10]


def test_data_that_nobody_could_have_for_a_month_are_public_no_more(linked, site, rehearsal):
    officer = member("ministry-finance")
    assert standing() == (False, None), "a link alone is no data"
    check()
    good = site.pages.pop("/a.csv")
    for day in ("2023-04-05", "2023-04-06", "2023-05-04"):
        rehearsal.set(f"{day}T12:00")
        check()
        assert standing() == (True, "2023-04-05")
    with pytest.raises(tk.ValidationError, match="leads to nothing"):
        as_user(
            officer, "roadmap_attest", deadline=deadline_of("F-01", "2023-04", FINANCE["body"]), reason="Same"
        )
    assert [event["kind"] for event in events()] == ["changed", "failed"]
    for day in ("2023-05-06", "2023-05-08"):
        rehearsal.set(f"{day}T12:00")
        check()
        assert standing()[0] is False
    assert [(one["kind"], one["note"]) for one in events()][2:] == [("withdrawn", "link_lost")]
    assert standing(as_of="2023-05-05") == (True, "2023-04-05"), "what was shown then"
    site.pages["/a.csv"] = good
    rehearsal.set("2023-05-10T12:00")
    check()
    assert [(one["kind"], one["label"]) for one in events()][3:] == [("unchanged", "public_again")]
    assert standing() == (True, None)
    assert act("roadmap_ledger_rebuild")["differing"] == 0


def test_data_behind_one_of_two_links_are_public_still(linked, site, rehearsal):
    site.pages["/b.csv"] = page(MORE)
    factories.Resource(package_id=linked["package_id"], url=site.url("/b.csv"), format="CSV")
    check()
    site.pages.pop("/a.csv")
    for day in ("2023-04-05", "2023-04-06", "2023-05-08"):
        rehearsal.set(f"{day}T12:00")
        check()
    assert standing() == (True, "2023-04-05")
    site.pages.pop("/b.csv")
    for day in ("2023-05-09", "2023-05-10", "2023-06-08"):
        rehearsal.set(f"{day}T12:00")
        check()
    assert [one["kind"] for one in events()] == ["changed", "changed", "failed", "failed", "withdrawn"]


def gone(rehearsal, *names):
    """Links to sites that are closed, seen well before, one site for each."""
    with contextlib.ExitStack() as open_:
        for name in names:
            site = open_.enter_context(serving())
            site.pages["/b.csv"] = page(MORE)
            link(site, rehearsal, "/b.csv", name=name)
        assert check()["changed"] == len(names)


def test_silence_is_held_against_nobody_while_no_site_answers_the_portal(site, rehearsal):
    enact(rehearsal)
    gone(rehearsal, "stocks", "debts")
    rehearsal.set("2023-04-03T13:00")
    for asked in ({}, {"due": True}, {"body": "ministry-finance"}):
        told = check(**asked)
        assert (told["broken"], told["left"]) == (0, 2)
    assert not links(broken=True)
    link(site, rehearsal)
    rehearsal.set("2023-04-03T14:00")
    told = check(due=True)
    assert (told["broken"], told["changed"], told["left"]) == (2, 1, 0)
    assert {one["error"]["code"] for one in links(broken=True)} == {"fetch_no_answer"}


def test_one_silent_site_is_told_beside_one_that_was_well_or_where_there_is_none(site, rehearsal):
    enact(rehearsal)
    gone(rehearsal, "stocks")
    assert check()["broken"] == 1, "there is nobody else to ask"
    link(site, rehearsal)
    check()
    asked = len(site.asked)
    rehearsal.set("2023-04-02T15:30")
    told = check(due=True)
    assert (told["links"], told["broken"], told["unchanged"]) == (1, 1, 1)
    assert len(site.asked) > asked


def test_a_link_that_is_mended_leaves_the_list_of_broken_ones(linked, site, rehearsal):
    good = site.pages.pop("/a.csv")
    check()
    before = links(broken=True, body="ministry-finance")
    assert before
    site.pages["/a.csv"] = good
    then = clock.now()
    rehearsal.set("2023-04-03T12:00")
    check()
    assert not links(broken=True)
    assert links(broken=True, as_of=then.isoformat()) == before
    assert links(as_of="2023-04-01") == []
    assert [event["kind"] for event in events()] == ["failed", "changed"]


def test_inner_networks_are_not_reached(linked, site, ckan_config, monkeypatch):
    monkeypatch.setitem(ckan_config, "ckanext.roadmap.http.allowed_networks", [])
    assert check()["broken"] == 1
    assert links()[0]["error"]["code"] == "fetch_forbidden"
    assert not site.asked


def test_a_site_that_hides_new_data_behind_not_modified_is_asked_for_all_in_a_week(linked, site, rehearsal):
    def stubborn(handler):
        fresh = page(MORE, ETag='"1"') if "If-None-Match" not in handler.headers else page(status=304)
        fresh(handler)

    check()
    site.pages["/a.csv"] = stubborn
    for day, look in (("03", "unchanged"), ("08", "unchanged"), ("09", "changed"), ("10", "unchanged")):
        rehearsal.set(f"2023-04-{day}T12:00")
        assert check()[look] == 1


def test_a_body_that_writes_nonsense_for_an_address_stops_the_round_of_nobody(linked, site, rehearsal):
    made = link(site, rehearsal, name="nonsense", path="/b.csv")
    model.Session.get(model.Resource, made["id"]).url = "http://[::1/b.csv"
    model.Session.commit()
    site.pages["/a.csv"] = page(rb'[{"a\u0000": "17\ud800"}]', ETag='"1\0"')
    found = check()
    assert (found["changed"], found["broken"]) == (1, 1)
    assert {one["error"] and one["error"]["code"] for one in links()} == {None, "fetch_address"}


def test_only_what_is_due_is_asked_and_failing_links_more_rarely(linked, site, rehearsal):
    site.pages.clear()
    assert check(due=True)["links"] == 1
    assert check(due=True)["links"] == 0
    rehearsal.set("2023-04-02T13:01")
    assert check(due=True)["links"] == 1
    rehearsal.set("2023-04-02T14:30")
    assert check(due=True)["links"] == 0, "the second failure doubles the wait"


def test_a_site_that_asks_for_rest_gets_it(linked, site, rehearsal):
    site.pages["/a.csv"] = page(b"", 503, Retry_After="172800")
    assert check(due=True)["postponed"] == 1
    rehearsal.set("2023-04-04T11:00")
    assert check(due=True)["links"] == 0
    assert not events()
    assert not links(broken=True)


def test_a_changed_address_is_a_new_link(linked, site, rehearsal):
    check()
    site.pages["/b.csv"] = page(MORE)
    act("resource_patch", id=linked["id"], url=site.url("/b.csv"))
    assert links()[0]["look"] is None
    assert check(due=True)["changed"] == 1
    assert "if-none-match" not in site.asked[-1][1]


def test_the_list_decides_at_which_place_a_link_counts(site, rehearsal):
    enact(rehearsal, ITEMS.replace("Procurement,finance,portal", "Procurement,finance,portal;site"))
    link(site, rehearsal)
    rehearsal.set("2023-04-05T12:00")
    check()
    assert events()[0]["place"] == "site"
    assert links()[0]["places"] == ["site"]
    row = deadlines(**FINANCE)["2023-03"]
    assert (row["status"], row["reason"]) == ("due", "portal_missing"), "the data are not on the portal"


def test_data_that_the_portal_holds_itself_are_not_measured_twice(site, rehearsal):
    enact(rehearsal)
    made = link(site, rehearsal)
    factories.Resource(package_id=made["package_id"], url="x.csv", url_type="upload")
    assert check()["links"] == 0


def test_private_data_and_revoked_links_are_left_alone(linked, site):
    act("package_patch", id=linked["package_id"], private=True)
    assert check()["links"] == 0
    act("package_patch", id=linked["package_id"], private=False)
    row = model.Session.scalars(sa.select(Publication)).one()
    row.revoked_at = row.confirmed_at
    model.Session.commit()
    assert check()["links"] == 0
    assert not site.asked


def test_data_that_are_public_again_live_again(linked, site, rehearsal):
    check()
    act("package_patch", id=linked["package_id"], private=True)
    act("package_patch", id=linked["package_id"], private=False)
    rehearsal.set("2023-04-09T12:00")
    check()
    assert [event["kind"] for event in events()] == ["changed", "withdrawn", "unchanged"]


def test_looks_are_append_only_and_chained(linked, site):
    check()
    check()
    with pytest.raises(sa.exc.ProgrammingError, match="append-only"):
        model.Session.execute(sa.update(SiteCheckRow).values(look="changed"))
    model.Session.rollback()
    assert ledger.verify(model.Session())["roadmap_site_check"] == []
    assert model.Session.scalar(sa.select(sa.func.count()).select_from(SiteCheckRow)) == 2


def test_officers_have_their_own_links_looked_at_and_nobody_elses(linked, site):
    context = {"user": member("ministry-finance"), "ignore_auth": False}
    assert tk.get_action("roadmap_site_check")(dict(context), {"body": "ministry-finance"})["links"] == 1
    for data in ({}, {"body": "ministry-education"}):
        with pytest.raises(tk.NotAuthorized):
            tk.get_action("roadmap_site_check")(dict(context), data)


def test_a_check_can_be_left_to_the_worker(linked, site, ckan_config):
    from ckan.lib.jobs import get_queue

    from ckanext.roadmap.jobs import BULK

    queue = get_queue(BULK)
    queue.empty()
    for _ in range(2):
        assert check(background=True) == {"queued": True}
    (job,) = queue.jobs
    queue.empty()
    assert not site.asked
    assert job.func(*job.args)["changed"] == 1


def test_unknown_names_are_told(linked):
    with pytest.raises(tk.ObjectNotFound):
        check(body="nobody")
    with pytest.raises(tk.ObjectNotFound):
        links(dataset="nothing")

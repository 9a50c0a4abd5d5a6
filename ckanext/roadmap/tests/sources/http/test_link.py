"""One look at a link, against real sites on the loopback."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime, timedelta

import pytest

from ckanext.roadmap.sources.http import Guard, Known, Limits, Robots, Session, look, networks

from .sites import page, serving

NOW = datetime(2026, 4, 1, 12, tzinfo=UTC)
CSV = b"code,region\n1,1703\n2,1706\n"
SESSION = Session(
    Guard(networks(["127.0.0.1/32"])), "ckanext-roadmap (https://data.example)", Limits(read_seconds=2)
)


@pytest.fixture
def site():
    with serving() as one:
        yield one


def seen(site, path="/a.csv", **known):
    return look(SESSION, Robots(SESSION), Known(site.url(path), **known), NOW)


def test_a_table_is_measured_as_an_upload_would_be(site):
    site.pages["/a.csv"] = page(CSV, ETag='"1"')
    site.pages["/b.csv"] = page(b"\xef\xbb\xbfregion;code\r\n1706;2\r\n1703;1\r\n")
    one, other = seen(site, asked=frozenset({"region"})), seen(site, "/b.csv")
    assert one.error is None
    assert one.content.rows == 2
    assert one.content.codes == {"region": frozenset({"1703", "1706"})}
    assert one.content.content_hash == other.content.content_hash
    assert one.answer.sha256 != other.answer.sha256


def test_the_format_is_the_catalogues_where_the_address_tells_none(site):
    site.pages["/download"] = page(b"name\nTermez\nNukus\n")
    table, words = seen(site, "/download", kind="CSV").content, seen(site, "/download", kind="").content
    assert (table.rows, words.rows) == (2, None)
    assert table.content_hash == words.content_hash


def test_what_is_known_is_not_sent_again(site):
    site.pages["/a.csv"] = page(status=304)
    sight = seen(site, etag='"1"', modified="Wed, 01 Apr 2026 11:00:00 GMT")
    assert (sight.error, sight.content, sight.answer.status) == (None, None, 304)
    headers = site.asked[-1][1]
    assert headers["if-none-match"] == '"1"'
    assert headers["if-modified-since"] == "Wed, 01 Apr 2026 11:00:00 GMT"


def test_nothing_new_to_one_who_asked_for_all_is_a_fault(site):
    site.pages["/a.csv"] = page(status=304)
    assert seen(site).error == "link_status"


@pytest.mark.parametrize("status", [404, 410, 403, 500, 204])
def test_an_answer_without_data_is_told(site, status):
    site.pages["/a.csv"] = page(b"", status)
    sight = seen(site)
    assert (sight.error, sight.params) == ("link_status", {"status": status})


@pytest.mark.parametrize("status", [429, 503])
def test_a_site_may_ask_for_rest(site, status):
    site.pages["/a.csv"] = page(b"", status, Retry_After="120")
    sight = seen(site)
    assert (sight.error, sight.is_later, sight.later) == ("link_later", True, timedelta(minutes=2))


def test_a_page_for_people_is_no_data(site):
    site.pages["/a.csv"] = page(b"\n <!DOCTYPE HTML><title>Not found</title>")
    site.pages["/b.csv"] = page(b"<table></table>", Content_Type="text/html; charset=utf-8")
    site.pages["/c.csv"] = page(CSV, Content_Type="text/html")
    assert seen(site).error == "link_page"
    assert seen(site, "/b.csv").error == "link_page"
    assert seen(site, "/c.csv").error is None, "a mere slip in the name of the type"
    site.pages["/d.csv"] = page(b"Warning: no database\nat 12:03", Content_Type="text/html")
    assert seen(site, "/d.csv").error == "link_page"
    for start in (b"<!-- built 12:03 -->", b"<?xml version='1.0'?>"):
        site.pages["/e.csv"] = page(
            start + b"<html><body>a,b\n1,2\n", Content_Type="application/octet-stream"
        )
        assert seen(site, "/e.csv").error == "link_page"


FAULTS = [
    b'{"error": "no database", "time": "12:03"}',
    b'{\n  "message": "An error has occurred.",\n  "requestId": "7"\n}',
    b'{"success": false, "help": "\xe2\x80\xa6", "error": {"__type": "Not Found"}}',
    b'{"type": "about:blank", "title": "Forbidden", "status": 403, "detail": "no key"}',
    b'{"code": "500", "msg": "no database", "data": null}',
    b'{"errors": [{"code": 1, "message": "no such table"}]}',
    b'[{"message": "no such table", "errorCode": "INVALID_TYPE"}]',
    b'{"statusCode": 503, "error": "Service Unavailable"}',
    b'<?xml version="1.0"?><Error><Code>NoSuchKey</Code><RequestId>7</RequestId></Error>',
    b'<s:Envelope xmlns:s="urn:s"><s:Body><s:Fault><faultcode>1</faultcode></s:Fault></s:Body></s:Envelope>',
    "Ошибка: нет файла\n12:03\n".encode(),
]
DATA = [
    b'{"data": [{"a": 1}], "error": null, "message": "ok"}',
    b'{"success": true, "result": {"records": [{"a": 1}], "fields": [{"id": "a"}]}}',
    b'{"errors": [{"code": 1}], "data": [{"a": 1}]}',
    b'[{"message": "Fire", "count": 3}, {"message": "Flood", "count": 1}]',
    b'[{"id": 1, "description": "x", "code": "17"}]',
    b'{"title": "Budget", "status": 200, "values": [1, 2, 3]}',
    b"<rows><row><a>1</a></row><row><a>2</a></row></rows>",
    b"error,count\n404,5\n",
    b"name\nTermez\nNukus\n",
]


def test_the_words_of_a_fault_are_no_data_though_the_status_is_good(site):
    for kind in ("json", "csv", ""):
        site.pages |= {f"/{number}.{kind}": page(one) for number, one in enumerate(FAULTS)}
        told = {one: seen(site, f"/{number}.{kind}").error for number, one in enumerate(FAULTS)}
        assert told == dict.fromkeys(FAULTS, "link_fault")
        site.pages |= {f"/{number}.{kind}": page(one) for number, one in enumerate(DATA)}
        assert {
            one: seen(site, f"/{number}.{kind}").error for number, one in enumerate(DATA)
        } == dict.fromkeys(DATA)


@pytest.mark.parametrize(
    "nothing", [b'{"data": []}', b"[]", b"", b"code,region\n", b"\xef\xbb\xbfcode,region\r\n,\r\n"]
)
def test_an_empty_file_is_told(site, nothing):
    site.pages["/a.csv"] = page(nothing)
    assert seen(site).error == "link_empty"


def test_the_fault_of_the_way_is_told_not_raised():
    robots = Robots(Session(Guard(), "a"))
    sight = look(Session(Guard(), "a"), robots, Known("http://127.0.0.1/a.csv"), NOW)
    assert sight.error == "fetch_forbidden"


@pytest.mark.parametrize(
    "url", ["http://[::1/a.csv", "http://[bad]/a", "http://\u2100.uz/a", "http://u:p@a.uz/"]
)
def test_an_address_that_is_none_is_told(url):
    robots = Robots(SESSION)
    assert look(SESSION, robots, Known(url), NOW).error == "fetch_address"
    assert robots.delay(url) == 0


def test_what_no_database_keeps_is_not_taken_from_an_answer(site):
    site.pages["/a.csv"] = page(status=302, Location="/b\0.json")
    site.pages["/b.json"] = page(rb'[{"a\u0000": 1, "region": "17\u000003"}, {"a\ud800": 2}]', ETag='"1\0"')
    sight = seen(site, asked=frozenset({"region"}))
    assert (sight.answer.url, sight.answer.headers["etag"]) == (site.url("/b.json"), '"1"')
    assert sight.content.columns == {"a\ufffd", "region", "a?"}
    assert sight.content.codes == {"region": {"17\ufffd03"}}


ROBOTS = b"User-agent: ckanext-roadmap\nDisallow: /*.csv$\nCrawl-delay: 7\n\nUser-agent: *\nDisallow:\n"


def test_what_robots_may_not_read_is_not_read(site):
    site.pages |= {"/robots.txt": page(ROBOTS), "/a.csv": page(CSV), "/a.json": page(b'[{"a": 1}]')}
    assert seen(site).error == "link_robots"
    assert site.paths() == ["/robots.txt"]
    assert seen(site, "/a.json").error is None


def test_robots_are_told_once_for_each_site_and_how_long_to_wait(site):
    site.pages |= {"/robots.txt": page(ROBOTS), "/a.json": page(b"[1]")}
    robots = Robots(SESSION)
    assert robots.delay(site.url("/a.json")) == 0
    for _ in range(3):
        look(SESSION, robots, Known(site.url("/a.json")), NOW)
    assert site.paths().count("/robots.txt") == 1
    assert robots.delay(site.url("/a.json")) == 7


@pytest.mark.parametrize(
    ("status", "error"), [(404, None), (403, None), (500, "link_robots"), (503, "link_robots")]
)
def test_a_site_without_rules_allows_one_that_cannot_tell_them_does_not(site, status, error):
    site.pages |= {"/robots.txt": page(b"x", status), "/a.csv": page(CSV)}
    assert seen(site).error == error


def test_a_delay_has_a_bound(site):
    site.pages["/robots.txt"] = page(b"User-agent: *\nCrawl-delay: 86400\n")
    robots = Robots(SESSION)
    robots.allows(site.url("/"))
    assert robots.delay(site.url("/")) == 60


@pytest.mark.real_data
@pytest.mark.parametrize("name", ["schools", "clinics", "kindergartens"])
def test_real_tables_saved_anew_are_the_same_content(site, shared_data, name):
    content = (shared_data / "ministries" / f"{name}.csv").read_bytes()
    head, *lines = content.decode("utf-8-sig").splitlines()
    turned = "\r\n".join([head, *reversed(lines)]).encode("utf-8-sig")
    site.pages["/a.csv"] = page(content)
    site.pages["/b.csv"] = page(gzip.compress(turned), Content_Encoding="gzip")
    site.pages["/c.csv"] = page("\n".join([head, *lines[1:]]).encode())
    one, saved, fewer = (seen(site, path).content for path in ("/a.csv", "/b.csv", "/c.csv"))
    assert one.rows == len(lines)
    assert saved.content_hash == one.content_hash
    assert fewer.content_hash != one.content_hash

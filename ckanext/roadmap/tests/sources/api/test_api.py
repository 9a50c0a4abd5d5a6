"""Interfaces as ministries have them, on a real web server: every style of paging and of login, and what goes wrong."""

from __future__ import annotations

import json
import ssl
import subprocess
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from ckanext.roadmap.sources.api import Client, read_records
from ckanext.roadmap.sources.errors import SourceError
from ckanext.roadmap.sources.http import networks
from ckanext.roadmap.sources.http.login import without_login
from ckanext.roadmap.sources.limits import Limits
from ckanext.roadmap.sources.places import Way
from ckanext.roadmap.sources.reach import Reach
from ckanext.roadmap.tests.sources.http.sites import Site, answer, page, serving

ROWS = [{"id": n, "nomi": f"maktab {n}"} for n in range(1, 26)]
Reply = Callable[[BaseHTTPRequestHandler, dict[str, str]], None]


def reply(handler: BaseHTTPRequestHandler, document: Any, status: int = 200, **headers: str) -> None:
    answer(handler, json.dumps(document).encode(), status, **headers)


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as one:
        yield one


def serve(site: Site, talk: Reply, path: str = "/v1/schools") -> None:
    """Answer whatever the parameters are."""

    class Pages(dict[str, Any]):
        def get(self, key: str, default: Any = None) -> Any:
            parts = urlsplit(key)
            asked = {name: values[-1] for name, values in parse_qs(parts.query).items()}
            if parts.path == path:
                return lambda handler: talk(handler, asked)
            return super().get(key, default)

    site.pages = Pages(site.pages)


def way(site: Site, **options: str) -> Way:
    url = "api+" + site.url("/v1/")
    return Way(url, Limits(connect=3, statement=20), Reach(networks(["127.0.0.1/32"])), options)


class Asking:
    """Reads without waiting, and remembers how long it would have waited."""

    def __init__(self, one: Way) -> None:
        self.way, self.waited = one, list[float]()

    def read(self, path: str = "schools", **read: Any) -> list[int]:
        client = Client(self.way, without_login(self.way.url), self.waited.append)
        return [int(row["id"]) for row in read_records(self.way, path, read, client)]

    def refused(self, path: str = "schools", **read: Any) -> str:
        with pytest.raises(SourceError) as caught:
            self.read(path, **read)
        return caught.value.code


def sliced(asked: dict[str, str], most: int = 10) -> list[dict[str, Any]]:
    start, limit = int(asked.get("offset", 0)), min(int(asked.get("limit", 999)), most)
    return ROWS[start : start + limit]


EVERY = [row["id"] for row in ROWS]


class TestPaging:
    def test_offset_though_the_server_gives_less_than_asked(self, site: Site):
        serve(site, lambda handler, asked: reply(handler, {"count": 25, "data": sliced(asked, 7)}))
        one = Asking(way(site))
        assert (
            one.read(paging={"style": "offset", "limit": 9, "total": "count"}, parameters={"til": "uz"})
            == EVERY
        )
        assert len(site.asked) == 4
        assert all("til=uz" in path for path in site.paths())
        assert one.read(paging={"style": "offset"}) == EVERY

    def test_page_from_nought_with_names_of_its_own(self, site: Site):
        def talk(handler: Any, asked: dict[str, str]) -> None:
            start = int(asked["p"]) * 10
            reply(handler, {"result": {"rows": ROWS[start : start + 10]}}, X_Total="25")

        serve(site, talk)
        paging = {"style": "page", "first": 0, "parameter": "p", "limit": 10, "total": "X-Total"}
        assert Asking(way(site)).read(record="result.rows", paging=paging) == EVERY
        assert len(site.asked) == 3

    def test_cursor_as_mark_and_as_address(self, site: Site):
        def talk(handler: Any, asked: dict[str, str]) -> None:
            start = int(asked.get("after", 0))
            mark = start + 10 if start + 10 < 25 else None
            if "address" in asked:
                mark = mark and f"/v1/schools?address=1&after={mark}"
            reply(handler, {"items": ROWS[start : start + 10], "meta": {"next": mark}})

        serve(site, talk)
        paging = {"style": "cursor", "parameter": "after", "next": "meta.next"}
        assert Asking(way(site)).read(paging=paging) == EVERY
        assert Asking(way(site)).read("schools?address=1", paging=paging) == EVERY

    def test_link_header(self, site: Site):
        def talk(handler: Any, asked: dict[str, str]) -> None:
            start = int(asked.get("after", 0))
            links = '<?after=0>; rel="first"' + (f', <?after={start + 10}>; rel="next"' if start < 20 else "")
            reply(handler, ROWS[start : start + 10], Link=links)

        serve(site, talk)
        assert Asking(way(site)).read(paging={"style": "link"}) == EVERY

    def test_xml_pages(self, site: Site):
        def talk(handler: Any, asked: dict[str, str]) -> None:
            rows = "".join(f'<maktab id="{row["id"]}"/>' for row in sliced(asked))
            answer(handler, f"<r><jami>25</jami><m>{rows}</m></r>".encode())

        serve(site, talk)
        assert Asking(way(site)).read(record="maktab", paging={"style": "offset", "limit": 10}) == EVERY

    def test_what_does_not_add_up(self, site: Site):
        serve(site, lambda handler, _asked: reply(handler, ROWS[:5]))
        assert Asking(way(site)).refused(paging={"style": "page"}) == "api_repeats"
        serve(site, lambda handler, asked: reply(handler, {"n": 30, "data": sliced(asked)}))
        assert Asking(way(site)).refused(paging={"style": "offset", "total": "n"}) == "api_count"
        serve(site, lambda handler, _asked: reply(handler, ROWS[:1], Link='<http://10.0.0.1/x>; rel="next"'))
        assert Asking(way(site)).refused(paging={"style": "link"}) == "api_elsewhere"
        assert (
            Asking(way(site)).refused(paging={"style": "none", "total": "n"}, record="data")
            == "api_no_records"
        )
        assert Asking(way(site)).refused(paging={"style": "boshqa"}) == "api_paging_unknown"

    def test_pages_for_people_and_rubbish(self, site: Site):
        site.pages["/v1/schools"] = page(b"<!DOCTYPE html><html>")
        assert Asking(way(site)).refused() == "file_page"
        site.pages["/v1/schools"] = page(b"xato")
        assert Asking(way(site)).refused() == "api_not_json"
        site.pages["/v1/schools"] = page(status=302, Location="http://169.254.169.254/")
        assert Asking(way(site)).refused() == "fetch_forbidden"


class TestPatience:
    def test_waits_as_long_as_asked_and_longer_each_time(self, site: Site):
        told = iter([(503, {}), (429, {"Retry_After": "7"}), (500, {}), (200, {})])

        def talk(handler: Any, _asked: dict[str, str]) -> None:
            status, headers = next(told)
            reply(handler, ROWS, status, **headers)

        serve(site, talk)
        one = Asking(way(site))
        assert one.read() == EVERY
        assert one.waited == [1.0, 7.0, 5.0]

    def test_gives_up_in_the_end_and_at_once_where_waiting_is_no_use(self, site: Site):
        one = Asking(way(site))
        serve(site, lambda handler, _asked: reply(handler, {}, 500))
        assert one.refused() == "source_status"
        assert len(site.asked) == 6 or one.waited[-1] < 20  # the time of the load is the other end
        site.asked.clear()
        serve(site, lambda handler, _asked: reply(handler, {}, 403))
        assert one.refused() == "source_status"
        assert len(site.asked) == 1


class TestLogin:
    def test_key_in_header_and_in_the_address(self, site: Site):
        serve(site, lambda handler, _asked: reply(handler, ROWS))
        assert Asking(way(site, api_key="kalit-1", api_key_header="X-Kalit")).read() == EVERY
        assert site.asked[0][1]["x-kalit"] == "kalit-1"
        assert Asking(way(site, api_key="kalit-1", api_key_parameter="key")).read() == EVERY
        assert site.paths()[1] == "/v1/schools?key=kalit-1"
        assert "x-api-key" not in site.asked[1][1]

    def test_oauth2_renews_a_token_that_was_refused(self, site: Site):
        given: list[str] = []

        def token(handler: Any) -> None:
            body = parse_qs(handler.rfile.read(int(handler.headers["Content-Length"])).decode())
            assert body == {
                "grant_type": ["client_credentials"],
                "client_id": ["men"],
                "client_secret": ["sir"],
            }
            given.append(f"t{len(given)}")
            reply(handler, {"access_token": given[-1], "expires_in": 3600})

        def talk(handler: Any, asked: dict[str, str]) -> None:
            good = handler.headers["Authorization"] == "Bearer t1" or asked.get("offset", "0") == "0"
            reply(handler, sliced(asked), 200 if good else 401)

        site.pages["/token"] = token
        serve(site, talk)
        login = {"token_url": site.url("/token"), "client_id": "men", "client_secret": "sir"}
        assert Asking(way(site, **login)).read(paging={"style": "offset", "limit": 10}) == EVERY
        assert given == ["t0", "t1"]
        assert Asking(way(site, **{**login, "client_secret": ""})).refused() == "api_login_incomplete"
        site.pages["/token"] = page(b"{}", 400)
        assert Asking(way(site, **login)).refused() == "api_login"

    def test_mutual_tls(self, site: Site, tmp_path: Path):
        for name in ("server", "client"):
            subprocess.run(
                ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
                 "-subj", f"/CN={name}", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", tmp_path / f"{name}.key",
                 "-out", tmp_path / f"{name}.pem"],
                check=True, capture_output=True,
            )  # fmt: skip
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(tmp_path / "server.pem", tmp_path / "server.key")
        context.load_verify_locations(tmp_path / "client.pem")
        context.verify_mode = ssl.CERT_REQUIRED
        with serving(tls=context) as secure:
            serve(secure, lambda handler, _asked: reply(handler, ROWS))
            files = {
                "ca_file": "server.pem",
                "certificate_file": "client.pem",
                "certificate_key_file": "client.key",
            }
            options = {name: str(tmp_path / file) for name, file in files.items()}
            known = way(secure, **options)
            assert Asking(known).read() == EVERY
            assert Asking(way(secure)).refused() == "fetch_certificate_issuer"
            alone = {"ca_file": options["ca_file"]}
            assert Asking(way(secure, **alone)).refused() in (
                "source_status",
                "fetch_certificate",
                "fetch_certificate_wanted",
                "fetch_broken_off",
            )
            assert (
                Asking(way(secure, **{**options, "ca_file": "/none"})).refused() == "certificate_unreadable"
            )

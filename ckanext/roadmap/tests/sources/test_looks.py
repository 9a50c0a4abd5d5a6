"""Looks at real servers that are no databases: web with an authority of its own, OpenSSH, folders."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest

from ckanext.roadmap.loading.extract import base, kind_of
from ckanext.roadmap.loading.plan import SourceAccess
from ckanext.roadmap.presentation import problems
from ckanext.roadmap.sources.errors import SourceError
from ckanext.roadmap.sources.http import networks
from ckanext.roadmap.sources.limits import Limits
from ckanext.roadmap.sources.look import Look, Sign
from ckanext.roadmap.sources.reach import Reach
from ckanext.roadmap.tests.sources.authority import Authority
from ckanext.roadmap.tests.sources.http.sites import Site, answer, page, serving
from ckanext.roadmap.tests.sources.places import ssh

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
LOOPBACK = Reach(networks(["127.0.0.0/8"]))


def look(url: str, table: str = "", now: datetime | None = None, **options: object) -> Look:
    known = {name: str(value) for name, value in options.items()}
    access = SourceAccess(url, Limits(connect=3, statement=10), options=known, reach=LOOPBACK)
    found = kind_of(access).look(access, table, lambda: now or datetime.now(UTC))
    for sign in found.answer.signs:
        assert problems.tell(sign.code, sign.params) is not None, sign.code
    return found


def refused(url: str, table: str = "", **options: object) -> str:
    with pytest.raises(SourceError) as caught:
        look(url, table, **options)
    told = f"{caught.value} {caught.value.params}"
    assert problems.tell(caught.value.code, caught.value.params) is not None
    assert not [secret for secret in ("parol", "127.0.0.1", "kalit", "reader") if secret in told]
    return caught.value.code


def codes(found: Look) -> list[str]:
    return [sign.code for sign in found.answer.signs]


def sign(found: Look, code: str) -> Sign:
    return next(one for one in found.answer.signs if one.code == code)


def guarded(secret: str, header: str = "Authorization", body: bytes = b"id\n1\n") -> Any:
    def talk(handler: Any) -> None:
        answer(handler, body, 200 if handler.headers[header] == secret else 401, Server="nginx/1.22.1")

    return talk


def test_every_kind_of_source_brings_its_look():
    """No address that an operator may write ends in `check_unknown`; `kept` is the engine's own."""
    base.load_all()
    for scheme, kind in base._BY_SCHEME.items():
        if kind.look.__func__ is base.Extractor.look.__func__ and scheme != "kept":  # type: ignore[attr-defined]
            assert refused(f"{scheme}+http://127.0.0.1:1/") == "fetch_no_answer"


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as one:
        yield one


class TestWeb:
    def test_login_server_and_clock(self, site: Site):
        def talk(handler: Any) -> None:
            good = handler.headers["Authorization"] == "Basic cmVhZGVyOnBhcm9s"
            handler.send_response_only(200 if good else 401)
            handler.send_header("Server", "nginx/1.22.1")
            handler.send_header("Date", format_datetime(NOW + timedelta(hours=5), usegmt=True))
            handler.send_header("Age", "60")
            handler.send_header("Content-Length", "0")
            handler.end_headers()

        site.pages["/d/a.csv"] = talk
        url = site.url("/d/").replace("//", "//reader:parol@")
        found = look(url, "a.csv", NOW)
        assert (found.kind, found.answer.version, found.skew) == ("http", "nginx/1.22.1", 5 * 3600 + 60)
        assert codes(found) == ["check_plain", "check_login_works"]
        assert sign(found, "check_plain").is_warning
        assert refused(url.replace("parol", "boshqa"), "a.csv") == "check_login"
        assert refused(site.url("/d/"), "a.csv") == "check_login"
        assert refused(url, "none.csv") == "source_status"

    def test_a_login_that_nobody_needs_is_told(self, site: Site):
        site.pages["/a.csv"] = page(b"id\n1\n")
        assert "check_open" in codes(look(site.url("/a.csv"), api_key="kalit"))
        assert "check_open" not in codes(look(site.url("/a.csv")))

    def test_a_folder_tells_little_and_a_server_may_know_no_head(self, site: Site):
        def no_head(handler: Any) -> None:
            answer(handler, b"x" * 100, 405 if handler.command == "HEAD" else 200)

        site.pages["/d/a.csv"] = no_head
        assert codes(look(site.url("/d/"))) == ["check_plain", "check_folder_silent"]
        assert codes(look(site.url("/d/"), "a.csv")) == ["check_plain"]

    def test_redirects(self, site: Site):
        with serving() as other:
            other.pages["/b"] = page(b"id\n")
            site.pages["/a"] = page(status=301, Location="/c")
            site.pages["/c"] = page(b"id\n")
            site.pages["/d"] = page(status=302, Location=other.url("/b"))
            assert "check_redirect" in codes(look(site.url("/a")))
            assert sign(look(site.url("/d")), "check_redirect_elsewhere").is_warning
        site.pages["/e"] = page(status=302, Location="http://169.254.169.254/latest")
        assert refused(site.url("/e")) == "fetch_forbidden"

    def test_certificates(self, tmp_path: Path):
        ours, other = Authority.made(tmp_path / "a"), Authority.made(tmp_path / "b")
        with serving(tls=ours.server()) as secure:
            secure.pages["/a.csv"] = page(b"id\n")
            found = look(secure.url("/a.csv"), ca_file=ours.file)
            told = sign(found, "check_certificate")
            assert 363 <= int(str(told.params["days"])) <= 365
            assert str(told.params["protocol"]).startswith("TLSv1.")
            assert codes(found) == ["check_certificate"]
            assert refused(secure.url("/a.csv")) == "fetch_certificate_issuer"
            assert refused(secure.url("/a.csv"), ca_file=other.file) == "fetch_certificate_issuer"
        with serving(tls=ours.server("soon", days=12)) as secure:
            secure.pages["/a.csv"] = page(b"id\n")
            assert sign(look(secure.url("/a.csv"), ca_file=ours.file), "check_certificate_ends").is_warning
        with serving(tls=ours.server("other", names="DNS:boshqa.uz")) as secure:
            assert refused(secure.url("/a.csv"), ca_file=ours.file) == "fetch_certificate_name"
        with serving(tls=ours.server("ended", days=-1)) as secure:
            assert refused(secure.url("/a.csv"), ca_file=ours.file) == "fetch_certificate_ended"

    def test_a_certificate_of_the_portal_s_own(self, tmp_path: Path):
        ours = Authority.made(tmp_path / "a")
        own = dict(
            zip(("certificate_file", "certificate_key_file"), ours.issued("portal", days=9), strict=True)
        )
        with serving(tls=ours.server(wants=ours.file)) as secure:
            secure.pages["/a.csv"] = page(b"id\n")
            found = look(secure.url("/a.csv"), ca_file=ours.file, **own)
            assert codes(found) == ["check_own_certificate_ends", "check_certificate", "check_login_works"]
            stranger = refused(secure.url("/a.csv"), ca_file=ours.file)
            assert stranger in ("fetch_certificate_wanted", "fetch_broken_off", "fetch_certificate")
        ended = dict(zip(own, ours.issued("old", days=-1), strict=True))
        assert refused("https://127.0.0.1:9/a", ca_file=ours.file, **ended) == "check_own_certificate_ended"


class TestInterfaces:
    def test_a_key_in_a_header_or_in_the_address(self, site: Site):
        site.pages["/api/schools"] = guarded("kalit", "X-API-Key", b"[]")
        site.pages["/api/open?key=kalit"] = page(b"[]")
        site.pages["/api/open"] = page(b"", 401)
        url = site.url("/api/").replace("http", "api+http")
        assert "check_login_works" in codes(look(url, "schools", api_key="kalit"))
        assert refused(url, "schools", api_key="boshqa") == "check_login"
        found = look(url, "open", api_key="kalit", api_key_parameter="key")
        assert (found.kind, codes(found)) == ("api", ["check_plain", "check_login_works"])

    def test_oauth2(self, site: Site):
        def token(handler: Any) -> None:
            sent = handler.rfile.read(int(handler.headers["Content-Length"])).decode()
            good = "client_secret=parol" in sent
            given = {"access_token": "t", "expires_in": 60} if good else {"error": "invalid_client"}
            answer(handler, json.dumps(given).encode(), 200 if good else 401)

        site.pages["/token"] = token
        site.pages["/api/schools"] = guarded("Bearer t", body=b"[]")
        url = site.url("/api/").replace("http", "api+http")
        login = {"token_url": site.url("/token"), "client_id": "men", "client_secret": "parol"}
        assert codes(look(url, "schools", **login)) == ["check_token", "check_plain", "check_login_works"]
        assert refused(url, "schools", **{**login, "client_secret": "x"}) == "api_login"
        assert refused(url, "schools", **{**login, "token_url": "http://127.0.0.1:1/"}) == "fetch_no_answer"


class TestFolders:
    def test_drop(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
        folder = tmp_path / "drop"
        folder.mkdir()
        (folder / "a.csv").write_text("id\n")
        found = look(f"drop://{folder}/", "a.csv")
        assert (found.kind, found.answer.powers, found.skew) == ("drop", ("WRITE",), None)
        assert sign(found, "check_folder").params == {"count": 1}
        assert refused(f"drop://{folder}/", "b.csv") == "file_missing"
        assert refused(f"drop://{tmp_path}/none/") == "file_unreadable"
        may = os.access
        monkeypatch.setattr(os, "access", lambda path, mode: mode != os.W_OK and may(path, mode))
        assert look(f"drop://{folder}/").answer.powers == ()

    def test_sftp(self, tmp_path: Path):
        (tmp_path / "files").mkdir()
        file = tmp_path / "files" / "a.csv"
        file.write_text("id\n")
        os.utime(file, (1e9, 1e9))
        (tmp_path / "ssh").mkdir()
        with ssh.serving(tmp_path / "files", tmp_path / "ssh") as server:
            found = look(server.url(), "a.csv")
            assert (found.kind, found.answer.powers) == ("sftp", ("WRITE",))
            assert found.answer.version.startswith("SSH-2.0-OpenSSH")
            assert (file.read_text(), file.stat().st_mtime) == ("id\n", 1e9)
            assert refused(server.url(host_key="SHA256:boshqa")) == "sftp_host_key"
            assert refused(server.url(key_file="")) == "login_refused"
            assert refused(server.url(), "b.csv") == "file_missing"
        (tmp_path / "ro").mkdir()
        with ssh.serving(tmp_path / "files", tmp_path / "ro", "internal-sftp -R") as server:
            assert look(server.url(), "a.csv").answer.powers == ()


def test_what_an_agent_brings_is_asked_of_nobody(tmp_path: Path):
    assert codes(look(f"push://{tmp_path}")) == ["check_pushed"]

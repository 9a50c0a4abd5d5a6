"""The agent at interfaces that ask who it is: key, name and password, OAuth 2, certificates; no CKAN is needed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest

from ckanext.roadmap.tests.agent.portals import FakePortal
from ckanext.roadmap.tests.agent.test_work import MAPPING, Ministry, ministry, portal, rows, site
from ckanext.roadmap.tests.sources.authority import Authority
from ckanext.roadmap.tests.sources.http.sites import Site, answer, serving

__all__ = ["ministry", "portal", "site"]
KEY, PASSWORD, CLIENT, TOKEN = "kalit-5e1f", "parol-77aa", "sir-9c0d", "berilgan-3b2e"
SECRETS = (KEY, PASSWORD, CLIENT, TOKEN)
BASIC = "Basic cG9ydGFsOnBhcm9sLTc3YWE="  # portal:parol-77aa
RECORDS = [{"id": n, "name": f"maktab {n}"} for n in range(1, 4)]


class Interface:
    """Serves three schools to those who log in as `wants` says, and tokens to the client that knows its secret."""

    def __init__(self, site: Site) -> None:
        self.wants, self.basic_only = ("", ""), False
        site.pages["/token"] = self._token
        for path in ("/api/schools", f"/api/schools?key={KEY}"):
            site.pages[path] = self._schools

    def _schools(self, handler: Any) -> None:
        header, value = self.wants
        good = handler.headers[header] == value if header else handler.path.endswith(KEY)
        answer(handler, json.dumps(RECORDS).encode() if good else b"{}", 200 if good else 401)

    def _token(self, handler: Any) -> None:
        told = parse_qs(handler.rfile.read(int(handler.headers["Content-Length"])).decode())
        good = told.get("client_secret") == [CLIENT] and not self.basic_only
        good = good or handler.headers["Authorization"] == "Basic bWVuOnNpci05YzBk"  # men:sir-9c0d
        given = {"access_token": TOKEN, "expires_in": 60} if good else {"error": "invalid_client"}
        answer(handler, json.dumps(given).encode(), 200 if good else 401)


@pytest.fixture
def secure(tmp_path: Path) -> Iterator[tuple[Site, Authority]]:
    """A server that takes certificates of the ministry's own authority alone."""
    ours = Authority.made(tmp_path / "ca")
    with serving(tls=ours.server(wants=ours.file)) as one:
        yield one, ours


@pytest.fixture
def reader(ministry: Ministry) -> Ministry:
    (ministry.folder / "mapping.yaml").write_text(MAPPING.format(name="schools"))
    ministry.settings["networks"] = ["127.0.0.0/8"]
    return ministry


def connect(ministry: Ministry, url: str, **fields: object) -> None:
    """Writes the connection's table; what is secret goes into a file of its own."""
    lines = ["[connections.education]", f'url = "{url}"']
    for name, value in fields.items():
        if name in ("api_key", "client_secret"):
            ministry.secret(name, f"{value}\n")
            lines.append(f'{name}_file = "{ministry.folder / name}"')
        else:
            lines.append(f'{name} = "{value}"')
    ministry.connection = lines


def taken(ministry: Ministry, site: Site, portal: FakePortal) -> str:
    """Check and run, all well; no secret in what is told, kept or pushed."""
    told = ministry.run("check", site.url(""))
    told += ministry.run("run", site.url(""))
    assert rows(portal) == len(RECORDS)
    kept = [path.read_bytes() for path in (ministry.folder / "queue").rglob("*") if path.is_file()]
    kept += [path.read_bytes() for path in portal.inbox.folder.rglob("*") if path.is_file()]
    pushed = [headers for path, headers in site.asked if "roadmap_push" in path]
    everything = told.encode() + b"".join(kept) + repr(pushed).encode()
    assert not [secret for secret in SECRETS if secret.encode() in everything]
    return told


def test_a_key_and_a_name_with_a_password(reader: Ministry, site: Site, portal: FakePortal):
    interface = Interface(site)
    base = "api+" + site.url("/api/")
    interface.wants = ("X-Kalit", KEY)
    connect(reader, base, api_key=KEY, api_key_header="X-Kalit")
    assert "The login works" in taken(reader, site, portal)
    interface.wants = ("", "")
    connect(reader, base, api_key=KEY, api_key_parameter="key")
    taken(reader, site, portal)
    interface.wants = ("Authorization", BASIC)
    reader.connection = []
    reader.secret("education.url", base.replace("//", f"//portal:{PASSWORD}@"))
    told = taken(reader, site, portal)
    assert "WARNING: The address is http" in told
    reader.secret("education.url", base.replace("//", "//portal:boshqa@"))
    assert "refuses the login (status 401)" in reader.run("check", site.url(""), 1)


def test_a_variable_holds_the_secret(
    reader: Ministry, site: Site, portal: FakePortal, monkeypatch: pytest.MonkeyPatch
):
    Interface(site).wants = ("X-API-Key", KEY)
    connect(reader, "api+" + site.url("/api/"))
    assert "refuses the login" in reader.run("check", site.url(""), 1)
    monkeypatch.setenv("CKANEXT__ROADMAP__CONNECTION__EDUCATION__API_KEY", KEY)
    taken(reader, site, portal)


@pytest.mark.parametrize("basic_only", [False, True])
def test_oauth2(reader: Ministry, site: Site, portal: FakePortal, basic_only: bool):
    interface = Interface(site)
    interface.wants, interface.basic_only = ("Authorization", f"Bearer {TOKEN}"), basic_only
    base = "api+" + site.url("/api/")
    login = {"token_url": site.url("/token"), "client_id": "men", "client_secret": CLIENT}
    connect(reader, base, **login)
    assert "The login server gave a token." in taken(reader, site, portal)
    connect(reader, base, **{**login, "client_secret": "boshqa"})
    assert "gave no token" in reader.run("check", site.url(""), 1)
    pushed = list[bytes]()

    def fail(handler: Any) -> None:
        pushed.append(handler.rfile.read(int(handler.headers["Content-Length"])))
        answer(handler, b'{"result": {}}')

    site.pages["/api/3/action/roadmap_push_fail"] = fail
    told = reader.run("run", site.url(""), 1)
    assert "gave no token" in told
    assert b'"code": "api_login"' in pushed[0]
    assert not [one for one in ("boshqa", site.url("/token")) if one in told or one.encode() in pushed[0]]
    connect(reader, base, token_url=site.url("/token"), client_id="men")
    assert "lacks something" in reader.run("check", site.url(""), 1)
    connect(reader, base, auth="oauth", **login)
    assert "no such way to log in" in reader.run("check", site.url(""), 1)


def test_mutual_tls_with_oauth2(
    reader: Ministry, site: Site, portal: FakePortal, secure: tuple[Site, Authority]
):
    """Token server and interface both ask for the certificate."""
    server, ours = secure
    Interface(server).wants = ("Authorization", f"Bearer {TOKEN}")
    certificate, key = ours.issued("agent", days=9)
    key.chmod(0o600)
    files = {"certificate_file": certificate, "certificate_key_file": key, "ca_file": ours.file}
    login = {"token_url": server.url("/token"), "client_id": "men", "client_secret": CLIENT}
    base = "api+" + server.url("/api/")
    connect(reader, base, **login, **files)
    told = taken(reader, site, portal)
    assert "WARNING: The certificate of the connection ends on" in told
    assert "The server's certificate is valid until" in told
    connect(reader, base, **login, ca_file=ours.file)
    assert "certificate" in reader.run("check", site.url(""), 1)
    connect(reader, base, **login, **{**files, "ca_file": reader.folder / "none.pem"})
    assert "connections.education.ca_file cannot be read" in reader.run("check", site.url(""), 3)
    key.chmod(0o644)
    connect(reader, base, **login, **files)
    assert "certificate_key_file may be read by everybody" in reader.run("check", site.url(""), 3)
    old, old_key = ours.issued("old", days=-1)
    old_key.chmod(0o600)
    connect(reader, base, **login, **{**files, "certificate_file": old, "certificate_key_file": old_key})
    assert "The certificate of the connection ended on" in reader.run("check", site.url(""), 1)


def test_one_page_is_enough_for_a_look(reader: Ministry, site: Site, portal: FakePortal):
    for number in (1, 2):
        body = json.dumps(RECORDS if number == 1 else []).encode()
        site.pages[f"/api/schools?page={number}&per_page=3"] = lambda handler, body=body: answer(
            handler, body
        )
    text = MAPPING.format(name="schools") + "read: {paging: {style: page, limit: 3}}\n"
    (reader.folder / "mapping.yaml").write_text(text)
    connect(reader, "api+" + site.url("/api/"))
    site.pages["/api/schools"] = lambda handler: answer(handler, b"[]")
    assert "id int" in reader.run("check", site.url(""))
    assert not [path for path in site.paths() if "page=2" in path]
    (reader.folder / "mapping.yaml").write_text(text.replace("[id, name]", "[id, tuman]"))
    assert "lacks columns: tuman" in reader.run("check", site.url(""), 2)  # 2: the portal has other columns

"""The agent against a portal's stand-in: proxy, authority of its own, faults on both sides; no CKAN is needed."""

from __future__ import annotations

import gzip
import json
import sqlite3
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from ckanext.roadmap.agent import portal as portal_module
from ckanext.roadmap.agent.__main__ import main
from ckanext.roadmap.sources.parcel import Spool
from ckanext.roadmap.tests.agent.portals import FakePortal, cut
from ckanext.roadmap.tests.agent.proxy import proxying
from ckanext.roadmap.tests.sources.authority import Authority
from ckanext.roadmap.tests.sources.http.sites import Site, answer, page, serving

MAPPING = """
name: {name}
connection: education
table: schools
item: E-01
body: ministry-education
dataset: {{name: {name}, title: {{uz: Maktablar}}}}
key: id
columns: [id, name]
"""


class Ministry:
    """A SQLite file, the agent's files, and its command."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder, self._capsys = folder, capsys
        folder.mkdir()
        self.database = folder / "ministry.sqlite"
        self.sql("CREATE TABLE schools (id integer primary key, name text)")
        self.fill(400)
        self.secret("education.url", f"sqlite:///{self.database}")
        self.secret("token", "rmp_good")
        self.mapping()
        self.settings: dict[str, object] = {"piece_bytes": 2048, "timeout": 5}
        self.connection: list[str] = []

    def sql(self, statement: str) -> None:
        with sqlite3.connect(self.database) as connection:
            connection.execute(statement)

    def fill(self, rows: int) -> None:
        self.sql(
            "INSERT INTO schools SELECT value, 'maktab ' || hex(randomblob(30)) FROM"
            f" (WITH RECURSIVE n(value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM n WHERE value < {rows}) SELECT value FROM n)"
        )

    def fill_more(self) -> None:
        self.sql("INSERT INTO schools SELECT max(id) + 1, 'yangi' FROM schools")

    def mapping(self, *names: str) -> None:
        texts = [MAPPING.format(name=name) for name in names or ("schools",)]
        (self.folder / "mapping.yaml").write_text("---".join(texts))

    def secret(self, name: str, text: str) -> None:
        (self.folder / name).write_text(text)
        (self.folder / name).chmod(0o600)

    def run(self, word: str, portal: str, code: int = 0, **changes: object) -> str:
        places = {
            name: str(self.folder / file)
            for name, file in (("token_file", "token"), ("queue", "queue"), ("mapping", "mapping.yaml"))
        }
        settings = {"portal": portal, **places, **self.settings, **changes}
        lines = [f"{name} = {json.dumps(value)}" for name, value in settings.items()]
        lines += self.connection or ["[connections]", f'education = "{self.folder}/education.url"']
        (self.folder / "agent.toml").write_text("\n".join(lines))
        found = main([word, "--config", str(self.folder / "agent.toml")])
        told = "".join(self._capsys.readouterr())
        assert found == code, told
        assert "rmp_good" not in told
        return told

    @property
    def waiting(self) -> list[str]:
        return [one.mapping for one in Spool(self.folder / "queue").waiting()]


@pytest.fixture
def ministry(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Ministry:
    monkeypatch.setattr(portal_module, "PAUSES", (0, 0))
    for name in ("https_proxy", "http_proxy", "HTTPS_PROXY", "no_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    return Ministry(tmp_path / "ministry", capsys)


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as one:
        yield one


@pytest.fixture
def portal(site: Site, tmp_path: Path) -> FakePortal:
    return FakePortal(site, tmp_path / "inbox")


def rows(portal: FakePortal) -> int:
    found = portal.inbox.current()
    assert found
    return gzip.decompress(found.path.read_bytes()).count(b"\n")


def test_through_a_proxy_to_a_portal_of_an_own_authority(ministry: Ministry, tmp_path: Path):
    """The name is one that the ministry's network can't resolve: the proxy does."""
    ours, other = Authority.made(tmp_path / "ours"), Authority.made(tmp_path / "other")
    tls = ours.server(names="DNS:portal.invalid")
    with serving(tls=tls) as secure, proxying() as proxy:
        portal = FakePortal(secure, tmp_path / "inbox")
        url = f"https://portal.invalid:{secure.port}"
        known = {"proxy": proxy.url, "ca_file": str(ours.file)}
        assert "takes the token" in ministry.run("check", url, **known)
        assert "piece 1 of" in ministry.run("run", url, **known)
        assert rows(portal) == 400
        assert set(proxy.asked) == {f"portal.invalid:{secure.port}"}
        ministry.fill_more()
        asked = len(secure.asked)
        for wrong in (
            {**known, "ca_file": str(other.file)},
            {"proxy": proxy.url},
            {"ca_file": str(ours.file)},
        ):
            assert "cannot be reached" in ministry.run("run", url, 75, **wrong)
        assert len(secure.asked) == asked  # the token went nowhere
        assert "ca_file cannot be read" in ministry.run("run", url, 3, **{**known, "ca_file": "/none.pem"})
        ministry.run("send", url, **known)
        assert rows(portal) == 401


def test_the_check_tells_source_portal_token_and_clocks(ministry: Ministry, portal: FakePortal, site: Site):
    told = ministry.run("check", site.url(""))
    for words in (
        "the source answered",
        "WARNING: the account can do more",
        "id int",
        "takes the token",
        "portal's clock agrees",
    ):
        assert words in told
    portal.ahead = timedelta(hours=5)
    assert "the portal's clock is +18000 s off" in ministry.run("check", site.url(""))
    ministry.secret("token", "rmp_wrong")
    assert "does not take the token" in ministry.run("check", site.url(""), 2)
    ministry.secret("token", "rmp_good")
    ministry.database.unlink()
    ministry.run("check", site.url(""), 1)
    assert "cannot be reached" in ministry.run("check", "http://127.0.0.1:1", 75)
    assert (ministry.waiting, portal.sent) == ([], [])


def test_a_portal_that_restarts_in_the_middle_of_a_piece(ministry: Ministry, portal: FakePortal, site: Site):
    cuts = [3]

    def fault(handler: Any) -> bool:
        if len(portal.sent) == 2 and cuts[0]:
            cuts[0] -= 1
            return cut(handler)
        return False

    portal.fault = fault
    told = ministry.run("run", site.url(""), 75)  # each of its three tries is cut
    assert "cannot be reached" in told
    assert (portal.sent, ministry.waiting) == ([1, 2], ["schools"])
    ministry.run("send", site.url(""))
    assert portal.sent == list(range(1, len(portal.sent) + 1))
    assert (rows(portal), ministry.waiting) == (400, [])
    ministry.fill_more()
    cuts[0], portal.sent[:] = 1, []
    ministry.run("run", site.url(""))  # one restart is waited out
    assert rows(portal) == 401


def test_a_portal_under_repair_and_a_token_that_is_revoked_meanwhile(
    ministry: Ministry, portal: FakePortal, site: Site
):
    def busy(handler: Any) -> bool:
        answer(handler, b"", 503)
        return True

    portal.fault = busy
    assert "503" in ministry.run("run", site.url(""), 75)
    portal.fault = lambda _handler: setattr(portal, "token", "rmp_other") or False
    assert "does not take the token" in ministry.run("send", site.url(""), 2)
    assert ministry.waiting == ["schools"]
    ministry.secret("token", "rmp_other")
    ministry.run("send", site.url(""))
    assert (rows(portal), ministry.waiting) == (400, [])


def test_days_without_a_network(ministry: Ministry, portal: FakePortal, site: Site):
    ministry.mapping("schools", "colleges")
    away = "http://127.0.0.1:1"
    ministry.run("run", away, 75)
    assert ministry.waiting == ["schools", "colleges"]  # in the order of reading, not of their names
    ministry.fill_more()
    ministry.mapping("schools")
    ministry.run("run", away, 75)
    assert ministry.waiting == ["colleges", "schools"]
    assert Spool(ministry.folder / "queue").waiting()[1].lines == 401  # the newest alone


def test_a_queue_that_is_full_keeps_what_waits(ministry: Ministry, portal: FakePortal, site: Site):
    away = "http://127.0.0.1:1"
    ministry.run("run", away, 75)
    ministry.fill_more()
    held = Spool(ministry.folder / "queue").held()
    told = ministry.run("read", away, 1, queue_bytes=held + 3000)
    assert "more than" in told
    assert "raise queue_bytes" in told
    assert not list((ministry.folder / "queue").glob("*.part"))
    ministry.run("send", site.url(""))
    assert rows(portal) == 400


def test_a_disk_that_is_full(
    ministry: Ministry, portal: FakePortal, site: Site, monkeypatch: pytest.MonkeyPatch
):
    ministry.run("read", site.url(""))
    ministry.fill_more()
    with monkeypatch.context() as patch:
        patch.setattr(Path, "write_bytes", _full)
        assert "disk of the queue is full" in ministry.run("read", site.url(""), 1)
    assert not list((ministry.folder / "queue").glob("*.part"))
    ministry.run("send", site.url(""))
    assert rows(portal) == 400


def _full(*_: object) -> int:
    raise OSError(28, "No space left on device")


def test_changes_alone_are_never_queued(ministry: Ministry, portal: FakePortal, site: Site, tmp_path: Path):
    """The portal is away while two readings are made: the second replaces the first, so each must be whole."""
    pages = [json.dumps([{"id": n, "name": f"maktab {n}"} for n in numbers]) for numbers in ((1, 2), (3,))]
    for number, body in enumerate((*pages, "[]"), 1):
        site.pages[f"/api/schools?page={number}&per_page=2"] = page(
            body.encode(), Content_Type="application/json"
        )
    ministry.secret("education.url", f"api+{site.url('/api/')}")
    text = MAPPING.format(name="schools") + (
        "read: {paging: {style: page, limit: 2}, since: {parameter: after}}\nwatermark_column: id\n"
    )
    (ministry.folder / "mapping.yaml").write_text(text)
    known = {"networks": ["127.0.0.0/8"]}
    assert "no network" in ministry.run("read", site.url(""), 3, networks=["everywhere"])
    for _ in range(2):
        assert "cannot be reached" in ministry.run("run", "http://127.0.0.1:1", 75, **known)
    assert not [path for path in site.paths() if "after" in path]
    ministry.run("send", site.url(""), **known)
    assert (rows(portal), ministry.waiting) == (3, [])
    ministry.run("read", site.url(""), 1)  # an inner network that nobody named is not reached

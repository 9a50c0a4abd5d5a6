"""A secret that is changed counts from the next use on, for every kind of source, without a restart."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ckan import model

from ckanext.roadmap.services import clock, connection_looks
from ckanext.roadmap.sources.errors import SourceError
from ckanext.roadmap.sources.look import Look
from ckanext.roadmap.tests import postgres
from ckanext.roadmap.tests.sources.authority import Authority
from ckanext.roadmap.tests.sources.http.sites import Site, answer, page, serving
from ckanext.roadmap.tests.sources.places import ssh

pytestmark = [
    pytest.mark.usefixtures("with_plugins", "clean_db"),
    pytest.mark.ckan_config("ckanext.roadmap.http.allowed_networks", "127.0.0.0/8"),
]


class Setting:
    """One connection of the environment, its secrets in files."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder, self._patch = folder, monkeypatch

    def write(self, **values: str) -> None:
        """Put these into files; the names of the files are said once."""
        for name, text in values.items():
            (self.folder / name).write_text(f"{text}\n")
            self.say(**{f"{name}_file": str(self.folder / name)})

    def say(self, **values: str) -> None:
        for name, value in values.items():
            self._patch.setenv(f"CKANEXT__ROADMAP__CONNECTION__ROTATED__{name.upper()}", value)


@pytest.fixture
def setting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Setting:
    return Setting(tmp_path, monkeypatch)


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as one:
        yield one


def look() -> Look:
    return connection_looks.look(model.Session(), "rotated", clock.now)


def assert_refused(code: str) -> None:
    with pytest.raises(SourceError) as caught:
        look()
    assert caught.value.code == code


def takes(site: Site, path: str, header: str, value: str) -> None:
    def talk(handler: Any) -> None:
        answer(handler, b"[]", 200 if handler.headers[header] == value else 401)

    site.pages[path] = talk


def test_a_database(setting: Setting):
    with (
        postgres.role("rotated") as (old, password),
        postgres.role("rotated") as (new, other),
        postgres.database("rotated") as database,
    ):
        postgres.rows(postgres.admin(database), f"ALTER ROLE {old} NOLOGIN")
        setting.write(url=postgres.as_role(old, password, database))
        assert_refused("login_refused")
        setting.write(url=postgres.as_role(new, other, database))
        look()


def test_name_and_password_of_a_file_on_the_web(setting: Setting, site: Site):
    takes(site, "/a.csv", "Authorization", "Basic YTpuZXc=")  # a:new
    setting.write(url=site.url("/a.csv").replace("//", "//a:old@"))
    assert_refused("check_login")
    setting.write(url=site.url("/a.csv").replace("//", "//a:new@"))
    look()


@pytest.mark.parametrize(
    ("name", "header", "form"), [("token", "Authorization", "Bearer {}"), ("api_key", "X-API-Key", "{}")]
)
def test_token_and_key_of_an_interface(setting: Setting, site: Site, name: str, header: str, form: str):
    takes(site, "/api/", header, form.format("new"))
    setting.write(url="api+" + site.url("/api/"), **{name: "old"})
    assert_refused("check_login")
    setting.write(**{name: "new"})
    look()


def test_the_secret_of_oauth2(setting: Setting, site: Site):
    def token(handler: Any) -> None:
        sent = handler.rfile.read(int(handler.headers["Content-Length"])).decode()
        answer(handler, json.dumps({"access_token": "t"}).encode(), 200 if "=new" in sent else 401)

    site.pages["/token"], site.pages["/api/"] = token, page(b"[]")
    setting.say(token_url=site.url("/token"), client_id="men")
    setting.write(url="api+" + site.url("/api/"), client_secret="old")
    assert_refused("api_login")
    setting.write(client_secret="new")
    look()


def test_the_portal_s_certificate(setting: Setting, tmp_path: Path):
    old, new = Authority.made(tmp_path / "old"), Authority.made(tmp_path / "new")
    for made, kind in ((old, "certificate"), (new, "fresh")):
        for path, ending in zip(made.issued("portal"), ("pem", "key"), strict=True):
            shutil.copy(path, tmp_path / f"{kind}.{ending}")
    with serving(tls=new.server(wants=new.file)) as secure:
        secure.pages["/a.csv"] = page(b"id\n")
        setting.write(url=secure.url("/a.csv"))
        setting.say(
            ca_file=str(new.file),
            certificate_file=str(tmp_path / "certificate.pem"),
            certificate_key_file=str(tmp_path / "certificate.key"),
        )
        with pytest.raises(SourceError):
            look()
        for ending in ("pem", "key"):
            (tmp_path / f"fresh.{ending}").replace(tmp_path / f"certificate.{ending}")
        look()


def test_the_key_of_an_sftp_account(setting: Setting, tmp_path: Path):
    (tmp_path / "files").mkdir()
    (tmp_path / "ssh").mkdir()
    with ssh.serving(tmp_path / "files", tmp_path / "ssh") as server:
        used = tmp_path / "used"
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", used], check=True)
        setting.write(url=server.url(key_file=str(used)))
        assert_refused("login_refused")
        shutil.copy(server.key, used)
        look()

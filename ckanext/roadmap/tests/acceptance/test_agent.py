"""The agent as a process of its own, from a ministry's database to the public table of a running portal."""

from __future__ import annotations

import gzip
import hashlib
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

import ckan.plugins.toolkit as tk

from ckanext.roadmap.tests import country
from ckanext.roadmap.tests.acceptance.ministry import PASSWORD, Ministry
from ckanext.roadmap.tests.acceptance.processes import Portal, free_port, running, wait_until
from ckanext.roadmap.tests.conftest import ROOT
from ckanext.roadmap.tests.country import act, upload

ROWS = 1411
MAPPING = """
name: schools
connection: education
table: schools
item: E-01
body: ministry-education
dataset: {name: schools, title: {uz: Maktablar, ru: Школы, en: Schools}}
key: id
columns: [id, obekt_nomi, {name: shift, source: smena}]
"""


class Agent:
    """The ministry's side: configuration, secrets in files, and the command."""

    def __init__(self, folder: Path, portal: str, database: str) -> None:
        self.folder, self.portal = folder, portal
        folder.mkdir()
        self.secret("education.url", database)
        (folder / "mapping.yaml").write_text(MAPPING, encoding="utf-8")

    def secret(self, name: str, text: str) -> None:
        (self.folder / name).write_text(text)
        (self.folder / name).chmod(0o600)

    def command(self, word: str, portal: str = "") -> list[str]:
        lines = [f'portal = "{portal or self.portal}"', "piece_bytes = 2048", "timeout = 30"]
        lines += [f'token_file = "{self.folder}/token"', f'queue = "{self.folder}/queue"']
        lines += [
            f'mapping = "{self.folder}/mapping.yaml"',
            "[connections]",
            f'education = "{self.folder}/education.url"',
        ]
        (self.folder / "agent.toml").write_text("\n".join(lines))
        return [sys.executable, "-m", "ckanext.roadmap.agent", word, "--config", f"{self.folder}/agent.toml"]

    def run(self, word: str = "run", code: int = 0, portal: str = "") -> str:
        done = subprocess.run(
            self.command(word, portal),
            cwd=ROOT,
            env=os.environ,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        assert done.returncode == code, done.stdout + done.stderr
        assert PASSWORD not in done.stdout + done.stderr
        return done.stdout + done.stderr

    def killed_after(self, pieces: int) -> None:
        """Start a run, and kill it when it has sent so many pieces."""
        process = subprocess.Popen(self.command("run"), cwd=ROOT, stdout=subprocess.PIPE, text=True)
        assert process.stdout
        for line in process.stdout:
            if f"piece {pieces} of" in line:
                break
        process.kill()
        process.wait()


@pytest.fixture
def ministry(shared_data: Path) -> Iterator[Ministry]:
    database = Ministry(tk.config["sqlalchemy.url"], shared_data / "ministries" / "schools.csv")
    yield database
    database.drop()


@pytest.fixture
def portal(clean_db: None, clean_index: None, tmp_path: Path, rehearsal: Any) -> Iterator[Portal]:
    """A portal that knows of the connection only that an agent brings it."""
    rehearsal.set("2023-04-10T12:00")
    options = {
        "ckanext.roadmap.rehearsal_clock": rehearsal.path,
        "ckanext.roadmap.connection.education.url": "push:",
        "ckanext.roadmap.connection.finance.url": "push:",
    }
    with running(tmp_path, options) as one:
        yield one


@pytest.fixture
def agent(portal: Portal, ministry: Ministry, tmp_path: Path) -> Agent:
    """An agent with a token of the system of schools."""
    country.import_bodies()
    country.import_list()
    country.approve()
    act("roadmap_mapping_import", upload=upload(MAPPING, "m.yaml"))
    made = Agent(tmp_path / "ministry", portal.url, ministry.url)
    made.secret("token", token("education"))
    return made


def token(connection: str) -> str:
    system = act(
        "roadmap_system_create", body="ministry-education", title_uz=connection, connection=connection
    )
    return act("roadmap_push_token_create", system=system["code"], note="test")["token"]


def runs(portal: Portal) -> list[dict[str, Any]]:
    return portal.api("roadmap_run_list", mapping="schools", limit=50)["results"]


def ended(portal: Portal, count: int) -> dict[str, Any]:
    """The newest run, once there are so many and all have ended."""

    def found() -> dict[str, Any] | None:
        rows = runs(portal)
        return rows[0] if len(rows) >= count and all(row["state"] == "finished" for row in rows) else None

    return wait_until(found, 120, f"no {count} runs: {portal.logs()[-3000:]}")


def post(portal: Portal, action: str, **data: Any) -> requests.Response:
    files = {"upload": data.pop("upload")} if "upload" in data else None
    url = f"{portal.url}/api/3/action/{action}"
    return (
        requests.post(url, data=data, files=files, timeout=60)
        if files
        else requests.post(url, json=data, timeout=60)
    )


def test_from_the_ministry_to_the_public(portal: Portal, ministry: Ministry, agent: Agent, rehearsal: Any):
    assert "id varchar" not in agent.run("check")
    first_push_is_killed_and_goes_on(portal, agent)
    rehearsal.set("2023-04-11T12:00")
    the_same_again_is_unchanged(portal, agent)
    rehearsal.set("2023-04-12T12:00")
    changes_come_when_the_portal_is_back(portal, ministry, agent)
    what_is_not_the_ministry_s_is_refused(portal, agent)
    nothing_gives_the_secret_away(portal, agent)


def first_push_is_killed_and_goes_on(portal: Portal, agent: Agent) -> None:
    agent.killed_after(3)
    assert runs(portal) == []
    told = agent.run()
    sent = [int(number) for number in re.findall(r"piece (\d+) of", told)]
    assert sent
    assert min(sent) > 3
    run = ended(portal, 1)
    assert (run["outcome"], run["rows_in"]) == ("applied", ROWS)
    dataset = portal.api("package_show", id="schools")
    shown = portal.api("datastore_search", resource_id=dataset["resources"][0]["id"], limit=1)
    assert shown["total"] == ROWS
    assert {field["id"]: field["type"] for field in shown["fields"]}["shift"] == "int4"


def the_same_again_is_unchanged(portal: Portal, agent: Agent) -> None:
    assert "unchanged since the last time" in agent.run()
    run = ended(portal, 2)
    assert (run["outcome"], run["rows_in"]) == ("unchanged", ROWS)


def changes_come_when_the_portal_is_back(portal: Portal, ministry: Ministry, agent: Agent) -> None:
    ministry.execute(
        "UPDATE schools_table SET smena = smena + 1 WHERE id IN (SELECT id FROM schools_table ORDER BY id LIMIT 5)"
    )
    away = f"http://127.0.0.1:{free_port()}"
    assert "cannot be reached" in agent.run(code=75, portal=away)
    assert (agent.folder / "queue" / "schools" / "manifest.json").is_file()
    agent.run("send")
    assert not (agent.folder / "queue" / "schools").exists()
    run = ended(portal, 3)
    assert (run["outcome"], run["rows_updated"]) == ("applied", 5)


def what_is_not_the_ministry_s_is_refused(portal: Portal, agent: Agent) -> None:
    good = (agent.folder / "token").read_text()
    for wrong in ("rmp_wrong", token("finance")):
        agent.secret("token", wrong)
        assert "does not take the token" in agent.run(code=2)
    piece = gzip.compress(b"1,x,1\n", mtime=0)
    manifest = {
        "columns": ["id", "obekt_nomi", "shift"], "types": ["text", "text", "int4"], "lines": 1, "size": 6,
        "content": "0" * 64, "chunks": [hashlib.sha256(piece).hexdigest()], "read_at": "2026-01-01T00:00:00+00:00",
    }  # fmt: skip
    key = {"token": good, "mapping": "schools", "content": "0" * 64}
    begun = post(portal, "roadmap_push_begin", token=good, mapping="schools", manifest=manifest)
    assert begun.json()["result"] == {"known": False, "missing": [1]}
    tampered = post(portal, "roadmap_push_chunk", **key, number=1, upload=b"tampered")
    assert (tampered.status_code, "arrived changed" in tampered.text) == (409, True)
    assert post(portal, "roadmap_push_chunk", **key, number=1, upload=piece).status_code == 200
    lied = post(portal, "roadmap_push_finish", **key, read_at="2026-01-01T00:00:00+00:00")
    assert (lied.status_code, "not what the parcel says" in lied.text) == (409, True)
    for fault, words in (("no_such_fault", "no_such_fault"), ("file_missing", "lacks values: name")):
        refused = post(portal, "roadmap_push_fail", token=good, mapping="schools", code=fault)
        assert (refused.status_code, words in refused.text) == (409, True), refused.text
    issued = act("roadmap_push_token_list", system="IS-0001")[0]
    assert issued["used_at"]
    assert good not in str(issued)
    act("roadmap_push_token_revoke", id=issued["id"])
    agent.secret("token", good)
    assert "does not take the token" in agent.run(code=2)
    assert len(runs(portal)) == 3


def nothing_gives_the_secret_away(portal: Portal, agent: Agent) -> None:
    good = (agent.folder / "token").read_text()
    places = {"logs": portal.logs()}
    dump = subprocess.run(
        ["pg_dump", "--dbname", tk.config["sqlalchemy.url"]], capture_output=True, check=True
    )
    places["database"] = dump.stdout.decode()
    assert [place for place, text in places.items() if PASSWORD in text or good in text] == []

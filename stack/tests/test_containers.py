from __future__ import annotations

import re
import subprocess

import pytest
import yaml

from stack.portal import QUEUES
from stack.scheduler import DUTIES
from stack.settings import ROOT

DOCKER = ROOT / "docker"


@pytest.fixture(scope="module")
def compose():
    return yaml.safe_load((DOCKER / "compose.yaml").read_text())


def test_every_queue_has_a_worker(compose):
    commands = [service.get("command") for service in compose["services"].values()]
    assert [["jobs", queue] for queue in QUEUES if ["jobs", queue] not in commands] == []
    assert ["harvest"] in commands
    assert ["scheduler"] in commands


def test_all_that_must_run_from_time_to_time_is_run():
    told = (ROOT / "docs" / "install.md").read_text().split("### What must run from time to time")[1]
    wanted = set(re.findall(r"\| `ckan -c ckan\.ini ([^`]+)` \|", told.split("###")[0]))
    assert {"roadmap runs prune", "harvester run"} < wanted
    script = (DOCKER / "entrypoint.sh").read_text()
    assert set(re.findall(r"^    every \d+ (.+)$", script, re.MULTILINE)) == wanted
    assert {" ".join(words) for _, words in DUTIES} == wanted


def test_names_refer_to_what_is_there(compose):
    services = compose["services"]
    for service in services.values():
        assert set(service.get("depends_on", {})) <= set(services)
        assert set(service.get("secrets", [])) <= set(compose["secrets"])
        for volume in service.get("volumes", []):
            name = volume.split(":")[0]
            assert name in compose["volumes"] or (DOCKER / name).exists()


def test_no_secret_is_written_down(compose):
    text = (DOCKER / "compose.yaml").read_text() + (DOCKER / "ckan.ini").read_text()
    assert not re.search(r"(password|secret|key)\s*[:=]\s*[0-9a-f]{8,}", text, re.IGNORECASE)


def test_entrypoint_is_valid_and_needs_its_secrets(tmp_path):
    script = DOCKER / "entrypoint.sh"
    assert subprocess.run(["bash", "-n", script], check=False).returncode == 0
    environment = {"PATH": "/usr/bin:/bin", "CKAN_INI": str(tmp_path / "ckan.ini")}
    result = subprocess.run(
        ["bash", script, "web"], env=environment, capture_output=True, text=True, check=False
    )
    assert result.returncode != 0
    assert "SECRET_KEY is not set" in result.stderr


def test_the_same_plugins_as_the_demo_and_the_tests():
    lines = {
        line
        for file in (DOCKER / "ckan.ini", ROOT / "test.ini", ROOT / "stack" / "templates" / "ckan.ini")
        for line in file.read_text().splitlines()
        if line.startswith("ckan.plugins")
    }
    assert len(lines) == 1


def test_one_wsgi_file():
    assert (DOCKER / "wsgi.py").read_text() == (ROOT / "stack" / "wsgi.py").read_text()


def test_the_tests_name_no_folder_of_one_machine():
    values = [line.partition(" = ")[2] for line in (ROOT / "test.ini").read_text().splitlines()]
    assert [value for value in values if value.startswith("/")] == []

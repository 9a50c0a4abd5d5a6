"""The agent's configuration: faults name the field, secrets are kept from others; no CKAN is needed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from ckanext.roadmap.agent.__main__ import main
from ckanext.roadmap.agent.errors import ConfigError
from ckanext.roadmap.agent.settings import load
from ckanext.roadmap.tests.conftest import ROOT

GOOD = 'portal = "https://data.example"\ntoken_file = "t"\nqueue = "q"\nmapping = "m"\n'


def written(folder: Path, text: str) -> Path:
    path = folder / "agent.toml"
    path.write_text(text)
    return path


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (GOOD.replace("https", "http"), "portal is no https"),
        (GOOD.replace("queue", "que"), "que is not known"),
        (GOOD.replace('queue = "q"', ""), "queue is missing"),
        ("portal = ", "is not TOML"),
        (
            GOOD + "[connections.a]\ntoken = 't'",
            r"connections.a.token is a secret. Write it into .* token_file",
        ),
        (GOOD + "[connections.a]\nurl = 'api+https://u:p@h/'", "connections.a.url is a secret"),
        (GOOD + "[connections.a]\nkey = 't'", r"connections.a.key is not known"),
        (GOOD + "[connections.a]\nscope = 7", r"connections.a.scope is no text"),
        (GOOD + "connections = 7", "connections is no table"),
        (GOOD + "[connections.'A b']\nurl_file = 'f'", "is no name"),
    ],
)
def test_faults_name_the_field(tmp_path: Path, text: str, told: str):
    with pytest.raises(ConfigError, match=told):
        load(written(tmp_path, text))


def test_a_secret_that_everybody_may_read_is_refused(tmp_path: Path, capsys):
    secret = tmp_path / "token"
    secret.write_text("rmp_x\n")
    settings = load(written(tmp_path, GOOD.replace('"t"', f'"{secret}"')))
    secret.chmod(0o644)
    with pytest.raises(ConfigError, match="chmod 600"):
        settings.token()
    secret.chmod(0o640)
    assert settings.token() == "rmp_x"
    with pytest.raises(ConfigError, match=r"connections\.education has no address"):
        settings.access("education")
    assert main(["run", "--config", str(tmp_path / "none.toml")]) == 3
    assert "cannot be read" in capsys.readouterr().err


def test_it_runs_where_there_is_no_ckan():
    blocked = "import sys; sys.modules.update(ckan=None, flask=None, click=None); import ckanext.roadmap.agent.__main__"
    done = subprocess.run(
        [sys.executable, "-c", blocked], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr

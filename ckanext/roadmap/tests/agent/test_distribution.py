"""The agent as it is given to a ministry: a wheel in an empty environment, with what it declares and no more."""

from __future__ import annotations

import configparser
import re
import shutil
import subprocess
import sys
import tomllib
from importlib.metadata import Distribution, distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from ckanext.roadmap.tests import postgres
from ckanext.roadmap.tests.agent.portals import FakePortal
from ckanext.roadmap.tests.agent.test_work import MAPPING
from ckanext.roadmap.tests.conftest import ROOT
from ckanext.roadmap.tests.sources.http.sites import serving

FOLDER = ROOT / "agent"
DECLARED = tomllib.loads((FOLDER / "pyproject.toml").read_text())["project"]


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, the libraries it needs for PostgreSQL, and nothing else; no network is asked."""
    base = tmp_path_factory.mktemp("agent")
    source = base / "source"  # the build leaves its traces beside what it builds
    shutil.copytree(
        ROOT / "ckanext",
        source / "ckanext",
        ignore=shutil.ignore_patterns("tests", "node_modules", "__pycache__"),
    )
    shutil.copytree(FOLDER, source / "agent")
    _pip("wheel", "--no-deps", "--no-build-isolation", "--no-index", "-w", base, source / "agent")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", base / "venv"], check=True)
    (wheel,) = base.glob("*.whl")
    _pip("--python", base / "venv/bin/python", "install", "--no-deps", "--no-index", wheel)
    (site,) = (base / "venv/lib").glob("python*/site-packages")
    for name in _needed([*DECLARED["dependencies"], *DECLARED["optional-dependencies"]["postgresql"]]):
        _copy(name, site)
    return base / "venv"


def _pip(*words: object) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pip", *map(str, words)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def _needed(asked: list[str]) -> dict[str, Distribution]:
    """Distributions by name, with what they need in turn."""
    found: dict[str, Distribution] = {}
    todo = list(asked)
    while todo:
        wanted = Requirement(todo.pop())
        if wanted.marker and not wanted.marker.evaluate({"extra": ""}):
            continue
        name = wanted.name.replace("psycopg2-binary", _psycopg2())
        if name not in found:
            found[name] = distribution(name)
            todo += found[name].requires or []
    return found


def _psycopg2() -> str:
    """CKAN brings the same library under its other name."""
    try:
        return distribution("psycopg2-binary").name
    except ModuleNotFoundError:
        return "psycopg2"


def _copy(name: str, site: Path) -> None:
    for file in distribution(name).files or []:
        if ".." not in file.parts and "__pycache__" not in file.parts:
            target = site / file
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file.locate(), target)


def agent(environment: Path, folder: Path, word: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [environment / "bin/roadmap-agent", word, "--config", folder / "agent.toml"],
        cwd="/", env={"PATH": "/usr/bin:/bin"}, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip


def test_few_libraries_are_needed_for_a_database():
    assert [Requirement(one).name for one in DECLARED["dependencies"]] == ["sqlalchemy", "pyyaml"]
    extras = DECLARED["optional-dependencies"]
    assert set(extras) == {"postgresql", "mysql", "oracle", "mssql", "files", "sdmx"}
    assert [len(extras[name]) for name in ("postgresql", "mysql", "oracle", "mssql")] == [1, 1, 1, 1]


def test_it_reads_a_real_database_and_sends(environment: Path, tmp_path: Path):
    with postgres.database("ministry") as name, serving() as site:
        portal = FakePortal(site, tmp_path / "inbox")
        postgres.rows(
            postgres.admin(name),
            "CREATE TABLE schools AS SELECT n id, 'maktab' name FROM generate_series(1, 50) n",
        )
        for file, text in (
            ("token", "rmp_good"),
            ("education.url", postgres.admin(name)),
            ("mapping.yaml", MAPPING.format(name="schools")),
        ):
            (tmp_path / file).write_text(text)
            (tmp_path / file).chmod(0o600)
        (tmp_path / "agent.toml").write_text(
            f'portal = "{site.url("")}"\ntoken_file = "{tmp_path}/token"\nqueue = "{tmp_path}/queue"\n'
            f'mapping = "{tmp_path}/mapping.yaml"\n[connections]\neducation = "{tmp_path}/education.url"\n'
        )
        checked = agent(environment, tmp_path, "check")
        assert checked.returncode == 0, checked.stderr
        assert "SUPERUSER" in checked.stdout
        done = agent(environment, tmp_path, "run")
        assert done.returncode == 0, done.stderr
        found = portal.inbox.current()
        assert found
        assert found.manifest.lines == 50


def test_a_kind_whose_libraries_are_not_there_is_told(environment: Path, tmp_path: Path):
    for file, text in (
        ("token", "rmp_good"),
        ("mapping.yaml", MAPPING.format(name="schools")),
        ("education.url", "https://127.0.0.1:1/a.csv"),
    ):
        (tmp_path / file).write_text(text)
        (tmp_path / file).chmod(0o600)
    (tmp_path / "agent.toml").write_text(
        f'portal = "https://127.0.0.1:1"\ntoken_file = "{tmp_path}/token"\nqueue = "{tmp_path}/queue"\n'
        f'mapping = "{tmp_path}/mapping.yaml"\n[connections]\neducation = "{tmp_path}/education.url"\n'
    )
    told = agent(environment, tmp_path, "read")
    assert (told.returncode, "not installed: " in told.stderr, "pyarrow" in told.stderr) == (1, True, True)


def test_its_wheel_holds_every_package_that_any_source_needs():
    script = "import sys, ckanext.roadmap.agent.__main__, ckanext.roadmap.loading.extract as e; e.load_all(); print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    ours = {name for name in done.stdout.split() if name.startswith("ckanext.roadmap")}
    folders = {name for name in ours if (ROOT / name.replace(".", "/")).is_dir()}
    listed = set(tomllib.loads((FOLDER / "pyproject.toml").read_text())["tool"]["setuptools"]["packages"])
    assert folders - listed == set()


def test_the_units_of_systemd(tmp_path: Path):
    unit = (FOLDER / "roadmap-agent.service").read_text()
    found = configparser.ConfigParser(strict=False, interpolation=None)
    found.optionxform = str  # type: ignore[assignment,method-assign]
    found.read_string(unit)
    assert found["Service"]["SuccessExitStatus"] == "75"
    verify = shutil.which("systemd-analyze")
    if verify is None:
        pytest.skip("no systemd-analyze")
    true = shutil.which("true") or "/bin/true"
    (tmp_path / "roadmap-agent.service").write_text(re.sub(r"(?m)^ExecStart=\S+", f"ExecStart={true}", unit))
    shutil.copy(FOLDER / "roadmap-agent.timer", tmp_path)
    for name in ("roadmap-agent.service", "roadmap-agent.timer"):
        done = subprocess.run(
            [verify, "verify", tmp_path / name], capture_output=True, text=True, check=False
        )
        complaints = [line for line in done.stderr.splitlines() if "roadmap-agent" in line]
        assert complaints == []

"""Whatever a user can call, set or see has its place in the documentation."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
import yaml

from ckanext.roadmap.cli.roadmap import roadmap
from ckanext.roadmap.domain.reason import Reason
from ckanext.roadmap.domain.status import Status
from ckanext.roadmap.logic import action, auth
from ckanext.roadmap.tests.logic.permissions import FUNCTIONS, Role

ROOT = Path(__file__).resolve().parents[3]
DOCS = ROOT / "docs"
# commands that only other commands call; none is hidden now
HIDDEN: frozenset[str] = frozenset()
ROLES = [Role.anonymous, Role.user, Role.officer_own, Role.coordinator, Role.auditor, Role.commission]


def page(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def everything() -> str:
    return "\n".join(file.read_text(encoding="utf-8") for file in sorted(DOCS.rglob("*.md")))


def options() -> list[str]:
    text = (ROOT / "ckanext" / "roadmap" / "config_declaration.yaml").read_text(encoding="utf-8")
    return [option["key"] for group in yaml.safe_load(text)["groups"] for option in group["options"]]


def commands(group: click.Group, prefix: str = "") -> Iterator[tuple[str, click.Command]]:
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, f"{prefix}{name} ")
        else:
            yield f"{prefix}{name}", command


def rules(app) -> list[str]:
    return sorted(
        rule.rule
        for rule in app.flask_app.url_map.iter_rules()
        if rule.endpoint.startswith("roadmap") and not rule.rule.startswith("/<")
    )


@pytest.mark.parametrize("name", action.__all__)
def test_an_action_has_its_chapter_with_an_example(name):
    chapter = re.search(rf"^### {name}\n(.*?)(?=^##|\Z)", page("api.md"), re.M | re.S)
    assert chapter, f"docs/api.md has no chapter on {name}"
    for word in ("**Who:**", "curl ", f"/{name}", "**Result:**"):
        assert word in chapter[1], f"the chapter on {name} lacks {word}"


@pytest.mark.parametrize("name", action.__all__)
def test_the_chapter_names_every_parameter(name):
    told = set(re.findall(r":param (\w+):", inspect.getdoc(getattr(action, name)) or ""))
    chapter = page("api.md").split(f"### {name}\n")[1].split("\n##")[0]
    assert not {one for one in told if f"`{one}`" not in chapter}


def test_the_api_page_tells_of_nothing_else():
    assert sorted(re.findall(r"^### (roadmap_\w+)$", page("api.md"), re.M)) == sorted(action.__all__)


@pytest.mark.parametrize("name", action.__all__)
def test_an_action_tells_what_it_returns(name):
    text = inspect.getdoc(getattr(action, name)) or ""
    assert text.split("\n")[0].endswith((".", ":")), "the first line is a sentence"
    assert re.search(r"^:(returns|rtype):", text, re.M)


@pytest.mark.parametrize("name", options())
def test_an_option_has_its_row(name):
    assert f"`{name}`" in page("configuration.md")


def test_the_configuration_page_tells_of_no_option_that_is_not_declared():
    named = set(re.findall(r"^\| `(ckanext\.roadmap\.[^`]+)`", page("configuration.md"), re.M))
    assert named == set(options())


@pytest.mark.parametrize("name", [name for name, command in commands(roadmap) if not command.hidden])
def test_a_command_has_its_row(name):
    assert re.search(rf"^\| `{name}[ `]", page("commands.md"), re.M)


@pytest.mark.parametrize("name", [name for name, _ in commands(roadmap)])
def test_a_commands_options_are_in_its_row(name):
    row = next(line for line in page("commands.md").splitlines() if re.match(rf"\| `{name}[ `]", line))
    command = dict(commands(roadmap))[name]
    flags = [flag for param in command.params if isinstance(param, click.Option) for flag in param.opts]
    assert not [flag for flag in flags if flag not in row]


def test_no_command_is_hidden_in_silence():
    assert {name for name, command in commands(roadmap) if command.hidden} == HIDDEN


def test_the_commands_page_tells_of_nothing_else():
    told = re.findall(r"^\| `([a-z]+(?: [a-z]+)?)", page("commands.md"), re.M)
    assert sorted(told) == sorted(name for name, command in commands(roadmap) if not command.hidden)


@pytest.mark.parametrize("code", [*Status, *Reason])
def test_a_code_has_its_row(code):
    assert f"| `{code}` |" in page("status-rule.md")


@pytest.mark.usefixtures("with_plugins")
def test_a_page_has_its_word(app):
    found = rules(app)
    assert found
    text = everything()
    assert not [rule for rule in found if f"`{rule}`" not in text]


def test_every_page_of_the_documentation_is_in_the_navigation():
    named = set(re.findall(r"[\w/-]+\.md", (ROOT / "mkdocs.yml").read_text(encoding="utf-8")))
    assert {file.relative_to(DOCS).as_posix() for file in DOCS.rglob("*.md")} == named


@pytest.mark.parametrize("name", sorted(FUNCTIONS))
def test_the_table_of_permissions_says_what_the_matrix_says(name):
    answers = ["yes" if role in FUNCTIONS[name].allowed else "–" for role in ROLES]
    assert f"| `{name}` | {' | '.join(answers)} |" in page("permissions.md")


def test_the_table_of_permissions_has_no_other_row():
    rows = re.findall(r"^\| `(roadmap_\w+)`", page("permissions.md"), re.M)
    assert sorted(rows) == sorted({*action.__all__, *auth.FUNCTIONS})


def test_every_dependency_has_a_reason():
    text = page("dependencies.md")
    for file in ("requirements.txt", "dev-requirements.txt"):
        for line in (ROOT / file).read_text(encoding="utf-8").splitlines():
            if line and not line.startswith(("-", "#")):
                name = re.split(r"[\[=]", line)[0]
                assert f"| {name} |" in text, f"docs/dependencies.md has no row for {name}"

"""The examples of the API's page are run as they stand: each command is accepted, each key it shows is in the answer."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from ckan.tests.helpers import CKANTestApp

from ckanext.roadmap.tests import country
from ckanext.roadmap.tests.clock import RehearsalClock
from ckanext.roadmap.tests.logic.acting import deadline_of, first_half, member, publish
from ckanext.roadmap.tests.test_docs import page

pytestmark = pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")
READS = (
    "roadmap_compliance_show",
    "roadmap_deadline_list",
    "roadmap_deadline_show",
    "roadmap_event_list",
    "roadmap_territory_show",
    "roadmap_dataset_compliance_show",
    "roadmap_badge_show",
)
ACTS = {
    "roadmap_attest": "ministry-education",
    "roadmap_objection_create": "ministry-education",
    "roadmap_objection_rule": "anti-corruption-agency",
    "roadmap_exemption_create": "statistics-agency",
}
"""With the organization in whose name each is done."""


def chapter(name: str) -> str:
    return page("api.md").split(f"### {name}\n")[1].split("\n##")[0]


def commands(name: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Address and data of each command in an action's chapter."""
    text = re.sub(r" \\\n\s*", " ", chapter(name))
    for line in re.findall(r"^\$ (curl .*)$", text, re.M):
        words = shlex.split(line)
        data = dict(pair.split("=", 1) for flag, pair in zip(words, words[1:], strict=False) if flag == "-d")
        address = urlsplit(next(word for word in words if word.startswith("$SITE")).removeprefix("$SITE"))
        yield address.path, {**data, **dict(parse_qsl(address.query))}


def shown_keys(name: str) -> set[str]:
    """The keys in the example of an answer, if the chapter has one."""
    return {key for block in re.findall(r"```json\n(.*?)```", chapter(name), re.S) for key in _keys(block)}


def _keys(block: str) -> list[str]:
    return re.findall(r'"(\w+)":', block)


def all_keys(value: Any) -> set[str]:
    """Every key in an answer, however deep."""
    if isinstance(value, dict):
        return {*value, *(key for one in value.values() for key in all_keys(one))}
    return {key for one in value for key in all_keys(one)} if isinstance(value, list) else set()


@pytest.fixture
def told(rehearsal: RehearsalClock) -> RehearsalClock:
    """Schools published for the first quarter of 2023; it is 20 July."""
    first_half(rehearsal)
    return rehearsal


def here(data: dict[str, str], **ids: str) -> dict[str, str]:
    """The example's data with this country's item, ids and days in the place of the demo's."""
    names = {"ED-01": "E-01", "2026-04-10": "2023-07-19"}
    values = {key: ids.get(key, names.get(value, value)) for key, value in data.items()}
    return {key: value.replace("2026-", "2023-") for key, value in values.items()}


@pytest.mark.parametrize("name", READS)
def test_what_is_read(app: CKANTestApp, told: RehearsalClock, name: str):
    ids = {"id": deadline_of("E-01", "2023-Q1")} if name == "roadmap_deadline_show" else {}
    found = [*commands(name)]
    assert found
    answers = []
    for path, data in found:
        answer = json.loads(app.get(path, query_string=here(data, **ids), status=200).body)
        assert answer["success"]
        answers.append(answer)
    assert shown_keys(name) <= all_keys(answers)


def test_what_is_done(app: CKANTestApp, told: RehearsalClock):
    ids = {"deadline": deadline_of("E-01", "2023-Q2")}
    for name, organization in ACTS.items():
        token = country.act("api_token_create", user=member(organization), name="example")["token"]
        ((path, data),) = commands(name)
        asked = here(data, **ids)
        answer = app.post(path, data=asked, headers={"Authorization": token}, status=200)
        result = json.loads(answer.body)["result"]
        ids = {"deadline": deadline_of("F-01", "2023-05"), "id": str(result.get("id"))}


@pytest.mark.parametrize(
    ("name", "data", "field"),
    [
        ("roadmap_deadline_list", {"limit": "-1"}, "limit"),
        ("roadmap_deadline_list", {"status": "late"}, "status"),
        ("roadmap_event_list", {"after": "x"}, "after"),
        ("roadmap_compliance_show", {"as_of": "2999-01-01"}, "as_of"),
        ("roadmap_territory_show", {"live": "true"}, "live"),
        ("roadmap_badge_show", {}, "body"),
        ("roadmap_deadline_show", {}, "id"),
    ],
)
def test_what_is_refused_names_the_field(app: CKANTestApp, told: RehearsalClock, name, data, field):
    answer = app.get(f"/api/3/action/{name}", query_string=data, status=409)
    assert field in json.loads(answer.body)["error"]


def test_pages_are_stable_while_events_come(app: CKANTestApp, told: RehearsalClock):
    def read(name: str, **data: Any) -> dict[str, Any]:
        answer = app.get(f"/api/3/action/{name}", query_string=data, status=200)
        return json.loads(answer.body)["result"]

    whole = read("roadmap_deadline_list", limit=1000)["deadlines"]
    pages: list[Any] = []
    for offset in range(0, len(whole), 5):
        as_of = "2023-07-20T12:00+05:00"
        pages += read("roadmap_deadline_list", limit=5, offset=offset, as_of=as_of)["deadlines"]
        publish(told, f"2023-07-20T12:{offset + 1:02}", content=f"{offset:02}"[1], kind="unchanged")
    assert [row["id"] for row in pages] == [row["id"] for row in whole]
    seen, after = [], 0
    while after is not None:
        found = read("roadmap_event_list", limit=2, after=after)
        seen += [event["seq"] for event in found["events"]]
        after = found["next"]
        publish(told, f"2023-07-21T12:{len(seen):02}", content="f", kind="unchanged") if len(
            seen
        ) < 6 else None
    assert seen == sorted(set(seen))
    assert len(seen) >= 6

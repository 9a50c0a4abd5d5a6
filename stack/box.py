"""The demo's box of suggestions, and a sitting of the commission that decided on some of them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import yaml

from stack.api import Api
from stack.settings import ROOT, Settings
from stack.year import first_year

OFFICERS = {"ministry-education": "officer", "ministry-health": "health-officer"}
"""Who of the demo's people speaks for a body."""
SAMPLE = ROOT / "stack" / "sample" / "suggestions.yaml"


def fill(settings: Settings, api: Api) -> None:
    """Suggest, comment, sit and decide; told again it changes nothing."""
    told = yaml.safe_load(SAMPLE.read_text(encoding="utf-8"))
    numbers = _suggest(api, told)
    if not api.call("roadmap_docket_list"):
        _sit(api, told, numbers, first_year(settings) + 1)


def _suggest(api: Api, told: dict[str, Any]) -> list[str]:
    """The numbers of the suggestions, in the order of the sample."""
    standing = {one["title"]: one["number"] for one in api.call("roadmap_suggestion_list")["suggestions"]}
    if not standing:
        for one in told["suggestions"]:
            standing[one["title"]] = api.call("roadmap_suggestion_create", **one)["number"]
        titles = [one["title"] for one in told["suggestions"]]
        for one in told["comments"]:
            number = standing[titles[one["suggestion"]]]
            api.call("roadmap_suggestion_comment", number=number, text=one["text"])
    return [standing[one["title"]] for one in told["suggestions"]]


def _sit(api: Api, told: dict[str, Any], numbers: list[str], year: int) -> None:
    """A sitting of today that feeds the draft of the next year's list."""
    draft = api.call("roadmap_list_version_create", year=year)
    day = datetime.now(UTC).date().isoformat()
    feeds = f"{draft['year']}-{draft['number']}"
    docket = api.call("roadmap_docket_create", sitting_date=day, list=feeds, **told["docket"])["number"]
    ids: list[str] = []
    for one in told["entries"]:
        matter = {name: value for name, value in one.items() if isinstance(value, str)}
        number = numbers[one["suggestion"]]
        made = api.call("roadmap_docket_entry_create", docket=docket, suggestions=number, **matter)
        with api.as_user(OFFICERS[one["body"]]) as officer:
            officer.call("roadmap_docket_opinion", id=made["id"], **one["opinion"])
        ids.append(made["id"])
    api.call("roadmap_docket_send", number=docket)
    for id_, one in zip(ids, told["entries"], strict=True):
        api.call("roadmap_docket_decide", id=id_, **one["decision"])

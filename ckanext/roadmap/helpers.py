"""Template helpers: texts, dates, numbers and labels in the reader's language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from markupsafe import Markup, escape

import ckan.plugins.toolkit as tk
from ckan import model

from ckanext.roadmap import addresses, config
from ckanext.roadmap.domain.reason import Reason
from ckanext.roadmap.logic.errors import run_in_words
from ckanext.roadmap.presentation import (
    acts,
    bodies,
    labels,
    links,
    moves,
    odin_words,
    rhythms,
    suggestion_words,
    systems,
    terms,
    territory,
    vocabulary,
)
from ckanext.roadmap.presentation.marks import Message
from ckanext.roadmap.services import clock
from ckanext.roadmap.services import takedowns as takedown_acts
from ckanext.roadmap.services.speaking import spoken
from ckanext.roadmap.written import (
    body_title,
    part_of_year,
    roadmap_date,
    roadmap_lang,
    roadmap_text,
)

_TABLE_FORMATS = ("csv", "xlsx", "json")
_FORMATS = {
    "csv": "CSV",
    "xlsx": "XLSX",
    "json": "JSON",
    "ttl": "Turtle",
    "rdf": "RDF/XML",
    "jsonld": "JSON-LD",
}


def roadmap_label(family: str, code: str | None) -> str:
    """The word for a code; a code without a word is shown as it is."""
    if not code:
        return ""
    return _label(roadmap_lang(), family, code)


def roadmap_why(reason: str, missing: Iterable[str] | None) -> str:
    """Why an event does not count; what it lacks: columns as they are called, regions by name and code."""
    word = roadmap_label("reason", reason)
    if not missing:
        return word
    is_region = reason == Reason.regions_missing
    names = [f"{roadmap_label('region', one)} ({one})" if is_region else one for one in missing]
    lacking = tk._("Missing: {names}").format(names=", ".join(names))
    return f"{word} {lacking}"


def roadmap_problem(error: Mapping[str, Any]) -> dict[str, str]:
    """The error of a run in the reader's language: `problem` and `remedy`."""
    return run_in_words(error)


def roadmap_move_problem(code: str, params: Mapping[str, Any]) -> dict[str, str]:
    """Why a dataset did not move, in the reader's language: with the name of the field, and what was said."""
    said = roadmap_text(params.get("told") or {}).rstrip(". ")
    words = {"label": roadmap_label("move_field", params.get("field")), "said": said}
    return run_in_words({"code": code, "params": {**params, **words}})


def roadmap_spoken(params: Mapping[str, object]) -> dict[str, object]:
    """What is filled into a text, with fractions as the reader's language writes them."""
    return spoken(params)


def roadmap_status_icon(status: str) -> str:
    """The shape that stands beside the word for a status, or for the state of a region."""
    return labels.MARK_ICONS.get(status) or territory.HELD_ICONS.get(status, "question")


def roadmap_suggestion_icon(state: str) -> str:
    """The shape that stands beside the word for a suggestion's state."""
    return suggestion_words.STATE_ICONS.get(state, "question")


def roadmap_look_icon(look: str) -> str:
    """The shape that stands beside the word for a look at a link."""
    return links.LOOK_ICONS.get(look, "question")


def roadmap_move_icon(state: str) -> str:
    """The shape that stands beside the word for how far a move has come."""
    return moves.ICONS.get(state, "question")


def roadmap_stage_icon(stage: str) -> str:
    """The shape that stands beside the word for a system's stage."""
    return systems.STAGE_ICONS.get(stage, "question")


def roadmap_links(dataset: str) -> list[dict[str, Any]]:
    """The links of a dataset to other sites, with the last look at each; none for one who may not see it."""
    try:
        return tk.get_action("roadmap_link_list")({"user": tk.g.user}, {"dataset": dataset})["links"]
    except (tk.ObjectNotFound, tk.NotAuthorized):
        return []


def roadmap_is_taken_down(resource_id: str) -> bool:
    """Whether the data of a resource are hidden as personal data."""
    return takedown_acts.stands(model.Session(), resource_id=resource_id)


def roadmap_due_rule(term: Mapping[str, str]) -> str:
    """A due rule in words."""
    return _say(terms.due_rule(term["frequency"], term["due_rule"]))


def roadmap_rhythm(line: str) -> str:
    """A line of cron in words."""
    return _say(rhythms.in_words(line))


def roadmap_hint(text: str) -> Markup:
    """A hint in which what is to be typed stands between backticks."""
    return Markup(re.sub(r"`([^`]+)`", r"<code>\1</code>", str(escape(text))))  # noqa: S704 - escaped before


def roadmap_cell(field: str, text: str | None) -> str:
    """A cell of the approved list in words; cells in free text are shown as they are."""
    families = {name: name for name in ("sphere", "frequency", "place")} | {"personal_data": "personal_class"}
    if field in ("territorial", "unchanged_allowed", "ai") and text:
        return tk._("yes") if text == "yes" else tk._("no")
    if field == "due_rule" and text:
        return _say(terms.any_due_rule(text))
    if field == "responsible" and text:
        return "; ".join(map(_responsible, text.split(";")))
    if field in families and text:
        return "; ".join(roadmap_label(families[field], part) for part in text.split(";"))
    return text or "–"


def roadmap_odin(code: str | int) -> str:
    """A category of ODIN by its number, or an indicator by its code, in words."""
    return ", ".join(tk._(word) for word in odin_words.words_of(str(code)))


def roadmap_period(code: str) -> str:
    """A period in words."""
    return _period(roadmap_lang(), code)


def roadmap_spheres(codes: list[str]) -> list[dict[str, str]]:
    """Choices of sphere, by their words."""
    return _choices((code, roadmap_label("sphere", code)) for code in codes)


def roadmap_bodies(names: Iterable[str], titles: Mapping[str, Any]) -> list[dict[str, str]]:
    """Choices of body, by their names in the reader's language."""
    told = [(name, roadmap_text(titles.get(name, name))) for name in names]
    return _choices(sorted(told, key=lambda pair: pair[1].casefold()))


def roadmap_kinds() -> list[dict[str, str]]:
    """Choices of kind of body, in the order of the state's hierarchy."""
    return _choices((code, roadmap_label("kind", code)) for code in labels.KINDS)


def roadmap_statuses() -> list[dict[str, str]]:
    """Choices of status, from kept to unknown."""
    return _choices((code, roadmap_label("status", code)) for code in labels.STATUSES)


def roadmap_shares() -> list[dict[str, str]]:
    """The shares, in the order of the tables."""
    return _choices((key, tk._(label)) for key, label in bodies.SHARES.items())


def roadmap_rehearsal() -> str | None:
    """The instant a rehearsal takes for the present time; None when the clock is the real one."""
    return clock.now().isoformat() if config.rehearsal_clock() else None


def roadmap_address(**changes: object) -> str:
    """The address of this page with some of its questions changed; None takes one away."""
    return addresses.here(**changes)


def roadmap_files(*formats: str, **changes: object) -> dict[str, str]:
    """Where all that this page is about, not the part shown, is to be had as a file, by format."""
    whole = {"offset": None, "page": None, **changes}
    return {_FORMATS[name]: roadmap_address(format=name, **whole) for name in formats or _TABLE_FORMATS}


def roadmap_url(endpoint: str, **arguments: object) -> str:
    """The address of a page of the road map, looked at as of the same time as this one."""
    return addresses.then(endpoint, **arguments)


def roadmap_drill(figure: str, row: Mapping[str, Any]) -> str:
    """The address of the rows behind a figure; `row` is empty for a figure of the whole page."""
    return addresses.behind(figure, row)


def roadmap_drill_status(status: str, row: Mapping[str, Any]) -> str:
    """The address of the deadlines of a status behind a row of a table."""
    return addresses.of_status(status, row)


def roadmap_decision(number: str) -> str:
    """What an act rests on: a decision's number as it is, or the words for a ruling or takedown."""
    word = next((word for begin, word in acts.GROUNDS.items() if number.startswith(begin)), None)
    return tk._(word) if word else number


def roadmap_kept_since(as_of: str) -> str | None:
    """Since when names of datasets and thresholds of the light are kept, if a past instant lies before."""
    kept = tk.get_action("roadmap_light_list")({"user": tk.g.user}, {})["thresholds"]
    if not kept or datetime.fromisoformat(as_of) >= datetime.fromisoformat(kept[-1]["since"]):
        return None
    return kept[-1]["since"]


def roadmap_as_of() -> str | None:
    """The past day or instant that this page is asked for, as it stands in the address."""
    page = addresses.page()
    return page.as_of if page else None


def _responsible(word: str) -> str:
    """One word of the cell that tells who is responsible, with the body's name."""
    kind, colon, name = word.partition(":")
    if colon and kind == "kind":
        return roadmap_label("kind", name)
    if colon:
        return " ".join((tk._("except"), body_title(name) or name))
    return tk._("all bodies") if word == "all" else body_title(word) or word


def _choices(pairs: Any) -> list[dict[str, str]]:
    return [{"value": value, "text": text} for value, text in pairs]


@lru_cache(maxsize=10_000)
def _label(_lang: str, family: str, code: str) -> str:
    label = vocabulary.FAMILIES[family].get(code)
    return tk._(label) if label else code


@lru_cache(maxsize=10_000)
def _period(_lang: str, code: str) -> str:
    return _say(terms.period(code))


def _say(message: Message) -> str:
    text = message.singular
    if message.plural:
        text = tk.ungettext(message.singular, message.plural, message.count)
    elif not text.startswith("{") or not text.endswith("}"):
        text = tk._(text)
    return text.format(**{name: _fill(value) for name, value in message.params.items()})


def _fill(value: object) -> object:
    if isinstance(value, terms.DayOfYear):
        return part_of_year(date(2024, value.month, value.day), "day")
    if isinstance(value, terms.MonthOfYear):
        return part_of_year(date(value.year, value.month, 1), "month")
    return roadmap_date(value, long=True) if isinstance(value, date) else value

"""Template helpers: texts, dates, numbers and labels in the reader's language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal
from markupsafe import Markup, escape

import ckan.plugins.toolkit as tk
from ckan import model

from ckanext.roadmap import config
from ckanext.roadmap.domain.script import to_cyrillic
from ckanext.roadmap.domain.text import Text
from ckanext.roadmap.logic.errors import run_in_words
from ckanext.roadmap.presentation import (
    acts,
    bodies,
    labels,
    links,
    odin_words,
    suggestion_words,
    systems,
    terms,
    territory,
    vocabulary,
)
from ckanext.roadmap.presentation.marks import Message
from ckanext.roadmap.services import clock
from ckanext.roadmap.services import takedowns as takedown_acts

_SHORT_DAY = {"en": "d MMM y"}
_LONG_DAY = {"uz": "y-'yil' d-MMMM", "ru": "d MMMM y 'г.'", "en": "d MMMM y"}
_QUESTIONS = frozenset(
    {"body", "kind", "sphere", "quarter", "share", "status", "sort", "limit", "offset", "format", "table"}
    | {"as_of", "q", "frequency", "place", "ai", "version", "from", "to"}
    | {"state", "origin", "page", "at", "touch", "stage"}
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


def roadmap_lang() -> str:
    """The language of the page, one of uz, uz_Cyrl, ru, en."""
    return tk.h.lang() or "uz"


def roadmap_text(value: Mapping[str, object] | str | None) -> str:
    """A text stored in several languages, in the language of the page."""
    return value if isinstance(value, str) else Text.from_dict(value).pick(roadmap_lang())


def roadmap_label(family: str, code: str | None) -> str:
    """The word for a code; a code without a word is shown as it is."""
    if not code:
        return ""
    label = vocabulary.FAMILIES[family].get(code)
    return tk._(label) if label else code


def roadmap_problem(error: Mapping[str, Any]) -> dict[str, str]:
    """The error of a run in the reader's language: `problem` and `remedy`."""
    return run_in_words(error)


def roadmap_status_icon(status: str) -> str:
    """The shape that stands beside the word for a status, or for the state of a region."""
    return labels.MARK_ICONS.get(status) or territory.HELD_ICONS.get(status, "question")


def roadmap_suggestion_icon(state: str) -> str:
    """The shape that stands beside the word for a suggestion's state."""
    return suggestion_words.STATE_ICONS.get(state, "question")


def roadmap_look_icon(look: str) -> str:
    """The shape that stands beside the word for a look at a link."""
    return links.LOOK_ICONS.get(look, "question")


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


def roadmap_date(value: str | date | None, long: bool = False) -> str:
    """A legal day, from a day or an instant."""
    if not value:
        return ""
    patterns = _LONG_DAY if long else _SHORT_DAY
    lang = roadmap_lang()
    if long and lang == "uz_Cyrl":  # the language data lack the soft signs of months
        return to_cyrillic(format_date(_local_day(value), "y 'yil' d MMMM", locale="uz"))
    return format_date(_local_day(value), patterns.get(lang, "dd.MM.y"), locale=lang)


def roadmap_moment(value: str | None) -> str:
    """An instant to the minute, in the legal time zone."""
    if not value:
        return ""
    return f"{roadmap_date(value)} {format_datetime(_local(value), 'HH:mm', locale=roadmap_lang())}"


def roadmap_number(value: float | None, digits: int = 0) -> str:
    """A number with the separators of the language."""
    if value is None:
        return ""
    return format_decimal(value, "#,##0" + ("." + "0" * digits if digits else ""), locale=roadmap_lang())


def roadmap_percent(share: Mapping[str, Any]) -> str:
    """A share in percent with one decimal; a dash where nothing is counted."""
    percent = share["percent"]
    return "–" if percent is None else f"{roadmap_number(percent, 1)} %"


def roadmap_due_rule(term: Mapping[str, str]) -> str:
    """A due rule in words."""
    return _say(terms.due_rule(term["frequency"], term["due_rule"]))


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
    return _say(terms.period(code))


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


def roadmap_light_thresholds() -> tuple[int, int]:
    """Shares kept, in percent, from which the light is green and yellow."""
    return config.light_thresholds()


def roadmap_address(**changes: object) -> str:
    """The address of this page with some of its questions changed; None takes one away."""
    asked = {name: value for name, value in tk.request.args.items() if name in _QUESTIONS}
    asked |= tk.request.view_args or {}
    kept = {name: value for name, value in {**asked, **changes}.items() if value not in (None, "")}
    return tk.url_for(tk.request.endpoint, **kept)


def roadmap_files(*formats: str, **changes: object) -> dict[str, str]:
    """Where all that this page is about, not the part shown, is to be had as a file, by format."""
    whole = {"offset": None, "page": None, **changes}
    return {_FORMATS[name]: roadmap_address(format=name, **whole) for name in formats or _TABLE_FORMATS}


def roadmap_url(endpoint: str, **arguments: object) -> str:
    """The address of a page of the road map, looked at as of the same time as this one."""
    return tk.url_for(endpoint, **arguments, as_of=tk.request.args.get("as_of") or None)


def roadmap_decision(number: str) -> str:
    """What an act rests on: a decision's number as it is, or the words for a ruling or takedown."""
    word = next((word for begin, word in acts.GROUNDS.items() if number.startswith(begin)), None)
    return tk._(word) if word else number


def roadmap_as_of() -> str | None:
    """The past day or instant that this page is asked for, as it stands in the address."""
    return tk.request.args.get("as_of") or None


def _responsible(word: str) -> str:
    """One word of the cell that tells who is responsible, with the body's name."""
    kind, colon, name = word.partition(":")
    if colon and kind == "kind":
        return roadmap_label("kind", name)
    if colon:
        return f"{tk._('except')} {_body_title(name)}"
    return tk._("all bodies") if word == "all" else _body_title(word)


def _body_title(name: str) -> str:
    """What a body is called; the register is asked once for a page."""
    titles = tk.g.get("roadmap_body_titles")
    if titles is None:
        found = tk.get_action("roadmap_body_list")({"user": tk.g.user}, {})
        titles = tk.g.roadmap_body_titles = {body["name"]: body["title"] for body in found}
    return roadmap_text(titles.get(name, name))


def _choices(pairs: Any) -> list[dict[str, str]]:
    return [{"value": value, "text": text} for value, text in pairs]


def _local(value: str) -> datetime:
    return datetime.fromisoformat(value).astimezone(config.timezone())


def _local_day(value: str | date) -> date:
    if isinstance(value, date):
        return value
    return date.fromisoformat(value) if len(value) == len("2023-01-01") else _local(value).date()


def _say(message: Message) -> str:
    text = message.singular
    if message.plural:
        text = tk.ungettext(message.singular, message.plural, message.count)
    elif not text.startswith("{") or not text.endswith("}"):
        text = tk._(text)
    return text.format(**{name: _fill(value) for name, value in message.params.items()})


def _fill(value: object) -> object:
    lang = roadmap_lang()
    if isinstance(value, terms.DayOfYear):
        pattern = "d-MMMM" if lang == "uz" else "d MMMM"
        return format_date(date(2024, value.month, value.day), pattern, locale=lang)
    if isinstance(value, terms.MonthOfYear):
        return format_date(date(value.year, value.month, 1), "LLLL y", locale=lang)
    return roadmap_date(value, long=True) if isinstance(value, date) else value

"""Texts, days and numbers as a page writes them, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from babel.dates import format_date
from babel.numbers import format_decimal
from markupsafe import Markup

import ckan.plugins.toolkit as tk
from ckan import model

from ckanext.roadmap import addresses, config
from ckanext.roadmap.domain.script import to_cyrillic
from ckanext.roadmap.domain.text import told
from ckanext.roadmap.services import bodies, clock

_NO_TEXTS = ("_csrf_token", "form", "token")
_SHORT_DAY = {"en": "d MMM y"}
_LONG_DAY = {"uz": "y-'yil' d-MMMM", "ru": "d MMMM y 'г.'", "en": "d MMMM y"}


def roadmap_lang() -> str:
    """The language of the page, one of uz, uz_Cyrl, ru, en."""
    page = addresses.page()
    return (page.environ.get("CKAN_LANG") if page else tk.h.lang()) or "uz"


def roadmap_text(value: Mapping[str, object] | str | None) -> str:
    """A text stored in several languages, in the language of the page."""
    return value if isinstance(value, str) else told(value or {}, roadmap_lang())


def roadmap_date(value: str | date | None, long: bool = False) -> str:
    """A legal day, from a day or an instant."""
    if not value:
        return ""
    return _date(_local_day(value), long, roadmap_lang())


def roadmap_covers(covers: Mapping[str, str]) -> str:
    """What data cover, from a first to a last day."""
    days = {name: roadmap_date(covers[name]) for name in ("first", "last")}
    return tk._("data cover {first}–{last}").format(**days)


def roadmap_periods(periods: Mapping[str, Any]) -> str:
    """What a run found in the column of periods."""
    if periods["first"] is None:
        words = tk._("The column {column} holds no periods that could be read")
        words = words.format(column=periods["column"])
    else:
        words = f"{roadmap_date(periods['first'])}–{roadmap_date(periods['last'])}"
    if not periods["unread"]:
        return words
    counts = {name: roadmap_number(periods[name]) for name in ("unread", "values")}
    rest = tk._("values that name no period: {unread} of {values}").format(**counts)
    return f"{words} ({rest})"


def roadmap_today() -> str:
    """The legal day of now."""
    return clock.today().isoformat()


def roadmap_moment(value: str | None) -> str:
    """An instant to the minute, in the legal time zone."""
    if not value:
        return ""
    return f"{roadmap_date(value)} {_local(value):%H:%M}"


def roadmap_number(value: float | None, digits: int = 0) -> str:
    """A number with the separators of the language."""
    if value is None:
        return ""
    return _number(value, digits, roadmap_lang())


def roadmap_excerpt(text: str) -> str:
    """The beginning of a long text, as the template filter `truncate` cuts it."""
    return text if len(text) <= 125 else text[:117].rsplit(" ", 1)[0] + "..."


def roadmap_quoted(text: str) -> str:
    """What somebody said, in the quotation marks of the language."""
    return tk._("“{text}”").format(text=text)


def roadmap_lasting(minutes: int | None) -> str:
    """How long something lasted, in its two largest units."""
    if minutes is None:
        return ""
    hours, rest = divmod(minutes, 60)
    days, left = divmod(hours, 24)
    if days:
        return tk._("{days} d {hours} h").format(days=roadmap_number(days), hours=left)
    if hours:
        return tk._("{hours} h {minutes} min").format(hours=hours, minutes=rest)
    return tk._("{minutes} min").format(minutes=rest)


def roadmap_entered() -> list[str]:
    """The texts of a form of ours that was sent and could not be taken, so that nobody writes them twice."""
    asked = tk.request
    if asked.method != "POST" or not (asked.endpoint or "").startswith("roadmap_"):
        return []
    values = [text.strip() for name, text in asked.form.items(multi=True) if name not in _NO_TEXTS]
    return [text for text in values if len(text.split()) > 1]


def roadmap_percent(share: Mapping[str, Any]) -> str:
    """A share in percent with one decimal; a dash where nothing is counted."""
    percent = share["percent"]
    return "–" if percent is None else f"{roadmap_number(percent, 1)} %"


@lru_cache(maxsize=10_000)
def _number(value: float, digits: int, lang: str) -> str:
    return format_decimal(value, "#,##0" + ("." + "0" * digits if digits else ""), locale=lang)


@lru_cache(maxsize=10_000)
def _date(day: date, long: bool, lang: str) -> str:
    if long and lang == "uz_Cyrl":  # the language data lack the soft signs of months
        return to_cyrillic(format_date(day, "y 'yil' d MMMM", locale="uz"))
    patterns = _LONG_DAY if long else _SHORT_DAY
    return format_date(day, patterns.get(lang, "dd.MM.y"), locale=lang)


_PARTS = {
    ("day", "uz"): "d-MMMM",
    ("day", "uz_Cyrl"): "d MMMM",
    ("month", "uz"): "y-'yil' MMMM",
    ("month", "uz_Cyrl"): "y 'yil' MMMM",
}


def part_of_year(day: date, part: str) -> str:
    """The `day` of a year without the year, or its `month` with it."""
    lang = roadmap_lang()
    pattern = _PARTS.get((part, lang), "LLLL y" if part == "month" else "d MMMM")
    if lang == "uz_Cyrl":
        return to_cyrillic(format_date(day, pattern, locale="uz"))
    return format_date(day, pattern, locale=lang)


def _local(value: str) -> datetime:
    return datetime.fromisoformat(value).astimezone(config.timezone())


def _local_day(value: str | date) -> date:
    if isinstance(value, date):
        return value
    return date.fromisoformat(value) if len(value) == len("2023-01-01") else _local(value).date()


def body_title(name: str, beside: Iterable[str] = ()) -> str:
    """What the register calls a body, nothing for what is none; each is asked for once in a page.

    :param beside: names that will be asked for too, so that one question serves them all
    """
    known: dict[str, dict[str, str]] = tk.g.setdefault("roadmap_titles", {})
    lacking = {name, *beside} - known.keys()
    if lacking:
        found = bodies.titles(model.Session(), lacking)
        known.update({one: found.get(one, {}) for one in lacking})
    return roadmap_text(known[name])


def roadmap_body_title(name: str) -> str:
    """What a body is called, by its name in addresses."""
    return body_title(name) or name


def roadmap_marks(dataset: Mapping[str, Any]) -> Markup:
    """What must be known of a dataset beside its name: that it is hidden, or leads to nothing."""
    told = Markup()
    if dataset.get("is_public") is False:
        told += Markup(' <small class="roadmap-none">{}</small>').format(tk._("no longer public"))
    if since := dataset.get("unreachable_since"):
        lost = tk._("link broken since {day}").format(day=roadmap_date(since))
        told += Markup(' <strong class="roadmap-odd">{}</strong>').format(lost)
    return told

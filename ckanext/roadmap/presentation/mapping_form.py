"""A mapping as the fields of a form, and back; what the form has no field for stays as it was written."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

import yaml

from ckanext.roadmap.domain.errors import RoadmapError
from ckanext.roadmap.domain.rhythm import Rhythm
from ckanext.roadmap.domain.text import LANGUAGES

from .mapping_lines import Line, Sent, lines_of, looked_at, sent_lines

PLAIN = ("name", "body", "item", "connection", "schema", "table", "full_text")
DATASET = ("name", "frequency", "licence", "region", "contact_name", "contact_email", "contact_phone")
TEXTS = ("dataset.title", "dataset.notes", "resource.title")
MARKS = ("period_column", "region_column", "watermark_column")
TIMES = ("rhythm", "at", "weekday", "day", "cron", "opens", "closes")
SHOWN = (*PLAIN, *MARKS, "dataset", "resource", "columns", "key", "formats", "schedule", "row_floor")
_ENDING = re.compile(r"\.[A-Za-z0-9]{1,7}$")
_OTHER = re.compile(r"[^a-z0-9]+")
_DEFAULTS: tuple[Any, ...] = (None, "", {}, [])

Definition = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The form as it stands.

    :ivar values: what its fields hold, by name
    :ivar formats: the formats of files that are ticked
    :ivar lines: the columns, ticked or not
    """

    values: dict[str, str] = field(default_factory=dict[str, str])
    formats: tuple[str, ...] = ()
    lines: tuple[Line, ...] = ()

    @property
    def ticked(self) -> list[Line]:
        """The columns that are to be published."""
        return [line for line in self.lines if line.use]


class _Nothing:
    """A form in which nothing was written."""

    def get(self, _key: str, default: str = "", /) -> str:
        return default

    def getlist(self, _key: str, /) -> list[str]:
        return []


def sheet_of(definition: Mapping[str, Any]) -> Sheet:
    """The form of a mapping as it is written, all defaults filled in."""
    dataset, lines = cast("Definition", definition["dataset"]), lines_of(definition)
    values = {name: _text(definition.get(name)) for name in (*PLAIN, "row_floor")}
    values |= {f"dataset.{name}": _text(dataset.get(name)) for name in DATASET}
    for name in TEXTS:
        part, _dot, leaf = name.partition(".")
        text = cast("Definition", cast("Definition", definition.get(part) or {}).get(leaf) or {})
        values |= {f"{name}.{language}": _text(text.get(language)) for language in LANGUAGES}
    numbers = {line.name: str(number) for number, line in enumerate(lines)}
    values |= {name: numbers.get(definition.get(name) or "", "") for name in MARKS}
    values |= _times(definition.get("schedule") or {})
    rest = {name: value for name, value in definition.items() if name not in SHOWN and value not in _DEFAULTS}
    values["rest"] = yaml.safe_dump(rest, allow_unicode=True, sort_keys=False).strip() if rest else ""
    return Sheet(values, tuple(definition.get("formats") or ()), tuple(lines))


def fresh(asked: Mapping[str, str], columns: Sequence[Mapping[str, Any]]) -> Sheet:
    """The form of a mapping that is not there yet: nothing is published until somebody ticks it.

    :param asked: connection, schema, table, and what is known beside
    :param columns: of roadmap_source_look
    """
    name = _slug(asked["table"])
    defaults = {"full_text": "on", "row_floor": "1", "name": name, "dataset.name": name}
    empty = sent(_Nothing())
    return Sheet({**empty.values, **defaults, **asked}, lines=tuple(looked_at([], columns)))


def sent(form: Sent) -> Sheet:
    """The form as a browser sends it."""
    names = [*PLAIN, *MARKS, "row_floor", "rest", *(f"dataset.{name}" for name in DATASET)]
    names += [f"{name}.{language}" for name in TEXTS for language in LANGUAGES]
    names += [f"schedule.{name}" for name in TIMES]
    values = {name: form.get(name, "").strip() for name in names}
    return Sheet(values, tuple(form.getlist("formats")), tuple(sent_lines(form)))


def definition_of(sheet: Sheet) -> Definition:
    """The mapping as somebody would write it: without what is empty.

    :raises RoadmapError: the further settings are no YAML, or name what the form has fields for
    """
    values, lines = sheet.values, sheet.lines
    found: Definition = {name: values[name] for name in PLAIN}
    found["dataset"] = {name: values[f"dataset.{name}"] for name in DATASET}
    found["dataset"] |= {name: _written(values, f"dataset.{name}") for name in ("title", "notes")}
    found["resource"] = {"title": _written(values, "resource.title")}
    found["key"] = [line.name for line in sorted(sheet.ticked, key=lambda one: one.place) if line.key]
    found |= {name: _named(lines, values[name]) for name in MARKS}
    found["row_floor"] = _number(values["row_floor"])
    found["formats"] = list(sheet.formats)
    found["schedule"] = _schedule(values)
    found |= _rest(values["rest"])
    found["columns"] = [line.written() for line in sheet.ticked]
    return _filled(found)


def place_of(fault: str, sheet: Sheet) -> str:
    """The field of the form at which a fault of a mapping's field is told; none: it has no place there."""
    head, _dot, tail = fault.partition(".")
    if head == "columns":
        numbers = [n for n, line in enumerate(sheet.lines) if line.use and tail.startswith(line.name)]
        return f"column-{max(numbers, key=lambda n: len(sheet.lines[n].name))}" if numbers else "columns"
    if head == "key":
        return "columns"
    if fault == "schedule.cron" and sheet.values["schedule.rhythm"] != "own":
        return "schedule.rhythm"
    if fault in sheet.values or fault in (*TEXTS, "formats", "schedule.window"):
        return fault
    return {"schedule": "schedule", "dataset": "dataset.title"}.get(head, "rest" if head not in SHOWN else "")


def _times(schedule: Mapping[str, Any]) -> dict[str, str]:
    line = _text(schedule.get("cron"))
    rhythm = Rhythm.of(line) if line else Rhythm("")
    opens, _line, closes = _text(schedule.get("window")).partition("-")
    told = (rhythm.kind, rhythm.at, rhythm.weekday, rhythm.day, rhythm.line, opens, closes)
    return {f"schedule.{name}": value for name, value in zip(TIMES, told, strict=True)}


def _schedule(values: Mapping[str, str]) -> dict[str, str]:
    kind, at, weekday, day, line, opens, closes = (values[f"schedule.{name}"] for name in TIMES)
    if not kind and not (opens or closes):
        return {}
    window = f"{opens}-{closes}" if opens or closes else ""
    return {"cron": Rhythm(kind or "own", at, weekday, day, line).cron, "window": window}


def _rest(text: str) -> Definition:
    try:
        found: Any = yaml.safe_load(text) or {}
    except (yaml.YAMLError, ValueError, RecursionError) as error:  # dates that are none, and deep nesting
        detail = str(getattr(error, "problem", None) or "unreadable")
        message = f"This is not YAML ({detail})."
        raise RoadmapError("mapping_yaml", message, field="rest", detail=detail) from None
    if not isinstance(found, Mapping):
        raise RoadmapError("mapping_no_fields", "It is not a set of fields.", field="rest")
    rest = {str(name): value for name, value in cast("Mapping[Any, Any]", found).items()}
    if twice := sorted(set(rest) & {*SHOWN}):
        message = f"The form has a field of its own for {twice[0]}."
        raise RoadmapError("mapping_field_shown", message, field="rest", value=twice[0])
    return rest


def rest_of(sheet: Sheet) -> Definition:
    """The further settings; none while they can't be taken."""
    try:
        return _rest(sheet.values["rest"])
    except RoadmapError:
        return {}


def _named(lines: Sequence[Line], number: str) -> str:
    chosen = lines[int(number)] if number.isdigit() and int(number) < len(lines) else None
    return chosen.name if chosen else ""


def _number(text: str) -> int | str:
    return int(text) if text.isdigit() else text


def _written(values: Mapping[str, str], name: str) -> dict[str, str]:
    return {lang: values[f"{name}.{lang}"] for lang in LANGUAGES if values[f"{name}.{lang}"]}


def _filled(found: Definition) -> Definition:
    """Without what is empty, also inside."""
    told: Definition = {}
    for name, value in found.items():
        plain = _filled(cast("Definition", value)) if isinstance(value, dict) else value
        if plain not in _DEFAULTS:
            told[name] = plain
    return told


def _slug(table: str) -> str:
    """A name out of the name of a table, a file or a path."""
    last = _ENDING.sub("", table.rstrip("/").rpartition("/")[2]).lower()
    return _OTHER.sub("-", last).strip("-")[:60]


def _text(value: object) -> str:
    return "" if value is None else str(value)

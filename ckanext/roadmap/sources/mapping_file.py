"""Mapping files: YAML in, checked records out; a fault is told by mapping and field, with the remedy."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

import yaml

from ckanext.roadmap.domain.errors import RoadmapError

from .contract import read_contract
from .mapping_gates import gate_settings, public_kinds
from .mapping_when import schedule, since

NAME = re.compile(r"[a-z0-9][a-z0-9_-]{1,62}")
SLUG = re.compile(r"[a-z0-9][a-z0-9_-]{1,99}")
COLUMN = re.compile(r"[^_\s\"][^\"\n]{0,62}")
LANGUAGES = ("uz", "uz_Cyrl", "ru", "en")
TYPES = (
    "text", "int2", "int4", "int8", "numeric", "float4", "float8", "bool", "date", "timestamp", "timestamptz",
    "time", "json", "jsonb",
)  # fmt: skip
NUMERIC = re.compile(r"numeric\(\d{1,3}(,\s*\d{1,3})?\)")
REQUIRED = ("name", "connection", "table", "item", "body", "dataset", "columns")
OPTIONAL: dict[str, Any] = {
    "schema": "public", "resource": {}, "key": [], "period_column": None, "region_column": None,
    "watermark_column": None, "full_text": "on", "row_floor": 1, "formats": [], "read": {},
}  # fmt: skip
DATASET_FIELDS = (
    "name", "title", "notes", "frequency", "licence", "region", "contact_name", "contact_email",
    "contact_phone",
)  # fmt: skip


COLUMN_FIELDS = ("name", "source", "type", "title", "description", "public")
READING: dict[str, type | tuple[type, ...]] = {
    "format": str, "sheet": (str, int), "header_row": int, "record": str, "member": str,
    "parameters": Mapping, "paging": Mapping, "since": Mapping, "select": Mapping,
    "structure": str, "languages": list,
}  # fmt: skip


class MappingError(RoadmapError):
    """A mapping file that cannot be taken."""

    def __init__(
        self, code: str, mapping: str, field: str, problem: str, remedy: str, **more: object
    ) -> None:
        text = f"Mapping {mapping}, field {field}: {problem} {remedy}"
        super().__init__(code, text, mapping=mapping, field=field, problem=problem, remedy=remedy, **more)


@dataclass(frozen=True, slots=True)
class MappingDraft:
    """One mapping as written, with all defaults filled in."""

    name: str
    definition: dict[str, Any]

    @property
    def definition_hash(self) -> str:
        """SHA-256 of the definition in one canonical form."""
        text = json.dumps(self.definition, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()


def parse(text: str) -> list[MappingDraft]:
    """The mappings of a file: one, a list, several documents, or a list under `mappings`.

    :raises MappingError: for the first thing that is wrong; nothing is to be taken then
    """
    drafts = [_draft(number, found) for number, found in enumerate(_entries(text), 1)]
    for field, values in (
        ("name", [draft.name for draft in drafts]),
        ("dataset.name", [draft.definition["dataset"]["name"] for draft in drafts]),
    ):
        twice = next((value for value in values if values.count(value) > 1), None)
        if twice:
            raise MappingError(
                "mapping_twice", twice, field, "the file has it twice.", "Give each mapping its own."
            )
    if not drafts:
        raise MappingError(
            "mapping_none", "(none)", "(file)", "the file holds no mapping.", "Write at least one."
        )
    return drafts


def reading(table: str, found: object) -> dict[str, Any]:
    """How a file or an interface is read.

    :param table: what is read, for messages
    :raises MappingError: a field that can't be taken
    """
    return _read(_Check(table), found)


def _entries(text: str) -> Iterator[Any]:
    try:
        documents = list(yaml.safe_load_all(text))
    except (yaml.YAMLError, ValueError, RecursionError) as error:  # dates that are none, and deep nesting
        mark = getattr(error, "problem_mark", None)
        place = f"line {mark.line + 1}" if mark else "(file)"
        detail = getattr(error, "problem", None) or "unreadable"
        raise MappingError(
            "mapping_yaml",
            "(file)",
            place,
            f"this is not YAML ({detail}).",
            "Correct that line.",
            detail=detail,
        ) from None
    for document in documents:
        found: object = document
        if isinstance(document, Mapping) and "mappings" in document:
            found = cast("Mapping[str, object]", document)["mappings"]
        if isinstance(found, list):
            yield from cast("list[Any]", found)
        elif found is not None:
            yield found


def _draft(number: int, entry: object) -> MappingDraft:
    label = f"number {number}"
    _Check(label).that(isinstance(entry, Mapping), "mapping_no_fields", "(all)", "it is not a set of fields.",
                       "Write `field: value`.")  # fmt: skip
    found = cast("dict[str, Any]", entry)
    check = _Check(str(found.get("name") or label))
    for field in REQUIRED:
        check.that(bool(found.get(field)), "mapping_missing", field, "it is missing.", "Add it.")
    _only(check, found, sorted({*REQUIRED, *OPTIONAL, "contract", "gates", "schedule"}))
    definition: dict[str, Any] = {**OPTIONAL, **found}
    check.that(bool(NAME.fullmatch(str(found["name"]))), "mapping_name_form", "name", "it is not a name.",
               "Use a-z, 0-9, - and _.", value=found["name"])  # fmt: skip
    check.that(bool(NAME.fullmatch(str(found["connection"]))), "mapping_connection_form", "connection",
               "it is no connection's name.", "Write the name alone; address and password belong to the "
               "portal's configuration.")  # fmt: skip
    definition["dataset"] = _dataset(check, definition["dataset"])
    resource = cast("dict[str, Any]", definition["resource"] or {})
    definition["resource"] = {"title": check.text("resource.title", resource.get("title"))}
    definition["read"] = _read(check, definition["read"])
    definition["columns"] = _columns(check, definition["columns"])
    _references(check, definition)
    return MappingDraft(str(found["name"]), definition)


def _dataset(check: _Check, entry: object) -> dict[str, Any]:
    check.that(isinstance(entry, Mapping), "mapping_no_fields", "dataset", "it is not a set of fields.",
               "Give name and title.")  # fmt: skip
    found = cast("dict[str, Any]", entry)
    _only(check, found, DATASET_FIELDS, "dataset.")
    name = str(found.get("name") or "")
    check.that(bool(SLUG.fullmatch(name)), "mapping_name_form", "dataset.name", "it is no dataset's name.",
               "Use a-z, 0-9, - and _.", value=name)  # fmt: skip
    title = check.text("dataset.title", found.get("title"))
    check.that(bool(title), "mapping_missing", "dataset.title", "it is missing.", "Give it in uz, ru and en.")
    return {**found, "title": title, "notes": check.text("dataset.notes", found.get("notes"))}


def _read(check: _Check, entry: object) -> dict[str, Any]:
    check.that(entry is None or isinstance(entry, Mapping), "mapping_no_fields", "read",
               "it is not a set of fields.", "Write `field: value`.")  # fmt: skip
    found = cast("dict[str, Any]", entry or {})
    _only(check, found, tuple(READING), "read.")
    for field, value in found.items():
        check.that(isinstance(value, READING[field]) and not isinstance(value, bool), "mapping_read_value",
                   f"read.{field}", f"{value} cannot stand there.", "See the table of fields in the guide.",
                   value=str(value))  # fmt: skip
    return dict(found)


def _only(check: _Check, found: Mapping[str, Any], known: Sequence[str], inside: str = "") -> None:
    for field in found:
        check.that(field in known, "mapping_field_unknown", f"{inside}{field}", "there is no such field.",
                   f"Known: {', '.join(known)}.", value=str(field), accepted=known)  # fmt: skip


def _columns(check: _Check, found: Any) -> list[dict[str, Any]]:
    check.that(isinstance(found, list), "mapping_no_list", "columns", "it is not a list.",
               "Write `- name: …` lines.")  # fmt: skip
    columns = [_column(check, one) for one in found]
    names = [column["name"] for column in columns]
    twice = next((name for name in names if names.count(name) > 1), None)
    check.that(twice is None, "mapping_column_twice", f"columns.{twice}", "it is there twice.", "Remove one.")
    return columns


def _column(check: _Check, found: object) -> dict[str, Any]:
    one = cast("dict[str, Any]", found) if isinstance(found, Mapping) else {"name": found}
    name = str(one.get("name") or "")
    check.that(bool(COLUMN.fullmatch(name)), "mapping_column_form", f"columns.{name or '?'}",
               "it is not a column's name.", "Use up to 63 signs, not beginning with _.")  # fmt: skip
    _only(check, one, COLUMN_FIELDS, f"columns.{name}.")
    kind = one.get("type")
    check.that(kind is None or kind in TYPES or bool(NUMERIC.fullmatch(str(kind))), "mapping_type_unknown",
               f"columns.{name}.type", f"there is no type {kind}.", f"Use one of {', '.join(TYPES)}.",
               value=str(kind), accepted=TYPES)  # fmt: skip
    title = check.text(f"columns.{name}.title", one.get("title"))
    column = {"name": name, "source": str(one.get("source") or name), "type": kind, "title": title}
    more = {
        "description": check.text(f"columns.{name}.description", one.get("description")),
        "public": public_kinds(check, f"columns.{name}.public", one.get("public")),
    }
    return column | {field: value for field, value in more.items() if value}


def _references(check: _Check, definition: dict[str, Any]) -> None:
    names = {column["name"] for column in definition["columns"]}
    key = definition["key"]
    definition["key"] = [key] if isinstance(key, str) else list(key or [])
    for name in definition["key"]:
        check.that(name in names, "mapping_column_unknown", "key", f"{name} is not among the columns.",
                   "Add it, or name another.", value=str(name))  # fmt: skip
    for field in ("period_column", "region_column", "watermark_column"):
        value = definition[field]
        check.that(value is None or value in names, "mapping_column_unknown", field,
                   f"{value} is not among the columns.", "Add it, or leave the field out.",
                   value=str(value))  # fmt: skip
    if gates := gate_settings(check, definition.pop("gates", None)):
        definition["gates"] = gates
    if contract := read_contract(check, definition.pop("contract", None), names):
        definition["contract"] = contract
    if times := schedule(check, definition.pop("schedule", None)):
        definition["schedule"] = times
    since(check, definition)
    formats: Any = definition["formats"] or []
    check.that(isinstance(formats, list), "mapping_no_list", "formats", "it is not a list.",
               "Write `[csv, xlsx]`.")  # fmt: skip
    definition["formats"] = formats
    full_text = {True: "on", False: "off"}.get(definition["full_text"], definition["full_text"])
    check.that(full_text in ("on", "off", "later"), "mapping_switch", "full_text",
               f"{full_text} is not known.", "Write on, off or later.", value=str(full_text))  # fmt: skip
    definition["full_text"] = full_text
    floor = definition["row_floor"]
    check.that(isinstance(floor, int) and not isinstance(floor, bool) and floor >= 0, "mapping_row_floor",
               "row_floor", "it is not a number.",
               "Write the least number of rows, 0 to accept none.")  # fmt: skip


class _Check:
    """Raises for one mapping, by its name."""

    def __init__(self, mapping: str) -> None:
        self.mapping = mapping

    def that(self, good: bool, code: str, field: str, problem: str, remedy: str, **more: object) -> None:
        """Raises unless *good*."""
        if not good:
            raise MappingError(code, self.mapping, field, problem, remedy, **more)

    def text(self, field: str, value: Any) -> dict[str, str]:
        """A text in up to four languages; a plain string counts for Uzbek."""
        if value is None:
            return {}
        texts = {"uz": value} if isinstance(value, str) else value
        self.that(isinstance(texts, Mapping), "mapping_no_text", field, "it is not a text.",
                  "Give it in uz, uz_Cyrl, ru, en.")  # fmt: skip
        for language in texts:
            self.that(language in LANGUAGES, "mapping_language_unknown", field,
                      f"there is no language {language}.", f"Use {', '.join(LANGUAGES)}.",
                      value=str(language), accepted=LANGUAGES)  # fmt: skip
        return {language: str(value) for language, value in texts.items() if value}

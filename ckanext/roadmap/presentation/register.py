"""The register of bodies as tables: files with the columns of an import, and what an import changes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from .marks import mark as _
from .tables import Column, Row, Table, at

CONTACT_LABELS: dict[str, str] = {
    "contact_name": _("Contact officer"),
    "contact_post": _("Post"),
    "contact_phone": _("Phone"),
    "contact_email": _("E-mail"),
}


def _words(*path: str) -> Callable[[Row], str]:
    read = at(*path)
    return lambda row: str(read(row) or "")


def _share(row: Row) -> str:
    share = row["state_share"]
    return "" if share is None else f"{share:g}"


def _file(key: str, label: str, value: Callable[[Row], Any]) -> Column:
    return Column(key, label, value, on_page=False)


FILE_COLUMNS = (
    _file("name", _("Address"), _words("name")),
    _file("code", _("Code"), _words("code")),
    _file("title_uz", _("Title in Uzbek (Latin)"), _words("title", "uz")),
    _file("title_uz_cyrl", _("Title in Uzbek (Cyrillic)"), _words("title", "uz_Cyrl")),
    _file("title_ru", _("Title in Russian"), _words("title", "ru")),
    _file("title_en", _("Title in English"), _words("title", "en")),
    _file("kind", _("Kind"), lambda row: row["kind"].replace("_", "-")),
    _file("parent", _("Body above it"), _words("parent")),
    _file("region_soato", _("Region"), _words("region_soato")),
    _file("stir", _("STIR"), _words("stir")),
    _file("state_share", _("State share in percent"), _share),
    _file("valid_from", _("First day"), _words("valid_from")),
    _file("valid_to", _("First day on which it is no more"), _words("valid_to")),
    *(_file(f"contact_{part}", CONTACT_LABELS[f"contact_{part}"], _words("contact", part))
      for part in ("name", "post", "phone", "email")),
)  # fmt: skip
LABELS = {column.key: column.label for column in FILE_COLUMNS}
REGISTER = Table(
    "register",
    _("Register of bodies"),
    (
        Column("body", _("Body"), at("title"), kind="register_body", in_file=False),
        Column("code", _("Code"), at("code"), in_file=False),
        Column("kind", _("Kind"), at("kind"), kind="body_kind", in_file=False),
        Column("region", _("Region"), at("region_soato"), kind="body_region", in_file=False),
        *FILE_COLUMNS,
    ),
)
CHANGES = Table(
    "body-changes",
    _("What the import changes"),
    (
        Column("name", _("Body"), at("name"), kind="code"),
        Column("change", _("Change"), at("change"), kind="body_change"),
        Column("field", _("Field"), at("field"), kind="body_field"),
        Column("before", _("Before"), at("before"), kind="body_cell"),
        Column("after", _("After"), at("after"), kind="body_cell"),
    ),
)
SUCCESSIONS = Table(
    "successions",
    _("What becomes of bodies"),
    (
        Column("from_body", _("Body"), at("from_body"), kind="code"),
        Column("kind", _("What becomes of it"), at("kind"), kind="ending"),
        Column("body", _("Who stands for it"), at("body"), kind="code"),
        Column("effective", _("From the day"), at("effective"), kind="date"),
        Column("act", _("Act"), at("act")),
        Column("note", _("Note"), at("note")),
    ),
)
CHANGE_WORDS: dict[str, str] = {
    "added": _("Added"),
    "changed": _("Changed"),
    "ended": _("Ended"),
}
ENDINGS: dict[str, str] = {
    "merged": _("Merged"),
    "renamed": _("Renamed"),
    "split": _("Split"),
    "abolished": _("Abolished"),
}


SUCCESSION_LABELS: dict[str, str] = {
    column.key: column.label for column in SUCCESSIONS.columns if column.key not in LABELS
}


def cells(row: Row) -> dict[str, str]:
    """A body's cells as an import takes them."""
    return {column.key: column.value(row) for column in FILE_COLUMNS}


def change_rows(found: Mapping[str, Any]) -> list[Row]:
    """A row for each field that an import writes anew; added bodies with all their fields."""
    return list(_change_rows(found))


def _change_rows(found: Mapping[str, Any]) -> Iterator[Row]:
    for name, cells_ in found["added"].items():
        for field, text in cells_.items():
            if text and field != "name":
                yield _row(name, "added", {"field": field, "before": "", "after": text}, found)
    for change in ("changed", "ended"):
        for name, fields in found[change].items():
            yield from (_row(name, change, field, found) for field in fields)


def _row(name: str, change: str, field: Mapping[str, Any], found: Mapping[str, Any]) -> Row:
    return {"name": name, "change": change, "title": found["titles"].get(name, {}), **field}


def tree(rows: Iterable[Row]) -> list[Row]:
    """Each body beneath its parent, with its depth; one whose parent is not shown is a root."""
    rows = list(rows)
    names = {row["name"] for row in rows}
    below: dict[str | None, list[Row]] = {}
    for row in rows:
        below.setdefault(row["parent"] if row["parent"] in names else None, []).append(row)
    return list(_walk(None, below, 0))


def _walk(name: str | None, below: Mapping[str | None, list[Row]], depth: int) -> Iterator[Row]:
    for row in below.get(name, []):
        yield {**row, "depth": depth, "children": len(below.get(row["name"], []))}
        yield from _walk(row["name"], below, depth + 1)

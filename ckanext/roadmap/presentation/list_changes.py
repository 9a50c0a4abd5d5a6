"""What changed between two list versions, as a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from .marks import mark as _
from .tables import Column, Row, Table, at

CHANGE_WORDS: dict[str, str] = {
    "added": _("Added"),
    "removed": _("Removed"),
    "changed": _("Changed"),
}
STATUS_WORDS: dict[str, str] = {
    "draft": _("Draft"),
    "submitted": _("Submitted to the commission"),
    "approved": _("Approved"),
    "superseded": _("Superseded"),
    "rejected": _("Rejected"),
}
CHANGES = Table(
    "changes",
    _("Changes"),
    (
        Column("code", _("Item"), at("code"), kind="list_item"),
        Column("change", _("Change"), at("change"), kind="change"),
        Column("field", _("Field"), at("field"), kind="field"),
        Column("before", _("Before"), at("before"), kind="cell"),
        Column("after", _("After"), at("after"), kind="cell"),
    ),
)
CORRECTIONS = Table(
    "corrections",
    _("Technical corrections"),
    (
        Column("code", _("Item"), at("code"), kind="list_item"),
        Column("act", _("Act"), at("act")),
        Column("reason", _("Reason"), at("reason")),
        Column("fields", _("What changed"), at("fields"), kind="fields"),
        Column("recorded_at", _("When"), at("recorded_at"), kind="moment"),
    ),
)


def correction_rows(corrections: Iterable[Mapping[str, Any]], titles: Mapping[str, Any]) -> list[Row]:
    """Technical corrections, the newest first, each with its fields before and after."""

    def fields(changes: Mapping[str, Sequence[str]]) -> list[Row]:
        return [{"field": name, "before": pair[0], "after": pair[1]} for name, pair in changes.items()]

    told: list[Row] = [
        {**one, "kind": "changed", "title": titles.get(one["code"], {}), "fields": fields(one["changes"])}
        for one in corrections
    ]
    return told[::-1]


def rows(found: Mapping[str, Any]) -> list[Row]:
    """A row for each field that differs; an item added or removed has all its fields."""
    return list(_rows(found))


def page_rows(found: Mapping[str, Any]) -> list[Row]:
    """A row for each item added or removed and for each field changed."""
    whole = {"field": "", "before": "", "after": ""}
    moved = [_row(found, code, change, whole) for change in ("added", "removed") for code in found[change]]
    return [*moved, *(row for row in _rows(found) if row["change"] == "changed")]


def _rows(found: Mapping[str, Any]) -> Iterator[Row]:
    for change in ("added", "removed"):
        for code, cells in found[change].items():
            for field, text in cells.items():
                if text and field != "code":
                    before, after = ("", text) if change == "added" else (text, "")
                    yield _row(found, code, change, {"field": field, "before": before, "after": after})
    for code, fields in found["changed"].items():
        for field in fields:
            yield _row(found, code, "changed", field)


def _row(found: Mapping[str, Any], code: str, change: str, field: Mapping[str, Any]) -> Row:
    return {"code": code, "change": change, "title": found["titles"].get(code, {}), **field}

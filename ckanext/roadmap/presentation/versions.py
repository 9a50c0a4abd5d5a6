"""Tables of old versions of a table's files, and of its change log."""

from __future__ import annotations

from .marks import mark as _
from .tables import Column, Table, at

REASONS: dict[str, str] = {
    "first": _("the first load: every row is new"),
    "no_key": _("the mapping names no key, so rows cannot be told apart; only counts are kept"),
    "too_many": _("too many rows for the change log; only counts are kept"),
    "old": _("the rows have outlived their time in the change log; the counts stay"),
    "before": _("loaded before the change log was kept"),
}
KINDS: dict[str, str] = {"added": _("Added"), "changed": _("Changed"), "removed": _("Removed")}

VERSIONS = Table(
    "versions",
    _("Versions of the files"),
    (
        Column("published", _("Public since"), at("published_at"), kind="version"),
        Column("rows", _("Rows"), at("rows"), kind="number"),
        Column("added", _("Added"), at("added"), kind="number"),
        Column("changed", _("Changed"), at("changed"), kind="number"),
        Column("removed", _("Removed"), at("removed"), kind="number"),
        Column("files", _("Files"), at("files"), kind="version_files", in_file=False),
        Column("content_hash", _("Hash of the content"), at("content_hash"), kind="hash"),
    ),
)
CHANGES = Table(
    "changes",
    _("Changed rows"),
    (
        Column("kind", _("What"), at("kind"), kind="change_kind"),
        Column("key", _("Key"), at("key"), kind="record"),
        Column("before", _("Before"), at("before"), kind="record"),
        Column("after", _("After"), at("after"), kind="record"),
        Column("run", _("Run"), at("run"), kind="run_link"),
    ),
)

"""The table of all bodies."""

from __future__ import annotations

from collections.abc import Iterable

from .labels import STATUSES
from .marks import mark as _
from .tables import Column, Row, Table, at, share_columns, text_columns

PUBLISHED = _("Published")
CURRENT = _("Current")
KEPT = _("Kept")
KEPT_ON_TIME = _("Kept on time")
AUTOMATIC = _("Loaded automatically")
ATTESTED = _("Confirmed by an officer")
LATE = _("Late")

SHARE_MEANINGS: dict[str, str] = {
    "published": _("Obligations with a live public dataset, of all obligations in force."),
    "current": _(
        "Obligations whose newest closed deadline is met, of all obligations with a closed deadline."
    ),
    "kept": _("Deadlines met by the end of grace, of all deadlines whose grace ended in the quarter."),
    "kept_on_time": _("Deadlines met by the due date itself, of the same deadlines."),
    "automatic": _(
        "Deadlines met by data that a load run brought, of those of the same deadlines that were met."
    ),
}
SHARES: dict[str, str] = {
    "published": PUBLISHED,
    "current": CURRENT,
    "kept": KEPT,
    "kept_on_time": KEPT_ON_TIME,
    "automatic": AUTOMATIC,
}
FIGURES: dict[str, str] = {**SHARES, "attested": ATTESTED, "late": LATE}
COUNTED_SHARES = ("current", "kept", "kept_on_time", "automatic", "attested", "late")
WORST_FIRST = (
    "not_published",
    "delinquent",
    "overdue",
    "in_grace",
    "due",
    "awaiting",
    "late_met",
    "on_time",
    "contested",
    "exempt",
    "unknown",
)
DEFAULT_SORT = "body"


def begun_statuses(rows: Iterable[Row]) -> list[str]:
    """The statuses that occur in these summaries, the worst first: they are seen without scrolling."""
    found = {status for row in rows for status, count in row["statuses"].items() if count}
    return [status for status in WORST_FIRST if status in found]


def bodies_table(shown: Iterable[str] = ()) -> Table:
    """All bodies; of the statuses only those in `shown` get a column on the page, the file has all."""
    visible = frozenset(shown)
    return Table(
        "bodies",
        _("Bodies and their obligations"),
        (*_HEAD, *FIGURE_COLUMNS, *(_status_column(status, status in visible) for status in WORST_FIRST)),
    )


def _status_column(status: str, on_page: bool) -> Column:
    def count(row: Row) -> int:
        return row["statuses"].get(status, 0)

    return Column(status, STATUSES[status], count, kind="status_count", on_page=on_page)


def _change(key: str, label: str) -> Column:
    return Column(f"{key}_change", label, at("change", key), on_page=False)


_HEAD = (
    Column("body", _("Body"), at("title"), kind="body", in_file=False),
    Column("name", _("Body"), at("name"), on_page=False),
    Column("code", _("Code"), at("code"), on_page=False),
    *text_columns("title", "title"),
    Column("kind", _("Kind"), at("kind"), kind="body_kind"),
    Column("light", _("Light"), at("light"), kind="light", order=("red", "yellow", "green")),
)
FIGURE_COLUMNS = (
    Column("obligations", _("Obligations"), at("obligations"), kind="figure"),
    *(
        column
        for key, label in SHARES.items()
        for column in (*share_columns(key, label), _change(key, label))
    ),
    Column("attested", ATTESTED, at("attested"), kind="figure"),
    Column("late", LATE, at("late", "count"), kind="figure"),
    Column("late_median", _("Days late, median"), at("late", "median"), kind="late_days"),
    Column("late_worst", _("Days late, worst"), at("late", "worst"), kind="late_days"),
    Column("contested_kept", _("Contested of kept"), at("contested"), kind="figure", on_page=False),
    Column("unknown_kept", _("Unknown of kept"), at("unknown"), kind="figure", on_page=False),
)

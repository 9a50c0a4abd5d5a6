"""Tables of figures: by quarter, by kind of body, refreshed beside really changed, what to fix first."""

from __future__ import annotations

from .bodies import FIGURE_COLUMNS
from .deadlines import EVENT_WORDS
from .labels import KINDS
from .marks import mark as _
from .tables import Column, Table, at, text_columns

TOUCHES: dict[str, str] = {
    "refreshed": _("Refreshed"),
    "really_changed": _("Really changed"),
    "changed": _("New content"),
    "fewer_rows": _("New content with fewer rows"),
    "flip_flop": _("Content published before"),
    "timestamps_only": _("Only stamps of time changed"),
    "resaved": _("The same content again"),
    "declared": _("Said to be new, not seen"),
    "read": _("Source read, no change"),
    "attested": _("Confirmed by an officer"),
}
RAISED = ("current", "published", "kept")


def trend_table() -> Table:
    """The figures of each quarter."""
    return Table("trend", _("Quarter by quarter"), (_QUARTER, *FIGURE_COLUMNS))


def kinds_table() -> Table:
    """The figures of each kind of body, as the official review groups them."""
    return Table("kinds", _("By kind of body"), (*_KIND, *FIGURE_COLUMNS))


def meter_table() -> Table:
    """How often data got a new date in each quarter, and how often there was something new in them."""
    return Table("refresh", _("Refreshed and really changed"), (_QUARTER, *_TOUCHES))


def touches_table() -> Table:
    """The events behind a count of touches."""
    return Table("touches", _("What happened to the data"), (*_WHOSE, *_TOUCHED))


def repairs_table(of: str) -> Table:
    """What to fix first: single obligations, or those of a body or an item together."""
    who = {"obligations": (_ITEM, _BODY), "bodies": (_BODY, _REPAIRS), "items": (_ITEM, _REPAIRS)}[of]
    return Table(f"fix-{of}", _("What to fix first"), (*who, *_IDS, *_RAISES))


_QUARTER = Column("quarter", _("Quarter"), at("quarter"), kind="quarter")
_KIND = (
    Column("kind", _("Kind"), at("kind"), kind="kind_link", order=tuple(KINDS)),
    Column("bodies", _("Bodies"), at("bodies"), kind="kind_bodies"),
)
_TOUCHES = tuple(
    Column(touch, label, at("refresh", touch), kind="touch_count") for touch, label in TOUCHES.items()
)
_ITEM = Column("item", _("Item"), at("item", "code"), kind="item", in_file=False)
_BODY = Column("body", _("Body"), at("body", "title"), kind="body", in_file=False)
_REPAIRS = Column("repairs", _("Repairs"), at("repairs"), kind="repairs")
_IDS = (
    Column("item_code", _("Item"), at("item", "code"), on_page=False),
    Column("body_name", _("Body"), at("body", "name"), on_page=False),
)
_RAISES = (
    Column("current", _("Raises current by"), at("raises", "current"), kind="raised"),
    Column("published", _("Raises published by"), at("raises", "published"), kind="raised"),
    Column("kept", _("Raises kept by"), at("raises", "kept"), kind="raised"),
)
_WHOSE = (
    _ITEM,
    Column("item_code", _("Item"), at("item", "code"), on_page=False),
    *text_columns("item_title", "item", "title"),
    _BODY,
    Column("body_name", _("Body"), at("body", "name"), on_page=False),
    *text_columns("body_title", "body", "title"),
)
_EVENT_KEYS = ("event_id", "kind", "grade", "at", "rows", "rows_changed", "content_hash", "source", "run_id")
_TOUCHED = (
    Column("touch", _("What it was"), at("touch"), kind="touch"),
    Column("evidence", _("Event"), at("evidence"), kind="evidence", in_file=False),
    *(Column(f"evidence_{key}", EVENT_WORDS[key], at("evidence", key), on_page=False) for key in _EVENT_KEYS),
    Column("dataset_name", _("Dataset"), at("dataset", "name"), on_page=False),
)

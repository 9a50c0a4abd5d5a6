"""Words and tables of the territory grid."""

from __future__ import annotations

from .marks import mark as _
from .tables import Column, Row, Table, at, text_columns

REGIONS: dict[str, str] = {
    "1735": _("Karakalpakstan"),
    "1703": _("Andijan"),
    "1706": _("Bukhara"),
    "1708": _("Jizzakh"),
    "1710": _("Kashkadarya"),
    "1712": _("Navoi"),
    "1714": _("Namangan"),
    "1718": _("Samarkand"),
    "1722": _("Surkhandarya"),
    "1724": _("Syrdarya"),
    "1727": _("Tashkent region"),
    "1730": _("Fergana"),
    "1733": _("Khorezm"),
    "1726": _("Tashkent city"),
}

HELD: dict[str, str] = {
    "covered": _("In the data"),
    "partly": _("In the data of some bodies"),
    "missing": _("Not in the data"),
    "unknown": _("Unknown"),
    "no_data": _("No data"),
}
HELD_MEANINGS: dict[str, str] = {
    "covered": _("The region's code, or a district's in it, was found in the column of regions."),
    "partly": _("Several bodies owe the item; the data of some hold the region, those of others do not."),
    "missing": _("The column of regions was read, and no row carries a code of the region."),
    "unknown": _("No column of regions is named, or the data do not have it. It never counts as covered."),
    "no_data": _("No data are public, so there is nothing to measure."),
}
HELD_ICONS: dict[str, str] = {
    "covered": "check",
    "partly": "circle-half-stroke",
    "missing": "xmark",
    "unknown": "question",
    "no_data": "minus",
}

OUTCOMES: dict[str, str] = {
    "read": _("The table was opened and counted."),
    "no_table": _("The portal holds no table of this resource."),
    "no_column": _("The table has no such column. The mapping or the list must name one that it has."),
    "no_column_named": _("Neither the list nor a mapping names the column of regions."),
    "too_many": _("The column holds too many different values to be codes of regions."),
    "too_slow": _("The table is too large to be counted while a page is shown; the measured state stands."),
    "unreachable": _("The portal's tables cannot be reached just now; try again."),
}


def grid_table(of: str) -> Table:
    """The grid: a row an item (`of="country"`), or an obligation of one item or body."""
    who = {"country": _ITEMS, "item": _BODY, "body": _ITEM}[of]
    more = () if of == "country" else _EVIDENCE
    return Table("territory", _("Items and regions"), (*who, _COVERED, *_REGIONS, *more))


def regions_table(with_tables: bool) -> Table:
    """One obligation, a row a region; with the rows of the opened tables."""
    return Table("regions", _("Regions in the data"), (*_PLACE, *(_NOW if with_tables else ())))


def region_rows(row: Row, tables: list[Row]) -> list[dict[str, object]]:
    """The regions of one obligation, with what the opened tables hold of each."""
    read = [table["regions"] for table in tables if table["outcome"] == "read"]
    return [
        {
            "code": code,
            "held": row["regions"][code],
            "rows": sum(regions.get(code, {}).get("rows", 0) for regions in read) if read else None,
            "codes": sum(regions.get(code, {}).get("codes", 0) for regions in read) if read else None,
        }
        for code in REGIONS
    ]


def _region(code: str) -> Column:
    return Column(f"region_{code}", REGIONS[code], at("regions", code), kind="held")


_REGIONS = tuple(_region(code) for code in REGIONS)
_COVERED = Column("covered", _("Of 14"), at("covered"), kind="number")
_CODES = (
    Column("item_code", _("Item"), at("item", "code"), on_page=False),
    *text_columns("item_title", "item", "title"),
)
_BODIES = (
    Column("body_name", _("Body"), at("body", "name"), on_page=False),
    *text_columns("body_title", "body", "title"),
)
_ITEMS = (
    Column("item", _("Item"), at("item", "code"), kind="territory", in_file=False),
    *_CODES,
    Column("obligations", _("Obligations"), at("obligations"), on_page=False),
)
_ITEM = (
    Column("item", _("Item"), at("item", "code"), kind="territory", in_file=False),
    *_CODES,
    *_BODIES,
)
_BODY = (
    Column("body", _("Body"), at("body", "title"), kind="territory_body", in_file=False),
    *_CODES,
    *_BODIES,
)
_EVIDENCE = (
    Column("basis", _("Basis"), at("basis"), on_page=False),
    Column("region_column", _("Column of the region"), at("region_column"), on_page=False),
    Column("missing", _("Missing"), at("missing"), on_page=False),
    Column("evidence_event_id", _("Event"), at("evidence", "event_id"), on_page=False),
    Column("evidence_at", _("Event"), at("evidence", "at"), on_page=False),
    Column("evidence_content_hash", _("Hash"), at("evidence", "content_hash"), on_page=False),
    Column("deadline_id", _("Deadline"), at("deadline_id"), on_page=False),
    Column("dataset_name", _("Dataset"), at("dataset", "name"), on_page=False),
)
_PLACE = (
    Column("region", _("Region"), at("code"), kind="region", in_file=False),
    Column("held", _("When the data were measured"), at("held"), kind="held_words"),
    Column("region_code", _("Code"), at("code"), kind="code"),
)
_NOW = (
    Column("rows", _("Rows now"), at("rows"), kind="number"),
    Column("codes", _("Different codes now"), at("codes"), kind="number"),
)

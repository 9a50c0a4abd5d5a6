"""When a mapping's source is read, and how an interface is asked for what has changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from ckanext.roadmap.domain.errors import RoadmapError
from ckanext.roadmap.domain.window import Window

from .mapping_gates import Check

SCHEDULE = ("cron", "window")
SINCE = ("parameter", "overlap")
MOST_MINUTES = 60 * 24 * 366


def schedule(check: Check, found: Any) -> dict[str, str]:
    """A line of cron, and the hours in which the source may be read.

    :raises MappingError: one that cannot be taken; whether the line is one of cron is checked by the portal
    """
    settings = _fields(check, "schedule", found, SCHEDULE, 'Write `cron: "30 2 * * *"`.')
    if not settings:
        return {}
    cron = settings.get("cron")
    check.that(isinstance(cron, str), "mapping_missing", "schedule.cron", "it is missing.", "Add it.")
    told = {"cron": " ".join(str(cron).lower().split())}
    if settings.get("window") is None:
        return told
    try:
        return told | {"window": str(Window.parse(str(settings["window"]).replace(" ", "")))}
    except RoadmapError:
        value = str(settings["window"])
        check.that(False, "mapping_window", "schedule.window", f"{value} is no window.",
                   "Write 22:00-06:00.", value=value)  # fmt: skip
        raise


def since(check: Check, definition: Mapping[str, Any]) -> None:
    """Who is asked for what has changed needs a key to lay it over, and a column that tells until when.

    :raises MappingError: something is missing or cannot be taken
    """
    found = definition["read"].get("since")
    if found is None:
        return
    settings = _fields(check, "read.since", found, SINCE, "Write `parameter: updated_after`.")
    name = settings.get("parameter")
    check.that(bool(name) and isinstance(name, str), "mapping_missing", "read.since.parameter",
               "it is missing.", "Add it.")  # fmt: skip
    value = settings.get("overlap", 0)
    minutes = isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MOST_MINUTES
    check.that(minutes, "mapping_read_value", "read.since.overlap", f"{value} cannot stand there.",
               "Write a number of minutes.", value=str(value))  # fmt: skip
    for field in ("key", "watermark_column"):
        check.that(bool(definition[field]), "mapping_since_needs", field, "read.since needs it.", "Add it.")


def _fields(check: Check, field: str, found: Any, known: tuple[str, ...], remedy: str) -> dict[str, Any]:
    check.that(found is None or isinstance(found, Mapping), "mapping_no_fields", field,
               "it is not a set of fields.", remedy)  # fmt: skip
    settings = dict(cast("Mapping[str, Any]", found or {}))
    for name in settings:
        check.that(name in known, "mapping_field_unknown", f"{field}.{name}", "there is no such field.",
                   f"Known: {', '.join(known)}.", value=str(name), accepted=known)  # fmt: skip
    return settings

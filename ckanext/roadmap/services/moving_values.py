"""A dataset of another catalogue as values for CKAN's own actions; what does not fit is told, not bent."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from ckan.lib.munge import munge_name
from ckan.logic.validators import email_pattern

from ckanext.roadmap.domain.origin import Origin, Remark
from ckanext.roadmap.domain.sphere import NAMES, sphere_of
from ckanext.roadmap.domain.term import Frequency
from ckanext.roadmap.domain.text import Text

TAG = re.compile(r"[\w .\-]{2,100}")
SCHEMES = ("http", "https")
FREQUENCIES = frozenset(Frequency)
MOST_NOTES = 100_000
"""So many characters of a description are read by people; more is a file in the wrong place."""
EARLY = timedelta(days=1)
"""Clocks and time zones may be off by so much."""


def dataset_values(
    origin: Origin, owner_org: str, resource_id: str | None, now: datetime
) -> tuple[dict[str, Any], list[Remark]]:
    """The passport of a dataset, and what of its origin has no place in it.

    :param resource_id: of the table of its rows, if it has rows
    :param now: in the zone of the portal's days
    """
    groups, unknown = spheres(origin)
    files, refused = _files(origin, resource_id)
    created, updated, late = _dates(origin, now)
    length = max(map(len, origin.notes.to_dict().values()), default=0)
    notes = origin.notes if length <= MOST_NOTES else Text()
    values = {
        "title": origin.title.pick("uz") or origin.identifier or origin.key,
        "title_translated": origin.title.to_dict(),
        "notes": notes.pick("uz"),
        "notes_translated": notes.to_dict(),
        "owner_org": owner_org,
        "identifier": origin.identifier,
        "private": not origin.state.is_public,
        "license_id": origin.licence or "notspecified",
        "groups": [{"name": code} for code in groups],
        "tags": [{"name": tag} for tag in origin.tags if TAG.fullmatch(tag)],
        "resources": files,
        "origin_url": origin.url,
        "origin_issued": created,
        "origin_modified": updated,
        **_contact(origin),
    }
    if origin.frequency in FREQUENCIES:
        values["frequency"] = origin.frequency
    remarks = [
        *unknown,
        *refused,
        *late,
        *(Remark("tag_refused", tag) for tag in origin.tags if not TAG.fullmatch(tag)),
    ]
    if origin.frequency and origin.frequency not in FREQUENCIES:
        remarks.append(Remark("frequency_unknown", origin.frequency[:80]))
    if length > MOST_NOTES:
        remarks.append(Remark("notes_too_long", f"{length} > {MOST_NOTES}"))
    if origin.contact.get("email") and "contact_email" not in values:
        remarks.append(Remark("email_refused", origin.contact["email"][:80]))
    return {name: value for name, value in values.items() if value not in ("", None, {})}, remarks


def spheres(origin: Origin) -> tuple[list[str], list[Remark]]:
    """The codes of the spheres of a dataset, and those that nobody knows here."""
    codes, unknown = list[str](), list[Remark]()
    for text in origin.spheres:
        found = [code for word in text.to_dict().values() if (code := sphere_of(word)) in NAMES]
        codes += list(dict.fromkeys(found))[:1]
        unknown += [] if found else [Remark("sphere_unknown", text.pick("ru")[:80])]
    return list(dict.fromkeys(codes)), unknown


def addresses(origin: Origin, connection: str) -> Iterable[str]:
    """Names that the dataset's page may have, the best first."""
    name = munge_name(origin.slug or origin.key)
    yield name
    yield f"{name[:80]}-{uuid.uuid5(uuid.NAMESPACE_URL, f'{connection} {origin.key}').hex[:8]}"


def _dates(origin: Origin, now: datetime) -> tuple[str, str, list[Remark]]:
    """The days of its creation and change; what has not come yet is no day of either."""
    days, late = ["", ""], list[Remark]()
    for place, at in enumerate((origin.created, origin.updated)):
        day = at.astimezone(now.tzinfo).date().isoformat() if at else ""
        if at is not None and at > now + EARLY:
            late.append(Remark("date_future", day))
        else:
            days[place] = day
    return days[0], days[1], late


def _contact(origin: Origin) -> dict[str, str]:
    found = {f"contact_{name}": value for name, value in origin.contact.items() if value}
    if not email_pattern.match(found.get("contact_email", "")):
        found.pop("contact_email", None)
    return found


def _files(origin: Origin, resource_id: str | None) -> tuple[list[dict[str, Any]], list[Remark]]:
    """The table of the rows, and links to files; a file keeps its id as long as it keeps its address."""
    found = [_table(origin, resource_id)] if resource_id else []
    refused, seen = list[Remark](), set[str]()
    for file in origin.files:
        if urlsplit(file.url).scheme not in SCHEMES or file.url in seen:
            refused.append(Remark("file_refused", file.url[:80]))
            continue
        seen.add(file.url)
        values = {"url": file.url, "name": file.name, "format": file.format, "description": file.description}
        found.append({"id": str(uuid.uuid5(uuid.NAMESPACE_URL, f"{origin.key} {file.url}")), **values})
    return found, refused


def _table(origin: Origin, resource_id: str) -> dict[str, Any]:
    """Its kind is `datastore`: CKAN links it to the table's own dump, and no file loader reloads it."""
    return {
        "id": resource_id,
        "name": origin.title.pick("uz") or origin.identifier,
        "url": "_datastore_only_resource",
        "url_type": "datastore",
        "format": "CSV",
    }

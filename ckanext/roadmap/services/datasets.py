"""The dataset and resource that a mapping fills, as dictionaries for CKAN's own actions."""

from __future__ import annotations

from typing import Any

from ckanext.roadmap.domain.text import Text
from ckanext.roadmap.model.mapping import Mapping
from ckanext.roadmap.services.mappings import column_info

DEFAULT_TYPE = "text"
PASSPORT = ("frequency", "contact_name", "contact_email", "contact_phone", "region")


def dataset_dict(mapping: Mapping, owner_org: str, frequency: str | None, told: str = "") -> dict[str, Any]:
    """The passport of a mapping's dataset.

    :param frequency: how often the item is due; a frequency in the mapping wins
    :param told: what the source says of the table; a description in the mapping wins
    """
    written = mapping.definition["dataset"]
    title, notes = Text.from_dict(written["title"]), Text.from_dict(written["notes"])
    values = {
        "id": mapping.dataset_id,
        "name": written["name"],
        "type": "dataset",
        "title": title.pick("uz"),
        "title_translated": title.to_dict(),
        "notes": notes.pick("uz") or told,
        "notes_translated": notes.to_dict(),
        "owner_org": owner_org,
        "item_code": mapping.item_code,
        "frequency": frequency,
        "license_id": written.get("licence") or "cc-by",
        "private": False,
    }
    values |= {name: written[name] for name in PASSPORT if written.get(name)}
    return {name: value for name, value in values.items() if value not in (None, "", {})}


def resource_dict(mapping: Mapping) -> dict[str, Any]:
    """The one resource: a table of the DataStore.

    Its kind is `datastore`: CKAN then links it to the table's own dump, and no file loader reloads it.
    """
    title = (
        Text.from_dict(mapping.definition["resource"]["title"]) if mapping.definition["resource"] else Text()
    )
    return {
        "id": mapping.resource_id,
        "name": title.pick("uz") or Text.from_dict(mapping.definition["dataset"]["title"]).pick("uz"),
        "url": "_datastore_only_resource",
        "url_type": "datastore",
        "format": "CSV",
    }


def table_dict(mapping: Mapping, types: dict[str, str]) -> dict[str, Any]:
    """An empty table with the mapping's columns, for `datastore_create`.

    :param types: types of the columns, by name
    """
    fields: list[dict[str, Any]] = []
    for column in mapping.definition["columns"]:
        field = {"id": column["name"], "type": types.get(column["name"], DEFAULT_TYPE)}
        if info := column_info(column):
            field["info"] = info
        fields.append(field)
    table: dict[str, Any] = {"resource_id": mapping.resource_id, "fields": fields, "force": True}
    if mapping.definition["key"]:
        table["primary_key"] = mapping.definition["key"]
    return table

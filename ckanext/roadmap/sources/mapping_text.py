"""Mappings as a file that can be read by people and imported again without changing anything."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, cast

import yaml

from .mapping_file import OPTIONAL, REQUIRED

EMPTY: tuple[Any, ...] = (None, "", {}, [])


def write(definitions: Iterable[Mapping[str, Any]]) -> str:
    """Definitions as YAML documents; what is as it would be anyway is left out."""
    documents = [_document(one) for one in definitions]
    return yaml.safe_dump_all(documents, allow_unicode=True, sort_keys=False, width=110)


def _document(definition: Mapping[str, Any]) -> dict[str, Any]:
    names = [name for name in definition if name not in REQUIRED]
    ordered = [*(name for name in REQUIRED if name != "columns"), *names, "columns"]
    found = {name: _plain(definition[name]) for name in ordered if name in definition}
    found["columns"] = [_column(one) for one in definition["columns"]]
    return {
        name: value
        for name, value in found.items()
        if name in REQUIRED or value not in (OPTIONAL.get(name), *EMPTY)
    }


def _plain(value: Any) -> Any:
    """Without what is empty inside."""
    if not isinstance(value, Mapping):
        return value
    found = {name: _plain(one) for name, one in cast("Mapping[str, Any]", value).items()}
    return {name: one for name, one in found.items() if one not in EMPTY}


def _column(column: Mapping[str, Any]) -> Any:
    name = column["name"]
    found = {key: value for key, value in column.items() if value not in EMPTY}
    if found.get("source") == name:
        del found["source"]
    return name if found == {"name": name} else found

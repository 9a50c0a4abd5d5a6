"""Another CKAN, by its action API."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any, cast
from urllib.parse import urljoin

from ckanext.roadmap.domain.origin import Origin, OriginFile, OriginState, Publisher, Remark
from ckanext.roadmap.domain.text import LANGUAGES, Text

from .asking import entry, unknown_form
from .base import Catalogue, Page, catalogue
from .instants import instant

LIMIT = 100
ORDER = "metadata_created asc, id asc"
"""New datasets come last, so that none is passed over while the pages are read."""
STATES = {"active": OriginState.unsaid, "draft": OriginState.draft}


@catalogue
class CkanCatalogue(Catalogue):
    """`ckan+https://HOST/`: its public datasets, with links to their files."""

    scheme = "ckan"

    def page(self, at: str) -> Page:
        """Datasets from an offset on."""
        start = int(at or 0)
        parameters = {"rows": LIMIT, "start": start, "sort": ORDER}
        result = entry(self.asker.json("api/3/action/package_search", parameters), "result")
        rows, total = entry(result, "results"), entry(result, "count")
        if not isinstance(rows, list) or not isinstance(total, int):
            raise unknown_form("result.results")
        found = [
            cast("Mapping[str, Any]", row) for row in cast("list[Any]", rows) if isinstance(row, Mapping)
        ]
        end = start + len(found)
        items = [self._origin(row) for row in found if row.get("id")]
        return Page(items, str(end) if found and end < total else "", total)

    def beyond(self, at: str) -> str:
        """The next offset."""
        return str(int(at or 0) + LIMIT)

    def _origin(self, row: Mapping[str, Any]) -> Origin:
        created, first = instant(_utc(row.get("metadata_created")))
        updated, second = instant(_utc(row.get("metadata_modified")))
        extras = {str(entry(one, "key")): entry(one, "value") for one in _list(row.get("extras"))}
        values = {**extras, **row}
        state, told = _state(row)
        contact = {"name": "contact_name", "email": "contact_email", "phone": "contact_phone"}
        return Origin(
            key=str(row["id"]),
            title=text_of(row.get("title_translated"), row.get("title")),
            identifier=_word(values, "identifier"),
            slug=_word(row, "name"),
            notes=text_of(row.get("notes_translated"), _word(row, "notes")),
            publisher=_publisher(row.get("organization")),
            spheres=tuple(_titled(one) for one in _list(row.get("groups"))),
            state=state,
            created=created,
            updated=updated,
            files=tuple(_files(row)),
            tags=tuple(str(entry(one, "name")) for one in _list(row.get("tags"))),
            licence=_word(row, "license_id"),
            frequency=_word(values, "frequency"),
            contact={name: found for name, field in contact.items() if (found := _word(values, field))},
            url=urljoin(self.base, f"dataset/{row.get('name') or row['id']}"),
            remarks=(*told, *first, *second),
        )  # fmt: skip


def text_of(translated: object, plain: object) -> Text:
    """A text in the languages that a CKAN has it in; without any, the plain one, told as Uzbek."""
    if isinstance(translated, str) and translated.startswith("{"):
        with suppress(ValueError):
            translated = json.loads(translated)
    if isinstance(translated, Mapping):
        given = cast("Mapping[str, Any]", translated)
        found = Text.from_dict({language: given.get(language) for language in LANGUAGES})
        if found.to_dict():
            return found
    return Text(uz=str(plain or "").strip())


def _state(row: Mapping[str, Any]) -> tuple[OriginState, tuple[Remark, ...]]:
    written = str(row.get("state") or "active")
    if row.get("private"):
        return OriginState.draft, ()
    found = STATES.get(written)
    return (found, ()) if found else (OriginState.other, (Remark("state_unknown", written[:80]),))


def _titled(one: object) -> Text:
    return text_of(entry(one, "title_translated"), entry(one, "title"))


def _publisher(organization: object) -> Publisher:
    title = _titled(organization)
    key = str(entry(organization, "id") or entry(organization, "name") or "")
    return Publisher(key, title, name=str(entry(organization, "name") or ""))


def _files(row: Mapping[str, Any]) -> Iterator[OriginFile]:
    for one in _list(row.get("resources")):
        names = ("url", "name", "format", "description")
        yield OriginFile(**{name: str(entry(one, name) or "").strip() for name in names})


def _utc(written: object) -> object:
    """CKAN writes UTC without saying so."""
    return f"{written}+00:00" if isinstance(written, str) and written and "+" not in written else written


def _word(values: Mapping[str, Any], name: str) -> str:
    found = values.get(name)
    return str(found).strip() if isinstance(found, str | int) else ""


def _list(value: object) -> list[object]:
    return cast("list[object]", value) if isinstance(value, list) else []

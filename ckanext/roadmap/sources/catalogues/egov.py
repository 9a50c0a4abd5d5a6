"""The present portal of Uzbekistan (data.egov.uz): its catalogue.

What is documented of its interface is taken as it stands; what is not (states, further fields of
organisations) is read where it is there, and told where it is not understood.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any
from urllib.parse import urljoin

from ckanext.roadmap.domain.origin import Origin, OriginState, Publisher, Remark, scripts_in_place
from ckanext.roadmap.domain.script import fold
from ckanext.roadmap.domain.text import Text
from ckanext.roadmap.sources.errors import SourceError

from . import egov_rows
from .asking import entry
from .base import Catalogue, Page, Record, RowsLook, catalogue
from .egov_answers import count_of, listed, text_of
from .instants import instant

LIMIT = 100
LICENCE = "other-open"
"""The portal's terms of use are open, and no licence is named in them."""
KNOWN = frozenset({
    "structId", "name", "dataName", "orgName", "sphereName", "fullCount", "userOrgId", "sphereId", "lateDay",
    "isAi", "hasAi", "isGraph", "isAral", "geoType", "rating", "updateDate", "lastUpdate",
})  # fmt: skip
"""Fields that the interface is documented to have."""
READ = frozenset({"status", "createDate", "fullName", "telephone", "email"})
"""Fields that other clients of it tell of; read where they are there."""
STATES = {
    1: OriginState.new,
    2: OriginState.updated,
    3: OriginState.rejected,
    4: OriginState.approved,
    5: OriginState.outdated,
}
NAMES = {
    fold(name): STATES[number]
    for number, name in enumerate(("Yangi", "Yangilangan", "Rad qilingan", "Tasdiqlangan", "Eskirgan"), 1)
}
STIR = ("stir", "inn", "tin")


@catalogue
class EgovCatalogue(Catalogue):
    """`egov+https://data.egov.uz/`."""

    scheme = "egov"
    has_rows = True
    _first: tuple[str, object] = ("", None)

    def look(self, key: str) -> RowsLook:
        """Columns and number of the rows of a dataset; the first page of them is kept for its reading."""
        self._first = (key, egov_rows.first(self.asker, key))
        return egov_rows.look(self._first[1])

    def records(self, key: str) -> Iterator[Record]:
        """The rows of a dataset."""
        kept, first = self._first
        return egov_rows.records(self.asker, key, first if kept == key else None)

    def page(self, at: str) -> Page:
        """Datasets from an offset on; the server may give fewer than asked."""
        offset = int(at or 0)
        document = self.asker.json("apiClient/main/gettable", {"limit": LIMIT, "offset": offset})
        rows, total = listed(document)
        items = [self._origin(row) for row in rows if entry(row, "structId")]
        end = offset + len(rows)
        more = bool(rows) and (total is None or end < total)
        return Page(items, str(end) if more else "", total, (*self._lacking(rows), *_unknown_fields(rows)))

    def beyond(self, at: str) -> str:
        """The next offset."""
        return str(int(at or 0) + LIMIT)

    @cached_property
    def organisations(self) -> Mapping[str, Mapping[str, Any]]:
        """What the portal tells of organisations beside the catalogue, by id; empty: it could not be read."""
        return self._by_id("apiClient/Ref/OrgList", None)

    @cached_property
    def spheres(self) -> Mapping[str, Mapping[str, Any]]:
        """Spheres by id."""
        return self._by_id("apiClient/Main/GetSphereList", {"hasAral": "false"})

    def _by_id(self, path: str, parameters: Mapping[str, object] | None) -> Mapping[str, Mapping[str, Any]]:
        try:
            rows, _total = listed(self.asker.json(path, parameters))
        except SourceError:
            return {}
        return {str(row["id"]): row for row in rows if row.get("id")}

    def _lacking(self, rows: Sequence[Mapping[str, Any]]) -> tuple[Remark, ...]:
        found = () if self.organisations else (Remark("organisations_unread"),)
        return (*found, *(Remark("without_key") for row in rows if not entry(row, "structId")))

    def _origin(self, row: Mapping[str, Any]) -> Origin:
        remarks: list[Remark] = []
        title, exchanged = scripts_in_place(text_of(row.get("dataName")))
        remarks += [Remark("scripts_exchanged")] if exchanged else []
        state, told = state_of(row.get("status"))
        created, first = instant(row.get("createDate"))
        updated, second = instant(row.get("lastUpdate") or row.get("updateDate"))
        key, identifier = str(row["structId"]), str(row.get("name") or "").strip()
        contact = {"name": row.get("fullName"), "phone": row.get("telephone"), "email": row.get("email")}
        return Origin(
            key=key,
            title=title,
            identifier=identifier,
            slug=identifier or key,
            publisher=self._publisher(row),
            spheres=self._spheres(row),
            state=state,
            created=created,
            updated=updated,
            rows=count_of(row.get("fullCount")),
            contact={name: str(value) for name, value in contact.items() if value},
            licence=LICENCE,
            url=urljoin(self.base, f"ru/data/{key}"),
            remarks=(*remarks, *told, *first, *second),
        )

    def _publisher(self, row: Mapping[str, Any]) -> Publisher:
        key = str(row.get("userOrgId") or "")
        told = self.organisations.get(key) or {}
        title, _exchanged = scripts_in_place(text_of(row.get("orgName")))
        stir = next((str(told[name]).strip() for name in STIR if told.get(name)), "")
        return Publisher(key or title.pick("uz"), title, stir)

    def _spheres(self, row: Mapping[str, Any]) -> tuple[Text, ...]:
        title = text_of(row.get("sphereName"))
        if not title.to_dict() and row.get("sphereId"):
            told = self.spheres.get(str(row["sphereId"])) or {}
            title = next((text for one in told.values() if (text := text_of(one)).ru or text.uz), title)
        return (title,) if title.to_dict() else ()


def state_of(value: object) -> tuple[OriginState, tuple[Remark, ...]]:
    """A state by its number or its Uzbek name."""
    if value is None or value == "":
        return OriginState.unsaid, ()
    text = text_of(value)
    words = [str(value)] if isinstance(value, int | str) else list(text.to_dict().values())
    for word in words:
        found = STATES.get(int(word)) if word.isascii() and word.isdigit() else NAMES.get(fold(word))
        if found is not None:
            return found, ()
    return OriginState.other, (Remark("state_unknown", " / ".join(words)[:80] or type(value).__name__),)


def _unknown_fields(rows: Sequence[Mapping[str, Any]]) -> tuple[Remark, ...]:
    names = {name for row in rows for name in row} - KNOWN - READ
    return tuple(Remark("field_unknown", name[:80]) for name in sorted(names))

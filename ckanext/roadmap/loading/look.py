"""A look at a source before it is read for the first time: names, types and counts, and no value."""

from __future__ import annotations

from dataclasses import dataclass

from ckanext.roadmap.sources import profile
from ckanext.roadmap.sources.database import reading
from ckanext.roadmap.sources.profile import Counts, Profile
from ckanext.roadmap.sources.table import reflect

from .extract import AgainError, Extract, ExtractError, Extractor, datastore_type, extractor_for
from .extract.files import FileExtract
from .extract.since import ApiExtract
from .extract.tables import TableExtractor
from .plan import LoadPlan, SourceAccess

MOST = 100_000


@dataclass(frozen=True, slots=True)
class ColumnLook:
    """One column.

    :ivar name: what it is published as; none: it is not in the mapping, and stays where it is
    :ivar kind: its type in the source's words, where it tells
    :ivar type: the DataStore's type
    :ivar counts: none: it is not there, or not in the mapping
    """

    name: str | None
    source: str
    kind: str
    type: str | None
    counts: Counts | None


@dataclass(frozen=True, slots=True)
class Look:
    """A table.

    :ivar rows: how many rows were looked at
    :ivar whole: whether these are all
    """

    rows: int
    whole: bool
    columns: tuple[ColumnLook, ...]


def look(plan: LoadPlan, access: SourceAccess, most: int = MOST) -> Look:
    """What a mapping would find.

    :raises SourceError: the source can't be read
    """
    extractor = extractor_for(plan, access)
    if isinstance(extractor, TableExtractor):
        return _at_database(plan, access, most)
    try:
        return _at_extract(plan, extractor, most)
    except AgainError:
        closer = extractor.closer()
        if closer is None:
            raise ExtractError(
                "source_unlike", "The source is not what its beginning promised.", "Look at it again."
            ) from None
        return _at_extract(plan, closer, most)


def _at_database(plan: LoadPlan, access: SourceAccess, most: int) -> Look:
    """What lacks is told column by column: so a view that was changed can be seen as a whole."""
    with reading(access.url, access.limits) as connection:
        source = reflect(connection, plan.schema, plan.table)
        kinds = source.columns
        there = list(dict.fromkeys(one.source for one in plan.columns if one.source in kinds))
        found = profile.of_database(connection, access.url, source, there, most)
    mapped = {one.source for one in plan.columns}
    columns = [
        ColumnLook(
            one.name, one.source, kinds.get(one.source, ""),
            datastore_type(kinds[one.source], one.type) if one.source in kinds else None,
            found.columns.get(one.source),
        )
        for one in plan.columns
    ]  # fmt: skip
    others = [ColumnLook(None, name, kind, None, None) for name, kind in kinds.items() if name not in mapped]
    return Look(found.rows, found.whole, (*columns, *others))


def _at_extract(plan: LoadPlan, extractor: Extractor, most: int) -> Look:
    with extractor.opened() as source:
        if isinstance(source, ApiExtract):
            source.most = most + 1
        types, found = source.types, _profile(plan, source, most)
        columns = [
            ColumnLook(one.name, one.source, "", kind, found.columns[one.name])
            for one, kind in zip(plan.columns, types, strict=True)
        ]
        return Look(found.rows, found.whole, (*columns, *_others(plan, source)))


def _profile(plan: LoadPlan, source: Extract, most: int) -> Profile:
    taken, lines = list[bytes](), 0
    for batch in source.batches():
        taken.append(batch)
        lines += batch.count(b"\n")
        if lines > 2 * most:  # a cell may hold line ends
            break
    return profile.of_records(b"".join(taken), list(plan.names), most)


def _others(plan: LoadPlan, source: Extract) -> list[ColumnLook]:
    """What a file has beside: an interface's records are only looked through for what the mapping names."""
    if not isinstance(source, FileExtract):
        return []
    mapped = {one.source for one in plan.columns}
    return [ColumnLook(None, name, "", None, None) for name in source.table.header if name not in mapped]

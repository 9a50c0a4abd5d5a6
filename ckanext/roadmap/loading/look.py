"""A look at a source before it is read for the first time: names, types and counts, and no value."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from ckanext.roadmap.sources import profile
from ckanext.roadmap.sources.database import reading
from ckanext.roadmap.sources.errors import SourceError
from ckanext.roadmap.sources.profile import Counts, Profile
from ckanext.roadmap.sources.table import readable, reflect
from ckanext.roadmap.sources.tabular import Tabular

from .extract import Extract, datastore_type, extractor_for
from .extract.records import encode_columns
from .extract.tables import TableExtractor
from .plan import ColumnPlan, LoadPlan, SourceAccess

MOST = 100_000
SLOW = "timeout"
DEAR = ("not_permitted", SLOW)
"""Why a source may not have all of its columns counted, where those of the mapping alone can be."""


@dataclass(frozen=True, slots=True)
class ColumnLook:
    """One column.

    :ivar name: what it is published as; none: it is not in the mapping, and stays where it is
    :ivar kind: its type in the source's words, or as it looks
    :ivar type: the DataStore's type; none: the source has no such column, or the mapping leaves it out
    :ivar counts: none: not counted
    """

    name: str | None
    source: str
    kind: str
    type: str | None
    counts: Counts | None


@dataclass(frozen=True, slots=True)
class Look:
    """A table.

    :ivar rows: how many rows were looked at; none: counting took too long, and names and types are all
    :ivar whole: whether these are all
    """

    rows: int | None
    whole: bool
    columns: tuple[ColumnLook, ...]


def look(plan: LoadPlan, access: SourceAccess, most: int = MOST) -> Look:
    """What a mapping would find, and what else is there; what lacks is told column by column.

    :raises SourceError: the source can't be read
    """
    extractor = extractor_for(plan, access)
    if isinstance(extractor, TableExtractor):
        return _at_database(plan, access, most)
    if (browsed := extractor.browsed(most + 1)) is not None:
        with browsed as table:
            return _at_table(plan, table, most)
    with extractor.opened() as source:
        return _at_extract(plan, source, most)


def _at_database(plan: LoadPlan, access: SourceAccess, most: int) -> Look:
    """As much as the database tells in time: half for all columns, the rest for less."""
    seconds = access.limits.overall
    try:
        return _counted(plan, _within(access, seconds // 2), most, every=True)
    except SourceError as error:
        if error.code not in DEAR:
            raise
    try:
        return _counted(plan, _within(access, seconds // 4), most, every=False)
    except SourceError as error:
        if error.code != SLOW:
            raise
    return _named(plan, _within(access, seconds // 4))


def _within(access: SourceAccess, seconds: int) -> SourceAccess:
    seconds = max(seconds, 1)
    return replace(access, limits=replace(access.limits, statement=seconds, overall=seconds))


def _counted(plan: LoadPlan, access: SourceAccess, most: int, every: bool) -> Look:
    """By the database itself."""
    wanted = {one.source for one in plan.columns}
    with reading(access.url, access.limits) as connection:
        source = reflect(connection, plan.schema, plan.table)
        kinds = source.columns
        allowed = readable(connection, source) if every else wanted
        names = [name for name in kinds if name in allowed]
        with access.watch(connection.connection.driver_connection):
            found = profile.of_database(connection, access.url, source, names, most)
    return _look(plan, kinds, found, lambda one: datastore_type(kinds[one.source], one.type))


def _named(plan: LoadPlan, access: SourceAccess) -> Look:
    """Without a count: its catalogue alone is asked."""
    with reading(access.url, access.limits) as connection:
        kinds = reflect(connection, plan.schema, plan.table).columns
    found = _look(plan, kinds, Profile(0, False, {}), lambda one: datastore_type(kinds[one.source], one.type))
    return replace(found, rows=None)


def _at_table(plan: LoadPlan, table: Tabular, most: int) -> Look:
    names = [name for name in table.header if table.header.count(name) == 1]
    kinds = table.types(names)
    found = _profile(map(encode_columns, table.columns(names)), names, most)
    return _look(plan, kinds, found, lambda one: one.type or kinds[one.source])


def _at_extract(plan: LoadPlan, source: Extract, most: int) -> Look:
    """A source that has what the mapping names and nothing beside."""
    sources = [one.source for one in plan.columns]
    kinds = dict(zip(sources, source.types, strict=True))
    seen = _profile(source.batches(), list(plan.names), most)
    counts = {source: seen.columns[name] for source, name in zip(sources, plan.names, strict=True)}
    found = replace(seen, columns=counts)
    return _look(plan, kinds, found, lambda one: kinds[one.source])


def _profile(batches: Iterable[bytes], names: list[str], most: int) -> Profile:
    taken, lines = list[bytes](), 0
    for batch in batches:
        taken.append(batch)
        lines += batch.count(b"\n")
        if lines > 2 * most:  # a cell may hold line ends
            break
    return profile.of_records(b"".join(taken), names, most)


def _look(
    plan: LoadPlan, kinds: Mapping[str, str], found: Profile, type_of: Callable[[ColumnPlan], str]
) -> Look:
    """The mapping's columns in its order, then the others in theirs."""
    mapped = {one.source for one in plan.columns}
    here = (
        ColumnLook(
            one.name, one.source, kinds.get(one.source, ""),
            type_of(one) if one.source in kinds else None, found.columns.get(one.source),
        )
        for one in plan.columns
    )  # fmt: skip
    others = (
        ColumnLook(None, name, kind, None, found.columns.get(name))
        for name, kind in kinds.items() if name not in mapped
    )  # fmt: skip
    return Look(found.rows, found.whole, (*here, *others))

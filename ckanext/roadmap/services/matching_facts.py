"""What the matcher is told: the obligations that nothing answers yet, and the public datasets."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ckan import model as core

from ckanext.roadmap import config
from ckanext.roadmap.domain.body import resolve
from ckanext.roadmap.domain.matching import Kinship, Offered, Wanted
from ckanext.roadmap.domain.publication import LinkState
from ckanext.roadmap.loading.datastore import open_datastore
from ckanext.roadmap.model import Body, ItemRevision, Obligation, ObligationTerm, Publication
from ckanext.roadmap.services.bodies import Register, load_register
from ckanext.roadmap.services.visibility import PUBLIC_DATASET

BATCH = 500
_COLUMNS = """
SELECT c.relname, array_agg(a.attname::text) FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
WHERE n.nspname = 'public' AND c.relkind = 'r' AND c.relname = ANY(%s) AND left(a.attname, 1) <> '_'
GROUP BY c.relname
"""


def in_force(at: date) -> tuple[sa.ColumnElement[bool], ...]:
    """The conditions that a span of an obligation is in force on a day."""
    span = ObligationTerm
    return span.in_force_from <= at, sa.or_(span.in_force_to.is_(None), span.in_force_to > at)


def owed_at(session: Session, at: date) -> datetime | None:
    """Since when the obligations in force on a day stand: since the newest was written or began."""
    begun = sa.func.timezone("UTC", sa.cast(ObligationTerm.in_force_from, sa.DateTime))
    newest = sa.func.max(sa.func.greatest(ObligationTerm.recorded_at, begun))
    return session.scalar(sa.select(newest).where(*in_force(at)))


def is_answered(at: datetime | None = None) -> sa.ColumnElement[bool]:
    """The condition that a dataset is linked to an obligation, now or as was known at a past instant."""
    return (
        sa.exists()
        .where(Publication.obligation_id == Obligation.id, Publication.is_in(LinkState.confirmed, at))
        .correlate(Obligation)
    )


def wanted(session: Session, at: date) -> list[Wanted]:
    """The items of the lists in force, each with the obligations that nothing answers."""
    owed: dict[str, dict[str, str]] = defaultdict(dict)
    bodies: dict[str, int] = defaultdict(int)
    for revision, body, obligation, done in session.execute(_owed(at)):
        bodies[revision] += 1
        if not done:
            owed[revision][body] = obligation
        owed[revision] |= {}
    query = sa.select(ItemRevision).where(ItemRevision.id.in_(list(owed)))
    return [
        Wanted(
            row.item_id,
            tuple(map(str, row.title.values())),
            frozenset(map(str, row.columns)),
            owed[row.id],
            bodies[row.id],
        )
        for row in session.scalars(query)
        if owed[row.id]
    ]


def _owed(at: date) -> sa.Select[tuple[str, str, str, bool]]:
    return (
        sa.select(ObligationTerm.revision_id, Obligation.body_id, Obligation.id, is_answered())
        .join(Obligation, Obligation.id == ObligationTerm.obligation_id)
        .where(*in_force(at))
    )


def dataset_ids(session: Session, only: Iterable[str] | None = None) -> list[str]:
    """The public datasets, of these or of all."""
    package = core.Package
    query = sa.select(package.id).where(PUBLIC_DATASET)
    if only is not None:
        query = query.where(package.id.in_(list(only)))
    return list(session.scalars(query.order_by(package.id)))


def offered(session: Session, ids: Sequence[str], kinships: Kinships) -> Iterator[Offered]:
    """Datasets as the matcher sees them."""
    package = core.Package
    translated = package.extras["title_translated"].astext
    query = sa.select(package.id, package.name, package.title, package.owner_org, translated.label("written"))
    rows = session.execute(query.where(package.id.in_(ids)).order_by(package.id)).all()
    tables = _tables(session, ids)
    for row in rows:
        titles = [row.title or row.name, *(json.loads(row.written).values() if row.written else ())]
        yield Offered(
            row.id,
            tuple(dict.fromkeys(str(title) for title in titles if title)),
            tuple(tables[row.id]),
            kinships.of(row.owner_org),
        )


def _tables(session: Session, ids: Sequence[str]) -> dict[str, list[frozenset[str]]]:
    """By dataset: the columns of its tables in the DataStore."""
    resource = core.Resource
    query = sa.select(resource.id, resource.package_id).where(
        resource.package_id.in_(ids), resource.state == core.State.ACTIVE
    )
    datasets: dict[str, str] = {row.id: row.package_id for row in session.execute(query)}
    found: dict[str, list[frozenset[str]]] = defaultdict(list)
    if not datasets:
        return found
    with (
        closing(open_datastore(config.datastore_read_url(), read_only=True)) as store,
        store.cursor() as rows,
    ):
        rows.execute(_COLUMNS, (sorted(datasets),))
        for resource_id, columns in rows:
            found[datasets[resource_id]].append(frozenset(columns))
    return found


class Kinships:
    """Which bodies stand near an organization on a day: itself, heirs, forerunners, parents, children."""

    def __init__(self, register: Register, organizations: Mapping[str, str], at: date) -> None:
        self._organizations = organizations
        self._parents = {body.id: body.parent for body in register.bodies}
        self._children: dict[str, list[str]] = defaultdict(list)
        for id_, parent in self._parents.items():
            if parent:
                self._children[parent].append(id_)
        self._heirs: dict[str, frozenset[str]] = {}
        self._before: dict[str, set[str]] = defaultdict(set)
        for ended in {one.from_ for one in register.successions}:
            self._heirs[ended] = resolve(ended, register.successions, at)
            for heir in self._heirs[ended]:
                self._before[heir].add(ended)
        self._known: dict[str, dict[str, Kinship]] = {}

    @classmethod
    def load(cls, session: Session, at: date) -> Kinships:
        """By today's register."""
        organizations = dict(session.execute(sa.select(Body.organization_id, Body.id)).tuples().all())
        return cls(load_register(session), organizations, at)

    def of(self, organization_id: str | None) -> dict[str, Kinship]:
        """The bodies near an organization; none where it is no body."""
        body = self._organizations.get(organization_id or "")
        if body is None:
            return {}
        if body not in self._known:
            self._known[body] = self._near(body)
        return self._known[body]

    def _near(self, body: str) -> dict[str, Kinship]:
        same = {body} | self._heirs.get(body, frozenset())
        same |= {before for one in same for before in self._before[one]}
        kin = {child for one in same for child in self._children[one]}
        for one in same:
            kin |= self._above(one)
        return dict.fromkeys(kin, Kinship.kin) | dict.fromkeys(same, Kinship.same)

    def _above(self, body: str) -> set[str]:
        found: set[str] = set()
        parent = self._parents.get(body)
        while parent and parent not in found:
            found.add(parent)
            parent = self._parents.get(parent)
        return found

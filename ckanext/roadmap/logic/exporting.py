"""All rows of a list, as a file holds them: of one state of the tables, the rule asked once an obligation.

A page asks the rule of every obligation that has a row on it. In the order of periods each page names nearly
all of them, so a file made of pages would ask as often as there are pages, and rows could move between two.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import groupby, islice
from operator import attrgetter
from tempfile import TemporaryFile
from typing import Any

from sqlalchemy.orm import Session

import ckan.plugins.toolkit as tk
from ckan import model, types

from ckanext.roadmap.domain.figures import Drill
from ckanext.roadmap.logic import dictize, dictize_figures, item_page
from ckanext.roadmap.logic.action.compliance import subject_of
from ckanext.roadmap.logic.schema import compliance as schema
from ckanext.roadmap.logic.schema import figure_rows
from ckanext.roadmap.logic.scopes import make_drill, make_scope
from ckanext.roadmap.services import behind, compliance, country, overview, results
from ckanext.roadmap.services.compliance import Assessed, Scope

PART = 200  # obligations in memory at a time
Row = dict[str, Any]
Told = Iterable[tuple[int, Row]]  # rows with their places


def deadlines(context: types.Context, data_dict: dict[str, Any]) -> Iterator[Row]:
    """Every deadline that `roadmap_deadline_list` would give, page by page."""
    tk.check_access("roadmap_deadline_list", context, data_dict)
    asked = _checked(data_dict, schema.compliance_show)
    drill = make_drill(asked) or (Drill.kept if asked.get("quarter") else None)
    with _one_state(asked) as (session, scope):
        yield from _deadlines(session, scope, drill, None)


def deadlines_of_one(context: types.Context, data_dict: dict[str, Any]) -> Iterator[Row]:
    """Every deadline that `roadmap_compliance_show` would give of a body or an item.

    :raises ObjectNotFound: there is no such body or item
    """
    tk.check_access("roadmap_compliance_show", context, data_dict)
    asked = _checked(data_dict, schema.compliance_show)
    with _one_state(asked) as (session, scope):
        subject_of(context, asked, scope.day)
        held = list(item_page.held(session, scope))
        yield from _deadlines(session, scope, make_drill(asked), held)


def obligations(context: types.Context, data_dict: dict[str, Any]) -> Iterator[Row]:
    """Every obligation that `roadmap_obligation_list` would give."""
    tk.check_access("roadmap_obligation_list", context, data_dict)
    asked = _checked(data_dict, figure_rows.obligation_list)
    with _one_state(asked) as (session, scope):
        only_published = asked.get("share") == "published"
        ids, _ = behind.obligation_ids(session, scope, None, 0, only_published=only_published)
        for one in _assessed(session, scope, ids):
            yield dictize.obligation(one, asked["cells"])


def events(context: types.Context, data_dict: dict[str, Any]) -> Iterator[Row]:
    """Every event that `roadmap_refresh_list` would give."""
    tk.check_access("roadmap_refresh_list", context, data_dict)
    asked = _checked(data_dict, figure_rows.refresh_list)
    touches = overview.TOUCHES[asked["touch"]]
    with _one_state(asked) as (session, scope):
        count, found = behind.touched_places(session, scope, touches)

        def told() -> Told:
            for one, places in _together(session, scope, found):
                rows = overview.touched([one], scope, touches)[::-1]
                for place in places:
                    yield place.position, dictize_figures.touched(rows[place.place - 1])

        yield from _in_order(told(), count)


def _deadlines(
    session: Session, scope: Scope, drill: Drill | None, among: Sequence[str] | None
) -> Iterator[Row]:
    if drill is Drill.current:
        ids, _ = behind.closed_ids(session, scope, None, 0, among)
        for one in _assessed(session, scope, ids):
            (counted,) = compliance.counted([one], scope, drill)
            yield from (
                dictize.deadline(one, row) for row in counted.rows if scope.status in (None, row.status)
            )
        return
    count, found = behind.places(session, scope, drill, among)

    def told() -> Told:
        for one, places in _together(session, scope, found):
            rows = {row.deadline.id: row for row in one.rows}
            for place in places:
                yield place.position, dictize.deadline(one, rows[place.deadline_id])

    yield from _in_order(told(), count)


def _checked(data_dict: dict[str, Any], of: Callable[[], types.Schema]) -> dict[str, Any]:
    """What is asked, as the action of the same rows accepts it."""
    found, errors = tk.navl_validate(data_dict, of())
    if errors:
        raise tk.ValidationError(errors)
    return found


@contextmanager
def _one_state(asked: dict[str, Any]) -> Iterator[tuple[Session, Scope]]:
    """The stored results made true, and a session that sees nothing of what is written meanwhile."""
    scope = make_scope(asked)
    country.refresh(model.Session(), None, scope.tz)
    with Session(model.Session().get_bind()) as own:
        own.connection(execution_options={"isolation_level": "REPEATABLE READ"})
        yield own, scope


def _assessed(session: Session, scope: Scope, ids: Sequence[str]) -> Iterator[Assessed]:
    """The obligations in the order given, and no more of them in memory than a part."""
    for some in results.batches(ids, PART):
        found = behind.assessed(session, scope, some)
        session.expunge_all()
        yield from (found[id_] for id_ in some)


def _together(session: Session, scope: Scope, found: Iterator[Any]) -> Iterator[tuple[Assessed, list[Any]]]:
    """The obligations with the places of their rows, no more of them in memory than a part."""
    groups = ((id_, list(places)) for id_, places in groupby(found, attrgetter("obligation_id")))
    while some := dict(islice(groups, PART)):
        for one in _assessed(session, scope, list(some)):
            yield one, some[one.owed.id]


def _in_order(told: Told, count: int) -> Iterator[Row]:
    """The rows by their places; they wait in a file, since a large country has a million."""
    starts = array("q", [-1]) * count
    with TemporaryFile() as file:
        for place, row in told:
            starts[place] = file.tell()
            file.write(json.dumps(row).encode() + b"\n")
        for start in starts:
            file.seek(start)
            yield json.loads(file.readline())

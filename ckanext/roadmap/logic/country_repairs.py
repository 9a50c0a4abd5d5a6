"""What to fix first in the country: of now from sheets, of the past from what was made in the background."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from time import monotonic
from typing import Any, Protocol

from sqlalchemy.orm import Session

from ckan import model

from ckanext.roadmap.domain.status import RULE_VERSION
from ckanext.roadmap.logic import dictize, dictize_figures, scopes, sheets
from ckanext.roadmap.services import clock, compliance, country, past_outlooks, repairs, results
from ckanext.roadmap.services import sheets as kept
from ckanext.roadmap.services.body_history import Face
from ckanext.roadmap.services.compliance import Scope
from ckanext.roadmap.services.past_outlooks import Counted, Row
from ckanext.roadmap.services.progress import Progress, nobody_watches
from ckanext.roadmap.services.repairs import Entry

_PART = 200  # obligations between two commits
MOST_MISSING = 300  # obligations that a reader waits for; more are looked at by a background job
MOST_ASKED = 60  # the same of a past time, of which nothing is kept for the next reader


class Told(Protocol):
    """An obligation as a sheet or the past tells it in short."""

    @property
    def obligation_id(self) -> str: ...
    @property
    def body_id(self) -> str: ...
    @property
    def item_code(self) -> str: ...
    @property
    def sphere(self) -> str: ...
    @property
    def outlook(self) -> Sequence[int]: ...


def plan(session: Session, scope: Scope, limit: int) -> dict[str, Any] | None:
    """The repairs of the present, the heaviest first; None while too many sheets are missing."""
    rows, missing = kept.outlooks(session, scope.as_of)
    if len(missing) > MOST_MISSING:
        return None
    if missing:
        kept.make_sheets(session, missing, scope.tz, sheets.maker(scope))
        rows, _ = kept.outlooks(session, scope.as_of)
    return _plan(session, scope, rows, limit)


def plan_then(session: Session, scope: Scope, limit: int) -> dict[str, Any] | None:
    """The repairs of a past instant; None where nobody has had them counted and there are too many."""
    scope = _then(scope)
    rows = past_outlooks.show(session, scope.as_of, RULE_VERSION, clock.now())
    if rows is None:
        ids = past_outlooks.owed(session, scope.as_of)
        if len(ids) > MOST_MISSING:
            return None
        rows = list(_told(session, scope, ids))
    return _plan(session, scope, rows, limit)


def outlooks(
    session: Session, scope: Scope, ids: Sequence[str], is_now: bool
) -> Mapping[str, Sequence[int]] | None:
    """What repairing each of these obligations would raise; None where too much would have to be asked."""
    return _outlooks_now(session, scope, ids) if is_now else _outlooks_then(session, scope, ids)


def _outlooks_now(session: Session, scope: Scope, ids: Sequence[str]) -> Mapping[str, Sequence[int]] | None:
    known = kept.outlooks_of(session, ids, scope.as_of)
    missing = set(ids) - known.keys()
    if len(missing) > MOST_MISSING:
        return None
    if missing:
        kept.make_sheets(session, missing, scope.tz, sheets.maker(scope))
        known = kept.outlooks_of(session, ids, scope.as_of)
    return known


def _outlooks_then(session: Session, scope: Scope, ids: Sequence[str]) -> Mapping[str, Sequence[int]] | None:
    found: Iterable[Row] | None = past_outlooks.show(session, scope.as_of, RULE_VERSION, clock.now())
    if found is None:
        if len(ids) > MOST_ASKED:
            return None
        found = _told(session, scope, ids)
    return {row.obligation_id: row.outlook for row in found}


def keep(at: datetime, progress: Progress = nobody_watches, seconds: float | None = None) -> tuple[int, int]:
    """Ask the rule of everything owed at a past instant, and keep what it says, part by part.

    Stopped and begun again it goes on with what lacks.

    :param seconds: no part is begun after so many
    :returns: of how many obligations it was asked, and how many lack
    """
    scope, begun, done = scopes.make_scope({"as_of": at}), monotonic(), 0
    with Session(model.Session().get_bind()) as own:
        ids = past_outlooks.owed(own, at)
        place = past_outlooks.begin(own, at, RULE_VERSION, clock.now(), len(ids))
        own.commit()
        for some in results.batches(ids[place:], _PART):
            rows = list(_told(own, scope, some))
            own.rollback()
            own.expunge_all()
            part = place + done, Counted(len(some), len(ids))
            past_outlooks.keep(own, at, RULE_VERSION, clock.now(), part, rows)
            own.commit()
            done += len(some)
            progress(place + done, len(ids))
            if seconds is not None and monotonic() - begun > seconds:
                break
    return done, len(ids) - place - done


def counted(session: Session, scope: Scope) -> dict[str, int] | None:
    """How far the repairs of a past instant are counted, while they are."""
    found = past_outlooks.counted(session, scope.as_of, RULE_VERSION, clock.now())
    return found and found._asdict()


def counting(plan: dict[str, Any] | None, data_dict: dict[str, Any], scope: Scope) -> dict[str, Any]:
    """How far the repairs of a past time are counted, where they are asked for and lack."""
    if plan is not None or not data_dict["repairs"] or data_dict.get("as_of") is None:
        return {}
    return {"counting": counted(model.Session(), scope)}


def unfinished(session: Session) -> list[datetime]:
    """The past instants whose repairs are counted in part."""
    return past_outlooks.unfinished(session, RULE_VERSION)


def _then(scope: Scope) -> Scope:
    """Bodies are those of the instant, whatever quarter the figures speak of."""
    return replace(scope, day=scope.as_of.astimezone(scope.tz).date())


def _told(session: Session, scope: Scope, ids: Collection[str]) -> Iterator[Row]:
    for one in compliance.assess_all(session, _wide(scope), ids):
        outlook = sheets.flat(repairs.entry(one, scope))
        yield Row(one.owed.id, one.owed.body.id, one.owed.item.code, one.owed.revision.sphere, outlook)


def _wide(scope: Scope) -> Scope:
    return replace(scope, body=None, item=None, kind=None, sphere=None, status=None, q=None)


def _plan(session: Session, scope: Scope, rows: Sequence[Told], limit: int) -> dict[str, Any]:
    bodies = {body.id: body for body in country.faces(session, scope, list({row.body_id for row in rows}))}
    found = [row for row in rows if _is_in(row, scope, bodies)]
    told = dictize_figures.plan(
        repairs.of_entries([_entry(row, bodies[row.body_id]) for row in found], scope),
        limit,
        lambda row: {
            "id": row.obligation_id,
            "item": {"code": row.item_code, "of": row.obligation_id},
            "body": dictize.body(bodies[row.body_id]),
            "status": None,
            "dataset": None,
        },
    )
    return _filled(session, scope, told)


def _is_in(row: Told, scope: Scope, bodies: Mapping[str, Face]) -> bool:
    body = bodies.get(row.body_id)
    if body is None or scope.body not in (None, body.name):
        return False
    return scope.sphere in (None, row.sphere) and scope.item in (None, row.item_code)


def _entry(row: Told, body: Face) -> Entry[Any]:
    now, gain = sheets.outlook(row.outlook)
    return Entry(f"{row.item_code} {body.code} {row.obligation_id}", row, now, gain)


def _filled(session: Session, scope: Scope, told: dict[str, Any]) -> dict[str, Any]:
    """With what a page shows of the obligations and items that it names."""
    named = {one["item"]["of"] for one in (*told["obligations"], *told["items"])}
    found = compliance.assess_all(session, _wide(scope), named) if named else []
    rows = {one.owed.id: dictize.obligation(one) for one in found}
    return {
        **told,
        "obligations": [_known(one, rows, "item", "status", "dataset") for one in told["obligations"]],
        "items": [_known(one, rows, "item") for one in told["items"]],
    }


def _known(one: dict[str, Any], rows: Mapping[str, dict[str, Any]], *names: str) -> dict[str, Any]:
    row = rows[one["item"]["of"]]
    return {**one, **{name: row[name] for name in names}}

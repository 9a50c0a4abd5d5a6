"""The portal's own log of being up and down."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

import ckan.plugins.toolkit as tk
from ckan import model, types

from ckanext.roadmap import config
from ckanext.roadmap.domain.outage import Outage
from ckanext.roadmap.logic import dictize, health_checks
from ckanext.roadmap.logic.schema import health as schema
from ckanext.roadmap.model import ExemptionRow, HeartbeatRow
from ckanext.roadmap.services import clock, health


def roadmap_heartbeat(context: types.Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Look whether the portal's parts answer, and append it to the log; run it every five minutes.

    An outage that ends with this look is recorded: what was decided in it turns nobody red.

    :returns: at, down (the parts that did not answer: web, search, datastore, files)
    :rtype: dict
    """
    tk.check_access("roadmap_heartbeat", context, data_dict)
    down = health_checks.down()
    session, now = model.Session(), clock.now()
    was_well = health.was_well(session)
    row = health.beat(session, now, down)
    if not down and not was_well:
        health.settle(session, config.health_interval(), now)
    session.commit()
    return {"at": row.at.isoformat(), "down": down}


@tk.side_effect_free
@tk.validate_action_data(schema.outage_list)
def roadmap_outage_list(context: types.Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """The times in which the portal was down by its own log, the newest first.

    Each is read from the append-only, hash-chained table of beats. `measured`: a beat says what did not
    answer; `silent`: for part of the time nothing was recorded at all.

    :param as_of: what the log showed at a past day's end or instant (optional)
    :type as_of: string
    :returns: count and outages: began (names it), ended (None while it lasts), minutes, parts, measured,
        silent, first and last (seq and hash of the beats), exemptions (decisions that rest on it: id,
        decision_number, recorded_at); log_since (the first beat)
    :rtype: dict
    """
    tk.check_access("roadmap_outage_list", context, data_dict)
    session, now = model.Session(), data_dict.get("as_of") or clock.now()
    cited: dict[datetime | None, list[dict[str, Any]]] = defaultdict(list)
    query = sa.select(ExemptionRow).where(ExemptionRow.outage_since.is_not(None))
    for row in session.scalars(query.where(ExemptionRow.recorded_at <= now).order_by(ExemptionRow.seq)):
        told = {"id": row.id, "decision_number": row.decision_number}
        cited[row.outage_since].append(told | {"recorded_at": row.recorded_at.isoformat()})
    found = health.found(session, config.health_interval(), now)
    first = session.scalar(HeartbeatRow.first())
    rows = [{**_outage(one, now), "exemptions": cited[one.since]} for one in reversed(found)]
    return {
        "count": len(rows),
        "outages": rows,
        "log_since": dictize.instant(first if first and first <= now else None),
    }


def _key(at: datetime) -> str:
    return at.astimezone(UTC).isoformat()


def _outage(one: Outage, now: datetime) -> dict[str, Any]:
    return {
        "began": _key(one.since),
        "ended": _key(one.until) if one.until else None,
        "minutes": int(((one.until or now) - one.since).total_seconds() // 60),
        "last": None,
        **one.proof,
    }

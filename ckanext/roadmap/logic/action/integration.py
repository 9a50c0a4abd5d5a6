"""The share of information systems that publish automatically, and what to connect next."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model, types

from ckanext.roadmap import config
from ckanext.roadmap.domain.system import Stage
from ckanext.roadmap.logic import dictize_system as dictize
from ckanext.roadmap.logic.dictize import body
from ckanext.roadmap.logic.dictize_figures import share
from ckanext.roadmap.model import Body, SystemAnswer
from ckanext.roadmap.services import clock, integration


@tk.side_effect_free
def roadmap_integration_show(context: types.Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Show how many systems and obligations publish automatically, over time, and what to connect next.

    A system counts while it is *live*; an obligation counts while a live system fills a dataset that was
    confirmed for it. Retired systems count nowhere. A stage counts from its day or from the day it was
    recorded, whichever is later, so the past can't be improved afterwards.

    :returns: as_of, systems and obligations (met, of, percent), stages (counts), bodies (a row each: body,
        systems, obligations, answered: the day of its answer to this year's survey), trend (quarter, systems,
        obligations; oldest first), dividend (code, title, body, stage, frees, items, deadlines a year, share
        of obligations after it; the best first, each counted after those before it), survey (year, answered,
        bodies)
    :rtype: dict
    """
    tk.check_access("roadmap_integration_show", context, data_dict)
    session, now, tz = model.Session(), clock.now(), config.timezone()
    picture = integration.look(session, tz)
    systems, obligations = picture.shares(now)
    stages = picture.stages(now).values()
    named = {one.code: (one, owner) for one, owner in picture.systems}
    answers = {row.body_id: row for row in session.scalars(SystemAnswer.of_year(clock.today().year))}
    return {
        "as_of": now.isoformat(),
        "systems": share(systems),
        "obligations": share(obligations),
        "stages": {str(stage): list(stages).count(stage) for stage in Stage},
        "bodies": [
            {
                "body": body(owner),
                "systems": share(own),
                "obligations": share(owed),
                "answered": _day(answers.get(owner.id)),
            }
            for owner, own, owed in integration.by_body(picture, now, session.scalars(Body.of_ids(answers)))
        ],
        "trend": [
            {"quarter": code, "systems": share(one), "obligations": share(other)}
            for code, one, other in integration.trend(picture, now)
        ],
        "dividend": [
            dictize.dividend(row, *named[row.code]) for row in integration.ranked(session, picture, now)
        ],
        "survey": _survey(answers),
    }


def _survey(answers: dict[str, SystemAnswer]) -> dict[str, int]:
    bodies = model.Session.scalars(Body.select_all()).all()
    today = clock.today()
    living = [row.id for row in bodies if row.valid_to is None or today < row.valid_to]
    return {"year": today.year, "answered": sum(id_ in answers for id_ in living), "bodies": len(living)}


def _day(row: SystemAnswer | None) -> str | None:
    return None if row is None else row.recorded_at.astimezone(config.timezone()).date().isoformat()

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
from ckanext.roadmap.logic.schema import systems as schema
from ckanext.roadmap.model import Body, SystemAnswer
from ckanext.roadmap.services import clock, integration


@tk.side_effect_free
@tk.validate_action_data(schema.integration_show)
def roadmap_integration_show(context: types.Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Show how many systems and obligations publish automatically, over time, and what to connect next.

    A system counts while it is *live*; an obligation counts while a live system fills a dataset that was
    confirmed for it. Retired systems count nowhere. A stage counts from its day or from the day it was
    recorded, whichever is later, so the past can't be improved afterwards.

    :param body: name of a body: all of the result but the survey is of it alone (optional)
    :type body: string
    :returns: as_of, systems and obligations (met, of, percent), stages (counts), bodies (a row each: body,
        systems, obligations, answered: the day of its answer to this year's survey), trend (quarter, systems,
        obligations; oldest first), dividend (code, title, body, stage, frees, items, deadlines a year, share
        of obligations after it; the best first, each counted after those before it), survey (year, answered,
        bodies)
    :rtype: dict
    :raises ObjectNotFound: there is no such body
    """
    tk.check_access("roadmap_integration_show", context, data_dict)
    session, now, tz = model.Session(), clock.now(), config.timezone()
    picture, asked = integration.look(session, tz), _asked(data_dict.get("body"))
    if asked is not None:
        picture = picture.of(asked.id)
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
            for owner, own, owed in integration.by_body(picture, now, _answering(answers, asked))
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


def _asked(name: str | None) -> Body | None:
    """The body of a name; None where the country is asked for."""
    if name is None:
        return None
    found = model.Session.scalars(Body.by_name(name)).first()
    if found is None:
        raise tk.ObjectNotFound(tk._("There is no such body"))
    return found


def _answering(answers: dict[str, SystemAnswer], asked: Body | None) -> list[Body]:
    """The bodies that answered the survey, as far as they are asked for."""
    found = model.Session.scalars(Body.of_ids(answers)).all()
    return [one for one in found if asked is None or one.id == asked.id]


def _survey(answers: dict[str, SystemAnswer]) -> dict[str, int]:
    bodies = model.Session.scalars(Body.select_all()).all()
    today = clock.today()
    living = [row.id for row in bodies if row.valid_to is None or today < row.valid_to]
    return {"year": today.year, "answered": sum(id_ in answers for id_ in living), "bodies": len(living)}


def _day(row: SystemAnswer | None) -> str | None:
    return None if row is None else row.recorded_at.astimezone(config.timezone()).date().isoformat()

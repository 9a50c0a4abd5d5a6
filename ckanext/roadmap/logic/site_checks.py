"""Goes to other sites and looks at their data; each look is a transaction of its own."""

from __future__ import annotations

from collections import Counter

from ckan import model

from ckanext.roadmap import config
from ckanext.roadmap.domain.link import Look, Pace
from ckanext.roadmap.services import clock, site_checks, site_links
from ckanext.roadmap.services.site_rounds import Round
from ckanext.roadmap.sources.http import Guard, Limits, Robots, Session, look, networks


def open_session() -> Session:
    """The portal's one way to fetch from others, as the operator has bounded it."""
    guard = Guard(networks(config.allowed_networks()))
    return Session(guard, config.user_agent(), Limits(bytes=config.site_most_bytes()))


def check(body: str | None = None, only_due: bool = True) -> dict[str, int]:
    """Look at the links that answer obligations: the job of the queue, and of the command.

    :param body: only the links of this body
    :param only_due: only links whose time has come
    :returns: how many were looked at, by what was seen, and how many were left for their sites' sake
    """
    interval, pause = config.site_pace()
    links = [
        link for link in site_links.load(model.Session(), body) if not only_due or link.is_due(clock.now())
    ]
    session, round_ = open_session(), Round(links, pause)
    robots, counts = Robots(session), Counter[str]()
    for link in round_:
        known = link.known()
        model.Session.commit()
        sight = look(session, robots, known, clock.now())
        round_.seen(link, sight, robots.delay(link.url))
        row = site_checks.record(model.Session(), clock.now(), link, sight, Pace(interval, pause))
        model.Session.commit()
        if row is not None:
            counts[row.look] += 1
    return {"links": len(links), **{one: counts[one] for one in Look}, "left": round_.left}

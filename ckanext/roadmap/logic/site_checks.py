"""Goes to other sites and looks at their data; each look is a transaction of its own."""

from __future__ import annotations

import logging
import time
from collections import Counter
from collections.abc import Sequence

from ckan import model

from ckanext.roadmap import config
from ckanext.roadmap.domain.link import Look, Pace
from ckanext.roadmap.model import SiteCheckRow
from ckanext.roadmap.services import clock, site_checks, site_links
from ckanext.roadmap.services.site_links import Link
from ckanext.roadmap.services.site_rounds import Round, fell_silent_together, is_silent, witnesses
from ckanext.roadmap.sources.http import Guard, Limits, Robots, Session, Sight, look, networks

log = logging.getLogger(__name__)


def open_session() -> Session:
    """The portal's one way to fetch from others, as the operator has bounded it."""
    guard = Guard(networks(config.allowed_networks()))
    return Session(guard, config.user_agent(), Limits(bytes=config.site_most_bytes()))


def check(body: str | None = None, only_due: bool = True) -> dict[str, int]:
    """Look at the links that answer obligations: the job of the queue, and of the command.

    That a site was silent is recorded once another one answers: the portal's own way out may be closed.

    :param body: only the links of this body
    :param only_due: only links whose time has come
    :returns: how many were looked at, by what was seen, and how many were left: for their sites' sake, or
        since nobody answered any more, not even sites that were well before
    """
    found = site_links.load(model.Session(), body)
    links = [link for link in found if not only_due or link.is_due(clock.now())]
    looking = _Looking(open_session())
    round_ = Round(links, looking.pause)
    for link in round_:
        round_.seen(link, looking.look(link), looking.robots.delay(link.url))
    looking.settle()
    return {
        "links": len(links),
        **{one: looking.counts[one] for one in Look},
        "left": round_.left + looking.left,
    }


class _Looking:
    """Looks of one round.

    :ivar left: how many silences were not recorded
    """

    def __init__(self, session: Session) -> None:
        interval, self.pause, lost_after = config.site_pace()
        self._session, self._pace = session, Pace(interval, self.pause, lost_after)
        self.robots, self.counts, self.left = Robots(session), Counter[str](), 0
        self._silent: list[tuple[Link, Sight]] = []
        self._is_open = False  # whether somebody answered after the last silence

    def look(self, link: Link) -> Sight:
        """Ask, and record what was seen; a silence waits."""
        sent_at = model.Session.scalar(SiteCheckRow.sent_whole(link.resource_id, link.url))
        known = link.known(sent_at, clock.now())
        model.Session.commit()
        sight = look(self._session, self.robots, known, clock.now())
        self._is_open = not is_silent(sight)
        if self._is_open:
            self._record(link, sight)
        else:
            self._silent.append((link, sight))
        return sight

    def settle(self) -> None:
        """Record the silences, unless sites that were well before are silent too."""
        silent, self._silent = self._silent, []
        if silent and not self._is_open:
            self._is_open = self._anybody_answers([link for link, _ in silent])
        if not self._is_open:
            self.left = len(silent)
            log.warning(
                "Nobody answers any more, so %s silent links are not held against their sites", self.left
            )
            return
        for link, sight in silent:
            self._record(link, sight)

    def _anybody_answers(self, silent: Sequence[Link]) -> bool:
        """Ask sites that were well; without any, silence of a single one is its own."""
        asked = witnesses(site_links.load(model.Session()), silent)
        return any(self._answers(link) for link in asked) if asked else not fell_silent_together(silent)

    def _answers(self, link: Link) -> bool:
        time.sleep(self.pause)
        return not is_silent(self.look(link))

    def _record(self, link: Link, sight: Sight) -> None:
        row = site_checks.record(model.Session(), clock.now(), link, sight, self._pace)
        model.Session.commit()
        if row is not None:
            self.counts[row.look] += 1

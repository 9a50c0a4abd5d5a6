"""One look at an interface, or at whatever else is asked over the web."""

from __future__ import annotations

from dataclasses import replace

from ckanext.roadmap.sources.http.certificate import require_lasting
from ckanext.roadmap.sources.http.glance import Asked, glance
from ckanext.roadmap.sources.http.login import bare_credentials
from ckanext.roadmap.sources.look import Answer, Clock, Sign
from ckanext.roadmap.sources.places import Way
from ckanext.roadmap.sources.places.web import explained, session_for

from .logins import login_for
from .reading import address_of


def check(way: Way, path: str, clock: Clock) -> Answer:
    """Logs in as a load does, and asks for the head of an answer.

    :param path: what a mapping names; empty: the connection's own address
    :raises SourceError: it can't be reached, or refuses
    """
    own_signs = require_lasting(way.options.get("certificate_file", ""), clock())
    session, url = session_for(way), address_of(way, path)
    with explained():
        login = login_for(way.url, way.options, session)
        known = login.credentials()
        asked = Asked(
            login.address(url), url, known, bare_credentials(way.options),
            is_folder=not path, methods=("GET",),
        )  # fmt: skip
        answer = glance(session, asked, clock)
    given = (Sign(login.sign),) if login.sign else ()
    return replace(answer, signs=(*given, *own_signs, *answer.signs))

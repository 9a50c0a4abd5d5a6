"""The life of a link from an obligation to a dataset: proposed, then confirmed or declined; revoked."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from ckanext.roadmap.domain.errors import RoadmapError


class LinkState(StrEnum):
    """Where a link stands."""

    proposed = "proposed"
    confirmed = "confirmed"
    declined = "declined"
    revoked = "revoked"

    @classmethod
    def of(
        cls, confirmed_at: datetime | None, declined_at: datetime | None, revoked_at: datetime | None
    ) -> LinkState:
        """The state that these times come to; the last act decides."""
        if revoked_at is not None:
            return cls.revoked
        if declined_at is not None:
            return cls.declined
        return cls.proposed if confirmed_at is None else cls.confirmed


class How(StrEnum):
    """What a link rests on."""

    mapping = "mapping"
    passport = "passport"
    identifier = "identifier"
    matcher = "matcher"
    chosen = "chosen"
    succession = "succession"


_State = LinkState
STEPS: dict[LinkState, frozenset[LinkState]] = {
    _State.proposed: frozenset({_State.confirmed, _State.declined}),
    _State.confirmed: frozenset({_State.revoked}),
    _State.declined: frozenset(),
    _State.revoked: frozenset(),
}


def require_step(state: LinkState, to: LinkState) -> None:
    """Check that a link may go from where it stands to a state.

    :raises RoadmapError: it may not
    """
    if to not in STEPS[state]:
        text = f"The link is {state} and can't become {to}."
        raise RoadmapError("link_step_refused", text, state=str(state), to=str(to))

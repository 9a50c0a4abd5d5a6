"""What `roadmap-agent check` tells: the source, the portal, the token, both clocks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from ckanext.roadmap.agent.errors import RefusedError
from ckanext.roadmap.agent.portal import Portal
from ckanext.roadmap.agent.settings import Settings
from ckanext.roadmap.agent.work import plan_of
from ckanext.roadmap.loading.extract import extractor_for, kind_of
from ckanext.roadmap.presentation.problems import tell
from ckanext.roadmap.sources.look import Sign, between
from ckanext.roadmap.sources.mapping_file import MappingDraft

MOST_SKEW, FEW = 60, 1


def check_source(settings: Settings, draft: MappingDraft) -> Iterator[str]:
    """What the source is, what the account may do, how its login fares, the columns with their types.

    :raises SourceError: it cannot be read
    """
    plan, now = plan_of(draft), lambda: datetime.now(UTC)
    access = settings.access(draft.definition["connection"])
    look = kind_of(access).look(access, plan.table, now)
    yield f"the source answered in {look.milliseconds} ms ({look.answer.version or look.kind})"
    if look.answer.powers:
        yield f"WARNING: the account can do more than read: {', '.join(look.answer.powers)}"
    if look.skew is not None:
        yield _clock("source", look.skew)
    yield from map(_told, look.answer.signs)
    types = extractor_for(plan, access).glimpse(FEW)
    yield ", ".join(f"{name} {kind}" for name, kind in zip(plan.names, types, strict=True))


def check_portal(settings: Settings, draft: MappingDraft) -> Iterator[str]:
    """Whether the portal is reached, takes the token, and has the same mapping.

    :raises AgentError: it is not, or does not
    """
    before = datetime.now(UTC)
    told = Portal(settings).check(draft.name)
    middle = between(before, datetime.now(UTC))
    yield "the portal takes the token"
    yield _clock("portal", (datetime.fromisoformat(told["now"]) - middle).total_seconds())
    names = list(plan_of(draft).names)
    if told["columns"] != names:
        raise RefusedError(
            "agent_mapping",
            f"The portal's mapping has the columns {', '.join(told['columns'])}; "
            f"this file has {', '.join(names)}.",
            "Take the present mapping.",
        )
    if not told["open"]:
        raise RefusedError(
            "agent_closed",
            "The connection is not open to agents.",
            "Ask the portal's operator to write push: as its address.",
        )


def _clock(whose: str, skew: float) -> str:
    if abs(skew) > MOST_SKEW:
        return f"WARNING: the {whose}'s clock is {skew:+.0f} s off this server's; set the one that is wrong"
    return f"the {whose}'s clock agrees"


def _told(sign: Sign) -> str:
    """What was seen, in the portal's own words."""
    words = tell(sign.code, sign.params)
    parts = [*words.problem, words.remedy] if words else []
    text = " ".join(part.singular.format(**part.params) for part in parts if part) or sign.code
    return f"WARNING: {text}" if sign.is_warning else text

"""What is tried before going live, whom to ask, and the act that is signed."""

from __future__ import annotations

from collections.abc import Iterator

from ckanext.roadmap.presentation.documents.blocks import Block, Grid, Heading, Line, Page, Signature, Title
from ckanext.roadmap.presentation.documents.writing import Writing
from ckanext.roadmap.presentation.marks import mark as _
from ckanext.roadmap.presentation.tables import Row

from .kinds import kind_for
from .kinds.base import Check
from .parts import BLANK, each

_WIDTHS = (7, 38, 33, 22)
AGENT: Check = (
    _('Run "roadmap-agent check"'),
    _("The columns of each source; the portal takes the token; clocks agree; no right beyond reading"),
)


def tests(guide: Row, writing: Writing) -> Iterator[Block]:
    """The protocol of each connection; results are filled in by hand."""

    def told(part: Row) -> Iterator[Block]:
        rows = enumerate(_checks(part), 1)
        yield Grid(
            head, tuple((str(number), say(what), say(then), "") for number, (what, then) in rows), _WIDTHS
        )

    say = writing.say
    head = tuple(say(text) for text in (_("No."), _("Check"), _("Expected"), _("Result, day, initials")))
    yield Heading(say(_("6. Test protocol")))
    yield from each(guide, writing, 6, told)


def _checks(part: Row) -> tuple[Check, ...]:
    """What `connection check` proves comes first, else what the agent's own check does, or both."""
    kind = kind_for(part["kind"])
    looked: Check = (_('The operator runs "ckan roadmap connection check"'), kind.proof)
    first = {"pull": (looked,), "push": (AGENT,), "either": (looked, AGENT)}[part["way"]]
    return ((looked,) if kind.is_put else first) + kind.checks


def contacts(guide: Row, writing: Writing) -> Iterator[Block]:
    """Whom each side asks."""
    say, details, portal = writing.say, guide["system"]["details"], guide["portal"]
    own = ", ".join(details[key] for key in ("contact_phone", "contact_email") if details[key])
    yield Heading(say(_("7. Contacts")))
    yield Grid(
        (say(_("Side")), say(_("Who")), say(_("Telephone, e-mail"))),
        (
            (
                writing.text(guide["system"]["body"]["title"]),
                _name(details["contact_name"], writing),
                own or BLANK,
            ),
            (writing.text(portal["coordinator"]) or say(_("Coordinator")), BLANK, portal["url"]),
            (say(_("Operator of the portal")), BLANK, BLANK),
        ),
        (36, 30, 34),
    )


def act(guide: Row, writing: Writing) -> Iterator[Block]:
    """The act, on a page of its own."""
    say, system = writing.say, guide["system"]
    named = {
        "code": system["code"],
        "system": writing.text(system["title"]),
        "body": writing.text(system["body"]["title"]),
        "portal": say(guide["portal"]["title"]),
    }
    yield Page()
    yield Title(say(_("8. Act of acceptance")), strong=True)
    yield Title(say(_("No. __________ of ____ ______________ 20___")))
    yield Line(say(_ACT).format(**named))
    yield Line(say(_PASSED))
    yield Line(say(_PUBLIC))
    for office in (
        _("Owner of the data"),
        _("Head of the IT service"),
        _("Coordinator"),
        _("Operator of the portal"),
    ):
        yield Signature(say(office), BLANK)


def _name(written: str, writing: Writing) -> str:
    return writing.text({"uz": written}) if written else BLANK


_ACT = _(
    "We, the undersigned, state that the information system {code} “{system}” ({body}) has been "
    "connected to {portal} "
    "by this guide."
)
_PASSED = _("All checks of section 6 were made and passed; the filled-in protocol is attached.")
_PUBLIC = _(
    "The columns named in section 5 may be published as open data. From the day of this act they "
    "are published "
    "automatically; the owner of the data answers for their content, the operator for their "
    "unchanged publication."
)

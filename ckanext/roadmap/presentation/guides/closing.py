"""What is tried before going live, whom to ask, and the act that is signed."""

from __future__ import annotations

from collections.abc import Iterator

from ckanext.roadmap.presentation.documents.blocks import Block, Grid, Heading, Line, Page, Signature, Title
from ckanext.roadmap.presentation.documents.writing import Writing
from ckanext.roadmap.presentation.marks import mark as _
from ckanext.roadmap.presentation.tables import Row

from .connect import BLANK

CHECKS: tuple[tuple[str, str], ...] = (
    (_("Sign in as the account from the agreed address, then from another one"), _("Let in, then refused")),
    (_("Read the views, as section 3 says"), _("The rows of your own tables")),
    (_("Try to write, as section 3 says"), _("Refused each time")),
    (_("Compare the columns of the views with section 5"), _("The same, and none besides")),
    (_("First load"), _("The run is applied, with your number of rows")),
    (_("Second load, with nothing changed in between"), _("The run is unchanged")),
    (_("Change one row of a test table, load"), _("The run is applied, one row changed")),
    (
        _("Take the right to read away, load, give it back"),
        _("The run fails in clear words; the old rows stay public"),
    ),
    (_("Search the run and the pages of the dataset for the address"), _("The name of the connection alone")),
)


def tests(writing: Writing) -> Iterator[Block]:
    """The protocol; results are filled in by hand."""
    say = writing.say
    head = tuple(say(text) for text in (_("No."), _("Check"), _("Expected"), _("Result, day, initials")))
    rows = tuple((str(number), say(what), say(then), "") for number, (what, then) in enumerate(CHECKS, 1))
    yield Heading(say(_("6. Test protocol")))
    yield Grid(head, rows, (7, 38, 33, 22))


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
        "portal": guide["portal"]["title"],
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

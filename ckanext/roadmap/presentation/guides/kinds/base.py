"""What a guide says that differs from one kind of connection to another.

A kind is a class in a file of its own, with the decorator `@kind`, imported in `__init__`.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Iterator
from typing import Any, ClassVar, TypeVar

from ckanext.roadmap.presentation.documents.blocks import Block
from ckanext.roadmap.presentation.documents.writing import Writing
from ckanext.roadmap.presentation.marks import mark as _
from ckanext.roadmap.presentation.tables import Row

Check = tuple[str, str]
FAILS = _("The run fails in clear words; the old rows stay public")
REFUSED = _("Refused each time")
FIRST: Check = (_("First load"), _("The run is applied, with your number of rows"))
SECOND: Check = (_("Second load, with nothing changed in between"), _("The run is unchanged"))
ADDRESS: Check = (
    _("Search the run and the pages of the dataset for the address"),
    _("The name of the connection alone"),
)
CHANGED: Check = (_("Change one row, load"), _("The run is applied, one row changed"))
COLUMNS: Check = (_("Compare the columns with section 5"), _("The same, and none besides"))
WRITING: Check = (_("Try to write with this access"), REFUSED)
TAKEN: Check = (_("Take the access away, load, give it back"), FAILS)

PUSHED = _(
    "The portal can't reach this network, and nothing needs to be opened from outside. A small program at "
    'your place, "roadmap-agent", reads the data and sends them over HTTPS: open only the way from its '
    "server to the portal, port 443."
)
FIND_OUT = _(
    "Find out first whether the portal can reach your server: inside the network of state bodies the "
    "portal's operator and yours can settle this in one telephone call."
)
IF_NOT = _(
    'If it can\'t, a small program at your place, "roadmap-agent", reads the data and sends them over HTTPS: '
    "open only the way from its server to the portal, port 443."
)


class Kind(ABC):
    """A kind of connection.

    :cvar code: its name
    :cvar title: how a part of a guide is headed
    :cvar schemes: how its addresses begin
    :cvar words: finds it in what the register says of a system
    :cvar address: the form of an address, without any of its parts
    :cvar pushed_address: the form of one at the agent's own server, where there is no other
    :cvar extra: what the agent is installed with to read it
    :cvar reach: which way is opened when the portal reads
    :cvar thing: what a mapping names; `column` is what the first column of its table names
    :cvar proof: what `connection check` tells when all is well
    :cvar checks: the protocol, beside the check of the connection
    :cvar is_put: the body brings the data into a folder of the portal's, whatever its network is
    :cvar only: what is told of the columns
    :cvar has_mappings: whether they stand in mappings
    :cvar agent_login: how the agent is told of a login; none: it stands in the address alone
    :cvar in_time: what is asked of the ministry where a schedule is agreed
    """

    code: ClassVar[str]
    title: ClassVar[str]
    schemes: ClassVar[tuple[str, ...]] = ()
    words: ClassVar[re.Pattern[str]]
    address: ClassVar[str | None]
    pushed_address: ClassVar[str | None] = None
    extra: ClassVar[str] = "files"
    reach: ClassVar[str]
    thing: ClassVar[str]
    column: ClassVar[str]
    proof: ClassVar[str]
    checks: ClassVar[tuple[Check, ...]]
    is_put: ClassVar[bool] = False
    has_mappings: ClassVar[bool] = True
    agent_login: ClassVar[str] = ""
    in_time: ClassVar[str] = ""
    only: ClassVar[str] = _(
        "Only these columns are published. A further one takes a new mapping and a new agreement."
    )

    @classmethod
    def fits(cls, table: str, read: Row) -> bool:
        """Whether a mapping that names this is surely one of this kind."""
        return False

    def ways(self, part: Row) -> tuple[str, ...]:
        """The network, in paragraphs."""
        found = {"pull": (self.reach,), "push": (PUSHED,), "either": (FIND_OUT, self.reach, IF_NOT)}
        return (self.reach,) if self.is_put else found[part["way"]]

    @abstractmethod
    def access(self, part: Row, writing: Writing) -> Iterator[Block]:
        """What is made for the portal at the ministry, and how the data are offered."""

    def place(self, table: dict[str, Any]) -> str:
        """The name of what is read."""
        return table["table"]

    def reading(self, table: dict[str, Any], writing: Writing) -> Iterator[Block]:
        """How that is read, as the mapping says."""
        yield from ()


Class = TypeVar("Class", bound=type[Kind])
_KINDS: list[type[Kind]] = []


def kind(found: Class) -> Class:
    """Registers a kind."""
    _KINDS.append(found)
    return found


def kind_for(code: str) -> Kind:
    """The kind of that name."""
    return next(one() for one in _KINDS if one.code == code)


def named(words: str) -> list[Kind]:
    """The kinds that the register speaks of; a general one gives way to its own sorts."""
    found = [one for one in _KINDS if one.words.search(words)]
    return [one() for one in found if not any(issubclass(other, one) and other is not one for other in found)]


def kind_of(scheme: str, words: str, mapped: list[tuple[str, Row]]) -> Kind:
    """What a connection is: by its address, else by what is mapped from it, else by the register's words."""
    told = named(words)
    known = (one() for form in (scheme, scheme.partition("+")[0]) for one in _KINDS if form in one.schemes)
    fitting = (
        one for one in (*told, *(each() for each in _KINDS)) if any(one.fits(*read) for read in mapped)
    )
    return [*known, *fitting, *told, kind_for("database")][0]

"""How far the portal may go out to read a source, and how much it may take."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # what speaks HTTP is not loaded for a database
    from .http.guard import Network


@dataclass(frozen=True, slots=True)
class Reach:
    """The operator's bounds.

    :ivar networks: inner networks that may be reached; public addresses always may
    :ivar agent: how the portal names itself
    :ivar bytes: the largest source that is taken, as sent and unpacked
    :ivar ratio: how many times it may grow when it is unpacked
    :ivar pause: seconds between two questions to the host of a catalogue
    """

    networks: tuple[Network, ...] = ()
    agent: str = "ckanext-roadmap"
    bytes: int = 2 * 2**30
    ratio: int = 200
    pause: float = 0.0

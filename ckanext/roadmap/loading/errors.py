"""The error tree of the load engine: one branch a phase."""

from __future__ import annotations

from ckanext.roadmap.domain.errors import RoadmapError


class LoadError(RoadmapError):
    """A load stopped; the table that was served before is untouched.

    :ivar phase: where it stopped
    :ivar code: stable name of the fault
    :ivar params: the values that the message names; never a secret
    """

    phase = "load"

    def __init__(self, code: str, message: str, remedy: str, **params: object) -> None:
        super().__init__(code, f"{message} {remedy}", **params)
        self.message = message
        self.remedy = remedy


class BusyError(LoadError):
    """Another load of the same resource is running."""

    phase = "start"

    def __init__(self) -> None:
        super().__init__("busy", "Another load of this resource runs.", "This one is tried again by itself.")

"""The verdict on one deadline at one time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from ckanext.roadmap.domain.deadline import Deadline
from ckanext.roadmap.domain.event import DataEvent, EventKind
from ckanext.roadmap.domain.notice import Notice
from ckanext.roadmap.domain.reason import Reason


class Status(StrEnum):
    """The eleven statuses (DESIGN section 2)."""

    awaiting = "awaiting"
    due = "due"
    in_grace = "in_grace"
    overdue = "overdue"
    delinquent = "delinquent"
    not_published = "not_published"
    on_time = "on_time"
    late_met = "late_met"
    exempt = "exempt"
    contested = "contested"
    unknown = "unknown"


@dataclass(frozen=True, slots=True)
class Assessment:
    """What a deadline comes to.

    `status` is displayed, `computed` stands beneath it. `deadline` has the due date that holds (a `notice`
    may have moved it). `event` met it; of an unmet one `nearest` came nearest, and `missing` tells the
    columns, regions or places that it lacked. `days_late` counts begun days after the due date, up to the
    day it was met or, unmet, to the time of the assessment. `missed`: nothing qualified until grace was over.
    `kept_until`: until when it may be met and counts as kept, where that is not the end of grace.
    """

    deadline: Deadline
    status: Status
    computed: Status
    reason: Reason
    computed_reason: Reason
    missed: bool
    event: DataEvent | None = None
    met_at: datetime | None = None
    days_late: int | None = None
    missing: tuple[str, ...] = ()
    nearest: DataEvent | None = None
    notice: Notice | None = None
    kept_until: datetime | None = None

    @property
    def counts(self) -> bool:
        """Whether it enters any share."""
        return self.status is not Status.exempt

    @property
    def is_met(self) -> bool:
        """Whether it was met, on time or late."""
        return self.met_at is not None

    @property
    def is_kept(self) -> bool:
        """Whether it was met before grace was over, or while what our own fault took of it was given back."""
        return self.met_at is not None and self.met_at <= (self.kept_until or self.deadline.grace_until)

    @property
    def is_attested(self) -> bool:
        """Whether it was met by an officer's signature that nothing changed."""
        return self.event is not None and self.event.kind is EventKind.attested

    @property
    def is_on_time(self) -> bool:
        """Whether it was met by its due date."""
        return self.met_at is not None and self.met_at <= self.deadline.due_at

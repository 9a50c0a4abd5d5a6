"""The one clock: every present time comes from here."""

from __future__ import annotations

from datetime import UTC, date, datetime

from ckanext.roadmap import config


def now() -> datetime:
    """The present instant, aware, in UTC; in a rehearsal, what the rehearsal's clock file says."""
    rehearsal = config.rehearsal_clock()
    if rehearsal is None:
        return datetime.now(UTC)
    return datetime.fromisoformat(rehearsal.read_text().strip()).astimezone(UTC)


def today() -> date:
    """The present day by the legal calendar."""
    return now().astimezone(config.timezone()).date()

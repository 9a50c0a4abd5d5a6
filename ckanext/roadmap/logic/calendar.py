"""The legal calendar as the configuration sets it."""

from __future__ import annotations

from ckanext.roadmap import config
from ckanext.roadmap.domain.calendar import WorkingDays
from ckanext.roadmap.services.deadlines import LegalCalendar


def legal_calendar() -> LegalCalendar:
    """Time zone, working days and the ledger's first day."""
    return LegalCalendar(config.timezone(), WorkingDays(config.holidays()), config.ledger_start())

"""The legal calendar as the configuration sets it."""

from __future__ import annotations

from ckanext.roadmap import config
from ckanext.roadmap.domain.calendar import WorkingDays
from ckanext.roadmap.services.deadlines import LegalCalendar


def legal_calendar() -> LegalCalendar:
    """Time zone, working days and the ledger's first day."""
    days = WorkingDays(config.holidays(), config.working_days())
    return LegalCalendar(config.timezone(), days, config.ledger_start())

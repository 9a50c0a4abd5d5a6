"""One typed reader per configuration option; nothing else reads the configuration."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import ckan.plugins.toolkit as tk

COORDINATOR = "ckanext.roadmap.coordinator_organization"
AUDITOR = "ckanext.roadmap.auditor_organization"
COMMISSION = "ckanext.roadmap.commission_organization"
TIMEZONE = "ckanext.roadmap.timezone"
HOLIDAYS = "ckanext.roadmap.holidays"
LEDGER_START = "ckanext.roadmap.ledger_start"
REHEARSAL_CLOCK = "ckanext.roadmap.rehearsal_clock"
GREEN = "ckanext.roadmap.light.green"
YELLOW = "ckanext.roadmap.light.yellow"


def coordinator_organization() -> str:
    """Name of the organization whose members coordinate the road map."""
    return tk.config[COORDINATOR]


def auditor_organization() -> str:
    """Name of the organization whose members audit statuses."""
    return tk.config[AUDITOR]


def commission_organization() -> str:
    """Name of the organization whose members sit on the commission."""
    return tk.config[COMMISSION]


def timezone() -> ZoneInfo:
    """Time zone of every legal date."""
    return ZoneInfo(tk.config[TIMEZONE])


def holidays() -> frozenset[date]:
    """Public holidays beside Saturdays and Sundays."""
    return frozenset(date.fromisoformat(day) for day in tk.config[HOLIDAYS])


def ledger_start() -> date | None:
    """First day for which deadlines are kept; None: the day the first list came into force."""
    value = tk.config[LEDGER_START]
    return date.fromisoformat(value) if value else None


def rehearsal_clock() -> Path | None:
    """File that holds the instant a rehearsal takes for the present time."""
    value = tk.config[REHEARSAL_CLOCK]
    return Path(value) if value else None


def light_thresholds() -> tuple[int, int]:
    """Shares kept, in percent, from which the light is green and yellow."""
    return tk.config[GREEN], tk.config[YELLOW]

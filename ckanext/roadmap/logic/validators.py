"""Checks of single values."""

from __future__ import annotations

from datetime import date
from typing import Any

import ckan.plugins.toolkit as tk

from ckanext.roadmap.domain.body import BodyKind
from ckanext.roadmap.domain.calendar import Period
from ckanext.roadmap.domain.errors import PeriodError
from ckanext.roadmap.domain.region import region_of
from ckanext.roadmap.domain.status import Status


def roadmap_day(value: Any) -> date:
    """A calendar day, given as YYYY-MM-DD or as a date."""
    try:
        return value if isinstance(value, date) else date.fromisoformat(str(value))
    except ValueError:
        raise tk.Invalid(tk._("Give the day as YYYY-MM-DD, for example 2026-01-20")) from None


def roadmap_body_kind(value: str) -> str:
    """A kind of body."""
    return _one_of(value, list(BodyKind))


def roadmap_status(value: str) -> str:
    """A status of a deadline."""
    return _one_of(value, list(Status))


def roadmap_quarter(value: str) -> str:
    """A calendar quarter such as 2026-Q3."""
    try:
        if Period.parse(value).code == value and "-Q" in value:
            return value
    except PeriodError:
        pass
    raise tk.Invalid(tk._("Give the quarter as YYYY-Qn, for example 2026-Q3"))


def _one_of(value: str, accepted: list[str]) -> str:
    if value in accepted:
        return value
    raise tk.Invalid(tk._("Use one of: {accepted}").format(accepted=", ".join(accepted)))


def roadmap_region(value: str) -> str:
    """A SOATO code of a region, or of a place in one; empty for the whole country."""
    if not value or region_of(value):
        return value
    raise tk.Invalid(tk._("Give a SOATO code that begins with one of the 14 regions, for example 1703"))

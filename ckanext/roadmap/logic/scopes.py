"""What is asked of the compliance view, and what every answer of it tells first."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from ckan import model

from ckanext.roadmap import config
from ckanext.roadmap.domain import figures
from ckanext.roadmap.domain.assessment import Status
from ckanext.roadmap.domain.calendar import Period
from ckanext.roadmap.domain.figures import Drill
from ckanext.roadmap.domain.status import RULE_VERSION
from ckanext.roadmap.logic import dictize_figures
from ckanext.roadmap.logic.dictize_list import version_then
from ckanext.roadmap.services import clock, compliance, lights, lists, settled
from ckanext.roadmap.services.compliance import Scope
from ckanext.roadmap.services.overview import Overview


def head(data_dict: dict[str, Any], scope: Scope, whole: Overview) -> dict[str, Any]:
    """What every answer tells of its ground, and the figures."""
    return {**basis(scope), **shown(data_dict, scope, whole)}


def basis(scope: Scope) -> dict[str, Any]:
    """What the figures stand on."""
    return {
        "as_of": scope.as_of.isoformat(),
        "rule_version": RULE_VERSION,
        "quarter": scope.quarter.code,
        "list_version": list_version(scope),
    }


def shown(data_dict: dict[str, Any], scope: Scope, whole: Overview) -> dict[str, Any]:
    """The figures, and those of each quarter before."""
    return {
        "total": dictize_figures.summary(whole, scope),
        "trend": dictize_figures.trend(whole, scope)[-data_dict["quarters"] :],
    }


def make_scope(data_dict: dict[str, Any]) -> Scope:
    """What is asked for, and when."""
    as_of, tz = data_dict.get("as_of") or clock.now(), config.timezone()
    asked = data_dict.get("quarter")
    quarter = Period.parse(asked) if asked else compliance.quarter_at(as_of, tz)
    return Scope(
        as_of=as_of,
        tz=tz,
        quarter=quarter,
        day=min(quarter.last, as_of.astimezone(tz).date()),
        thresholds=lights.at(model.Session(), figures.moment(quarter, tz, as_of), config.light_thresholds()),
        body=data_dict.get("body"),
        item=data_dict.get("item"),
        kind=data_dict.get("kind"),
        sphere=data_dict.get("sphere"),
        status=Status(data_dict["status"]) if data_dict.get("status") else None,
        q=data_dict.get("q"),
        quarters=max(data_dict.get("quarters", 2), 2),
    )


def make_list_scope(data_dict: dict[str, Any]) -> Scope:
    """The same of a list that is read page by page: without `as_of` it speaks of an instant that stays so.

    A rehearsal's clock stands still while transactions age: there only those count that have written.
    """
    if data_dict.get("as_of"):
        return make_scope(data_dict)
    reads = settled.READS if config.rehearsal_clock() is None else timedelta()
    return make_scope({**data_dict, "as_of": settled.instant(model.Session(), clock.now(), reads)})


def make_drill(data_dict: dict[str, Any]) -> Drill | None:
    """The figure whose deadlines are asked for."""
    return Drill(data_dict["share"]) if data_dict.get("share") else None


def list_version(scope: Scope) -> dict[str, Any] | None:
    """The list in force at the time that is looked at."""
    at = scope.as_of.astimezone(scope.tz).date()
    found = lists.in_force(model.Session(), at, scope.as_of)
    return None if found is None else version_then(*found)

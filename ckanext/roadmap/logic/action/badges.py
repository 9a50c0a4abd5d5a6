"""Compliance in a nutshell: of a dataset, and for badges and cards."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model, types

from ckanext.roadmap.domain.badge import light_of, newest_ended, next_due
from ckanext.roadmap.domain.status import RULE_VERSION
from ckanext.roadmap.logic import dictize, dictize_figures, roles
from ckanext.roadmap.logic.action.compliance import subject_of
from ckanext.roadmap.logic.schema import badges as schema
from ckanext.roadmap.logic.scopes import make_scope
from ckanext.roadmap.services import behind, country, dataset_faces, served
from ckanext.roadmap.services.compliance import Scope
from ckanext.roadmap.services.overview import Overview
from ckanext.roadmap.services.served import Served


@tk.side_effect_free
@tk.validate_action_data(schema.dataset_compliance_show)
def roadmap_dataset_compliance_show(context: types.Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Show which obligations a dataset serves, how the newest deadline of each stands, and what is due next.

    :param id: id or name of the dataset
    :type id: string
    :param as_of: as it was known at a past day or instant (optional)
    :type as_of: string
    :returns: as_of, rule_version, dataset (id, name, title), light, and obligations: id, item, body,
        published, how (what the link rests on: mapping, passport, identifier, matcher, chosen or
        succession), linked_at, newest (the newest deadline whose period has ended), next (the open one
        that is due next)
    :rtype: dict
    :raises ObjectNotFound: there is no such dataset
    """
    tk.check_access("roadmap_dataset_compliance_show", context, data_dict)
    scope = make_scope(data_dict)
    package = model.Package.get(data_dict["id"])
    if package is None:
        raise tk.ObjectNotFound(tk._("Dataset not found"))
    found = served.by_dataset(model.Session(), package.id, scope)
    newest = [row for one in found if (row := newest_ended(one.assessed.rows))]
    face = dataset_faces.then(model.Session(), scope.as_of, [package.id]).get(package.id)
    if face is not None and not face.is_public and not roles.reads_all_of(context, face.organization_id):
        face = None  # what it was called while it was private stays untold
    title = face.title if face else dataset_faces.title_of(package)
    return {
        "as_of": scope.as_of.isoformat(),
        "rule_version": RULE_VERSION,
        "dataset": {"id": package.id, "name": face.name if face else package.name, "title": title},
        "light": str(light_of(row.status for row in newest)),
        "obligations": [_served(one, scope) for one in found],
    }


@tk.side_effect_free
@tk.validate_action_data(schema.badge_show)
def roadmap_badge_show(context: types.Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Show the compliance of one body, item or dataset in a nutshell, as badges and cards tell it.

    :param body: name of a body (one of the three)
    :type body: string
    :param item: code of an item (one of the three)
    :type item: string
    :param dataset: id or name of a dataset (one of the three)
    :type dataset: string
    :param as_of: as it was known at a past day or instant (optional)
    :type as_of: string
    :returns: of (body, item or dataset), key, title, as_of, quarter, light (never green for what is unknown),
        kept and published (shares; None of a dataset), statuses (of a dataset, the newest of each
        obligation), obligations (how many), next_due_at
    :rtype: dict
    :raises ObjectNotFound: there is no such body, item or dataset
    :raises ValidationError: none of the three is named, or more than one
    """
    tk.check_access("roadmap_badge_show", context, data_dict)
    of = [name for name in ("body", "item", "dataset") if data_dict.get(name)]
    if len(of) != 1:
        raise tk.ValidationError({"body": [tk._("Name one body, item or dataset.")]})
    if of == ["dataset"]:
        return _of_dataset(context, data_dict)
    scope = make_scope(data_dict)
    subject = subject_of(context, data_dict, scope.day)[of[0]]
    whole, due_at = _of_body(data_dict, scope, subject["id"]) if of == ["body"] else _of_item(scope)
    figures = dictize_figures.summary(whole, scope)
    return {
        **_nutshell(of[0], data_dict[of[0]], subject["title"], scope, figures["light"]),
        **{name: figures[name] for name in ("kept", "published", "obligations")},
        "statuses": [],
        "next_due_at": dictize.instant(due_at),
    }


def _of_body(data_dict: dict[str, Any], scope: Scope, body_id: str) -> tuple[Overview, datetime | None]:
    """From what is stored, as the body's page."""
    session, is_now = model.Session(), data_dict.get("as_of") is None
    country.refresh(session, scope.as_of if is_now else None, scope.tz)
    whole = country.body(session, scope, body_id, is_now)
    return whole, behind.next_due(session, scope.as_of, body_id=body_id)


def _of_item(scope: Scope) -> tuple[Overview, datetime | None]:
    """From what is stored, as the item's page."""
    session = model.Session()
    country.refresh(session, None, scope.tz)
    ids = behind.of_item(session, scope.item or "")
    whole = country.item(session, scope, ids)
    return whole, behind.next_due(session, scope.as_of, obligations=ids)


def _of_dataset(context: types.Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    asked = {"id": data_dict["dataset"], "as_of": data_dict.get("as_of")}
    found = tk.get_action("roadmap_dataset_compliance_show")(tk.fresh_context(context), asked)
    told = found["dataset"]
    dues = [one["next"]["due_at"] for one in found["obligations"] if one["next"]]
    return {
        **_nutshell("dataset", told["name"], told["title"], make_scope(data_dict), found["light"]),
        "as_of": found["as_of"],
        "kept": None,
        "published": None,
        "obligations": len(found["obligations"]),
        "statuses": [one["newest"]["status"] for one in found["obligations"] if one["newest"]],
        "next_due_at": min(dues, default=None),
    }


def _nutshell(of: str, key: str, title: Any, scope: Scope, light: str) -> dict[str, Any]:
    return {
        "of": of,
        "key": key,
        "title": title,
        "as_of": scope.as_of.isoformat(),
        "quarter": scope.quarter.code,
        "light": light,
    }


def _served(found: Served, scope: Scope) -> dict[str, Any]:
    one = found.assessed
    newest, step = newest_ended(one.rows), next_due(one.rows, scope.as_of)
    return {
        "id": one.owed.id,
        "item": dictize.item(one.owed),
        "body": dictize.body(one.owed.body),
        "published": one.is_published,
        "how": found.link.how,
        "linked_at": dictize.instant(found.link.confirmed_at),
        "newest": dictize.deadline(one, newest) if newest else None,
        "next": dictize.deadline(one, step) if step else None,
    }

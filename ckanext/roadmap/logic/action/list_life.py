"""Actions on the life of a list version: create, submit, reject, correct, compare."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model, types

from ckanext.roadmap.logic.action.lists import find
from ckanext.roadmap.logic.dictize_list import version as dictize
from ckanext.roadmap.logic.errors import as_validation_error
from ckanext.roadmap.logic.schema import list_life as schema
from ckanext.roadmap.model import ListCorrection, ListVersion
from ckanext.roadmap.services import clock, list_corrections, list_diffs, list_versions


@tk.validate_action_data(schema.version_create)
def roadmap_list_version_create(context: types.Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Begin a draft: a copy of another version, by default of the list in force today.

    :param year: year of the new version
    :type year: int
    :param number: number within the year (optional; the next one)
    :type number: int
    :param from_year: year of the version to copy (optional)
    :type from_year: int
    :param from_number: number of the version to copy (optional; the newest of that year)
    :type from_number: int
    :param empty: begin without items (default False)
    :type empty: bool
    :returns: the version; see :py:func:`roadmap_list_version_show` for the keys
    :rtype: dict
    :raises ObjectNotFound: there is no version to copy under that year and number
    :raises ValidationError: there is such a version already
    """
    tk.check_access("roadmap_list_version_create", context, data_dict)
    session, source = model.Session(), _source(context, data_dict)
    with as_validation_error("number"):
        version = list_versions.create(
            session, clock.now(), data_dict["year"], data_dict.get("number"), source
        )
    session.commit()
    return dictize(version)


@tk.validate_action_data(schema.version)
def roadmap_list_version_submit(context: types.Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Hand a draft to the commission; from then on it is not changed any more.

    :param year: year of the list
    :type year: int
    :param number: number within the year
    :type number: int
    :returns: the version; see :py:func:`roadmap_list_version_show` for the keys
    :rtype: dict
    :raises ObjectNotFound: there is no such version
    :raises ValidationError: it is no draft, or holds no item
    """
    tk.check_access("roadmap_list_version_submit", context, data_dict)
    version = find(context, data_dict["year"], data_dict["number"])
    with as_validation_error("year"):
        list_versions.submit(model.Session(), clock.now(), version, context.get("user", ""))
    model.Session.commit()
    return dictize(version)


@tk.validate_action_data(schema.version_reject)
def roadmap_list_version_reject(context: types.Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Record that the commission turned a submitted version down.

    :param year: year of the list
    :type year: int
    :param number: number within the year
    :type number: int
    :param reason: why
    :type reason: string
    :returns: the version; see :py:func:`roadmap_list_version_show` for the keys
    :rtype: dict
    :raises ObjectNotFound: there is no such version
    :raises ValidationError: it was not submitted
    """
    tk.check_access("roadmap_list_version_reject", context, data_dict)
    version, reason = find(context, data_dict["year"], data_dict["number"]), data_dict["reason"]
    with as_validation_error("year"):
        list_versions.reject(model.Session(), clock.now(), version, reason, context.get("user", ""))
    model.Session.commit()
    return dictize(version)


@tk.validate_action_data(schema.version_correct)
def roadmap_list_version_correct(context: types.Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Mend a typing error in an approved version by an act: texts only, never terms, bodies or columns.

    It is no revision, does not count for the once-a-year rule, and stays visible.

    :param year: year of the list
    :type year: int
    :param number: number within the year
    :type number: int
    :param code: the item's code
    :type code: string
    :param act: the act that orders the correction
    :type act: string
    :param reason: what was wrong
    :type reason: string
    :param title_uz: corrected text (optional; also title_uz_cyrl, title_ru, title_en, legal_basis,
        source_note)
    :type title_uz: string
    :returns: code, act, reason, recorded_at, changes (field: [before, after]), hash_before, hash_after
    :rtype: dict
    :raises ObjectNotFound: there is no such version
    :raises ValidationError: the version is not approved, has no such item, or nothing would change
    """
    tk.check_access("roadmap_list_version_correct", context, data_dict)
    version = find(context, data_dict["year"], data_dict["number"])
    with as_validation_error("code"):
        correction = list_corrections.correct(
            model.Session(),
            clock.now(),
            version,
            data_dict["code"],
            {name: data_dict[name] for name in schema.TEXT_CELLS if name in data_dict},
            act=data_dict["act"],
            reason=data_dict["reason"],
            by=context.get("user", ""),
        )
    model.Session.commit()
    return _correction(correction, data_dict["code"])


@tk.side_effect_free
@tk.validate_action_data(schema.version)
def roadmap_list_correction_list(context: types.Context, data_dict: dict[str, Any]) -> list[dict[str, Any]]:
    """List the technical corrections of a version, oldest first.

    :param year: year of the list
    :type year: int
    :param number: number within the year
    :type number: int
    :returns: corrections; see :py:func:`roadmap_list_version_correct` for the keys
    :rtype: list of dicts
    :raises ObjectNotFound: there is no such version
    """
    tk.check_access("roadmap_list_correction_list", context, data_dict)
    version = find(context, data_dict["year"], data_dict["number"])
    rows = model.Session.execute(ListCorrection.of_version(version.id)).tuples()
    return [_correction(row, code) for row, code in rows]


@tk.side_effect_free
@tk.validate_action_data(schema.version_diff)
def roadmap_list_version_diff(context: types.Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Tell what changed from one version to another, in the cells of the import.

    :param from_year: year of the first version
    :type from_year: int
    :param from_number: its number within the year
    :type from_number: int
    :param year: year of the second version
    :type year: int
    :param number: its number within the year
    :type number: int
    :returns: from and to (versions), added and removed (code: cells), changed (code: list of field, before,
        after), order (codes of the second version), titles (code: title by language)
    :rtype: dict
    :raises ObjectNotFound: there is no such version
    """
    tk.check_access("roadmap_list_version_diff", context, data_dict)
    before = find(context, data_dict["from_year"], data_dict["from_number"])
    after = find(context, data_dict["year"], data_dict["number"])
    found = list_diffs.between(model.Session(), before, after)
    changed = {
        code: [{"field": field.field, "before": field.before, "after": field.after} for field in fields]
        for code, fields in found.changed.items()
    }
    return {
        "from": dictize(before),
        "to": dictize(after),
        "added": found.added,
        "removed": found.removed,
        "changed": changed,
        "order": list(found.order),
        "titles": list_diffs.titles(model.Session(), before, after),
    }


def _source(context: types.Context, data_dict: dict[str, Any]) -> ListVersion | None:
    if data_dict["empty"]:
        return None
    if data_dict.get("from_year"):
        return find(context, data_dict["from_year"], data_dict.get("from_number"))
    return model.Session.scalars(ListVersion.approved_in_force(clock.today())).first()


def _correction(row: ListCorrection, code: str) -> dict[str, Any]:
    return {
        "code": code,
        "act": row.act,
        "reason": row.reason,
        "recorded_at": row.recorded_at.isoformat(),
        "changes": row.changes,
        "hash_before": row.hash_before,
        "hash_after": row.hash_after,
    }

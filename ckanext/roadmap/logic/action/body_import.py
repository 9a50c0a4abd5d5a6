"""Actions that write the register of bodies."""

from __future__ import annotations

from datetime import date
from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model, types

from ckanext.roadmap import result_jobs
from ckanext.roadmap.domain.errors import ListError, RoadmapError
from ckanext.roadmap.logic import body_records
from ckanext.roadmap.logic.action.list_check import dictize_fault
from ckanext.roadmap.logic.errors import as_validation_error
from ckanext.roadmap.logic.schema import bodies as schema
from ckanext.roadmap.services import body_import, body_register, clock, deadlines, identifiers, successions
from ckanext.roadmap.services.body_import import Given, Plan
from ckanext.roadmap.services.legal_calendar import legal_calendar
from ckanext.roadmap.sources.bodies import review_bodies
from ckanext.roadmap.sources.successions import SuccessionDraft, review_successions


@tk.validate_action_data(schema.body_import)
def roadmap_body_check(context: types.Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Tell what an import of the register would change, or all that would stop it; nothing is written.

    :param upload: the file; see :py:func:`roadmap_body_import`
    :type upload: FileStorage
    :param successions: what became of bodies (optional)
    :type successions: FileStorage
    :param effective: day from which changes of bodies hold (default: today)
    :type effective: string
    :param act: the act that changes them (optional)
    :type act: string
    :returns: basis (hash of the register that this was compared with; give it to the import), added (name:
        cells), changed and ended (name: list of field, before, after), successions (body, from_body, kind,
        effective, act, note), unchanged (how many), titles (name: title by language), faults (file, row,
        column, value, code, problem, remedy)
    :rtype: dict
    """
    tk.check_access("roadmap_body_check", context, data_dict)
    done = body_import.plan(model.Session(), _given(data_dict))
    fields = {
        name: [{"field": one.field, "before": one.before, "after": one.after} for one in found]
        for name, found in done.diff.changed.items()
    }
    return {
        "basis": done.basis,
        "added": done.diff.added,
        "changed": {name: fields[name] for name in done.changed},
        "ended": {name: fields[name] for name in fields if name in done.ended},
        "successions": [_succession(one) for one in done.successions],
        "unchanged": done.kept,
        "titles": _titles(done),
        "faults": [
            {"file": file, **dictize_fault(fault)} for file, found in done.faults.items() for fault in found
        ],
    }


@tk.validate_action_data(schema.body_import)
def roadmap_body_import(context: types.Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Import the register of bodies, all or nothing; the same file twice changes nothing.

    An organization is made for each body that has none. Bodies that the file leaves out stay as they are; so
    does what the file has no column for. Obligations, links and datasets follow the successions at once if
    their day has come, else on that day (:py:func:`roadmap_ledger_extend`).

    :param upload: CSV or XLSX with the columns name, code, title_uz, title_ru, title_en, kind, parent,
        region_soato; optional: title_uz_cyrl, stir, state_share, valid_from, valid_to, contact_name,
        contact_post, contact_phone, contact_email
    :type upload: FileStorage
    :param successions: CSV or XLSX with the columns body, from_body, kind, effective; optional: act, note
    :type successions: FileStorage
    :param effective: day from which changes of bodies hold: pages of earlier days keep the old names
        (default: today; not later)
    :type effective: string
    :param act: the act that changes them (optional)
    :type act: string
    :param basis: what :py:func:`roadmap_body_check` told; the import is refused if the register has changed
        since (optional)
    :type basis: string
    :returns: counts of created, updated, unchanged bodies; created and unchanged successions with the counts
        of obligations passed, ended, begun, and of datasets moved
    :rtype: dict
    :raises ValidationError: a row that can't be taken, with row, column and remedy; or the register has
        changed
    """
    tk.check_access("roadmap_body_import", context, data_dict)
    session, now = model.Session(), clock.now()
    body_import.lock(session)
    given = _given(data_dict)
    done = body_import.plan(session, given)
    for file, faults in done.faults.items():
        with as_validation_error(file):
            _refuse(faults)
    with as_validation_error("basis"):
        _require(data_dict.get("basis"), done)
    drafts = given.bodies.drafts
    homes = body_records.organizations(context, drafts)
    renamed = body_import.apply(session, now, done, homes, context.get("user", ""))
    body_records.rename(context, renamed)
    settled = follow(context)
    result_jobs.ask_after_commit()
    session.commit()
    result: dict[str, Any] = {
        "created": len(done.diff.added),
        "updated": len(done.diff.changed),
        "unchanged": done.kept,
    }
    if given.successions is not None:
        fresh = len(done.successions)
        counts = {"created": fresh, "unchanged": len(given.successions.drafts) - fresh}
        result["successions"] = {**counts, **settled}
    return result


def follow(context: types.Context) -> dict[str, int]:
    """Let obligations, deadlines and datasets follow successions whose day has come; the caller commits.

    Obligations that lack an identifier get theirs.
    """
    session, now = model.Session(), clock.now()
    settled = successions.settle(session, now, clock.today())
    identifiers.issue(session, now, context.get("user", ""))
    if settled.passed or settled.begun:
        deadlines.extend(session, now, deadlines.horizon(clock.today()), legal_calendar())
    body_records.move(context, settled.datasets)
    return {
        "passed": settled.passed,
        "ended": settled.ended,
        "begun": settled.begun,
        "datasets": len(settled.datasets),
    }


def _given(data_dict: dict[str, Any]) -> Given:
    known = body_register.cells(model.Session())
    upload, other = data_dict["upload"], data_dict.get("successions")
    return Given(
        bodies=review_bodies(upload.read(), upload.filename, known),
        successions=review_successions(other.read(), other.filename) if other else None,
        effective=_day(data_dict.get("effective")),
        act=data_dict.get("act"),
    )


def _day(asked: date | None) -> date:
    today = clock.today()
    if asked and asked > today:
        text = tk._(
            "Give today or a day that has passed; import a change on the day on which it comes into force"
        )
        raise tk.ValidationError({"effective": [text]})
    return asked or today


def _refuse(faults: tuple[ListError, ...]) -> None:
    if faults:
        raise faults[0]


def _require(basis: str | None, done: Plan) -> None:
    if basis and basis != done.basis:
        text = "The register has changed since it was compared. Compare again, and import what is shown then."
        raise RoadmapError("register_moved", text)


def _titles(done: Plan) -> dict[str, dict[str, str]]:
    return {draft.name: draft.title.to_dict() for draft in done.given.bodies.drafts}


def _succession(draft: SuccessionDraft) -> dict[str, Any]:
    return {
        "body": draft.body,
        "from_body": draft.from_body,
        "kind": str(draft.kind),
        "effective": draft.effective.isoformat(),
        "act": draft.act,
        "note": draft.note,
    }

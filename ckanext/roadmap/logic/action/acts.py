"""Acts on deadlines: attest, exempt, give notice. Each is recorded for good."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

import ckan.plugins.toolkit as tk
from ckan import authz, model, types

from ckanext.roadmap import config, result_jobs
from ckanext.roadmap.domain.calendar import end_of_day
from ckanext.roadmap.domain.notice import NoticeKind
from ckanext.roadmap.logic.errors import as_validation_error
from ckanext.roadmap.logic.schema import acts as schema
from ckanext.roadmap.model import Body, ExemptionRow, Item
from ckanext.roadmap.presentation.refusals import refusal
from ckanext.roadmap.services import attestations, clock, exemptions, health, notices, story
from ckanext.roadmap.services.story import Story


@tk.validate_action_data(schema.attest)
def roadmap_attest(context: types.Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Sign, as an officer of the body, that the data published are still right for one open deadline.

    It is recorded with what the data held when they were last measured, and counted apart. How many deadlines
    in a row may be met so is set by the list version and judged by the status rule.

    :param deadline: id of the deadline; its period has ended, and it is not met
    :type deadline: string
    :param reason: why nothing changed
    :type reason: string
    :param valid_until: last day for which the officer vouches (YYYY-MM-DD; default: as long as data count
        for the deadline, which is also the longest)
    :type valid_until: string
    :returns: events (ids), and the deadline's status, reason and met_at after it
    :rtype: dict
    :raises ObjectNotFound: there is no such deadline
    :raises ValidationError: the deadline is not open, or no data were ever seen
    """
    tk.check_access("roadmap_attest", context, data_dict)
    session = model.Session()
    day, by = data_dict.get("valid_until"), user_id(context)
    valid_until = end_of_day(day, config.timezone()) if day else None
    with as_validation_error("deadline"):
        told = find(data_dict["deadline"])
        ids = attestations.attest(
            session, clock.now(), told.of, told.verdict, data_dict["reason"], by, valid_until
        )
    session.commit()
    after = find(data_dict["deadline"]).verdict
    met_at = after.met_at.isoformat() if after.met_at else None
    return {"events": ids, "status": str(after.status), "reason": str(after.reason), "met_at": met_at}


@tk.validate_action_data(schema.exemption_create)
def roadmap_exemption_create(context: types.Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Record a decision that frees deadlines: one by its id, or all that fall due between two days.

    An outage of the portal, named by its beginning in roadmap_outage_list, frees those due on its days; the
    record cites the log, and without an outage in the log it is refused. `body` and `item` narrow it.

    :param outage: beginning of the outage that is the reason (optional; then the days may be left out)
    :type outage: string
    :param deadline: id of the one deadline (or since and until)
    :type deadline: string
    :param since: first due day that is freed (YYYY-MM-DD)
    :type since: string
    :param until: last due day that is freed (YYYY-MM-DD)
    :type until: string
    :param body: only deadlines of the body of this name (optional)
    :type body: string
    :param item: only deadlines of the item of this code (optional)
    :type item: string
    :param decision_number: number of the decision
    :type decision_number: string
    :param decision_date: its date (YYYY-MM-DD)
    :type decision_date: string
    :param document_url: where the decision, or the proof of an outage, can be read (optional)
    :type document_url: string
    :param reason: why
    :type reason: string
    :returns: id of the exemption
    :rtype: dict
    """
    tk.check_access("roadmap_exemption_create", context, data_dict)
    session = model.Session()
    act = exemptions.Act(
        number=data_dict["decision_number"],
        date=data_dict["decision_date"],
        reason=data_dict["reason"],
        document_url=data_dict.get("document_url"),
    )
    reach, now = _reach(data_dict), clock.now()
    outage = None
    if began := data_dict.get("outage"):
        with as_validation_error("outage"):
            outage = health.prove(session, config.health_interval(), now, began)
    with as_validation_error("since"):
        created = exemptions.create(session, now, act, reach, config.timezone(), user_id(context), outage)
    result_jobs.ask_after_commit()
    session.commit()
    return {"id": created}


@tk.validate_action_data(schema.exemption_revoke)
def roadmap_exemption_revoke(context: types.Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Take an exemption back; both stay in the ledger, and what was shown before is not changed.

    :param id: id of the exemption
    :type id: string
    :param reason: why
    :type reason: string
    :returns: id of the revocation
    :rtype: dict
    :raises ObjectNotFound: there is no such exemption
    """
    tk.check_access("roadmap_exemption_revoke", context, data_dict)
    session = model.Session()
    exemption = session.get(ExemptionRow, data_dict["id"])
    if exemption is None:
        raise tk.ObjectNotFound(tk._("There is no such exemption"))
    with as_validation_error("id"):
        created = exemptions.revoke(session, clock.now(), exemption, data_dict["reason"], user_id(context))
    result_jobs.ask_after_commit()
    session.commit()
    return {"id": created}


@tk.validate_action_data(schema.deadline_notice_create)
def roadmap_deadline_notice_create(context: types.Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Annul a deadline whose period has begun, or move its due date, by an act; the row itself is kept.

    :param deadline: id of the deadline
    :type deadline: string
    :param kind: void or moved
    :type kind: string
    :param due_day: the day on which the data are due now, for moved (YYYY-MM-DD)
    :type due_day: string
    :param reason: why
    :type reason: string
    :param act: number and date of the act
    :type act: string
    :returns: id of the notice
    :rtype: dict
    :raises ObjectNotFound: there is no such deadline
    """
    tk.check_access("roadmap_deadline_notice_create", context, data_dict)
    session = model.Session()
    change = notices.Change(
        kind=NoticeKind(data_dict["kind"]),
        reason=data_dict["reason"],
        act=data_dict["act"],
        due_day=data_dict.get("due_day"),
    )
    with as_validation_error("due_day"):
        deadline = find(data_dict["deadline"]).verdict.deadline
        created = notices.give(session, clock.now(), deadline, change, config.timezone())
    session.commit()
    return {"id": created}


def find(deadline_id: str) -> Story:
    """The story of a deadline as it is now.

    :raises ObjectNotFound: there is no such deadline
    :raises RoadmapError: its period has not begun
    """
    session = model.Session()
    told = story.tell(session, deadline_id, clock.now(), config.timezone())
    if told is not None:
        return told
    if story.subject(session, deadline_id) is None:
        raise tk.ObjectNotFound(tk._("There is no such deadline"))
    raise refusal("not_ended")


def user_id(context: types.Context) -> str:
    """The id of the one who acts."""
    name = context.get("user", "")
    return authz.get_user_id_for_username(name, allow_none=True) or name


def _reach(data_dict: dict[str, Any]) -> exemptions.Reach:
    session = model.Session()
    body, item, deadline = data_dict.get("body"), data_dict.get("item"), data_dict.get("deadline")
    missing: dict[str, Any] = {}
    body_id = session.scalar(sa.select(Body.id).where(Body.name == body)) if body else None
    item_id = session.scalar(sa.select(Item.id).where(Item.code == item)) if item else None
    if body and body_id is None:
        missing["body"] = [tk._("There is no such body")]
    if item and item_id is None:
        missing["item"] = [tk._("No approved list has the item {code}").format(code=item)]
    if deadline and story.subject(session, deadline) is None:
        missing["deadline"] = [tk._("There is no such deadline")]
    if missing:
        raise tk.ValidationError(missing)
    return exemptions.Reach(deadline, data_dict.get("since"), data_dict.get("until"), body_id, item_id)

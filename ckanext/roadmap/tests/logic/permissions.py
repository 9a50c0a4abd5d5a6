"""The matrix of permissions: who may do what. Each new action, check or page needs a row here.

A row holds the roles that may, and data that the action accepts, so that a refusal is for lack of a role alone.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from ckan import model
from ckan.tests import factories

from ckanext.roadmap import config
from ckanext.roadmap.domain.publication import How
from ckanext.roadmap.model import Suggestion, System
from ckanext.roadmap.services import clock, publications, suggestion_box
from ckanext.roadmap.tests.country import BODIES, ITEMS, act, upload
from ckanext.roadmap.tests.logic.acting import deadline_of
from ckanext.roadmap.tests.logic.sitting import entry_of_education


class Role(StrEnum):
    """Who comes; `own` and `other` speak of the body that the row's data belong to."""

    anonymous = "anonymous"
    user = "user"
    officer_own = "officer of the body"
    officer_other = "officer of another body"
    admin_own = "admin of the body"
    admin_other = "admin of another body"
    coordinator = "coordinator"
    auditor = "auditor"
    commission = "commission"
    sysadmin = "sysadmin"


EVERYBODY = frozenset(Role)
SIGNED_IN = EVERYBODY - {Role.anonymous}
COORDINATION = frozenset({Role.coordinator, Role.sysadmin})
CONTROL = COORDINATION | {Role.auditor}
DECISION = COORDINATION | {Role.commission}
MEMBERS = frozenset({Role.officer_own, Role.admin_own})
OWN_BODY = COORDINATION | MEMBERS
AUDIT = frozenset({Role.auditor})


def _nothing() -> dict[str, Any]:
    return {}


@dataclass(frozen=True)
class Row:
    """Who may, and with what data it is tried."""

    allowed: frozenset[Role]
    data: Callable[[], dict[str, Any]] = field(default=_nothing)


VERSION = {"year": 2023, "number": 1}


def deadline() -> str:
    """The id of a deadline of the Ministry of Education that is not met."""
    return deadline_of("F-01", "2023-06")


def suggestion() -> str:
    """The number of a suggestion that is open."""
    found = model.Session.scalars(Suggestion.by_number("2023-0001")).first()
    if found is None:
        asked = suggestion_box.Asked("School buses", "Routes", "To be on time")
        person = suggestion_box.Person("user:none", "en", user_id="none")
        suggestion_box.submit(model.Session(), clock.now(), asked, person, config.timezone())
        model.Session.commit()
    return "2023-0001"


def dataset_of_education() -> dict[str, Any]:
    """A public dataset of the Ministry of Education."""
    return {"id": factories.Dataset(owner_org="ministry-education")["id"]}


def resource_of_education() -> str:
    """The id of a resource of the Ministry of Education."""
    dataset = factories.Dataset(owner_org="ministry-education")
    return factories.Resource(package_id=dataset["id"])["id"]


def obligation_of_education() -> str:
    """The id of an obligation of the Ministry of Education."""
    at = clock.today()
    return publications.obligations_for(model.Session(), "F-01", "ministry-education", at)[0].id


def proposal_to_education() -> str:
    """The id of a link that is proposed to the Ministry of Education."""
    dataset = factories.Dataset(owner_org="ministry-education")
    made = publications.propose(
        model.Session(), clock.now(), obligation_of_education(), dataset["id"], "none", How.chosen
    )
    model.Session.commit()
    return made.id


EXEMPTION_DATA = {"decision_number": "7", "decision_date": "2023-07-01", "reason": "An outage"}
DECISION_DATA = {"year": 2023, "decision_number": "12", "decision_date": "2023-01-20"}

FUNCTIONS: dict[str, Row] = {
    "roadmap_attest": Row(MEMBERS, lambda: {"deadline": deadline(), "reason": "Nothing new"}),
    "roadmap_deadline_list": Row(EVERYBODY),
    "roadmap_deadline_notice_create": Row(
        COORDINATION, lambda: {"deadline": deadline(), "kind": "void", "reason": "An error", "act": "No. 3"}
    ),
    "roadmap_deadline_show": Row(EVERYBODY, lambda: {"id": deadline()}),
    "roadmap_docket_close": Row(DECISION, lambda: {"number": "2023-01"}),
    "roadmap_docket_create": Row(COORDINATION, lambda: {"sitting_date": "2023-09-01"}),
    "roadmap_docket_decide": Row(DECISION, lambda: {"id": entry_of_education(), "decision": "defer"}),
    "roadmap_docket_entry_create": Row(COORDINATION, lambda: {"docket": "2023-01", "title_uz": "Yangi"}),
    "roadmap_docket_entry_delete": Row(COORDINATION, lambda: {"id": entry_of_education()}),
    "roadmap_docket_entry_update": Row(COORDINATION, lambda: {"id": entry_of_education()}),
    "roadmap_docket_list": Row(EVERYBODY),
    "roadmap_docket_opinion": Row(
        MEMBERS, lambda: {"id": entry_of_education(), "stance": "supports", "text_uz": "Ha"}
    ),
    "roadmap_docket_send": Row(COORDINATION, lambda: {"number": "2023-01"}),
    "roadmap_docket_show": Row(EVERYBODY, lambda: {"number": "2023-01"}),
    "roadmap_docket_waiting": Row(COORDINATION),
    "roadmap_docket_update": Row(COORDINATION, lambda: {"number": "2023-01"}),
    "roadmap_event_list": Row(EVERYBODY),
    "roadmap_exemption_create": Row(COORDINATION, lambda: {"deadline": deadline(), **EXEMPTION_DATA}),
    "roadmap_exemption_revoke": Row(COORDINATION, lambda: {"id": "none", "reason": "An error"}),
    "roadmap_objection_create": Row(
        MEMBERS, lambda: {"deadline": deadline(), "fault": "portal", "text": "An outage"}
    ),
    "roadmap_objection_list": Row(EVERYBODY),
    "roadmap_officer_list": Row(COORDINATION),
    "roadmap_officer_release": Row(COORDINATION),
    "roadmap_outage_list": Row(EVERYBODY),
    "roadmap_heartbeat": Row(COORDINATION),
    "roadmap_ledger_head": Row(EVERYBODY),
    "roadmap_light_list": Row(EVERYBODY),
    "roadmap_objection_rule": Row(AUDIT, lambda: {"id": "none", "ruling": "dismissed", "text": "No"}),
    "roadmap_badge_show": Row(EVERYBODY, lambda: {"body": "ministry-education"}),
    "roadmap_contract_show": Row(EVERYBODY, dataset_of_education),
    "roadmap_dataset_compliance_show": Row(EVERYBODY, dataset_of_education),
    "roadmap_body_import": Row(COORDINATION, lambda: {"upload": upload(BODIES)}),
    "roadmap_body_check": Row(COORDINATION, lambda: {"upload": upload(BODIES)}),
    "roadmap_body_list": Row(EVERYBODY),
    "roadmap_body_tree": Row(EVERYBODY),
    "roadmap_body_show": Row(EVERYBODY, lambda: {"name": "ministry-education"}),
    "roadmap_compliance_show": Row(EVERYBODY),
    "roadmap_obligation_list": Row(EVERYBODY),
    "roadmap_refresh_list": Row(EVERYBODY),
    "roadmap_connection_check": Row(COORDINATION, lambda: {"name": "none"}),
    "roadmap_connection_list": Row(COORDINATION),
    "roadmap_content_measure": Row(COORDINATION),
    "roadmap_harvest_due": Row(COORDINATION),
    "roadmap_harvest_progress": Row(COORDINATION, lambda: {"job_id": "none"}),
    "roadmap_harvest_start": Row(COORDINATION, lambda: {"connection": "education"}),
    "roadmap_item_change_list": Row(DECISION, lambda: dict(VERSION)),
    "roadmap_item_change_undo": Row(COORDINATION, lambda: {"id": "x"}),
    "roadmap_item_create": Row(COORDINATION, lambda: {**VERSION, "code": "Z-01", "title_uz": "Yangi"}),
    "roadmap_item_history": Row(EVERYBODY, lambda: {"code": "E-01"}),
    "roadmap_item_list": Row(EVERYBODY),
    "roadmap_item_retire": Row(COORDINATION, lambda: {**VERSION, "code": "E-01"}),
    "roadmap_item_show": Row(EVERYBODY, lambda: {"code": "E-01"}),
    "roadmap_item_update": Row(COORDINATION, lambda: {**VERSION, "code": "E-01"}),
    "roadmap_ledger_extend": Row(COORDINATION),
    "roadmap_ledger_rebuild": Row(COORDINATION),
    "roadmap_ledger_verify": Row(CONTROL),
    "roadmap_link_list": Row(EVERYBODY),
    "roadmap_list_correction_list": Row(EVERYBODY, lambda: dict(VERSION)),
    "roadmap_list_draft_show": Row(DECISION),
    "roadmap_list_check": Row(COORDINATION, lambda: {"upload": upload(ITEMS)}),
    "roadmap_list_import": Row(COORDINATION, lambda: {"upload": upload(ITEMS), "year": 2025}),
    "roadmap_list_version_approve": Row(DECISION, lambda: dict(DECISION_DATA)),
    "roadmap_list_version_correct": Row(
        DECISION, lambda: {**VERSION, "code": "E-01", "act": "1", "reason": "x"}
    ),
    "roadmap_list_version_create": Row(COORDINATION, lambda: {"year": 2026}),
    "roadmap_list_version_diff": Row(EVERYBODY, lambda: {**VERSION, "from_year": 2023, "from_number": 1}),
    "roadmap_list_version_list": Row(EVERYBODY),
    "roadmap_list_version_reject": Row(DECISION, lambda: {**VERSION, "reason": "x"}),
    "roadmap_list_version_show": Row(EVERYBODY, lambda: {"year": 2023}),
    "roadmap_list_version_submit": Row(COORDINATION, lambda: dict(VERSION)),
    "roadmap_load_enqueue": Row(OWN_BODY, lambda: {"name": "schools"}),
    "roadmap_mapping_check": Row(COORDINATION, lambda: {"definition": "x"}),
    "roadmap_mapping_create": Row(COORDINATION, lambda: {"definition": "x"}),
    "roadmap_mapping_import": Row(COORDINATION, lambda: {"upload": upload("")}),
    "roadmap_mapping_list": Row(SIGNED_IN),
    "roadmap_mapping_show": Row(OWN_BODY, lambda: {"name": "schools"}),
    "roadmap_rehearsal_create": Row(OWN_BODY, lambda: {"name": "schools"}),
    "roadmap_rehearsal_list": Row(OWN_BODY, lambda: {"name": "schools"}),
    "roadmap_mapping_update": Row(COORDINATION, lambda: {"name": "schools", "definition": "x"}),
    "roadmap_changes_list": Row(EVERYBODY, lambda: {"resource": resource_of_education()}),
    "roadmap_held_run_list": Row(OWN_BODY | {Role.officer_other, Role.admin_other}),
    "roadmap_run_approve": Row(OWN_BODY, lambda: {"id": "run-applied", "reason": "x"}),
    "roadmap_run_decline": Row(OWN_BODY, lambda: {"id": "run-applied", "reason": "x"}),
    "roadmap_run_cancel": Row(OWN_BODY, lambda: {"id": "run-applied"}),
    "roadmap_portal_check": Row(COORDINATION, lambda: {"connection": "none"}),
    "roadmap_portal_list": Row(COORDINATION),
    "roadmap_portal_publisher_list": Row(COORDINATION, lambda: {"connection": "none"}),
    "roadmap_portal_publisher_resolve": Row(
        COORDINATION, lambda: {"connection": "none", "key": "x", "body": "ministry-education"}
    ),
    "roadmap_portal_release": Row(COORDINATION, lambda: {"id": "none"}),
    "roadmap_portal_report": Row(COORDINATION, lambda: {"connection": "none"}),
    "roadmap_run_list": Row(EVERYBODY),
    "roadmap_run_prune": Row(COORDINATION),
    "roadmap_version_list": Row(EVERYBODY, lambda: {"resource": resource_of_education()}),
    "roadmap_run_reconcile": Row(COORDINATION),
    "roadmap_run_show": Row(EVERYBODY, lambda: {"id": "run-applied"}),
}

WISH_DATA = {"title": "School buses", "what": "Routes", "why": "To be on time", "email": "a@example.org"}
FUNCTIONS |= {
    "roadmap_site_check": Row(OWN_BODY, lambda: {"body": "ministry-education"}),
    "roadmap_source_list": Row(COORDINATION, lambda: {"connection": "education"}),
    "roadmap_source_look": Row(COORDINATION, lambda: {"connection": "education", "table": "schools"}),
    "roadmap_source_look_cancel": Row(COORDINATION, lambda: {"id": "look-ended"}),
    "roadmap_source_look_create": Row(COORDINATION, lambda: {"connection": "none", "table": "schools"}),
    "roadmap_source_look_show": Row(COORDINATION, lambda: {"id": "look-ended"}),
    "roadmap_suggestion_comment": Row(EVERYBODY, lambda: {"number": "none", "text": "Yes"}),
    "roadmap_suggestion_confirm": Row(EVERYBODY, lambda: {"token": "none"}),
    "roadmap_suggestion_create": Row(EVERYBODY, lambda: dict(WISH_DATA)),
    "roadmap_suggestion_gap_import": Row(COORDINATION, lambda: {"upload": upload("{}")}),
    "roadmap_suggestion_hide": Row(COORDINATION, lambda: {"number": suggestion(), "reason": "x"}),
    "roadmap_suggestion_letters_set": Row(EVERYBODY, lambda: {"token": "none", "wanted": False}),
    "roadmap_suggestion_letters_show": Row(EVERYBODY, lambda: {"token": "none"}),
    "roadmap_suggestion_list": Row(EVERYBODY),
    "roadmap_suggestion_merge": Row(
        COORDINATION, lambda: {"number": suggestion(), "into": suggestion(), "reason": "x"}
    ),
    "roadmap_suggestion_notice_list": Row(SIGNED_IN),
    "roadmap_suggestion_notice_seen": Row(SIGNED_IN),
    "roadmap_suggestion_second": Row(EVERYBODY, lambda: {"number": "none"}),
    "roadmap_suggestion_show": Row(EVERYBODY, lambda: {"number": suggestion()}),
}

FUNCTIONS |= {
    "roadmap_takedown_create": Row(
        CONTROL | MEMBERS, lambda: {"resource": resource_of_education(), "reason": "Names of pupils"}
    ),
    "roadmap_takedown_list": Row(EVERYBODY),
    "roadmap_takedown_reinstate": Row(COORDINATION, lambda: {"id": "none", "text": "Removed"}),
    "roadmap_takedown_rule": Row(AUDIT, lambda: {"id": "none", "ruling": "confirmed", "text": "Names"}),
    "roadmap_territory_show": Row(EVERYBODY),
}


def _push() -> dict[str, Any]:
    """What an agent sends, by a token that was never issued: no role of the portal stands for one."""
    told = {
        "manifest": {"columns": []},
        "content": "0" * 64,
        "number": 1,
        "read_at": "2023-04-01T00:00:00+05:00",
        "code": "source_gone",
    }
    return {"token": "rmp_none", "mapping": "schools", "upload": upload(""), **told}


def token_of_education() -> str:
    """The id of a token of that system."""
    return act("roadmap_push_token_create", system=system_of_education())["id"]


def system_of_education() -> str:
    """The code of a system of the Ministry of Education."""
    found = model.Session.execute(System.all_rows()).tuples().first()
    if found is None:
        act("roadmap_system_create", body="ministry-education", title_uz="Maktablar")
    return "IS-0001"


STEP_DATA = {"stage": "guide_issued", "reached": "2023-01-01", "act": "No. 1"}
SYSTEM_DATA = {"body": "ministry-education", "title_uz": "Yangi"}
FUNCTIONS |= {
    "roadmap_integration_show": Row(EVERYBODY),
    "roadmap_guide_show": Row(OWN_BODY, lambda: {"code": system_of_education()}),
    "roadmap_push_begin": Row(frozenset(), _push),
    "roadmap_push_check": Row(frozenset(), _push),
    "roadmap_push_chunk": Row(frozenset(), _push),
    "roadmap_push_fail": Row(frozenset(), _push),
    "roadmap_push_finish": Row(frozenset(), _push),
    "roadmap_push_token_create": Row(COORDINATION, lambda: {"system": system_of_education()}),
    "roadmap_push_token_list": Row(COORDINATION, lambda: {"system": system_of_education()}),
    "roadmap_push_token_revoke": Row(COORDINATION, lambda: {"id": token_of_education()}),
    "roadmap_system_answer": Row(MEMBERS, lambda: {"body": "ministry-education"}),
    "roadmap_system_create": Row(OWN_BODY, lambda: dict(SYSTEM_DATA)),
    "roadmap_system_detail_show": Row(OWN_BODY | {Role.auditor}, lambda: {"body": "ministry-education"}),
    "roadmap_system_import": Row(COORDINATION, lambda: {"upload": upload("")}),
    "roadmap_system_list": Row(EVERYBODY),
    "roadmap_system_show": Row(EVERYBODY, lambda: {"code": system_of_education()}),
    "roadmap_system_step": Row(COORDINATION, lambda: {"code": system_of_education(), **STEP_DATA}),
    "roadmap_system_update": Row(OWN_BODY, lambda: {"code": system_of_education()}),
}

FUNCTIONS |= {
    "roadmap_publication_confirm": Row(OWN_BODY, lambda: {"id": proposal_to_education()}),
    "roadmap_publication_decline": Row(OWN_BODY, lambda: {"id": proposal_to_education()}),
    "roadmap_publication_list": Row(EVERYBODY),
    "roadmap_publication_match": Row(COORDINATION),
    "roadmap_publication_propose": Row(
        OWN_BODY, lambda: {"obligation": obligation_of_education(), "dataset": "none"}
    ),
    "roadmap_publication_revoke": Row(COORDINATION, lambda: {"id": "none", "reason": "A mistake"}),
    "roadmap_unmatched_dataset_list": Row(OWN_BODY, lambda: {"body": "ministry-education"}),
    "roadmap_unmatched_obligation_list": Row(OWN_BODY, lambda: {"body": "ministry-education"}),
}

PUBLIC_RESOURCE = "00000000-0000-4000-8000-000000000001"
PRIVATE_RESOURCE = "00000000-0000-4000-8000-000000000002"
REHEARSAL, LOOK = "rehearsal-stopped", "look-ended"


@dataclass(frozen=True)
class Visit:
    """An address, who may see it, and what the others are answered."""

    url: str
    allowed: frozenset[Role] = EVERYBODY
    refusal: int = 403


PAGES: dict[str, tuple[Visit, ...]] = {
    "roadmap_compliance.index": (Visit("/compliance"),),
    "roadmap_compliance.body": (Visit("/compliance/body/ministry-education"),),
    "roadmap_compliance.item": (Visit("/compliance/item/E-01"),),
    "roadmap_compliance.run": (Visit("/compliance/run/run-applied"),),
    "roadmap_compliance.rule": (Visit("/compliance/rule"),),
    "roadmap_figures.obligations": (Visit("/compliance/obligations"),),
    "roadmap_figures.deadlines": (Visit("/compliance/deadlines"),),
    "roadmap_figures.refresh": (Visit("/compliance/refresh"),),
    "roadmap_figures.fix_first": (Visit("/compliance/fix-first"),),
    "roadmap_figures.chart": (Visit("/compliance/chart/trend.svg"),),
    "roadmap_badge.svg": (
        Visit("/compliance/badge/ministry-education.svg"),
        Visit("/compliance/badge/item/E-01.svg"),
    ),
    "roadmap_badge.card": (
        Visit("/compliance/card/ministry-education"),
        Visit("/compliance/card/item/E-01"),
    ),
    "roadmap_badge.embed": (Visit("/compliance/embed/body/ministry-education"),),
    "roadmap_links.index": (Visit("/compliance/links"),),
    "roadmap_bodies.index": (Visit("/bodies"),),
    "roadmap_bodies.show": (Visit("/bodies/ministry-education"),),
    "roadmap_register.form": (Visit("/bodies/import", COORDINATION),),
    "roadmap_territory.index": (Visit("/compliance/territory"),),
    "roadmap_territory.item": (Visit("/compliance/territory/item/E-01"),),
    "roadmap_territory.body": (Visit("/compliance/territory/body/ministry-education"),),
    "roadmap_territory.obligation": (Visit("/compliance/territory/item/E-01/ministry-education"),),
    "roadmap_list.index": (Visit("/approved-list"),),
    "roadmap_list.item": (Visit("/approved-list/E-01"),),
    "roadmap_list.compare": (Visit("/approved-list/compare"),),
    "roadmap_docket.index": (Visit("/docket"),),
    "roadmap_docket.show": (Visit("/docket/2023-01", DECISION | MEMBERS, 404),),
    "roadmap_docket.entry": (Visit("/docket/2023-01/1", DECISION | MEMBERS, 404),),
    "roadmap_docket.paper": (
        Visit("/docket/2023-01/agenda.pdf", DECISION, 404),
        Visit("/docket/2023-01/agenda.docx", DECISION, 404),
        Visit("/docket/2023-01/protocol.pdf", frozenset(), 404),
    ),
    "roadmap_drafts.index": (Visit("/approved-list/drafts", COORDINATION),),
    "roadmap_drafts.show": (Visit("/approved-list/drafts/2023/1", COORDINATION),),
    "roadmap_drafts.new_item": (Visit("/approved-list/drafts/2023/1/item/new", COORDINATION),),
    "roadmap_drafts.item": (Visit("/approved-list/drafts/2023/1/item/E-01", COORDINATION),),
    "roadmap_changes.index": (Visit("/approved-list/drafts/2023/1/changes", COORDINATION),),
    "roadmap_changes.undo": (Visit("/approved-list/drafts/change/x/undo", frozenset(), 404),),
    "roadmap_draft_import.form": (Visit("/approved-list/drafts/import", COORDINATION),),
    "roadmap_matching.index": (
        Visit("/compliance/matching", OWN_BODY | {Role.officer_other, Role.admin_other}),
        Visit("/compliance/matching?body=ministry-education", OWN_BODY),
    ),
    "roadmap_matching.datasets": (Visit("/compliance/matching/datasets?body=ministry-education", OWN_BODY),),
    "roadmap_matching.links": (Visit("/compliance/matching/links?body=ministry-education", OWN_BODY),),
    "roadmap_matching.obligation": (Visit("/compliance/matching/obligation/none", frozenset(), 404),),
    "roadmap_matching.dataset": (Visit("/compliance/matching/dataset/none", frozenset(), 404),),
    "roadmap_matching.decide": (Visit("/compliance/matching/none/confirm", frozenset(), 404),),
    "roadmap_agent.show": (Visit("/systems/IS-9999/agent", frozenset(), 404),),
    "roadmap_guide.show": (Visit("/systems/IS-9999/guide", frozenset(), 404),),
    "roadmap_guide.file": (Visit("/systems/IS-9999/guide.pdf", frozenset(), 404),),
    "roadmap_mapping.index": (Visit("/mappings", SIGNED_IN),),
    "roadmap_mapping.import_": (Visit("/mappings/import", COORDINATION),),
    "roadmap_mapping.new": (Visit("/mappings/new", COORDINATION),),
    "roadmap_mapping.files": (Visit("/mappings/all.yaml", SIGNED_IN),),
    "roadmap_mapping.show": (Visit("/mappings/schools", OWN_BODY),),
    "roadmap_mapping.file": (Visit("/mappings/schools.yaml", OWN_BODY),),
    "roadmap_mapping.edit": (Visit("/mappings/schools/edit", COORDINATION),),
    "roadmap_mapping.look": (Visit("/mappings/looks/look-ended", COORDINATION),),
    "roadmap_move.index": (Visit("/moves", COORDINATION),),
    "roadmap_move.show": (Visit("/moves/none", frozenset(), 404),),
    "roadmap_rehearsal.index": (Visit("/mappings/schools/rehearsals", OWN_BODY),),
    "roadmap_rehearsal.file": (Visit(f"/mappings/schools/rehearsals/{REHEARSAL}.json", OWN_BODY),),
    "roadmap_system.index": (Visit("/systems"),),
    "roadmap_system.body": (Visit("/systems/body/ministry-education"),),
    "roadmap_system.import_": (Visit("/systems/import", COORDINATION),),
    "roadmap_system.register": (Visit("/systems/register.csv", CONTROL),),
    "roadmap_system.show": (Visit("/systems/IS-9999", frozenset(), 404),),
    "roadmap_objections.index": (Visit("/compliance/objections"),),
    "roadmap_outages.index": (Visit("/compliance/outages"),),
    "roadmap_takedowns.index": (Visit("/compliance/takedowns"),),
    "roadmap_takedowns.show": (Visit("/compliance/takedowns/none", frozenset(), 404),),
    "roadmap_deadline.show": (Visit("/compliance/deadline/{deadline}"),),
    "roadmap_suggestion.create": (Visit("/suggest"),),
    "roadmap_suggestion.sent": (Visit("/suggest/sent"),),
    "roadmap_suggestion.confirm": (Visit("/suggest/confirm"),),
    "roadmap_suggestion.index": (Visit("/suggestions"),),
    "roadmap_suggestion_letters.show": (Visit("/suggest/letters", frozenset(), 400),),
    "roadmap_suggestion.show": (Visit("/suggestions/{suggestion}"),),
    "roadmap_held.index": (Visit("/compliance/held", OWN_BODY | {Role.officer_other, Role.admin_other}),),
    "roadmap_held.decide": (Visit("/compliance/run/none", frozenset(), 404),),
    "roadmap_runs.index": (Visit("/compliance/runs"),),
    "roadmap_runs.cancel": (Visit("/compliance/runs/none/cancel", frozenset(), 404),),
    "roadmap_versions.index": (Visit(f"/dataset/schools/resource/{PUBLIC_RESOURCE}/versions"),),
    "roadmap_versions.changes": (Visit(f"/dataset/schools/resource/{PUBLIC_RESOURCE}/changes"),),
    "roadmap_versions.file": (
        Visit(f"/dataset/schools/resource/{PUBLIC_RESOURCE}/versions/none/data.csv", frozenset(), 404),
    ),
    "roadmap_files.served": (
        Visit(f"/roadmap/file/{PUBLIC_RESOURCE}.csv"),
        Visit(f"/roadmap/file/{PRIVATE_RESOURCE}.csv", MEMBERS | {Role.sysadmin}, 404),
    ),
}

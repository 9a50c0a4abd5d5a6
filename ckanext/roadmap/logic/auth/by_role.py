"""What a role alone may do, whatever it is done to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import ckan.plugins.toolkit as tk
from ckan import types

from ckanext.roadmap.logic import roles

Data = dict[str, Any]


@tk.auth_allow_anonymous_access
def anybody(_context: types.Context, _data_dict: Data) -> types.AuthResult:
    """All that is public; what of it is not (drafts, dockets before their sitting) the action leaves out."""
    return {"success": True}


def coordinators(context: types.Context, _data_dict: Data) -> types.AuthResult:
    """Those who run the list, the ledger, the harvest and the quarter."""
    return roles.allow_if(roles.is_coordinator(context), "coordinator")


def decision(context: types.Context, _data_dict: Data) -> types.AuthResult:
    """Members of the commission record its decisions; so does a coordinator for them."""
    allowed = roles.is_coordinator(context) or roles.is_commission(context)
    return roles.allow_if(allowed, "coordinator or commission")


def inspection(context: types.Context, _data_dict: Data) -> types.AuthResult:
    """Coordinators and auditors."""
    allowed = roles.is_coordinator(context) or roles.is_auditor(context)
    return roles.allow_if(allowed, "coordinator or auditor")


ANYBODY = (
    "roadmap_badge_show",
    "roadmap_body_list",
    "roadmap_body_show",
    "roadmap_body_tree",
    "roadmap_compliance_show",
    "roadmap_deadline_list",
    "roadmap_deadline_show",
    "roadmap_docket_list",
    "roadmap_docket_show",
    "roadmap_event_list",
    "roadmap_integration_show",
    "roadmap_item_history",
    "roadmap_item_list",
    "roadmap_item_show",
    "roadmap_ledger_head",
    "roadmap_light_list",
    "roadmap_link_list",
    "roadmap_list_correction_list",
    "roadmap_list_version_diff",
    "roadmap_list_version_list",
    "roadmap_list_version_show",
    "roadmap_objection_list",
    "roadmap_obligation_list",
    "roadmap_outage_list",
    "roadmap_refresh_list",
    "roadmap_run_list",
    "roadmap_run_show",
    "roadmap_suggestion_comment",
    "roadmap_suggestion_confirm",
    "roadmap_suggestion_create",
    "roadmap_suggestion_letters_set",
    "roadmap_suggestion_letters_show",
    "roadmap_suggestion_list",
    "roadmap_suggestion_second",
    "roadmap_suggestion_show",
    "roadmap_system_list",
    "roadmap_system_show",
    "roadmap_takedown_list",
    "roadmap_territory_show",
)
COORDINATORS = (
    "roadmap_body_check",
    "roadmap_body_import",
    "roadmap_connection_check",
    "roadmap_connection_list",
    "roadmap_content_measure",
    "roadmap_deadline_notice_create",
    "roadmap_docket_create",
    "roadmap_docket_entry_create",
    "roadmap_docket_entry_delete",
    "roadmap_docket_entry_update",
    "roadmap_docket_send",
    "roadmap_docket_update",
    "roadmap_docket_waiting",
    "roadmap_exemption_create",
    "roadmap_exemption_revoke",
    "roadmap_harvest_due",
    "roadmap_harvest_progress",
    "roadmap_harvest_start",
    "roadmap_heartbeat",
    "roadmap_item_change_undo",
    "roadmap_item_create",
    "roadmap_item_retire",
    "roadmap_item_update",
    "roadmap_ledger_extend",
    "roadmap_ledger_rebuild",
    "roadmap_list_check",
    "roadmap_list_import",
    "roadmap_list_version_create",
    "roadmap_list_version_submit",
    "roadmap_mapping_check",
    "roadmap_mapping_create",
    "roadmap_mapping_import",
    "roadmap_mapping_update",
    "roadmap_officer_list",
    "roadmap_officer_release",
    "roadmap_portal_check",
    "roadmap_portal_list",
    "roadmap_portal_publisher_list",
    "roadmap_portal_publisher_resolve",
    "roadmap_portal_release",
    "roadmap_portal_report",
    "roadmap_publication_match",
    "roadmap_publication_revoke",
    "roadmap_push_token_create",
    "roadmap_push_token_list",
    "roadmap_push_token_revoke",
    "roadmap_run_prune",
    "roadmap_run_reconcile",
    "roadmap_source_list",
    "roadmap_source_look",
    "roadmap_source_look_cancel",
    "roadmap_source_look_create",
    "roadmap_source_look_show",
    "roadmap_suggestion_gap_import",
    "roadmap_suggestion_hide",
    "roadmap_suggestion_merge",
    "roadmap_system_import",
    "roadmap_system_step",
    "roadmap_takedown_reinstate",
)
DECISION = (
    "roadmap_docket_close",
    "roadmap_docket_decide",
    "roadmap_item_change_list",
    "roadmap_list_draft_show",
    "roadmap_list_version_approve",
    "roadmap_list_version_correct",
    "roadmap_list_version_reject",
)
INSPECTION = ("roadmap_ledger_verify",)

_BY: Mapping[types.AuthFunction, tuple[str, ...]] = {
    anybody: ANYBODY,
    coordinators: COORDINATORS,
    decision: DECISION,
    inspection: INSPECTION,
}
FUNCTIONS: Mapping[str, types.AuthFunction] = {name: check for check, names in _BY.items() for name in names}

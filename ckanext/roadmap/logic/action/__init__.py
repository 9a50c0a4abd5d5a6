"""Every action, by the name the API gives it."""

from .acts import (
    roadmap_attest,
    roadmap_deadline_notice_create,
    roadmap_exemption_create,
    roadmap_exemption_revoke,
)
from .badges import roadmap_badge_show, roadmap_dataset_compliance_show
from .bodies import roadmap_body_list, roadmap_body_show, roadmap_body_tree
from .body_import import roadmap_body_check, roadmap_body_import
from .compliance import roadmap_compliance_show
from .content import roadmap_content_measure
from .contracts import roadmap_contract_show
from .deadlines import roadmap_deadline_list, roadmap_deadline_show, roadmap_event_list
from .docket_entries import (
    roadmap_docket_decide,
    roadmap_docket_entry_create,
    roadmap_docket_entry_delete,
    roadmap_docket_entry_update,
    roadmap_docket_opinion,
)
from .dockets import (
    roadmap_docket_close,
    roadmap_docket_create,
    roadmap_docket_list,
    roadmap_docket_send,
    roadmap_docket_show,
    roadmap_docket_update,
    roadmap_docket_waiting,
)
from .figure_rows import roadmap_obligation_list, roadmap_refresh_list
from .guides import roadmap_guide_show
from .harvests import roadmap_harvest_due, roadmap_harvest_progress, roadmap_harvest_start
from .health import roadmap_heartbeat, roadmap_outage_list
from .held_runs import roadmap_held_run_list, roadmap_run_approve, roadmap_run_decline
from .integration import roadmap_integration_show
from .item_changes import roadmap_item_change_list, roadmap_item_change_undo
from .item_drafts import (
    roadmap_item_create,
    roadmap_item_retire,
    roadmap_item_update,
)
from .item_history import roadmap_item_history
from .items import roadmap_item_list, roadmap_item_show
from .ledger import roadmap_ledger_extend, roadmap_ledger_head, roadmap_ledger_rebuild, roadmap_ledger_verify
from .lights import roadmap_light_list
from .list_check import roadmap_list_check
from .list_life import (
    roadmap_list_correction_list,
    roadmap_list_version_correct,
    roadmap_list_version_create,
    roadmap_list_version_diff,
    roadmap_list_version_reject,
    roadmap_list_version_submit,
)
from .lists import (
    roadmap_list_import,
    roadmap_list_version_approve,
    roadmap_list_version_list,
    roadmap_list_version_show,
)
from .mappings import (
    roadmap_connection_check,
    roadmap_connection_list,
    roadmap_load_enqueue,
    roadmap_mapping_check,
    roadmap_mapping_create,
    roadmap_mapping_import,
    roadmap_mapping_list,
    roadmap_mapping_show,
    roadmap_mapping_update,
)
from .moves import (
    roadmap_portal_check,
    roadmap_portal_list,
    roadmap_portal_publisher_list,
    roadmap_portal_publisher_resolve,
    roadmap_portal_release,
    roadmap_portal_report,
)
from .objections import roadmap_objection_create, roadmap_objection_list, roadmap_objection_rule
from .officers import roadmap_officer_list, roadmap_officer_release
from .publications import (
    roadmap_publication_confirm,
    roadmap_publication_decline,
    roadmap_publication_list,
    roadmap_publication_match,
    roadmap_publication_propose,
    roadmap_publication_revoke,
)
from .pushes import (
    roadmap_push_begin,
    roadmap_push_check,
    roadmap_push_chunk,
    roadmap_push_fail,
    roadmap_push_finish,
    roadmap_push_token_create,
    roadmap_push_token_list,
    roadmap_push_token_revoke,
)
from .rehearsals import roadmap_rehearsal_create, roadmap_rehearsal_list
from .runs import roadmap_run_cancel, roadmap_run_list, roadmap_run_reconcile, roadmap_run_show
from .sites import roadmap_link_list, roadmap_site_check
from .source_looks import (
    roadmap_source_look_cancel,
    roadmap_source_look_create,
    roadmap_source_look_show,
)
from .sources import roadmap_source_list, roadmap_source_look
from .suggestion_care import (
    roadmap_suggestion_gap_import,
    roadmap_suggestion_hide,
    roadmap_suggestion_merge,
    roadmap_suggestion_notice_list,
    roadmap_suggestion_notice_seen,
)
from .suggestion_letters import (
    roadmap_suggestion_letters_set,
    roadmap_suggestion_letters_show,
)
from .suggestion_pages import (
    roadmap_suggestion_list,
    roadmap_suggestion_show,
)
from .suggestions import (
    roadmap_suggestion_comment,
    roadmap_suggestion_confirm,
    roadmap_suggestion_create,
    roadmap_suggestion_second,
)
from .systems import (
    roadmap_system_answer,
    roadmap_system_create,
    roadmap_system_import,
    roadmap_system_list,
    roadmap_system_show,
    roadmap_system_step,
    roadmap_system_update,
)
from .takedowns import (
    roadmap_takedown_create,
    roadmap_takedown_list,
    roadmap_takedown_reinstate,
    roadmap_takedown_rule,
)
from .territory import roadmap_territory_show
from .versions import roadmap_changes_list, roadmap_run_prune, roadmap_version_list
from .worklists import roadmap_unmatched_dataset_list, roadmap_unmatched_obligation_list

__all__ = [
    "roadmap_push_begin",
    "roadmap_push_check",
    "roadmap_push_chunk",
    "roadmap_push_fail",
    "roadmap_push_finish",
    "roadmap_push_token_create",
    "roadmap_push_token_list",
    "roadmap_push_token_revoke",
    "roadmap_guide_show",
    "roadmap_attest",
    "roadmap_body_check",
    "roadmap_badge_show",
    "roadmap_body_import",
    "roadmap_body_list",
    "roadmap_body_show",
    "roadmap_changes_list",
    "roadmap_body_tree",
    "roadmap_compliance_show",
    "roadmap_connection_check",
    "roadmap_connection_list",
    "roadmap_dataset_compliance_show",
    "roadmap_content_measure",
    "roadmap_contract_show",
    "roadmap_deadline_list",
    "roadmap_deadline_notice_create",
    "roadmap_deadline_show",
    "roadmap_docket_close",
    "roadmap_docket_create",
    "roadmap_docket_decide",
    "roadmap_docket_entry_create",
    "roadmap_docket_entry_delete",
    "roadmap_docket_entry_update",
    "roadmap_docket_list",
    "roadmap_docket_opinion",
    "roadmap_docket_send",
    "roadmap_docket_show",
    "roadmap_docket_update",
    "roadmap_docket_waiting",
    "roadmap_event_list",
    "roadmap_exemption_create",
    "roadmap_exemption_revoke",
    "roadmap_harvest_due",
    "roadmap_harvest_progress",
    "roadmap_harvest_start",
    "roadmap_integration_show",
    "roadmap_heartbeat",
    "roadmap_item_change_list",
    "roadmap_item_change_undo",
    "roadmap_item_create",
    "roadmap_item_history",
    "roadmap_item_list",
    "roadmap_item_retire",
    "roadmap_item_show",
    "roadmap_item_update",
    "roadmap_ledger_extend",
    "roadmap_ledger_rebuild",
    "roadmap_ledger_head",
    "roadmap_ledger_verify",
    "roadmap_light_list",
    "roadmap_link_list",
    "roadmap_list_check",
    "roadmap_list_correction_list",
    "roadmap_list_import",
    "roadmap_list_version_approve",
    "roadmap_list_version_correct",
    "roadmap_list_version_create",
    "roadmap_list_version_diff",
    "roadmap_list_version_list",
    "roadmap_list_version_reject",
    "roadmap_list_version_show",
    "roadmap_list_version_submit",
    "roadmap_load_enqueue",
    "roadmap_mapping_check",
    "roadmap_mapping_create",
    "roadmap_mapping_import",
    "roadmap_mapping_list",
    "roadmap_mapping_show",
    "roadmap_mapping_update",
    "roadmap_objection_create",
    "roadmap_objection_list",
    "roadmap_objection_rule",
    "roadmap_officer_list",
    "roadmap_officer_release",
    "roadmap_held_run_list",
    "roadmap_run_approve",
    "roadmap_run_cancel",
    "roadmap_run_decline",
    "roadmap_obligation_list",
    "roadmap_outage_list",
    "roadmap_portal_check",
    "roadmap_portal_list",
    "roadmap_portal_publisher_list",
    "roadmap_portal_publisher_resolve",
    "roadmap_portal_release",
    "roadmap_portal_report",
    "roadmap_publication_confirm",
    "roadmap_publication_decline",
    "roadmap_publication_list",
    "roadmap_publication_match",
    "roadmap_publication_propose",
    "roadmap_publication_revoke",
    "roadmap_refresh_list",
    "roadmap_rehearsal_create",
    "roadmap_rehearsal_list",
    "roadmap_run_list",
    "roadmap_run_prune",
    "roadmap_run_reconcile",
    "roadmap_run_show",
    "roadmap_site_check",
    "roadmap_source_list",
    "roadmap_source_look",
    "roadmap_source_look_cancel",
    "roadmap_source_look_create",
    "roadmap_source_look_show",
    "roadmap_suggestion_comment",
    "roadmap_suggestion_confirm",
    "roadmap_suggestion_create",
    "roadmap_suggestion_gap_import",
    "roadmap_suggestion_hide",
    "roadmap_suggestion_letters_set",
    "roadmap_suggestion_letters_show",
    "roadmap_suggestion_list",
    "roadmap_suggestion_merge",
    "roadmap_suggestion_notice_list",
    "roadmap_suggestion_notice_seen",
    "roadmap_suggestion_second",
    "roadmap_suggestion_show",
    "roadmap_system_answer",
    "roadmap_system_create",
    "roadmap_system_import",
    "roadmap_system_list",
    "roadmap_system_show",
    "roadmap_system_step",
    "roadmap_system_update",
    "roadmap_takedown_create",
    "roadmap_takedown_list",
    "roadmap_takedown_reinstate",
    "roadmap_takedown_rule",
    "roadmap_territory_show",
    "roadmap_version_list",
    "roadmap_unmatched_dataset_list",
    "roadmap_unmatched_obligation_list",
]

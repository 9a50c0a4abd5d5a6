"""Every authorization function, by the name of what it guards."""

from .acts import (
    roadmap_attest,
    roadmap_deadline_list,
    roadmap_deadline_notice_create,
    roadmap_deadline_show,
    roadmap_event_list,
    roadmap_exemption_create,
    roadmap_exemption_revoke,
    roadmap_objection_create,
    roadmap_objection_rule,
)
from .bodies import roadmap_body_import, roadmap_body_list, roadmap_body_show
from .compliance import roadmap_compliance_show, roadmap_ledger_extend, roadmap_ledger_verify
from .lists import (
    roadmap_item_list,
    roadmap_item_show,
    roadmap_list_draft_show,
    roadmap_list_import,
    roadmap_list_version_approve,
    roadmap_list_version_list,
    roadmap_list_version_show,
)
from .mappings import (
    roadmap_connection_list,
    roadmap_harvest_progress,
    roadmap_harvest_start,
    roadmap_load_enqueue,
    roadmap_mapping_import,
    roadmap_mapping_list,
    roadmap_mapping_show,
)
from .runs import roadmap_run_list, roadmap_run_reconcile, roadmap_run_show

__all__ = [
    "roadmap_attest",
    "roadmap_body_import",
    "roadmap_body_list",
    "roadmap_body_show",
    "roadmap_compliance_show",
    "roadmap_connection_list",
    "roadmap_deadline_list",
    "roadmap_deadline_notice_create",
    "roadmap_deadline_show",
    "roadmap_event_list",
    "roadmap_exemption_create",
    "roadmap_exemption_revoke",
    "roadmap_harvest_progress",
    "roadmap_harvest_start",
    "roadmap_item_list",
    "roadmap_item_show",
    "roadmap_ledger_extend",
    "roadmap_ledger_verify",
    "roadmap_list_draft_show",
    "roadmap_list_import",
    "roadmap_list_version_approve",
    "roadmap_list_version_list",
    "roadmap_list_version_show",
    "roadmap_load_enqueue",
    "roadmap_mapping_import",
    "roadmap_mapping_list",
    "roadmap_mapping_show",
    "roadmap_objection_create",
    "roadmap_objection_rule",
    "roadmap_run_list",
    "roadmap_run_reconcile",
    "roadmap_run_show",
]

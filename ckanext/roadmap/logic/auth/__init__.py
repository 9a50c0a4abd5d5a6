"""Every authorization function, by the name of what it guards."""

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

__all__ = [
    "roadmap_body_import",
    "roadmap_body_list",
    "roadmap_body_show",
    "roadmap_compliance_show",
    "roadmap_item_list",
    "roadmap_item_show",
    "roadmap_ledger_extend",
    "roadmap_ledger_verify",
    "roadmap_list_draft_show",
    "roadmap_list_import",
    "roadmap_list_version_approve",
    "roadmap_list_version_list",
    "roadmap_list_version_show",
]

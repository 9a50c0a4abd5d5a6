"""Every action, by the name the API gives it."""

from .bodies import roadmap_body_import, roadmap_body_list, roadmap_body_show
from .compliance import roadmap_compliance_show
from .items import roadmap_item_list, roadmap_item_show
from .ledger import roadmap_ledger_extend, roadmap_ledger_verify
from .lists import (
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
    "roadmap_list_import",
    "roadmap_list_version_approve",
    "roadmap_list_version_list",
    "roadmap_list_version_show",
]

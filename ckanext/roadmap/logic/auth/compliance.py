"""Who may read compliance and keep the ledger going."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan import types


@tk.auth_allow_anonymous_access
def roadmap_dataset_compliance_show(context: types.Context, data_dict: dict[str, Any]) -> types.AuthResult:
    """Whoever may see a dataset sees what it serves."""
    tk.check_access("package_show", tk.fresh_context(context), {"id": data_dict.get("id")})
    return {"success": True}


@tk.auth_allow_anonymous_access
def roadmap_contract_show(context: types.Context, data_dict: dict[str, Any]) -> types.AuthResult:
    """Whoever may see a dataset sees how it keeps its contract."""
    return roadmap_dataset_compliance_show(context, data_dict)

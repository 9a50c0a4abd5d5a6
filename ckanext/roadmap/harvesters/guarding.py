"""Refuses a secret in a source's address or configuration, both public, before anything logs it."""

from __future__ import annotations

import re
from typing import Any

import ckan.plugins.toolkit as tk
from ckan import types

from .clearing import OURS

ADDRESS = re.compile(r"roadmap://[a-z0-9][a-z0-9_-]{0,62}/?")
EMPTY = ("", "{}", "null", None)


def refuse_secrets(data_dict: dict[str, Any]) -> None:
    """Raises when a source of the road map is more than the name of a connection."""
    if not str(data_dict.get("source_type") or "").startswith(OURS):
        return
    if not ADDRESS.fullmatch(str(data_dict.get("url") or "").strip()):
        text = tk._(
            "Write roadmap://NAME with the name of a connection; addresses and passwords are the operator's."
        )
        raise tk.ValidationError({"url": [text]})
    config = data_dict.get("config")
    if (config.strip() if isinstance(config, str) else config) not in EMPTY:
        text = tk._("Leave it empty: it would be public. Connections belong to the portal's configuration.")
        raise tk.ValidationError({"config": [text]})


def _guard_package(original: types.Action, context: types.Context, data_dict: dict[str, Any]) -> Any:
    refuse_secrets(data_dict)
    return original(context, data_dict)


def _guard(name: str) -> types.ChainedAction:
    def guarded(original: types.Action, context: types.Context, data_dict: dict[str, Any]) -> Any:
        refuse_secrets(data_dict)
        tk.check_access(name, context, data_dict)
        return original(context, data_dict)

    return tk.chained_action(guarded)


GUARDED: dict[str, types.ChainedAction] = {
    name: _guard(name) for name in ("harvest_source_create", "harvest_source_update")
} | {name: tk.chained_action(_guard_package) for name in ("package_create", "package_update")}

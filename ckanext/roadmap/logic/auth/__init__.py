"""Every authorization function, by the name of what it guards."""

from __future__ import annotations

from collections.abc import Mapping

from ckan import types

from . import (
    acts,
    by_role,
    compliance,
    dockets,
    mappings,
    publications,
    pushes,
    rehearsals,
    runs,
    sites,
    suggestions,
    systems,
    takedowns,
    versions,
)  # fmt: skip

_OWN = (
    acts, compliance, dockets, mappings, publications, pushes, rehearsals, runs, sites,
    suggestions, systems, takedowns, versions,
)  # fmt: skip

FUNCTIONS: Mapping[str, types.AuthFunction] = {
    **by_role.FUNCTIONS,
    **{name: found for module in _OWN for name, found in vars(module).items() if name.startswith("roadmap_")},
}
"""What a role alone decides, and what takes a look at the thing itself."""

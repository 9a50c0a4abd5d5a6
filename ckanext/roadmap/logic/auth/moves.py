"""Who may have datasets moved here from other catalogues: coordinators."""

from __future__ import annotations

from typing import Any

from ckan import types

from ckanext.roadmap.logic import roles


def roadmap_portal_list(context: types.Context, _data_dict: dict[str, Any]) -> types.AuthResult:
    """Coordinators see the catalogues."""
    return roles.allow_if(roles.is_coordinator(context), "coordinator")


def roadmap_portal_check(context: types.Context, _data_dict: dict[str, Any]) -> types.AuthResult:
    """Coordinators have a catalogue looked at."""
    return roles.allow_if(roles.is_coordinator(context), "coordinator")


def roadmap_portal_report(context: types.Context, _data_dict: dict[str, Any]) -> types.AuthResult:
    """Coordinators see what moved."""
    return roles.allow_if(roles.is_coordinator(context), "coordinator")


def roadmap_portal_publisher_list(context: types.Context, _data_dict: dict[str, Any]) -> types.AuthResult:
    """Coordinators see who publishes there."""
    return roles.allow_if(roles.is_coordinator(context), "coordinator")


def roadmap_portal_publisher_resolve(context: types.Context, _data_dict: dict[str, Any]) -> types.AuthResult:
    """Coordinators tell which body a publisher is."""
    return roles.allow_if(roles.is_coordinator(context), "coordinator")


def roadmap_portal_release(context: types.Context, _data_dict: dict[str, Any]) -> types.AuthResult:
    """Coordinators agree to what the gates found."""
    return roles.allow_if(roles.is_coordinator(context), "coordinator")

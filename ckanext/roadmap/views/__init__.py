"""Pages: one blueprint an area. A view calls an action, calls presentation, and renders."""

from __future__ import annotations

from .agents import agent_pages
from .approved_list import list_pages
from .badges import badge_pages
from .bodies import body_pages
from .body_import import register_pages
from .compliance import compliance_pages
from .deadline import deadline_pages
from .dockets import docket_pages
from .draft_changes import change_pages
from .draft_import import import_pages
from .drafts import draft_pages
from .figures import figure_pages
from .files import files
from .guides import guide_pages
from .held_runs import held_pages
from .links import link_pages
from .mapping_edit import mapping_pages
from .matching import matching_pages
from .moves import move_pages
from .objections import objection_pages
from .outages import outage_pages
from .rehearsals import rehearsal_pages
from .runs import run_pages
from .suggestion_letters import letter_pages
from .suggestions import suggestion_pages
from .systems import system_pages
from .takedowns import takedown_pages
from .territory import territory_pages
from .versions import version_pages

__all__ = [
    "agent_pages",
    "body_pages",
    "badge_pages",
    "change_pages",
    "compliance_pages",
    "deadline_pages",
    "docket_pages",
    "draft_pages",
    "figure_pages",
    "files",
    "held_pages",
    "guide_pages",
    "import_pages",
    "letter_pages",
    "link_pages",
    "list_pages",
    "run_pages",
    "mapping_pages",
    "move_pages",
    "rehearsal_pages",
    "matching_pages",
    "objection_pages",
    "outage_pages",
    "register_pages",
    "suggestion_pages",
    "system_pages",
    "takedown_pages",
    "territory_pages",
    "version_pages",
]

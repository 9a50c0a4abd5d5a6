"""The harvester of interfaces that give records page by page."""

from __future__ import annotations

import ckan.plugins.toolkit as tk

from .mapped import MappedHarvester


class RoadmapApiHarvester(MappedHarvester):
    """Publishes the mapped records of one interface."""

    type = "roadmap_api"

    def words(self) -> tuple[str, str]:
        """What the form says."""
        return tk._("Interface (API) of a ministry"), tk._(
            "Records in JSON or XML, page by page, by an operator's connection: roadmap://NAME"
        )

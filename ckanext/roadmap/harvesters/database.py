"""The harvester of ministries' databases."""

from __future__ import annotations

import ckan.plugins.toolkit as tk

from .mapped import MappedHarvester


class RoadmapDatabaseHarvester(MappedHarvester):
    """Publishes the mapped tables of one connection."""

    type = "roadmap_database"

    def words(self) -> tuple[str, str]:
        """What the form says."""
        return tk._("Database of a ministry"), tk._(
            "Tables of a database, by an operator's connection: roadmap://NAME"
        )

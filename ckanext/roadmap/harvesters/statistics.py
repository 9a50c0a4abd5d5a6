"""The harvester of cubes and series of statistics offices."""

from __future__ import annotations

import ckan.plugins.toolkit as tk

from .mapped import MappedHarvester


class RoadmapStatisticsHarvester(MappedHarvester):
    """Publishes the mapped tables of one statistics office."""

    type = "roadmap_statistics"

    def words(self) -> tuple[str, str]:
        """What the form says."""
        return tk._("Statistics office"), tk._(
            "Data by SDMX 2.1, cubes of PxWeb, series of the national statistics site, by an operator's "
            "connection: roadmap://NAME"
        )

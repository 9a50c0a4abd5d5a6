"""The harvester of files: on the web, on SFTP servers, in drop folders."""

from __future__ import annotations

import ckan.plugins.toolkit as tk

from .mapped import MappedHarvester


class RoadmapFileHarvester(MappedHarvester):
    """Publishes the mapped files of one connection."""

    type = "roadmap_file"

    def words(self) -> tuple[str, str]:
        """What the form says."""
        return tk._("Files of a ministry"), tk._(
            "Files over HTTPS or SFTP or in a drop folder, by an operator's connection: roadmap://NAME"
        )

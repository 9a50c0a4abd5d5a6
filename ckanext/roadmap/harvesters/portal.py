"""The harvester of other portals' catalogues, from which datasets move here."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model

from ckanext.harvest.model import HarvestGatherError
from ckanext.roadmap.harvesters import portal_gathering, portal_importing, portal_refusals
from ckanext.roadmap.model import MovedDataset
from ckanext.roadmap.sources.errors import SourceError

from .mapped import MappedHarvester, connection_of, failed


class RoadmapPortalHarvester(MappedHarvester):
    """Moves the datasets of one catalogue."""

    type = "roadmap_portal"

    def words(self) -> tuple[str, str]:
        """What the form says."""
        return tk._("Catalogue of another portal"), tk._(
            "Datasets of another portal move here, by an operator's connection: roadmap://NAME"
        )

    def get_original_url(self, harvest_object_id: str) -> str | None:
        """Where a dataset comes from."""
        row = portal_importing.row_of(harvest_object_id)
        return row.origin.get("url") if row else None

    def gather_stage(self, harvest_job: Any) -> list[str]:
        """One object for each dataset that is to be moved, or moved anew."""
        name = connection_of(harvest_job.source.url)
        try:
            return portal_gathering.gather(harvest_job, name)
        except SourceError as error:
            model.Session.rollback()
            model.Session.add(HarvestGatherError(message=str(error), job=harvest_job))
            model.Session.commit()
            return []

    def fetch_stage(self, harvest_object: Any) -> bool:
        """The catalogue's pages have told all; rows are loaded by a job."""
        return True

    def import_stage(self, harvest_object: Any) -> bool | str:
        """Makes or mends the dataset, and asks for its rows."""
        row = model.Session.get(MovedDataset, harvest_object.guid)
        if row is None:
            return failed(harvest_object, "Import", "The record of this dataset has gone. Harvest again.")
        try:
            return portal_importing.move(row, harvest_object)
        except portal_importing.REFUSALS as error:
            model.Session.rollback()
            text = portal_refusals.note(harvest_object, error)
            return failed(harvest_object, "Import", text) if text else True

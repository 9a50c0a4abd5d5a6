"""What the harvesters of mapped sources share: small work here, the load itself is a job.

A source's address is `roadmap://CONNECTION`: a name, never an address or a secret.
"""

from __future__ import annotations

import json
import logging
from abc import abstractmethod
from typing import Any, ClassVar
from urllib.parse import urlsplit

import ckan.plugins as p
import ckan.plugins.toolkit as tk
from ckan import model, types

from ckanext.harvest.interfaces import IHarvester
from ckanext.harvest.model import HarvestGatherError, HarvestObject, HarvestObjectError
from ckanext.roadmap.domain.errors import RoadmapError
from ckanext.roadmap.harvesters import importing, probing
from ckanext.roadmap.harvesters.clearing import harvest_source_clear
from ckanext.roadmap.harvesters.guarding import GUARDED
from ckanext.roadmap.harvesters.notices import harvest_get_notifications_recipients
from ckanext.roadmap.model.mapping import Mapping
from ckanext.roadmap.services import clock, connections, pushing, schedules

log = logging.getLogger(__name__)

SCHEME = "roadmap"


class MappedHarvester(p.SingletonPlugin):
    """Publishes what is mapped of one connection.

    :cvar type: the type of its harvest sources
    """

    p.implements(IHarvester)
    p.implements(p.IActions)

    type: ClassVar[str]

    def get_actions(self) -> dict[str, types.Action | types.ChainedAction]:
        """Guards our sources against secrets and against being cleared; keeps harvest's mails silent."""
        return {
            "harvest_source_clear": harvest_source_clear,
            "harvest_get_notifications_recipients": harvest_get_notifications_recipients,
            **GUARDED,
        }

    def info(self) -> dict[str, str]:
        """What the form says of this kind of source."""
        title, description = self.words()
        return {
            "name": self.type,
            "title": title,
            "description": description,
            "form_config_interface": "Text",
        }

    @abstractmethod
    def words(self) -> tuple[str, str]:
        """Title and description."""

    def validate_config(self, config: str | None) -> str | None:
        """Accepts nothing but an empty configuration: it would be public."""
        if config and json.loads(config):
            raise ValueError(
                tk._("Leave it empty: it would be public. Connections belong to the portal's configuration.")
            )
        return config

    def get_original_url(self, harvest_object_id: str) -> str | None:
        """The source has no public address."""
        return None

    def gather_stage(self, harvest_job: Any) -> list[str]:
        """One object for each mapping of the connection that has no schedule of its own.

        Those that have one are begun by `roadmap_harvest_due`, or by a person with `roadmap_harvest_start`.
        """
        name = connection_of(harvest_job.source.url)
        rows = model.Session.scalars(Mapping.of_connection(name)).all() if name else []
        if text := self._why_not(name, bool(rows)):
            model.Session.add(HarvestGatherError(message=text, job=harvest_job))
            model.Session.commit()
            return []
        rows = [
            row
            for row in rows
            if schedules.schedule_of(row.definition) is None and not pushing.is_awaited(row)
        ]
        objects: list[Any] = [HarvestObject(guid=row.id, job=harvest_job) for row in rows]
        model.Session.add_all(objects)
        model.Session.commit()
        return [one.id for one in objects]

    def _why_not(self, name: str, mapped: bool) -> str:
        if not mapped:
            return (
                f"No mapping uses the connection {name!r}. Import one with: ckan roadmap mapping import FILE"
            )
        kind = connections.harvester_of(name)
        return "" if kind == self.type else f"The connection {name!r} is read by sources of the type {kind}."

    def fetch_stage(self, harvest_object: Any) -> bool:
        """Looks at the source without reading its rows; what it finds is public and holds no secret."""
        mapping = model.Session.get(Mapping, harvest_object.guid)
        if mapping is None:
            return failed(harvest_object, "Fetch", "The mapping has gone. Harvest again.")
        try:
            schedules.refuse_closed(mapping.connection, mapping.definition, clock.now())
        except RoadmapError as error:
            return failed(harvest_object, "Fetch", str(error))
        try:
            importing.refuse_deleted(mapping)
            found = probing.probe_mapping(mapping)
        except RoadmapError as error:
            text = probing.record_failure(mapping, harvest_object.id, error)
            return failed(harvest_object, "Fetch", text)
        harvest_object.content = json.dumps(found, ensure_ascii=False)
        harvest_object.save()
        return True

    def import_stage(self, harvest_object: Any) -> bool | str:
        """Makes or mends the dataset, links it, and asks for the load."""
        mapping = model.Session.get(Mapping, harvest_object.guid)
        if mapping is None:
            return failed(harvest_object, "Import", "The mapping has gone. Harvest again.")
        try:
            importing.import_mapping(mapping, harvest_object, json.loads(harvest_object.content))
        except (tk.ValidationError, tk.ObjectNotFound) as error:
            model.Session.rollback()
            text = (
                f"The dataset of {mapping.name} was refused: {error}. Correct the mapping, import it again."
            )
            return failed(harvest_object, "Import", text)
        return True


def connection_of(url: str) -> str:
    """The connection that a source names."""
    parts = urlsplit(url)
    return parts.netloc if parts.scheme == SCHEME else ""


def failed(harvest_object: Any, stage: str, text: str) -> bool:
    """Note an error of a harvest object."""
    log.error("Harvest object %s failed: %s", harvest_object.id, text)
    found = model.Session.get(HarvestObject, harvest_object.id)
    model.Session.add(HarvestObjectError(message=text, object=found, stage=stage))
    model.Session.commit()
    return False

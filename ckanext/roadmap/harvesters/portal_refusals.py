"""Why CKAN did not take a dataset of another catalogue: the field, and what it said, in each language."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model

from ckanext.harvest.model import HarvestObject
from ckanext.roadmap.domain.origin import MoveState
from ckanext.roadmap.harvesters.portal_importing import REFUSALS, move
from ckanext.roadmap.model import MovedDataset
from ckanext.roadmap.services import speaking

FURTHER = ("uz", "ru")
"""CKAN writes a refusal in the language that is spoken, so it is asked once more in each of these."""


def note(harvest_object: Any, error: Exception) -> str:
    """Write down a refusal.

    :returns: the same in English; empty: the dataset was taken when it was offered again
    """
    object_id, moved_id = harvest_object.id, harvest_object.guid
    told = {"en": _said(error)}
    for lang in FURTHER:
        with speaking.in_language(lang):
            again = _offer(moved_id, object_id)
            told[lang] = _said(again) if again else ""
        model.Session.add(harvest_object)  # what is spoken within a language has a session of its own
        if not told[lang]:
            return ""
    row: Any = model.Session.get(MovedDataset, moved_id)
    field = next((name for name, _text in _faults(error)), "")
    row.state, row.params = str(MoveState.failed), {"field": field, "told": told}
    row.reason = "dataset_refused" if field else "dataset_not_taken"
    model.Session.commit()
    return f"The dataset {row.identifier or row.key} was refused: {field} {told['en']}"


def _offer(moved_id: str, object_id: str) -> Exception | None:
    row: Any = model.Session.get(MovedDataset, moved_id)
    try:
        move(row, model.Session.get(HarvestObject, object_id))
    except REFUSALS as error:
        model.Session.rollback()
        return error
    return None


def _said(error: Exception) -> str:
    return " ".join(dict.fromkeys(text for _name, text in _faults(error))) or str(error)


def _faults(error: Exception) -> list[tuple[str, str]]:
    told = error.error_dict if isinstance(error, tk.ValidationError) else {}
    return [(name, text) for name, value in told.items() for text in _texts(value)]


def _texts(value: object) -> Iterator[str]:
    """The messages of a field; resources and tags have them inside."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from (text for one in value.values() for text in _texts(one))
    elif isinstance(value, list | tuple):
        yield from (text for one in value for text in _texts(one))

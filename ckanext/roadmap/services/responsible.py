"""Settles whom a list means, so that items are stored with the bodies' own names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ckanext.roadmap.domain.errors import ListError, ResponsibleError
from ckanext.roadmap.services.bodies import Register
from ckanext.roadmap.sources.approved_list import ItemDraft


def chosen(draft: ItemDraft, choices: Mapping[str, str]) -> ItemDraft:
    """The draft with the bodies that a person chose in place of words that did not match."""
    if not choices:
        return draft
    responsible = draft.responsible
    bodies = tuple(choices.get(word, word) for word in responsible.bodies)
    exceptions = tuple(choices.get(word, word) for word in responsible.exceptions)
    return replace(draft, responsible=replace(responsible, bodies=bodies, exceptions=exceptions))


def settle(draft: ItemDraft, register: Register) -> ItemDraft:
    """The draft with every responsible body by its name.

    :raises ListError: a body that the register doesn't know, or knows more than once, with the candidates
    """
    responsible = draft.responsible
    try:
        bodies = tuple(dict.fromkeys(register.names.match(word) for word in responsible.bodies))
        exceptions = tuple(dict.fromkeys(register.names.match(word) for word in responsible.exceptions))
    except ResponsibleError as error:
        raise ListError.at(error, row=draft.row, column="responsible") from error
    return replace(draft, responsible=replace(responsible, bodies=bodies, exceptions=exceptions))

"""Settles whom a list means, so that items are stored with the bodies' own names."""

from __future__ import annotations

from dataclasses import replace

from ckanext.roadmap.domain.body_match import match
from ckanext.roadmap.domain.errors import ListError, ResponsibleError
from ckanext.roadmap.services.bodies import Register
from ckanext.roadmap.sources.approved_list import ItemDraft


def settle(draft: ItemDraft, register: Register) -> ItemDraft:
    """The draft with every responsible body by its name.

    :raises ListError: a body that the register doesn't know, or knows more than once, with the candidates
    """
    responsible = draft.responsible
    try:
        bodies = tuple(dict.fromkeys(match(word, register.names) for word in responsible.bodies))
        exceptions = tuple(dict.fromkeys(match(word, register.names) for word in responsible.exceptions))
    except ResponsibleError as error:
        raise ListError.at(error, row=draft.row, column="responsible") from error
    return replace(draft, responsible=replace(responsible, bodies=bodies, exceptions=exceptions))

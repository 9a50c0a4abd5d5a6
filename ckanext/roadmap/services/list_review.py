"""All that keeps a list, or one item, from being taken: faulty cells, and bodies that nobody knows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ckanext.roadmap.domain.errors import ListError, ResponsibleError
from ckanext.roadmap.services.bodies import Register
from ckanext.roadmap.sources.approved_list import ItemDraft, row_of
from ckanext.roadmap.sources.list_review import review_list, review_row


@dataclass(frozen=True, slots=True)
class Unmatched:
    """What a list calls a body, where it does, and why no one body is meant; candidates are named in it."""

    word: str
    rows: tuple[int, ...]
    error: ResponsibleError


@dataclass(frozen=True, slots=True)
class Review:
    """The outcome for a whole list; `items` counts the rows without a faulty cell."""

    items: int
    faults: tuple[ListError, ...]
    unmatched: tuple[Unmatched, ...]


def review(
    content: bytes, filename: str, register: Register, choices: Mapping[str, str] | None = None
) -> Review:
    """Read a list to the end; nothing is written.

    :param choices: the body that a person chose for a word that did not match
    """
    drafts, faults = review_list(content, filename)
    faulty = {fault.row for fault in faults}
    sound = sum(draft.row not in faulty for draft in drafts)
    return Review(sound, tuple(faults), tuple(_unmatched(drafts, register, choices or {})))


def item_faults(cells: Mapping[str, str], register: Register) -> list[ListError]:
    """The faults of one item's cells, each told once."""
    draft, faults = review_row(row_of(cells))
    errors = [one.error for one in _unmatched([draft], register, {})]
    return [*faults, *(ListError.at(error, row=1, column="responsible") for error in errors[:1])]


def _unmatched(
    drafts: Iterable[ItemDraft], register: Register, choices: Mapping[str, str]
) -> list[Unmatched]:
    rows: dict[str, list[int]] = {}
    for draft in drafts:
        for word in dict.fromkeys((*draft.responsible.bodies, *draft.responsible.exceptions)):
            rows.setdefault(word, []).append(draft.row)
    return [
        Unmatched(word, tuple(numbers), error)
        for word, numbers in rows.items()
        if (error := _mismatch(choices.get(word, word), register))
    ]


def _mismatch(word: str, register: Register) -> ResponsibleError | None:
    try:
        register.names.match(word)
    except ResponsibleError as error:
        return error
    return None

"""Actions on the entries of a docket: write them, answer for the body, decide."""

from __future__ import annotations

import re
from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model, types

from ckanext.roadmap import suggestion_jobs
from ckanext.roadmap.domain.docket import Decision, Stance, Votes
from ckanext.roadmap.logic.action.acts import user_id
from ckanext.roadmap.logic.action.dockets import find, show, text_of
from ckanext.roadmap.logic.action.item_drafts import faults_by_cell
from ckanext.roadmap.logic.action.lists import hand
from ckanext.roadmap.logic.errors import as_validation_error
from ckanext.roadmap.logic.schema import dockets as schema
from ckanext.roadmap.logic.schema.list_life import CELLS
from ckanext.roadmap.model import Body, Docket, DocketEntry
from ckanext.roadmap.services import bodies, clock, docket_decisions, docket_entries
from ckanext.roadmap.services.docket_decisions import Resolution
from ckanext.roadmap.services.docket_entries import Matter


@tk.validate_action_data(schema.entry_create)
def roadmap_docket_entry_create(context: types.Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Put an entry at the end of a draft docket: one or several suggestions on the same matter.

    :param docket: number of the docket
    :type docket: string
    :param suggestions: numbers of the suggestions, separated by ; (optional)
    :type suggestions: string
    :param title_uz: the matter in Uzbek (optional; by default the title of the first suggestion)
    :type title_uz: string
    :param title_ru: the same in Russian (optional)
    :type title_ru: string
    :param body: name of the body that would publish the data (optional; by default that of the suggestion)
    :type body: string
    :param cost_uz: estimate of the cost, in Uzbek (optional)
    :type cost_uz: string
    :param cost_ru: the same in Russian (optional)
    :type cost_ru: string
    :param legal_uz: legal note, in Uzbek (optional)
    :type legal_uz: string
    :param legal_ru: the same in Russian (optional)
    :type legal_ru: string
    :param from_entry: id of a deferred entry of an earlier docket to take up again: all that is left out
        here comes from it (optional)
    :type from_entry: string
    :returns: the entry; see :py:func:`roadmap_docket_show` for the keys
    :rtype: dict
    :raises ObjectNotFound: there is no such docket or entry
    :raises ValidationError: the docket was sent, or a suggestion can't be put in it
    """
    tk.check_access("roadmap_docket_entry_create", context, data_dict)
    session, docket = model.Session(), find(data_dict["docket"])
    deferred = _entry(data_dict["from_entry"])[0] if data_dict.get("from_entry") else None
    matter = _matter(data_dict, deferred)
    with as_validation_error("suggestions"):
        entry = docket_entries.create(session, clock.now(), docket, matter, deferred)
    session.commit()
    return _show(context, docket, entry.id)


@tk.validate_action_data(schema.entry_update)
def roadmap_docket_entry_update(context: types.Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Change an entry of a draft docket; what is left out stays as it is.

    Another body means another opinion: the one given before is taken away.

    :param id: id of the entry
    :type id: string
    :param position: its place in the agenda, from 1
    :type position: int
    :param suggestions: numbers of the suggestions, separated by ;
    :type suggestions: string
    :param title_uz: the matter in Uzbek
    :type title_uz: string
    :param title_ru: the same in Russian
    :type title_ru: string
    :param body: name of the body that would publish the data
    :type body: string
    :param cost_uz: estimate of the cost, in Uzbek
    :type cost_uz: string
    :param cost_ru: the same in Russian
    :type cost_ru: string
    :param legal_uz: legal note, in Uzbek
    :type legal_uz: string
    :param legal_ru: the same in Russian
    :type legal_ru: string
    :returns: the entry; see :py:func:`roadmap_docket_show` for the keys
    :rtype: dict
    :raises ObjectNotFound: there is no such entry
    :raises ValidationError: the docket was sent, or a suggestion can't be put in it
    """
    tk.check_access("roadmap_docket_entry_update", context, data_dict)
    entry, docket = _entry(data_dict["id"])
    matter = _matter(data_dict, entry)
    with as_validation_error("suggestions"):
        docket_entries.update(model.Session(), docket, entry, matter)
        if position := data_dict.get("position"):
            docket_entries.move(model.Session(), docket, entry, position)
    model.Session.commit()
    return _show(context, docket, entry.id)


@tk.validate_action_data(schema.entry)
def roadmap_docket_entry_delete(context: types.Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Take an entry out of a draft docket; its suggestions stay in the box.

    :param id: id of the entry
    :type id: string
    :returns: id
    :rtype: dict
    :raises ObjectNotFound: there is no such entry
    :raises ValidationError: the docket was sent
    """
    tk.check_access("roadmap_docket_entry_delete", context, data_dict)
    entry, docket = _entry(data_dict["id"])
    with as_validation_error("id"):
        docket_entries.delete(model.Session(), docket, entry)
    model.Session.commit()
    return {"id": data_dict["id"]}


@tk.validate_action_data(schema.opinion)
def roadmap_docket_opinion(context: types.Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Give, as an officer of the body that an entry concerns, its opinion; until the first decision.

    :param id: id of the entry
    :type id: string
    :param stance: supports, conditionally or objects
    :type stance: string
    :param text_uz: why, in Uzbek (this or the Russian is needed)
    :type text_uz: string
    :param text_ru: why, in Russian
    :type text_ru: string
    :returns: the entry; see :py:func:`roadmap_docket_show` for the keys
    :rtype: dict
    :raises ValidationError: the commission has begun to decide, or the text is missing
    """
    tk.check_access("roadmap_docket_opinion", context, data_dict)
    entry, docket = _entry(data_dict["id"])
    text = text_of(data_dict, "text")
    if not text.to_dict():
        raise tk.ValidationError({"text_uz": [tk._("Say why, in Uzbek or in Russian")]})
    stance, session = Stance(data_dict["stance"]), model.Session()
    with as_validation_error("stance"):
        docket_entries.give_opinion(session, clock.now(), docket, entry, stance, text, user_id(context))
    session.commit()
    return _show(context, docket, entry.id)


@tk.validate_action_data(schema.decide)
def roadmap_docket_decide(context: types.Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Record the commission's decision on an entry; it is final, and the authors are told.

    What is accepted becomes an item of the draft that the docket feeds. Its cells are given as for
    `roadmap_item_create`; titles that are left out come from the entry.

    :param id: id of the entry
    :type id: string
    :param decision: accept, reject or defer
    :type decision: string
    :param text_uz: the decision in words, in Uzbek; a rejection needs its reason
    :type text_uz: string
    :param text_ru: the same in Russian
    :type text_ru: string
    :param votes_for: votes in favour (optional; all three or none)
    :type votes_for: int
    :param votes_against: votes against
    :type votes_against: int
    :param votes_abstained: abstentions
    :type votes_abstained: int
    :param code: code of the draft item, if accepted
    :type code: string
    :param sphere: its sphere; all other cells are named as the import names its columns
    :type sphere: string
    :returns: the entry; see :py:func:`roadmap_docket_show` for the keys
    :rtype: dict
    :raises ObjectNotFound: there is no such entry
    :raises ValidationError: the docket was not sent, the sitting is still to come, the entry is decided
        already, a rejection has no reason, the votes cannot be, the docket feeds no draft, or a cell can't
        be taken
    """
    tk.check_access("roadmap_docket_decide", context, data_dict)
    entry, docket = _entry(data_dict["id"])
    session, register = model.Session(), bodies.load_register(model.Session())
    resolution = Resolution(
        Decision(data_dict["decision"]),
        text_of(data_dict, "text"),
        _votes(data_dict),
        _cells(data_dict, entry),
    )
    with faults_by_cell(dict(resolution.cells), register, "decision"):
        docket_decisions.decide(
            session, hand(context), clock.today(), docket, entry, resolution, register, user_id(context)
        )
    session.commit()
    suggestion_jobs.ask_for_mail()
    return _show(context, docket, entry.id)


def _entry(id: str) -> tuple[DocketEntry, Docket]:
    entry = model.Session.get(DocketEntry, id)
    docket = model.Session.get(Docket, entry.docket_id) if entry else None
    if entry is None or docket is None:
        raise tk.ObjectNotFound(tk._("There is no such entry"))
    return entry, docket


def _show(context: types.Context, docket: Docket, id: str) -> dict[str, Any]:
    return next(entry for entry in show(context, docket)["entries"] if entry["id"] == id)


def _matter(data_dict: dict[str, Any], before: DocketEntry | None) -> Matter:
    session = model.Session()
    kept = [row.number for row in docket_entries.suggestions_of(session, before)] if before else []
    written = data_dict.get("suggestions")
    numbers = kept if written is None else [one for one in re.split(r"[;,\s]+", written) if one]
    return Matter(
        title=text_of(data_dict, "title", before.title if before else None),
        suggestions=tuple(str(number) for number in numbers),
        body=_body(data_dict, before),
        cost=text_of(data_dict, "cost", before.cost if before else None),
        legal=text_of(data_dict, "legal", before.legal if before else None),
    )


def _body(data_dict: dict[str, Any], before: DocketEntry | None) -> Body | None:
    session, name = model.Session(), data_dict.get("body")
    if name is None:
        return session.get(Body, before.body_id) if before and before.body_id else None
    if not name:
        return None
    body = session.scalars(Body.by_name(name)).first()
    if body is None:
        raise tk.ValidationError({"body": [tk._("There is no body {name}").format(name=name)]})
    return body


def _votes(data_dict: dict[str, Any]) -> Votes | None:
    given = [data_dict.get(name) for name in schema.VOTES]
    if all(vote is None for vote in given):
        return None
    for name, vote in zip(schema.VOTES, given, strict=True):
        if vote is None:
            raise tk.ValidationError({name: [tk._("Give all three counts, or none")]})
    return Votes(*[int(vote or 0) for vote in given])


def _cells(data_dict: dict[str, Any], entry: DocketEntry) -> dict[str, str]:
    titles = {f"title_{lang.lower()}": str(text) for lang, text in entry.title.items()}
    given = {name: data_dict[name].strip() for name in ("code", *CELLS) if data_dict.get(name)}
    return {"code": "", **titles, **given}

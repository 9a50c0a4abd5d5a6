"""Mails about held loads: to the officers of the body and to the coordinators, once for each held run."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

import ckan.plugins.toolkit as tk
from ckan import model as core

from ckanext.roadmap import config
from ckanext.roadmap.domain.holding import Holding
from ckanext.roadmap.model import HeldNotice
from ckanext.roadmap.model.columns import new_id
from ckanext.roadmap.model.mapping import Mapping
from ckanext.roadmap.model.run import Run
from ckanext.roadmap.presentation import held_letters as words
from ckanext.roadmap.presentation import problems
from ckanext.roadmap.services import holdings, letters, officers
from ckanext.roadmap.services.letters import Letter
from ckanext.roadmap.services.speaking import in_language, say


def note(session: Session, now: datetime, run: Run) -> int:
    """Have a held run told to those who may decide on it; the caller commits. How many will be told.

    Nobody is told anew while the same content is held for the same findings.
    """
    if holdings.state_of(session, run) is not Holding.waiting or _is_told_already(session, run):
        return 0
    known = set(session.scalars(HeldNotice.told(run.id)))
    people = sorted(_people(session, run) - known)
    session.add_all(HeldNotice(id=new_id(), run_id=run.id, user_id=one, created_at=now) for one in people)
    session.flush()
    return len(people)


def tell(session: Session, notice: HeldNotice, now: datetime) -> bool:
    """Send one notice and note it; the caller commits. Whether it went."""
    user = core.User.get(notice.user_id)
    address = user.email if user is not None and user.is_active else None
    run = session.get_one(Run, notice.run_id)
    return letters.deliver(notice, address, lambda: _letter(session, run), now)


def _letter(session: Session, run: Run) -> Letter:
    """In the language of the portal; figures and names only, as on the page of the run."""
    lang = config.default_language()
    with in_language(lang):
        subject = tk._(words.SUBJECT).format(mapping=run.mapping_name)
        page = tk.url_for("roadmap_compliance.run", id=run.id, locale=lang, qualified=True)
        waiting = tk.url_for("roadmap_held.index", locale=lang, qualified=True)
        until = holdings.kept_until(run, config.held_kept())
        found = "\n".join(f"– {text}" for text in _found(run))
        lines = (
            tk._(words.STAYS),
            _about(session, run),
            f"{tk._(words.FOUND)}\n{found}",
            *_no_officer(session, run, lang),
            tk._(words.DECIDE).format(address=page),
            tk._(words.UNTIL).format(until=tk.h.roadmap_moment(until.isoformat())),
            tk._(words.ALL).format(address=waiting),
            tk._(words.WHY),
        )
        return Letter(subject, "\n\n".join(lines))


def _about(session: Session, run: Run) -> str:
    """What the load is for."""
    mapping = session.get_one(Mapping, run.mapping_id)
    dataset = tk.h.roadmap_text(mapping.definition["dataset"]["title"])
    return tk._(words.ABOUT).format(dataset=dataset, body=tk.h.roadmap_body_title(mapping.body_name))


def _no_officer(session: Session, run: Run, lang: str) -> Iterator[str]:
    """How a body gets an officer that has none, and what may be done meanwhile."""
    body = session.get_one(Mapping, run.mapping_id).body_name
    if not officers.of_body(session, body) and holdings.needs_owner(run):
        address = tk.url_for("organization.member_new", id=body, locale=lang, qualified=True)
        yield tk._(words.NO_OFFICER).format(body=tk.h.roadmap_body_title(body), address=address)


def _found(run: Run) -> Iterator[str]:
    """What the gates found, in the language that is spoken."""
    for finding in holdings.holding(run):
        params: dict[str, Any] = finding.get("params") or {}
        told = problems.tell(finding["code"], params)
        if told is None:
            yield finding["message"]
        else:
            yield " ".join(say(one) for one in told.problem)


def _is_told_already(session: Session, run: Run) -> bool:
    """Whether the run before it was held for the same."""
    earlier = sa.select(Run).where(Run.mapping_id == run.mapping_id, Run.outcome.in_(Run.TOLD))
    last = session.scalars(
        earlier.where(Run.started_at < run.started_at).order_by(Run.started_at.desc()).limit(1)
    ).first()
    if last is None or last.outcome != "held" or last.content_hash != run.content_hash:
        return False
    return holdings.digests(last) == holdings.digests(run)


def _people(session: Session, run: Run) -> set[str]:
    """Ids of the users who may decide: officers of the body, and coordinators."""
    mapping = session.get_one(Mapping, run.mapping_id)
    return officers.coordinators(session) | officers.of_body(session, mapping.body_name)

"""Mails about suggestions. Addresses are read when a mail is sent, and kept out of job payloads."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

import ckan.plugins.toolkit as tk
from ckan import model

from ckanext.roadmap import config
from ckanext.roadmap.model import Suggestion, SuggestionComment, SuggestionNotice, SuggestionSecond
from ckanext.roadmap.presentation import suggestion_words as words
from ckanext.roadmap.services import letters, suggestion_letters
from ckanext.roadmap.services.letters import Letter
from ckanext.roadmap.services.speaking import in_language
from ckanext.roadmap.services.suggestion_letters import Reader
from ckanext.roadmap.services.suggestion_tokens import Sent, voice_of_email, voice_of_user

_TABLES = {
    Sent.suggestion: Suggestion,
    Sent.second: SuggestionSecond,
    Sent.comment: SuggestionComment,
}


def ask_to_confirm(session: Session, kind: Sent, id: str, token: str, until: datetime) -> bool | None:
    """Send the mail by which an address confirms what was sent in its name.

    :returns: whether it went; None where nothing waits to be confirmed, or the address wants no letters
    """
    row = session.get(_TABLES[kind], id)
    address = None if row is None else _unconfirmed_address(row)
    if row is None or address is None:
        return None
    voice = voice_of_email(config.secret_key(), address)
    if not suggestion_letters.are_wanted(session, voice):
        return None
    suggestion = row if isinstance(row, Suggestion) else session.get_one(Suggestion, row.suggestion_id)
    with in_language(row.lang):
        page = tk.url_for("roadmap_suggestion.confirm", token=token, locale=row.lang, qualified=True)
        stop = _stop(Reader(voice, kind, id), row.lang)
        lines = (
            tk._(words.CONFIRM[kind]).format(title=_one_line(suggestion.title)),
            tk._(words.CONFIRM_HOW).format(address=page),
            tk._(words.CONFIRM_UNTIL).format(until=tk.h.roadmap_moment(until.isoformat())),
            tk._(words.CONFIRM_STOP).format(address=stop),
        )
        letter = Letter(tk._(words.CONFIRM_SUBJECT), "\n\n".join(lines))
    return letters.send(address, letter)


def tell(session: Session, notice: SuggestionNotice, now: datetime) -> bool:
    """Send one notice to the author it is for, and note it; the caller commits. Whether it went."""
    author_of = session.get_one(Suggestion, notice.author_of_id)
    address, voice = _address_of(author_of), _voice_of(author_of)
    if not suggestion_letters.are_wanted(session, voice):
        address = None
    return letters.deliver(notice, address, lambda: _letter(session, notice, author_of, voice), now)


def _letter(session: Session, notice: SuggestionNotice, author_of: Suggestion, voice: str) -> Letter:
    about = session.get_one(Suggestion, notice.suggestion_id)
    with in_language(author_of.lang):
        told = tk._(words.TOLD[notice.state]).format(number=about.number)
        page = tk.url_for(
            "roadmap_suggestion.show", number=about.number, locale=author_of.lang, qualified=True
        )
        lines = [told, _one_line(about.title)]
        if notice.reason:
            lines.append(tk._(words.GROUNDS.get(notice.state, words.REASON)).format(reason=notice.reason))
        stop = _stop(Reader(voice), author_of.lang)
        lines += [tk._(words.READ_ON).format(address=page), tk._(words.STOP).format(address=stop)]
    return Letter(told, "\n\n".join(lines))


def _stop(reader: Reader, lang: str) -> str:
    """The address of the page on which somebody ends the letters."""
    token = suggestion_letters.sign(config.secret_key(), reader)
    return tk.url_for("roadmap_suggestion_letters.show", token=token, locale=lang, qualified=True)


def _voice_of(suggestion: Suggestion) -> str:
    if suggestion.author_email:
        return voice_of_email(config.secret_key(), suggestion.author_email)
    return voice_of_user(suggestion.author_user_id or "")


def _address_of(suggestion: Suggestion) -> str | None:
    if suggestion.author_email:
        return suggestion.author_email
    user = model.User.get(suggestion.author_user_id) if suggestion.author_user_id else None
    return user.email if user is not None and user.is_active else None


def _unconfirmed_address(row: Suggestion | SuggestionSecond | SuggestionComment) -> str | None:
    if isinstance(row, Suggestion):
        return row.author_email if row.number is None else None
    return row.email


def _one_line(text: str) -> str:
    return " ".join(text.split())

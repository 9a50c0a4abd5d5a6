"""Letters: mails in their reader's language, each notice's sent once, addresses kept out of logs."""

from __future__ import annotations

import logging
import re
import smtplib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from sqlalchemy.orm import Session

import ckan.plugins.toolkit as tk
from ckan.lib.mailer import MailerException

from ckanext.roadmap.model.letter_notice import LetterNotice
from ckanext.roadmap.services import clock

log = logging.getLogger(__name__)
ATTEMPTS = 10
NoticeT = TypeVar("NoticeT", bound=LetterNotice)
_ADDRESS = re.compile(r"[^\s<>()\[\]{}'\",;:]+@[^\s<>()\[\]{}'\",;:]+")


class AddressFilter(logging.Filter):
    """Takes addresses out of what CKAN's mailer logs, and the traces that may quote them."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Every record passes, without addresses."""
        record.msg, record.args = _ADDRESS.sub("…", record.getMessage()), None
        record.exc_info = record.exc_text = None
        return True


_FILTER = AddressFilter()


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail in the language of the one who gets it."""

    subject: str
    body: str


@dataclass(frozen=True, slots=True)
class Sent:
    """How many letters went, and how many did not and may be tried again."""

    went: int
    failed: int


def send(address: str, letter: Letter) -> bool:
    """Send a letter; whether it went."""
    logging.getLogger("ckan.lib.mailer").addFilter(_FILTER)
    try:
        tk.mail_recipient("", address, letter.subject, letter.body)
    except (MailerException, smtplib.SMTPException, OSError) as error:
        log.warning("A mail was not sent: %s", type(error).__name__)
        return False
    return True


def deliver(notice: LetterNotice, address: str | None, write: Callable[[], Letter], now: datetime) -> bool:
    """Send the letter of a notice and note it; the caller commits. Whether it went.

    A notice to nobody's address is not tried again.
    """
    notice.attempts = notice.attempts + 1 if address else ATTEMPTS
    if not address or not send(address, write()):
        return False
    notice.mailed_at = now
    return True


def send_waiting(
    session: Session, kind: type[NoticeT], tell: Callable[[Session, NoticeT, datetime], bool]
) -> Sent:
    """Send the notices of a kind that wait, each once though several workers send; commits after each.

    :param tell: sends one; whether it went
    """
    went = failed = 0
    waiting = session.scalars(kind.unsent_ids(ATTEMPTS)).all()
    session.commit()
    for id_ in waiting:
        notice = session.scalars(kind.taken(id_)).first()
        if notice is not None:
            is_sent = tell(session, notice, clock.now())
            went, failed = went + is_sent, failed + (not is_sent and notice.attempts < ATTEMPTS)
        session.commit()
    return Sent(went, failed)

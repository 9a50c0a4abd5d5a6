"""Signed tokens by which an address confirms what was sent in its name; they carry no personal data."""

from __future__ import annotations

import hashlib
import hmac
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from itsdangerous import BadData, URLSafeSerializer

from ckanext.roadmap.presentation.refusals import refusal

_SALT = "roadmap-suggestion"


class Sent(StrEnum):
    """What an address may confirm."""

    suggestion = "suggestion"
    second = "second"
    comment = "comment"


def sign(secret: str, kind: Sent, id: str, at: datetime) -> str:
    """The token of one thing sent, made at an instant."""
    content = {"kind": str(kind), "id": id, "at": int(at.timestamp())}
    return URLSafeSerializer(secret, _SALT).dumps(content)


def read(secret: str, token: str, now: datetime, valid: timedelta) -> tuple[Sent, str]:
    """What a token confirms.

    :raises RoadmapError: the token was not made here, or is too old
    """
    try:
        content = URLSafeSerializer(secret, _SALT).loads(token)
    except BadData as error:
        raise refusal("token_bad") from error
    if now - datetime.fromtimestamp(content["at"], UTC) > valid:
        raise refusal("token_expired")
    return Sent(content["kind"]), content["id"]


def voice_of_user(user_id: str) -> str:
    """What stands for a user among the voices."""
    return f"user:{user_id}"


def voice_of_email(secret: str, email: str) -> str:
    """The keyed hash that stands for an address once it is confirmed."""
    digest = hmac.new(f"{_SALT}:{secret}".encode(), email.strip().lower().encode(), hashlib.sha256)
    return f"email:{digest.hexdigest()}"

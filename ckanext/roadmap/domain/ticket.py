"""The ticket of a rehearsal: what a load would have done, signed with the portal's secret."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

_PURPOSE = "roadmap-rehearsal"


class Verdict(StrEnum):
    """What a rehearsal is worth."""

    ticket = "ticket"
    forged = "forged"
    stopped = "stopped"
    touched = "touched"
    outdated = "outdated"


@dataclass(frozen=True, slots=True)
class Ticket:
    """Good for one plan and one content of its source.

    :ivar plan: hash of the mapping's definition
    :ivar content: hash of the rows that the source gave
    :ivar difference: what the load would have changed; counts and names, never a value
    :ivar proof: the tables of the DataStore looked at before and after, and those that differed
    """

    mapping: str
    plan: str
    content: str
    made_at: datetime
    difference: Mapping[str, Any]
    proof: Mapping[str, Any]

    def sign(self, secret: str) -> str:
        """The keyed hash over all of it."""
        content = {
            "mapping": self.mapping,
            "plan": self.plan,
            "content": self.content,
            "made_at": self.made_at.astimezone(UTC).isoformat(),
            "difference": self.difference,
            "proof": self.proof,
        }
        text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hmac.new(f"{_PURPOSE}:{secret}".encode(), text.encode(), hashlib.sha256).hexdigest()

    def is_signed(self, secret: str, signature: str) -> bool:
        """Whether the portal made it, and nothing of it was changed since."""
        return hmac.compare_digest(self.sign(secret), signature)

    def verdict(self, plan: str, secret: str, signature: str) -> Verdict:
        """Whether it admits the first live load of a plan, and if not, why not."""
        if not self.is_signed(secret, signature):
            return Verdict.forged
        if not self.content:
            return Verdict.stopped
        if self.proof["changed"]:
            return Verdict.touched
        return Verdict.ticket if self.plan == plan else Verdict.outdated

"""E-mail addresses of people."""

from __future__ import annotations

import re

from .base import Detector, detector

FORM = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@((?:[A-Za-z0-9-]{1,63}\.)+[A-Za-z]{2,24})(?![\w-])")
OFFICIAL = re.compile(r"(?:^|\.)(?:gov|edu)\.uz$|(?:^|\.)exat\.uz$", re.IGNORECASE)


@detector
class Email(Detector):
    """An address outside the domains of the state: there an address is an office's."""

    kind = "email"

    def is_in(self, text: str, column: str = "") -> bool:
        """Such an address."""
        return any(not OFFICIAL.search(domain) for domain in FORM.findall(text))

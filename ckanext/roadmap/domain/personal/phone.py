"""Mobile telephone numbers."""

from __future__ import annotations

import re

from .base import Detector, detector

MOBILE = "20|33|50|55|77|87|88|9[01345789]"
"""Codes of the mobile operators; a number with a town's code is an office's."""
FORM = re.compile(
    rf"(?<!\d)(?:\+|00)?998[ ()-]{{0,2}}(?:{MOBILE})[ ()-]{{0,2}}\d{{3}}[ -]?\d{{2}}[ -]?\d{{2}}(?!\d)"
)


@detector
class Phone(Detector):
    """+998, a mobile operator's code and seven digits, with or without blanks, brackets and dashes.

    A number without 998 is not looked for: nine digits are too often something else.
    """

    kind = "phone"

    def is_in(self, text: str) -> bool:
        """A mobile number with the country's code."""
        return FORM.search(text) is not None

"""Mobile telephone numbers."""

from __future__ import annotations

import re

from .base import Detector, detector
from .names import speaks

MOBILE = "20|33|50|55|77|87|88|9[01345789]"
"""Codes of the mobile operators; a number with a town's code is an office's."""
CODED = re.compile(rf"(?<!\d)(?:\+|00)?998[ ().-]{{0,3}}(?:{MOBILE})[ ().-]{{0,3}}\d(?:[ .-]?\d){{6}}(?!\d)")
LOCAL = re.compile(
    rf"(?<!\d)(?<!\d[ .,-])(?:8[ -]?)?\(?(?:{MOBILE})(?:\) ?|[ -])\d{{3}}([ -])\d\d\1\d\d(?![ .,-]?\d)"
)
BARE = re.compile(rf"(?<!\d)(?:{MOBILE})(?:[ .-]?\d){{7}}(?!\d)")
NAMES = ("telefon", "telefoni", "tel", "mobil", "phone", "mobile", "телефон", "тел", "мобильный", "сотовый")


@detector
class Phone(Detector):
    """A mobile operator's code and seven digits, with or without blanks, brackets and dashes.

    With the country's code, or in groups as people write it here (90 123-45-67). Nine bare digits are too
    often something else: they count in columns named as telephones.
    """

    kind = "phone"

    def is_in(self, text: str, column: str = "") -> bool:
        """A mobile number."""
        found = CODED.search(text) or LOCAL.search(text)
        return found is not None or (speaks(column, NAMES) and BARE.search(text) is not None)

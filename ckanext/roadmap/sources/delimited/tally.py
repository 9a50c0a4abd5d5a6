"""What lies outside the quotes of a delimited file, counted block by block."""

from __future__ import annotations

from dataclasses import dataclass, field
from operator import itemgetter

DELIMITERS = ",;\t|"
ENDS = {b"\n", b"\r"}
FIRST, LAST = itemgetter(slice(1)), itemgetter(slice(-1, None))


@dataclass(slots=True)
class Tally:
    """What is counted outside quotes.

    :ivar counted: signs that may part two cells; none: lines are not counted either, only the form is told
    """

    counted: str = DELIMITERS
    signs: dict[str, int] = field(default_factory=lambda: dict.fromkeys(DELIMITERS, 0))
    lines: int = 0
    blanks: int = 0
    inside: bool = False
    odd: bool = False
    before: set[bytes] = field(default_factory=set[bytes])
    after: set[bytes] = field(default_factory=set[bytes])

    def take(self, lines: bytes) -> None:
        """Counts a block of whole lines."""
        pieces = lines.split(b'"')
        outside = pieces[int(self.inside) :: 2]
        last_is_outside = (len(pieces) % 2 == 1) != self.inside
        self.after.update(map(FIRST, outside[0 if self.inside else 1 :]))
        self.before.update(map(LAST, outside[:-1] if last_is_outside else outside))
        text = b"\0".join(outside)
        if b"\r" in text:
            text = text.replace(b"\r\n", b"\n")
        self.odd |= b"\r" in text or (b"\\" in text and b"\\." in text)
        if self.counted:
            self._count(text)
        self.inside ^= len(pieces) % 2 == 0

    def _count(self, text: bytes) -> None:
        self.blanks += _blank_lines(text, self.inside)
        self.lines += text.count(b"\n")
        for sign in self.counted:
            self.signs[sign] += text.count(sign.encode())

    def is_plain(self, delimiter: str) -> bool:
        """Whether every reader takes the bytes alike: no blank line, quotes only around whole cells."""
        edges = {delimiter.encode(), *ENDS, b""}
        return not self.odd and not self.blanks and self.before <= edges and self.after <= edges


def _blank_lines(text: bytes, inside: bool) -> int:
    lead = 0 if inside else len(text) - len(text.lstrip(b"\n"))
    body = text[lead:]
    blank = lead
    while b"\n\n" in body:
        shorter = body.replace(b"\n\n", b"\n")
        blank += len(body) - len(shorter)
        body = shorter
    return blank

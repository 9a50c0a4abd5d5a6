"""What lies outside the quotes of a delimited file, counted block by block."""

from __future__ import annotations

from dataclasses import dataclass, field
from operator import itemgetter

DELIMITERS = ",;\t|"
ENDS = frozenset(b"\n\r")
FIRST, LAST = itemgetter(0), itemgetter(-1)


@dataclass(slots=True)
class Tally:
    """What is counted outside quotes.

    :ivar counted: signs that may part two cells; none: lines are not counted either, only the form is told
    :ivar flat: whether no value of the block taken last holds a line break
    """

    counted: str = DELIMITERS
    signs: dict[str, int] = field(default_factory=lambda: dict.fromkeys(DELIMITERS, 0))
    lines: int = 0
    blanks: int = 0
    inside: bool = False
    odd: bool = False
    flat: bool = True
    before: set[int] = field(default_factory=set[int])
    after: set[int] = field(default_factory=set[int])

    def take(self, lines: bytes) -> None:
        """Counts a block of whole lines."""
        pieces = lines.split(b'"')
        outside = pieces[int(self.inside) :: 2]
        last_is_outside = (len(pieces) % 2 == 1) != self.inside
        self.after.update(map(FIRST, filter(None, outside[0 if self.inside else 1 :])))
        self.before.update(map(LAST, filter(None, outside[:-1] if last_is_outside else outside)))
        self.flat = b"\n" not in b"".join(pieces[1 - int(self.inside) :: 2])
        if self.counted or b"\r" in lines or b"\\" in lines:
            self._read(b"\0".join(outside))
        self.inside ^= len(pieces) % 2 == 0

    def _read(self, text: bytes) -> None:
        if b"\r" in text:
            text = text.replace(b"\r\n", b"\n")
        self.odd |= b"\r" in text or (b"\\" in text and b"\\." in text)
        if self.counted:
            self._count(text)

    def _count(self, text: bytes) -> None:
        self.blanks += _blank_lines(text, self.inside)
        self.lines += text.count(b"\n")
        for sign in self.counted:
            self.signs[sign] += text.count(sign.encode())

    def is_plain(self, delimiter: str) -> bool:
        """Whether every reader takes the bytes alike: no blank line, quotes only around whole cells."""
        edges = ENDS | {ord(delimiter)}
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

"""Which encoding a file has, by all of its bytes."""

from __future__ import annotations

import codecs
from collections import Counter
from pathlib import Path

BLOCK = 1 << 20
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
LOWER = {
    "cp1251": (*range(0xE0, 0x100), 0xB8),
    "koi8-r": (*range(0xC0, 0xE0), 0xA3),
    "cp866": (*range(0xA0, 0xB0), *range(0xE0, 0xF0)),
}
"""Where the small Cyrillic letters lie: most of any text."""
USUAL, FEW = "cp1251", 5


def encoding_of(path: Path) -> str:
    """The encoding's name in Python."""
    with path.open("rb") as file:
        head = file.read(64)
    marked = next((name for mark, name in MARKS if head.startswith(mark)), None)
    if marked:
        return marked
    if len(head) >= 4 and b"\0" in head:  # the zero beside each Latin letter of the header
        return "utf-16-le" if head[1::2].count(0) >= head[::2].count(0) else "utf-16-be"
    return "utf-8" if _is_utf8(path) else _single_byte(path)


def _is_utf8(path: Path) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        with path.open("rb") as file:
            while block := file.read(BLOCK):
                decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _single_byte(path: Path) -> str:
    counts: Counter[int] = Counter()
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            counts.update(block)
    found = {name: sum(counts[code] for code in letters) for name, letters in LOWER.items()}
    best = max(found, key=lambda name: found[name])
    return best if found[best] > FEW + found[USUAL] * 1.3 else USUAL

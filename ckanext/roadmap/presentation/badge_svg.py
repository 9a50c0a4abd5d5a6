"""A badge as a small SVG picture: a shape and words, readable without colour and without a script."""

from __future__ import annotations

from dataclasses import dataclass
from xml.sax.saxutils import escape

_SHAPES = {"green": "✓", "yellow": "!", "red": "✕", "none": "–"}
_COLOURS = {"green": "#1b6b3a", "yellow": "#7a5600", "red": "#a01f1f", "none": "#4a4f53"}
_NARROW, _WIDE = frozenset("fijlrt.,:;!|()[]'’‘ʻ·I "), frozenset("mwMWЖШЩЮжмшщюыФф%@–—")
_HEIGHT, _PAD = 20, 6


@dataclass(frozen=True, slots=True)
class Badge:
    """What a badge says: `label` on the left, a shape and `value` on the right, more for screen readers."""

    label: str
    value: str
    light: str
    title: str
    description: str
    lang: str

    @property
    def shape(self) -> str:
        """The shape that tells the light without colour."""
        return _SHAPES[self.light]


def content(badge: Badge) -> str:
    """The picture; the same badge gives the same bytes."""
    value = f"{badge.shape} {badge.value}"
    left, right = _width(badge.label), _width(value)
    width = left + right
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{_HEIGHT}" '
        f'viewBox="0 0 {width} {_HEIGHT}" role="img" aria-labelledby="t d" lang="{escape(badge.lang)}">'
        f'<title id="t">{escape(badge.title)}</title><desc id="d">{escape(badge.description)}</desc>'
        f'<rect width="{width}" height="{_HEIGHT}" rx="3" fill="#2b3137"/>'
        f'<path fill="{_COLOURS[badge.light]}" '
        f'd="M{left} 0h{right - 3}a3 3 0 0 1 3 3v14a3 3 0 0 1-3 3H{left}z"/>'
        '<g fill="#fff" font-family="Verdana,DejaVu Sans,Geneva,sans-serif" font-size="11">'
        f"{_text(badge.label, 0, left)}{_text(value, left, right)}</g></svg>\n"
    )


def _text(text: str, start: int, width: int) -> str:
    inner = width - 2 * _PAD
    return f'<text x="{start + _PAD}" y="14" textLength="{inner}">{escape(text)}</text>'


def _width(text: str) -> int:
    """About as wide as Verdana of 11 pixels sets it; `textLength` makes it exactly so."""
    return round(sum(4.2 if one in _NARROW else 10.4 if one in _WIDE else 7.2 for one in text)) + 2 * _PAD

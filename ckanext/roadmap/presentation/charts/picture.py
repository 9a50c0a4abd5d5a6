"""A chart as a file, drawn by the same Vega-Lite as on the page, without a browser and without the net."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import vl_convert

from .base import Spec

VEGA_LITE = "5.21"
FORMATS = {"svg": "image/svg+xml", "pdf": "application/pdf"}


def drawn(spec: Spec, kind: str, fonts: Path) -> bytes:
    """The picture as SVG or PDF; letters come from the typefaces of PDF papers."""
    _register(fonts)
    text = json.dumps(spec)
    if kind == "pdf":
        return vl_convert.vegalite_to_pdf(text, vl_version=VEGA_LITE, allowed_base_urls=[])
    return vl_convert.vegalite_to_svg(text, vl_version=VEGA_LITE, allowed_base_urls=[]).encode()


@cache
def _register(fonts: Path) -> None:
    if fonts.is_dir():
        vl_convert.register_font_directory(str(fonts))

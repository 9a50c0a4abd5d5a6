"""Checks the labels that YAML schemas carry in several languages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import yaml

from ckanext.roadmap.domain.script import to_cyrillic

from tools.translations.extraction import LABELS

LANGUAGES = ("en", "uz", "uz_Cyrl", "ru")


def findings(path: Path) -> Iterator[str]:
    """Every label that lacks a language or whose Cyrillic is not its Latin."""
    for label in _labels(yaml.safe_load(path.read_text(encoding="utf-8"))):
        missing = [language for language in LANGUAGES if not label.get(language)]
        if missing:
            yield f"{path}: {label.get('en', label)!r} lacks {', '.join(missing)}"
        elif label["uz_Cyrl"] != (cyrillic := to_cyrillic(label["uz"])):
            yield f"{path}: {label['uz']!r} in Cyrillic is {cyrillic!r}, not {label['uz_Cyrl']!r}"


def _labels(node: object) -> Iterator[dict[str, str]]:
    if isinstance(node, dict):
        for name, value in node.items():
            if name in LABELS and isinstance(value, dict):
                yield value
            else:
                yield from _labels(value)
    elif isinstance(node, list):
        for child in node:
            yield from _labels(child)

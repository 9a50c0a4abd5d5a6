"""Collects the marked strings of the extension: Python, templates, scripts, labels of the YAML schemas."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polib
import yaml
from babel.messages.extract import extract_from_file

from ckanext.roadmap.translations import catalogue

DOMAIN = "ckanext-roadmap"
KEYWORDS: dict[str, Any] = {
    "_": None,
    "N_": None,
    "mark": None,
    "gettext": None,
    "ngettext": (1, 2),
    "ungettext": (1, 2),
    "mark_plural": (1, 2),
    "pgettext": ((1, "c"), 2),
}
METHODS = {".py": "python", ".html": "ckan.lib.extract:extract_ckan", ".js": "javascript"}
SKIPPED = {"tests", "migration", "vendor", "i18n", "translations"}
LABELS = {"label", "help_text", "form_placeholder", "display_name"}


def template_path(package: Path) -> Path:
    """Where the template with all strings lies."""
    return package / "i18n" / f"{DOMAIN}.pot"


def write_template(package: Path) -> polib.POFile:
    """Extract all strings into the `.pot` and give it back."""
    template = extract(package)
    path = template_path(package)
    path.parent.mkdir(parents=True, exist_ok=True)
    template.save(str(path))
    return template


def extract(package: Path) -> polib.POFile:
    """A template of every marked string, each with the files it stands in."""
    template = polib.POFile(wrapwidth=110)
    template.metadata = catalogue.headers("en") | {"Language": ""}
    entries: dict[tuple[str, str], polib.POEntry] = {}
    for path in _sources(package):
        name = path.relative_to(package.parent.parent).as_posix()
        for entry in _entries(path):
            known = entries.setdefault(catalogue.key(entry), entry)
            known.msgid_plural = known.msgid_plural or entry.msgid_plural
            if (name, "") not in known.occurrences:
                known.occurrences.append((name, ""))
    template.extend(sorted(entries.values(), key=lambda entry: (entry.occurrences[0][0], entry.msgid)))
    return template


def _sources(package: Path) -> Iterator[Path]:
    for path in sorted(package.rglob("*")):
        inside = path.relative_to(package)
        is_schema = path.suffix in {".yaml", ".yml"} and inside.parts[0] == "schemas"
        is_source = path.suffix in METHODS and not SKIPPED.intersection(inside.parts)
        if path.is_file() and (is_schema or is_source):
            yield path


def _entries(path: Path) -> Iterator[polib.POEntry]:
    if path.suffix in {".yaml", ".yml"}:
        yield from (_entry(label) for label in labels(yaml.safe_load(path.read_text(encoding="utf-8"))))
        return
    for _, message, _, context in extract_from_file(METHODS[path.suffix], path, keywords=KEYWORDS):
        yield _entry(*([message] if isinstance(message, str) else message[:2]), context=context or "")


def _entry(singular: str, plural: str = "", context: str = "") -> polib.POEntry:
    return polib.POEntry(msgid=singular, msgid_plural=plural or "", msgctxt=context or None)


def labels(node: object) -> Iterator[str]:
    """Labels of a schema that are one string; labels with a text per language need no catalogue."""
    if isinstance(node, dict):
        for name, value in node.items():
            if name in LABELS and isinstance(value, str):
                yield value
            else:
                yield from labels(value)
    elif isinstance(node, list):
        for child in node:
            yield from labels(child)

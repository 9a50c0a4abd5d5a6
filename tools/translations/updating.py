"""Brings a language's catalogue up to date with the strings in the code."""

from __future__ import annotations

from pathlib import Path

import polib

from ckanext.roadmap.domain.script import spell
from ckanext.roadmap.translations import catalogue

from tools.translations import extraction


def catalogue_path(package: Path, locale: str) -> Path:
    """Where the catalogue of a language lies."""
    return package / "i18n" / locale / "LC_MESSAGES" / f"{extraction.DOMAIN}.po"


def update(package: Path, locale: str) -> int:
    """Add new strings, drop those that are gone, keep every translation; tell how many are still missing."""
    template = extraction.write_template(package)
    path = catalogue_path(package, locale)
    fresh = catalogue.empty(locale, template)
    if path.exists():
        _keep(fresh, catalogue.load(path))
    if locale == "uz":
        _spell(fresh)
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh.save(str(path))
    return len(fresh.untranslated_entries())


def _keep(fresh: polib.POFile, old: polib.POFile) -> None:
    """Take over the translations of strings that still exist."""
    wanted = {catalogue.key(entry) for entry in fresh}
    kept = polib.POFile()
    kept.extend(entry for entry in old if catalogue.key(entry) in wanted and not entry.obsolete)
    catalogue.fill(fresh, kept)


def _spell(uzbek: polib.POFile) -> None:
    """Write the official apostrophes in place of those that were typed."""
    for entry in uzbek:
        entry.msgstr = spell(entry.msgstr)
        entry.msgstr_plural = {form: spell(text) for form, text in entry.msgstr_plural.items()}

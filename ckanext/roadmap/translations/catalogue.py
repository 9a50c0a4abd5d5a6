"""Reading, filling and writing gettext catalogues."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import polib

PLURALS = {
    "en": "nplurals=2; plural=(n != 1);",
    "uz": "nplurals=2; plural=(n != 1);",
    "uz_Cyrl": "nplurals=2; plural=(n != 1);",
    "ru": "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0"
    " : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);",
}


def load(path: Path) -> polib.POFile:
    """The catalogue in a `.po` file."""
    return polib.pofile(str(path), encoding="utf-8", wrapwidth=110)


def empty(locale: str, template: polib.POFile) -> polib.POFile:
    """A catalogue of `locale` with every entry of the template, untranslated."""
    catalogue = polib.POFile(wrapwidth=110)
    catalogue.metadata = headers(locale)
    for entry in template:
        catalogue.append(untranslated(entry, catalogue_plurals(locale)))
    return catalogue


def headers(locale: str) -> dict[str, str]:
    """The header of a catalogue; no date, so that a build of the same strings gives the same bytes."""
    return {
        "Project-Id-Version": "ckanext-roadmap",
        "Language": locale,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": PLURALS[locale],
    }


def catalogue_plurals(locale: str) -> int:
    """How many plural forms `locale` has."""
    return int(PLURALS[locale].split("=")[1].split(";")[0])


def untranslated(entry: polib.POEntry, forms: int) -> polib.POEntry:
    """A copy of the template's entry with room for a translation."""
    copy = polib.POEntry(
        msgid=entry.msgid,
        msgctxt=entry.msgctxt,
        msgid_plural=entry.msgid_plural,
        occurrences=entry.occurrences,
        comment=entry.comment,
        flags=[flag for flag in entry.flags if flag != "fuzzy"],
    )
    if entry.msgid_plural:
        copy.msgstr_plural = dict.fromkeys(range(forms), "")
    return copy


def key(entry: polib.POEntry) -> tuple[str, str]:
    """What makes an entry one and the same in two catalogues."""
    return entry.msgctxt or "", entry.msgid


def fill(catalogue: polib.POFile, source: polib.POFile) -> None:
    """Give each untranslated entry its translation in `source`; entries that are only there are added.

    A form more than the source has (CKAN's Russian has one for fractions) is its last one again.
    """
    known = {key(entry): entry for entry in catalogue}
    for entry in source.translated_entries():
        target = known.get(key(entry))
        if target is None:
            catalogue.append(entry)
        elif not target.translated():
            forms = [entry.msgstr_plural[form] for form in sorted(entry.msgstr_plural)]
            wanted = max(len(target.msgstr_plural), len(forms))
            target.msgstr = entry.msgstr
            target.msgstr_plural = {form: forms[min(form, len(forms) - 1)] for form in range(wanted)}
            target.flags = [flag for flag in target.flags if flag != "fuzzy"]


def forget(catalogue: polib.POFile, better: polib.POFile) -> None:
    """Take the translations away for which there are better ones."""
    known = {key(entry) for entry in better}
    for entry in catalogue:
        if key(entry) in known:
            entry.msgstr, entry.msgstr_plural = "", dict.fromkeys(entry.msgstr_plural, "")


def template(core: polib.POFile, filled: polib.POFile) -> polib.POFile:
    """The core's template with the strings of other extensions; CKAN finds the strings of scripts by it."""
    whole = polib.POFile(wrapwidth=110)
    whole.metadata = dict(core.metadata)
    known = {key(entry) for entry in core}
    whole.extend([*core, *(untranslated(entry, 2) for entry in filled if key(entry) not in known)])
    return whole


def texts(entry: polib.POEntry) -> Iterator[str]:
    """Every translated text of an entry."""
    yield from entry.msgstr_plural.values() if entry.msgid_plural else [entry.msgstr]


def convert(catalogue: polib.POFile, locale: str, letters: Callable[[str], str]) -> polib.POFile:
    """The same catalogue with every translation put through `letters`, for another script."""
    converted = polib.POFile(wrapwidth=110)
    converted.metadata = dict(catalogue.metadata) | {"Language": locale}
    for entry in catalogue:
        copy = untranslated(entry, len(entry.msgstr_plural))
        copy.msgstr = letters(entry.msgstr)
        copy.msgstr_plural = {form: letters(text) for form, text in entry.msgstr_plural.items()}
        converted.append(copy)
    return converted


def write(catalogue: polib.POFile, folder: Path, locale: str, domain: str) -> None:
    """Write `.po` and `.mo` where gettext looks for them: <folder>/<locale>/LC_MESSAGES/<domain>."""
    place = folder / locale / "LC_MESSAGES"
    place.mkdir(parents=True, exist_ok=True)
    compile_to(catalogue, place / f"{domain}.mo")
    _replace(place / f"{domain}.po", lambda path: catalogue.save(str(path)))


def compile_to(catalogue: polib.POFile, path: Path) -> None:
    """Write the compiled catalogue, renamed into place so that a running portal never reads half of it."""
    _replace(path, lambda partial: catalogue.save_as_mofile(str(partial)))


def _replace(path: Path, save: Callable[[Path], None]) -> None:
    partial = path.with_suffix(path.suffix + ".partial")
    save(partial)
    partial.replace(path)

"""Build the languages of the portal: `python -m ckanext.roadmap.translations.build OUT_DIR`.

CKAN takes its languages from one folder, and `ckan.i18n_directory` replaces that folder whole. OUT_DIR gets
what the setting needs: CKAN's template, Russian (CKAN's own, its gaps filled by ours), Uzbek (our own) and
Uzbek in Cyrillic (derived from it, but for the few entries we spell out). English is the language of the
strings, so its catalogue is empty. The extension's own catalogues are compiled in place.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

import polib

import ckan

from ckanext.roadmap.domain.script import to_cyrillic
from ckanext.roadmap.translations import catalogue

CORE, OURS = "ckan", "ckanext-roadmap"
CATALOGUES = Path(__file__).parent / "catalogues"
OWN = Path(__file__).parent.parent / "i18n"
_DATASET = re.compile(r"(?:[Мм]ассив|[Пп]акет)(?=(?:[ыауе]|ов|ом|ам|ами|ах)?\b)")
_LITERAL = re.compile(r'(<[^<>]*>|"[^"<>]*")')
CKAN_I18N = Path(ckan.__file__).parent / "i18n"


class BuildError(Exception):
    """The languages cannot be built; the text says what to do."""


def build(out: Path, ckan_i18n: Path = CKAN_I18N, own: Path = OWN) -> None:
    """Write the folder for `ckan.i18n_directory` to `out` and compile the extension's catalogues in `own`."""
    template = _template(ckan_i18n)
    uzbek = with_overlays(catalogue.empty("uz", template), "uz")
    russian = with_overlays(_russian(ckan_i18n), "ru")
    try:
        _write_scripts(uzbek, out, CORE)
        catalogue.write(russian, out, "ru", CORE)
        catalogue.write(with_overlays(catalogue.empty("en", template), "en"), out, "en", CORE)
        catalogue.template(template, uzbek).save(str(out / f"{CORE}.pot"))
        compile_own(own)
    except OSError as error:
        message = f"Cannot write {error.filename}: {error.strerror}. Name a folder you may write."
        raise BuildError(message) from error


def with_overlays(target: polib.POFile, locale: str) -> polib.POFile:
    """Fill the catalogue from every file in `catalogues/<locale>`."""
    for path in sorted((CATALOGUES / locale).glob("*.po")):
        catalogue.fill(target, catalogue.load(path))
    return target


def compile_own(folder: Path = OWN) -> None:
    """Compile the extension's own catalogues and derive the Cyrillic one."""
    for path in sorted(folder.glob(f"*/LC_MESSAGES/{OURS}.po")):
        locale = path.parent.parent.name
        if locale == "uz":
            _write_scripts(catalogue.load(path), folder, OURS)
        elif locale != "uz_Cyrl":
            catalogue.compile_to(catalogue.load(path), path.with_suffix(".mo"))


def _write_scripts(uzbek: polib.POFile, folder: Path, domain: str) -> None:
    """Write Uzbek in Latin, and in Cyrillic letters."""
    cyrillic = catalogue.empty("uz_Cyrl", uzbek)
    if domain == CORE:
        with_overlays(cyrillic, "uz_Cyrl")
        catalogue.write(uzbek, folder, "uz", domain)
    else:
        catalogue.compile_to(uzbek, folder / "uz" / "LC_MESSAGES" / f"{domain}.mo")
    catalogue.fill(cyrillic, catalogue.convert(uzbek, "uz_Cyrl", in_cyrillic))
    catalogue.write(cyrillic, folder, "uz_Cyrl", domain)


def in_cyrillic(text: str) -> str:
    """A translation in Cyrillic; what it has in straight double quotes is to be typed so, and stays.

    A year has a hyphen in Latin only: `2026-yil`, `2026 йил`.
    """
    parts = [part if part[:1] in ("<", '"') else to_cyrillic(part) for part in _LITERAL.split(text)]
    return re.sub(r"(?<=[\d}])-(?=йил)", " ", "".join(parts))


def _russian(ckan_i18n: Path) -> polib.POFile:
    """CKAN's own Russian, with the law's word for a dataset, and ours where a citizen stumbles first."""
    core = catalogue.load(ckan_i18n / "ru" / "LC_MESSAGES" / f"{CORE}.po")
    russian = catalogue.convert(core, "ru", _named)
    better = catalogue.load(CATALOGUES / "ru_instead" / f"{CORE}.po")
    catalogue.forget(russian, better)
    catalogue.fill(russian, better)
    return russian


def _named(text: str) -> str:
    """One word for a dataset, where CKAN's Russian has three."""
    return _DATASET.sub(lambda word: "Набор" if word.group()[0].isupper() else "набор", text)


def _template(ckan_i18n: Path) -> polib.POFile:
    path = ckan_i18n / f"{CORE}.pot"
    if not path.exists():
        raise BuildError(f"No {path}: CKAN 2.12 is not installed whole. Install the requirements again.")
    return catalogue.load(path)


def main(arguments: list[str]) -> int:
    """The command: one argument, the folder to write."""
    if len(arguments) != 1 or arguments[0].startswith("-"):
        sys.stderr.write(f"{__doc__}\n")
        return 2
    out = Path(arguments[0])
    try:
        out.mkdir(parents=True, exist_ok=True)
        build(out)
    except (BuildError, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

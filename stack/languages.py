"""The folder of translations that CKAN is told to use: its own languages and Uzbek in both scripts."""

from __future__ import annotations

from pathlib import Path

from stack import stamps
from stack.commands import run
from stack.settings import ROOT, VAR, program

FOLDER = VAR / "i18n"
STAMP = VAR / "i18n.stamp"
PACKAGE = ROOT / "ckanext" / "roadmap"
BUILDER = PACKAGE / "translations"


def build() -> None:
    """Build the folder, unless it stands for these very sources."""
    value = stamps.digest(_sources())
    if FOLDER.exists() and stamps.is_fresh(STAMP, value):
        return
    run([program("python"), "-m", "ckanext.roadmap.translations.build", FOLDER])
    stamps.write(STAMP, value)


def _sources() -> list[Path]:
    """What the folder is made of; Cyrillic Uzbek is left out, since it is an output."""
    own = [path for path in (PACKAGE / "i18n").rglob("*.po") if "uz_Cyrl" not in path.parts]
    builder = [path for path in BUILDER.rglob("*") if path.suffix in {".po", ".py"}]
    letters = [PACKAGE / "domain" / name for name in ("script.py", "uzbek_words.py")]
    return [*sorted(own), *sorted(builder), *letters]


def options() -> str:
    """Return the lines of the configuration that offer the languages."""
    if not FOLDER.exists():
        return ""
    return (
        f"ckan.i18n_directory = {FOLDER}\n"
        "ckan.locale_default = uz\n"
        "ckan.locales_offered = uz uz_Cyrl ru en\n"
        "ckan.locale_order = uz uz_Cyrl ru en\n"
    )

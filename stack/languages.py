"""The folder of translations that CKAN is told to use: its own languages and Uzbek in both scripts."""

from __future__ import annotations

from stack import stamps
from stack.commands import run
from stack.settings import ROOT, VAR, program

FOLDER = VAR / "i18n"
STAMP = VAR / "i18n.stamp"
SOURCES = ROOT / "ckanext" / "roadmap" / "i18n"


def can_build() -> bool:
    """Tell whether the builder is there."""
    package = ROOT / "ckanext" / "roadmap"
    return (package / "i18n_build.py").exists() or (package / "i18n_build" / "__main__.py").exists()


def build() -> None:
    """Build the folder, unless it stands for these very sources."""
    if not can_build():
        return
    sources = sorted(path for path in SOURCES.rglob("*") if path.suffix in {".po", ".pot"})
    builders = sorted((ROOT / "ckanext" / "roadmap").glob("i18n_build*"))
    value = stamps.digest([*sources, *(path for path in builders if path.is_file())])
    if FOLDER.exists() and stamps.is_fresh(STAMP, value):
        return
    run([program("python"), "-m", "ckanext.roadmap.i18n_build", FOLDER])
    stamps.write(STAMP, value)


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

"""Tells every string that is not ready in every language."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import polib

from ckanext.roadmap.translations import build, catalogue

from tools.translations import extraction, literals, placeholders, schemas, updating

_PERCENT = re.compile(r"%(?!\(\w+\)s)")


def findings(package: Path, locales: Iterable[str]) -> Iterator[str]:
    """One line for each thing to mend, naming the place and the string."""
    template = extraction.extract(package)
    for locale in locales:
        path = updating.catalogue_path(package, locale)
        yield from _in_catalogue(template, catalogue.load(path) if path.exists() else polib.POFile(), path)
    for path in sorted(build.CATALOGUES.rglob("*.po")):
        yield from _broken(catalogue.load(path), path)
    yield from _in_sources(package)


def _in_catalogue(template: polib.POFile, translated: polib.POFile, path: Path) -> Iterator[str]:
    """Strings of the code that the catalogue lacks, or that it has no longer any use for."""
    known = {catalogue.key(entry): entry for entry in translated}
    wanted = {catalogue.key(entry) for entry in template}
    for entry in template:
        target = known.get(catalogue.key(entry))
        if target is None or not all(catalogue.texts(target)):
            yield f"{path}: not translated: {entry.msgid!r} ({entry.occurrences[0][0]})"
        elif _breaks_templates(entry, catalogue.texts(target)):
            yield f"{path}: a template fails on a literal % here: {entry.msgid!r}"
    for entry in translated:
        if catalogue.key(entry) not in wanted and not entry.obsolete:
            yield f"{path}: no longer used, run `update`: {entry.msgid!r}"
    yield from _broken(translated, path)


def _breaks_templates(entry: polib.POEntry, texts: Iterable[str]) -> bool:
    """Whether a text of a template holds a percent sign: the engine takes it for a placeholder."""
    is_in_template = any(file.endswith(".html") for file, _line in entry.occurrences)
    return is_in_template and any(_PERCENT.search(text) for text in (entry.msgid, *texts))


def _broken(translated: polib.POFile, path: Path) -> Iterator[str]:
    for entry in translated:
        if entry.fuzzy:
            yield f"{path}: fuzzy: {entry.msgid!r}"
        yield from (f"{path}: {wrong}" for wrong in placeholders.differences(entry))


def _unseen(path: Path) -> Iterator[int]:
    """Lines with a call of `_` on a text inside an f-string, which the collector does not see."""
    for outer in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(outer, ast.JoinedStr):
            for node in ast.walk(outer):
                if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
                    called = node.func
                    if "_" in (getattr(called, "id", ""), getattr(called, "attr", "")):
                        yield node.lineno


def _in_sources(package: Path) -> Iterator[str]:
    for path in sorted((package / "templates").rglob("*.html")):
        for line, text in literals.find(path):
            yield f"{path}:{line}: not marked for translation: {text!r}"
    for path in sorted(package.rglob("*.py")):
        for line in _unseen(path):
            yield f"{path}:{line}: a text inside an f-string is not collected: name it outside"
    for path in sorted((package / "schemas").glob("*.yaml")):
        yield from schemas.findings(path)

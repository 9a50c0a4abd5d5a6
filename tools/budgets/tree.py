"""The files that the budgets speak of."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

FOLDERS = ("ckanext/roadmap", "stack", "tools")
LEFT_OUT = frozenset({"tests", "migration"})
TEMPLATES = "ckanext/roadmap/templates"
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Source:
    """A file, by its path from the project's root."""

    path: str
    text: str

    @property
    def lines(self) -> int:
        """How many lines it has."""
        return len(self.text.splitlines())

    @cached_property
    def tree(self) -> ast.Module:
        """A Python file's syntax tree."""
        return ast.parse(self.text, self.path)

    def functions(self) -> Iterator[tuple[str, Function]]:
        """Every function with its dotted name, inner ones too."""
        yield from _functions(self.tree, "")


def modules(root: Path) -> list[Source]:
    """The Python files, without tests and migrations."""
    found = [file for folder in FOLDERS for file in sorted((root / folder).rglob("*.py"))]
    return [_source(root, file) for file in found if not LEFT_OUT & set(file.relative_to(root).parts)]


def templates(root: Path) -> list[Source]:
    """The page templates."""
    return [_source(root, file) for file in sorted((root / TEMPLATES).rglob("*.html"))]


def _source(root: Path, file: Path) -> Source:
    return Source(file.relative_to(root).as_posix(), file.read_text(encoding="utf-8"))


def _functions(node: ast.AST, prefix: str) -> Iterator[tuple[str, Function]]:
    for child in ast.iter_child_nodes(node):
        name = f"{prefix}{child.name}" if isinstance(child, Function | ast.ClassDef) else ""
        if isinstance(child, Function):
            yield name, child
        yield from _functions(child, f"{name}." if name else prefix)

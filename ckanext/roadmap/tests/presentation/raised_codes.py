"""Reads the sources: which codes of errors can be raised, where, and with which params."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

PACKAGE = Path(__file__).parents[2]
ROOMS = ("domain", "sources", "loading", "services", "jobs.py", "logic", "harvesters", "presentation")
PLACES = {
    "ListError": {"row", "column", "remedy", "value"},
    "MappingError": {"mapping", "field", "problem", "remedy"},
}
Trees = dict[Path, ast.Module]


@dataclass(frozen=True)
class Raised:
    """A code, the place that raises it, and the names of its params."""

    code: str
    file: str
    line: int
    params: frozenset[str]


@dataclass(frozen=True)
class Maker:
    """A class or function that is given a code at some position of its call."""

    position: int
    params: frozenset[str] = field(default_factory=frozenset)


def raised() -> list[Raised]:
    """Every code that a literal gives."""
    trees: Trees = {path: ast.parse(path.read_text(encoding="utf-8")) for path in _files()}
    classes = _error_classes(trees.values())
    public = {name: maker for name, maker in _functions(trees.values(), classes).items() if name[0] != "_"}
    found: list[Raised] = []
    for path, tree in trees.items():
        makers = {**public, **_functions([tree], classes), **classes}
        file = path.relative_to(PACKAGE).as_posix()
        for node in ast.walk(tree):
            found += [Raised(code, file, line, params) for code, line, params in _codes(node, makers)]
    return found


def _files() -> Iterator[Path]:
    for room in ROOMS:
        place = PACKAGE / room
        yield from sorted(place.rglob("*.py")) if place.is_dir() else [place]


def _error_classes(trees: Iterable[ast.Module]) -> dict[str, Maker]:
    """Error classes; one whose own `__init__` takes no code gives it to its base itself."""
    known = {"RoadmapError": Maker(0), "Finding": Maker(0)}
    nodes = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
    for _ in range(5):
        for node in nodes:
            bases = {base.id for base in node.bases if isinstance(base, ast.Name)}
            if bases & known.keys() and node.name not in known:
                known[node.name] = Maker(0, frozenset(PLACES.get(node.name, ())))
    return known


def _functions(trees: Iterable[ast.Module], classes: dict[str, Maker]) -> dict[str, Maker]:
    """Functions with a parameter `code`: what their callers give there is a code."""
    trees = list(trees)
    found: dict[str, Maker] = {}
    for _ in range(2):  # the second time, those that hand the code on
        nodes = (node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))
        for node in nodes:
            names = [argument.arg for argument in node.args.args if argument.arg != "self"]
            if "code" in names and node.name != "__init__" and node.name not in found:
                found.update(
                    (node.name, one) for one in _inner(node, names.index("code"), {**found, **classes})
                )
    return found


def _inner(node: ast.FunctionDef, position: int, makers: dict[str, Maker]) -> list[Maker]:
    """The function as a maker, if it makes an error within."""
    calls = [call for call in ast.walk(node) if isinstance(call, ast.Call) and _name(call) in makers]
    if not calls:
        return []
    given = {keyword.arg for keyword in calls[0].keywords if keyword.arg}
    return [Maker(position, makers[_name(calls[0])].params | given)]


def _codes(node: ast.AST, makers: dict[str, Maker]) -> Iterator[tuple[str, int, frozenset[str]]]:
    if isinstance(node, ast.Call):
        maker = Maker(0) if _is_super_init(node) else makers.get(_name(node))
        code = node.args[maker.position] if maker and len(node.args) > maker.position else None
        if maker and isinstance(code, ast.Constant) and isinstance(code.value, str):
            given = {keyword.arg for keyword in node.keywords if keyword.arg}
            given |= {key for part in node.args if isinstance(part, ast.Dict) for key in _entries(part)}
            yield code.value, node.lineno, maker.params | given
    if isinstance(node, ast.Dict):
        entries = _entries(node)
        code, params = entries.get("code"), entries.get("params")
        if "message" in entries and isinstance(code, ast.Constant):
            yield code.value, node.lineno, frozenset(_entries(params) if isinstance(params, ast.Dict) else ())


def _is_super_init(node: ast.Call) -> bool:
    return isinstance(node.func, ast.Attribute) and node.func.attr == "__init__"


def _name(node: ast.Call) -> str:
    return node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")


def _entries(node: ast.Dict) -> dict[str, ast.expr]:
    pairs = zip(node.keys, node.values, strict=True)
    return {str(key.value): value for key, value in pairs if isinstance(key, ast.Constant)}

"""What the code must look like whatever its size."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath

from tools.budgets.tree import Function, Source

NAMES = frozenset({"utils", "common", "misc", "lib"})
BROAD = frozenset({"Exception", "BaseException"})
OUTERMOST = {
    # the worker lives on whatever one message, or one run of the schedule, does
    "ckanext/roadmap/harvesters/consumer.py:Consumer._serve",
    "ckanext/roadmap/harvesters/consumer.py:Consumer._schedule",
    # a thread's outermost frame: the fault is carried over to the thread that waits for it
    "ckanext/roadmap/loading/extract/pushed.py:_Bridge.run",
    "ckanext/roadmap/loading/stage/pipe.py:Pipe.fill",
}
UNFINISHED = re.compile(r"\b(?:TO" r"DO|FIX" r"ME)\b|\bNotImplemented" r"Error\b")
Form = Callable[[Source], Iterator[str]]


def violations(modules: list[Source]) -> list[str]:
    """Every breach of form, with its place."""
    return [text for module in modules for form in FORMS for text in form(module)]


def annotated(module: Source) -> Iterator[str]:
    """Every function tells the types of what it takes and gives."""
    for name, node in module.functions():
        bare = [
            arg.arg for arg in _arguments(node) if arg.annotation is None and arg.arg not in ("self", "cls")
        ]
        if node.returns is None:
            bare.append("return")
        if bare:
            yield f"{module.path}:{node.lineno} {name}: no annotation of {', '.join(bare)}"


def module_names(module: Source) -> Iterator[str]:
    """No module or package is a heap."""
    path = PurePosixPath(module.path)
    for name in sorted({*path.parts[:-1], path.stem} & NAMES):
        yield f'{module.path}: name a noun instead of "{name}"'


def broad_excepts(module: Source) -> Iterator[str]:
    """Only a worker's outermost loop catches everything; who tidies up and raises again catches nothing."""
    for name, handler in _handlers(module.tree, ""):
        if _is_broad(handler) and f"{module.path}:{name}" not in OUTERMOST:
            yield f"{module.path}:{handler.lineno} {name}: broad except; name the exceptions"


def unfinished(module: Source) -> Iterator[str]:
    """Nothing is left for later."""
    for number, line in enumerate(module.text.splitlines(), 1):
        if found := UNFINISHED.search(line):
            yield f"{module.path}:{number}: {found[0]}"


FORMS: tuple[Form, ...] = (annotated, module_names, broad_excepts, unfinished)


def _arguments(node: Function) -> list[ast.arg]:
    args = node.args
    starred = [arg for arg in (args.vararg, args.kwarg) if arg]
    return [*args.posonlyargs, *args.args, *args.kwonlyargs, *starred]


def _handlers(node: ast.AST, name: str) -> Iterator[tuple[str, ast.ExceptHandler]]:
    for child in ast.iter_child_nodes(node):
        inner = name
        if isinstance(child, Function | ast.ClassDef):
            inner = f"{name}.{child.name}" if name else child.name
        if isinstance(child, ast.ExceptHandler):
            yield name, child
        yield from _handlers(child, inner)


def _is_broad(handler: ast.ExceptHandler) -> bool:
    last = handler.body[-1]
    if isinstance(last, ast.Raise) and last.exc is None:
        return False
    if handler.type is None:
        return True
    return any(isinstance(part, ast.Name) and part.id in BROAD for part in ast.walk(handler.type))

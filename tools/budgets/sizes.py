"""How long files, functions and templates are, against what they may be."""

from __future__ import annotations

import ast
import math
import statistics
from collections.abc import Iterator
from dataclasses import dataclass

from tools.budgets.tree import Function, Source


@dataclass(frozen=True)
class Budget:
    """What a kind of thing may measure, in lines."""

    noun: str
    longest: int
    median: int
    ninetieth: int | None = None


@dataclass(frozen=True)
class Figure:
    """What a kind of thing measures: the length of each, by its place."""

    budget: Budget
    lengths: dict[str, int]

    def __str__(self) -> str:
        budget = self.budget
        parts = [
            f"longest {self.longest} (<= {budget.longest})",
            f"median {self.median:g} (<= {budget.median})",
        ]
        if budget.ninetieth is not None:
            parts.append(f"90 % within {self.ninetieth} (<= {budget.ninetieth})")
        return f"{budget.noun}: {len(self.lengths)}, {', '.join(parts)}"

    @property
    def longest(self) -> int:
        """The length of the longest."""
        return max(self.lengths.values(), default=0)

    @property
    def median(self) -> float:
        """The length in the middle."""
        return statistics.median(self.lengths.values()) if self.lengths else 0

    @property
    def ninetieth(self) -> int:
        """The length that nine of ten do not exceed."""
        ordered = sorted(self.lengths.values())
        return ordered[math.ceil(len(ordered) * 0.9) - 1] if ordered else 0

    def violations(self) -> Iterator[str]:
        """What is too long, each with its place, then what is too long on the whole."""
        budget = self.budget
        for place, lines in self.lengths.items():
            if lines > budget.longest:
                yield f"{place}: {lines} lines, at most {budget.longest}"
        if self.median > budget.median:
            yield f"{budget.noun}: the median is {self.median:g} lines, at most {budget.median}"
        if budget.ninetieth is not None and self.ninetieth > budget.ninetieth:
            yield f"{budget.noun}: 90 % are within {self.ninetieth} lines, at most {budget.ninetieth}"


FILES = Budget("files", longest=300, median=90)
FUNCTIONS = Budget("functions", longest=45, median=7, ninetieth=22)
TEMPLATES = Budget("templates", longest=80, median=30)


def of_modules(modules: list[Source]) -> list[Figure]:
    """The figures of Python files and of the functions in them."""
    functions = {
        f"{module.path}:{node.lineno} {name}": body_lines(node)
        for module in modules
        for name, node in module.functions()
    }
    return [Figure(FILES, {module.path: module.lines for module in modules}), Figure(FUNCTIONS, functions)]


def of_templates(templates: list[Source]) -> Figure:
    """The figures of templates."""
    return Figure(TEMPLATES, {template.path: template.lines for template in templates})


def body_lines(node: Function) -> int:
    """Lines of a function's body without its docstring."""
    body = node.body
    if ast.get_docstring(node, clean=False) is not None:
        body = body[1:]
    return (body[-1].end_lineno or body[-1].lineno) - body[0].lineno + 1 if body else 0

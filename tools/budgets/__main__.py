"""Prints what was measured, then each violation; exit code 1 if there is one."""

from __future__ import annotations

import sys
from pathlib import Path

from tools.budgets import forms, sizes, tree

ROOT = Path(__file__).resolve().parents[2]


def main(root: Path) -> int:
    """Measure a project; return its exit code."""
    modules = tree.modules(root)
    templates = tree.templates(root)
    figures = [*sizes.of_modules(modules), sizes.of_templates(templates)]
    for figure in figures:
        print(figure)
    violations = [text for figure in figures for text in figure.violations()]
    violations += forms.violations(modules)
    for text in violations:
        print(f"  {text}")
    print(f"{len(violations)} violations")
    return 1 if violations else 0


if __name__ == "__main__":
    sys.exit(main(ROOT))

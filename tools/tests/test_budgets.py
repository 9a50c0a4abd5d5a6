"""The budgets find what breaks them, and the project keeps them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools.budgets import forms, sizes, tree
from tools.budgets.__main__ import ROOT, main
from tools.budgets.tree import Source

GOOD = '''"""A module."""


def double(number: int) -> int:
    """Twice the number."""
    return number * 2
'''


def module(text: str, path: str = "ckanext/roadmap/domain/noun.py") -> Source:
    return Source(path, text)


def project(root: Path, files: dict[str, str]) -> Path:
    for path, text in files.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return root


def test_the_project_keeps_its_budgets(capsys):
    assert main(ROOT) == 0, capsys.readouterr().out


def test_every_exception_to_the_rule_on_excepts_is_still_needed():
    found = {
        f"{source.path}:{name}"
        for source in tree.modules(ROOT)
        for name, handler in forms._handlers(source.tree, "")
        if forms._is_broad(handler)
    }
    assert found == forms.OUTERMOST


def test_a_good_project_passes(tmp_path, capsys):
    files = {"ckanext/roadmap/domain/noun.py": GOOD, "ckanext/roadmap/templates/a.html": "<p></p>\n"}
    assert main(project(tmp_path, files)) == 0
    assert "0 violations" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("path", "text", "told"),
    [
        ("stack/long.py", "x = 1\n" * 301, "301 lines, at most 300"),
        ("ckanext/roadmap/templates/long.html", "<p>\n" * 81, "81 lines, at most 80"),
        ("tools/utils.py", GOOD, 'instead of "utils"'),
        ("ckanext/roadmap/lib/noun.py", GOOD, 'instead of "lib"'),
        ("stack/bare.py", "def f(x: int):\n    return x\n", "no annotation of return"),
        ("stack/bare.py", "def f(x) -> int:\n    return x\n", "no annotation of x"),
        ("stack/bare.py", "def f(*, y, **z) -> int:\n    return 1\n", "no annotation of y, z"),
        ("stack/later.py", "x = 1  # TO" + "DO\n", "later.py:1"),
    ],
)
def test_a_violation_is_told_with_its_place(tmp_path, capsys, path, text, told):
    assert main(project(tmp_path, {path: text})) == 1
    printed = capsys.readouterr().out
    assert told in printed
    assert path in printed


def test_tests_and_migrations_are_left_out(tmp_path):
    heap = "def f(x):\n" + "    x += 1\n" * 400
    files = {
        "ckanext/roadmap/tests/test_heap.py": heap,
        "ckanext/roadmap/migration/roadmap/versions/001.py": heap,
    }
    assert tree.modules(project(tmp_path, files)) == []


@pytest.mark.parametrize(
    ("clause", "broad"),
    [
        ("except:", True),
        ("except Exception:", True),
        ("except (ValueError, Exception) as e:", True),
        ("except BaseException:", True),
        ("except ValueError:", False),
    ],
)
def test_broad_excepts_are_found(clause, broad):
    text = f"def f() -> None:\n    try:\n        g()\n    {clause}\n        pass\n"
    assert bool(list(forms.broad_excepts(module(text)))) is broad


def test_who_tidies_up_and_raises_again_catches_nothing():
    text = "try:\n    g()\nexcept BaseException:\n    tidy()\n    raise\n"
    assert not list(forms.broad_excepts(module(text)))


def test_a_docstring_is_not_counted():
    text = 'def f() -> int:\n    """Say.\n\n    More.\n    """\n    x = 1\n    return x\n'
    [(_, node)] = module(text).functions()
    assert sizes.body_lines(node) == 2


def test_a_function_of_46_lines_is_too_long():
    text = "def f() -> None:\n" + "    g()\n" * 46
    _, functions = sizes.of_modules([module(text)])
    assert any("46 lines, at most 45" in found for found in functions.violations())


def test_methods_and_inner_functions_have_dotted_names():
    text = "class A:\n    def b(self) -> None:\n        def c() -> None:\n            pass\n"
    assert [name for name, _ in module(text).functions()] == ["A.b", "A.b.c"]


def test_nine_of_ten():
    figure = sizes.Figure(sizes.FUNCTIONS, {str(number): number for number in range(1, 11)})
    assert figure.ninetieth == 9
    assert figure.median == 5.5

"""Types by every value of a file; none that loses anything."""

from __future__ import annotations

from pathlib import Path

import pytest

from ckanext.roadmap.sources.delimited import guess, look


def guessed(folder: Path, values: list[str]) -> str:
    path = folder / "a.csv"
    path.write_text("n,v\n" + "".join(f"1,{value}\n" for value in values), encoding="utf-8")
    return guess(look(path), ["v"])["v"]


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        (["1", "-20", "0", ""], "int8"),
        (["999999999999999999"], "int8"),
        (["9999999999999999999"], "numeric"),
        (["1.50", "2", "-0.05"], "numeric"),
        (["007", "12"], "text"),
        (["+1"], "text"),
        (["-0"], "text"),
        (["1e5"], "text"),
        (["1 000"], "text"),
        (["true", "false"], "bool"),
        (["True"], "text"),
        (["2026-02-28", "2024-02-29"], "date"),
        (["2026-02-29"], "text"),
        (["2026-02-28 10:00:00", "2025-02-13T09:13:11.125"], "timestamp"),
        (["2026-02-28 25:00:00"], "text"),
        (["2026-02-28T10:00:00Z", "2026-02-28 10:00:00.5+05:00"], "timestamptz"),
        (["2026-02-28", "5"], "text"),
        (["", ""], "text"),
        (['""', "5"], "text"),
    ],
)
def test_kind(tmp_path: Path, values: list[str], kind: str):
    assert guessed(tmp_path, values) == kind


def test_the_last_of_a_million_rows_counts(tmp_path: Path):
    assert guessed(tmp_path, ["1"] * 1_000_000 + ["0123"]) == "text"

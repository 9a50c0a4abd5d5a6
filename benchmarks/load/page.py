"""The tables in the documentation: one for each number of rows; a line stays until it is measured again."""

from __future__ import annotations

import platform
import subprocess
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from stack.postgres import bin_folder

from .figure import Figure

BEGIN, END = "<!-- figures -->", "<!-- end of figures -->"


def write(page: Path, figures: Sequence[Figure], rows: int, settings: Sequence[str]) -> None:
    """Puts the figures between the page's two marks, into the table of so many rows."""
    text = page.read_text(encoding="utf-8")
    head, tail = text.split(BEGIN)[0], text.split(END)[1]
    tables = _tables(text.split(BEGIN)[1].split(END)[0])
    now = f"{datetime.now(UTC):%d.%m.%Y}"
    _before, lines = tables.get(rows, ("", Lines()))
    told = f"{_machine()}; {_software()}; server settings {', '.join(settings)}."
    tables[rows] = told, lines | {figure.name: _line(figure, now) for figure in figures}
    blocks = [_block(size, *table) for size, table in sorted(tables.items())]
    page.write_text(head + BEGIN + "\n\n" + "\n\n".join(blocks) + "\n\n" + END + tail, encoding="utf-8")


Lines = dict[str, str]


def _tables(text: str) -> dict[int, tuple[str, Lines]]:
    """What stands on the page: by number of rows, the machine and the lines by their names."""
    found: dict[int, tuple[str, Lines]] = {}
    for part in text.split("### ")[1:]:
        lines = part.strip().splitlines()
        measured = [line for line in lines if line.startswith("| ") and not line.startswith("| Path")]
        told = next(line for line in lines[1:] if line)
        found[int(lines[0].split()[0].replace(",", ""))] = told, {_name(line): line for line in measured}
    return found


def _name(line: str) -> str:
    return line.split(" | ", maxsplit=1)[0].removeprefix("| ")


def _block(rows: int, told: str, lines: Lines) -> str:
    head = ["| Path | Measured | Must reach | | On |", "|---|---|---|---|---|"]
    return "\n".join([f"### {rows:,} rows", "", told, "", *head, *lines.values()])


def _line(figure: Figure, now: str) -> str:
    cells = (
        figure.name,
        f"{_number(figure.value)} {figure.unit}".strip(),
        figure.required,
        _mark(figure),
        now,
    )
    return f"| {' | '.join(cells)} |"


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 1000 else f"{value:.3g}"


def _mark(figure: Figure) -> str:
    return "" if figure.limit is None else "kept" if figure.ok else "**missed**"


def _machine() -> str:
    information = Path("/proc/cpuinfo").read_text()
    model = next(
        (line.split(":")[1].strip() for line in information.splitlines() if "model name" in line), ""
    )
    memory = int(Path("/proc/meminfo").read_text().split()[1]) // 1024**2
    return f"{information.count('processor	')} cores ({model or platform.machine()}), {memory} GB"


def _software() -> str:
    server = subprocess.run(
        [bin_folder() / "postgres", "--version"], stdout=subprocess.PIPE, text=True, check=True
    )
    parts = [f"PostgreSQL {server.stdout.split()[2]}", f"Python {platform.python_version()}"]
    return ", ".join([*parts, *(f"{name} {version(name)}" for name in ("ckan", "psycopg2", "pyarrow"))])

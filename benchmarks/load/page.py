"""The table as a page of the documentation."""

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
    """Puts the table between the page's two marks."""
    text = page.read_text(encoding="utf-8")
    head, tail = text.split(BEGIN)[0], text.split(END)[1]
    lines = ["| Path | Measured | Must reach | |", "|---|---|---|---|"]
    lines += [
        f"| {figure.name} | {_number(figure.value)} {figure.unit} | {figure.required} | {_mark(figure)} |"
        for figure in figures
    ]
    when = f"{rows:,} rows × 15 columns, {datetime.now(UTC):%d.%m.%Y}"
    told = f"{when}. {_machine()}; {_software()}; server settings {', '.join(settings)}."
    page.write_text("\n".join([head + BEGIN, "", told, "", *lines, "", END]) + tail, encoding="utf-8")


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

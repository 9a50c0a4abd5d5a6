"""Loads by the engine, each in a process of its own, so that its memory can be told."""

from __future__ import annotations

import multiprocessing
import resource
import sys
import time
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ckanext.roadmap.loading import engine
from ckanext.roadmap.loading.plan import ColumnPlan, FullText, LoadPlan, SourceAccess, Target
from ckanext.roadmap.loading.report import LoadReport

from .data import COLUMNS


@dataclass(frozen=True, slots=True)
class Load:
    """One load, measured.

    :ivar visible: seconds until readers saw the rows
    :ivar total: seconds until all was done
    :ivar peak: the process's memory at its highest, in MB
    """

    visible: float
    total: float
    peak: float
    report: LoadReport


def plan(
    resource_id: str, full_text: FullText, key: tuple[str, ...] = ("id",), typed: bool = True
) -> LoadPlan:
    """The whole register."""
    return LoadPlan(
        run_id=f"{resource_id}-{time.monotonic_ns()}", mapping_id="register", resource_id=resource_id,
        schema="public", table="register", key=key, full_text=full_text,
        columns=tuple(ColumnPlan(name, name, kind if typed else None) for name, kind in COLUMNS.items()),
    )  # fmt: skip


def load(plan: LoadPlan, source: SourceAccess, target: Target) -> Load:
    """Runs one load."""
    here, there = multiprocessing.get_context("spawn").Pipe(duplex=False)
    process = multiprocessing.get_context("spawn").Process(target=_child, args=(there, plan, source, target))
    process.start()
    there.close()
    try:
        return here.recv()
    finally:
        process.join()


def tell(name: str, done: Load) -> None:
    """Where the time went, for who looks on."""
    steps = ", ".join(f"{step} {seconds:.2f}" for step, seconds in done.report.durations.items())
    print(f"{name}: visible {done.visible:.2f} s, all {done.total:.2f} s ({steps})", file=sys.stderr)


def file_source(path: Path) -> SourceAccess:
    """A delimited file."""
    return SourceAccess(f"file://{path}")


def _child(pipe: Any, plan: LoadPlan, source: SourceAccess, target: Target) -> None:
    seen: list[float] = []
    begun = time.perf_counter()

    def progress(phase: str, _report: LoadReport) -> None:
        if phase == "swapped":
            seen.append(time.perf_counter() - begun)

    report = engine.run(plan, source, replace(target), lambda: datetime.now(UTC), progress)
    total = time.perf_counter() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    pipe.send(Load(seen[0] if seen else total, total, peak, report))

"""Words and order for a run of the load engine."""

from __future__ import annotations

from datetime import datetime

from .marks import mark as _
from .tables import Column, Row, Table, at

OUTCOMES: dict[str, str] = {
    "unchanged": _("No change"),
    "applied": _("Applied"),
    "held": _("Held for a person"),
    "failed": _("Failed"),
    "cancelled": _("Cancelled"),
    "running": _("Running"),
}

PHASES: dict[str, str] = {
    "start": _("Start"),
    "wait": _("Waits its turn"),
    "extract": _("Extract"),
    "stage": _("Stage"),
    "gate": _("Check"),
    "apply": _("Apply"),
    "publish": _("Publish"),
    "done": _("Done"),
}

STRATEGIES: dict[str, str] = {
    "none": _("Nothing written"),
    "merge": _("Row by row"),
    "swap": _("Whole table"),
}

CHOICES: dict[str, str] = {
    "probe_same": _("The source says that nothing has changed; its rows were not read."),
    "hash_same": _("All rows were read; they are the same as before."),
    "rows_same": _("All rows were read; they are the same as before, though in another order or form."),
    "first": _("The first load of this table."),
    "shape_changed": _("Columns, types or settings are others than before, so the table was built anew."),
    "no_key": _("The mapping names no key, so rows cannot be told apart and the table was built anew."),
    "few_changed": _(
        "{changed} rows differ ({percent} %). Up to {limit} % only these rows are written; the others stay."
    ),
    "many_changed": _("{changed} rows differ ({percent} %). Above {limit} % the table is built anew."),
    "unique_elsewhere": _("A unique index besides the key refused single rows, so the table was built anew."),
}

FIGURES: dict[str, str] = {
    "rows_before": _("Rows before"),
    "rows_in": _("Rows read"),
    "rows_inserted": _("Rows added"),
    "rows_updated": _("Rows changed"),
    "rows_deleted": _("Rows removed"),
    "bytes": _("Bytes"),
}


def outcome(run: Row) -> str:
    """The code of how a run ended; `running` while it has not."""
    return str(run.get("outcome") or "running")


def figures(run: Row) -> list[tuple[str, object]]:
    """The counts of a run that are known, in the order they are read."""
    return [(FIGURES[key], run[key]) for key in FIGURES if run.get(key) is not None]


def phases(run: Row) -> list[tuple[str, object, bool]]:
    """Phase, seconds it took, and whether it is the one where the run stands or failed."""
    durations: Row = run.get("durations") or {}
    here = run.get("phase") if outcome(run) in ("running", "failed", "held") else None
    known = [phase for phase in PHASES if phase not in _ENDS or phase == here]
    return [(phase, durations.get(phase), phase == here) for phase in known]


_ENDS = ("start", "wait", "done")
FILES = Table(
    "files",
    _("Files of this run"),
    (
        Column("format", _("Format"), at("format"), kind="version_file"),
        Column("bytes", _("Bytes"), at("bytes"), kind="number"),
        Column("sha256", _("SHA-256"), at("sha256"), kind="hash"),
    ),
)
RUNS = Table(
    "runs",
    _("Runs"),
    (
        Column("started", _("Started"), at("started_at"), kind="run"),
        Column("mapping", _("Mapping"), at("mapping"), kind="code"),
        Column("outcome", _("Outcome"), outcome, kind="outcome"),
        Column("rows", _("Rows read"), at("rows_in"), kind="number"),
        Column("changed", _("Rows that differ"), at("rows_changed"), kind="number"),
        Column("strategy", _("How"), at("strategy"), kind="strategy"),
        Column("attempt", _("Attempt"), at("attempt"), kind="number"),
        Column("finished", _("Finished"), at("finished_at"), kind="moment"),
        Column("id", "id", at("id"), on_page=False),
    ),
)


def progress(run: Row) -> dict[str, float | None] | None:
    """How far a run has come: rows, those expected, percent, rows a second and seconds left."""
    begun, seen, rows = run.get("live_read_at"), run.get("progress_at"), run.get("rows_in")
    if outcome(run) != "running" or not (begun and seen and rows) or run["phase"] != "extract":
        return None
    seconds = (datetime.fromisoformat(seen) - datetime.fromisoformat(begun)).total_seconds()
    rate = rows / seconds if seconds > 0 else None
    expected = run.get("rows_expected")
    ahead = max(expected - rows, 0) if expected else None
    return {
        "rows": rows,
        "expected": expected,
        "percent": min(100 * rows // expected, 100) if expected else None,
        "rate": rate,
        "left": ahead / rate if ahead is not None and rate else None,
    }

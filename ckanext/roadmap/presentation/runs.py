"""Words and order for a run of the load engine."""

from __future__ import annotations

from .marks import mark as _
from .tables import Column, Row, Table, at

OUTCOMES: dict[str, str] = {
    "unchanged": _("No change"),
    "applied": _("Applied"),
    "held": _("Held for a person"),
    "failed": _("Failed"),
    "running": _("Running"),
}

PHASES: dict[str, str] = {
    "start": _("Start"),
    "extract": _("Extract"),
    "stage": _("Stage"),
    "gate": _("Check"),
    "apply": _("Apply"),
    "publish": _("Publish"),
    "done": _("Done"),
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


_ENDS = ("start", "done")
FILES = Table(
    "files",
    _("Files of this run"),
    (
        Column("format", _("Format"), at("format"), kind="code"),
        Column("bytes", _("Bytes"), at("bytes"), kind="number"),
        Column("sha256", _("SHA-256"), at("sha256"), kind="hash"),
    ),
)

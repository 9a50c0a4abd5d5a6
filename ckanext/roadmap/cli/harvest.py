"""`ckan roadmap harvest …` and `ckan roadmap runs …`."""

from __future__ import annotations

import sys
import time
from typing import Any

import click

from .calls import call

STEP = 0.5


@click.group()
def harvest() -> None:
    """Harvests of connections."""


@harvest.command()
@click.argument("connection")
@click.option("--wait", type=int, default=0, help="Seconds to wait for the end; 0: only start it.")
def now(connection: str, wait: int) -> None:
    """Harvest CONNECTION now; with --wait, print how each mapping ended (exit code 1: not all well)."""
    started = call("roadmap_harvest_start", connection=connection)
    click.echo(f"harvest job {started['job_id']}{' (under way already)' if started['joined'] else ''}")
    if wait:
        _watch(started["job_id"], wait)


@harvest.command()
def due() -> None:
    """Harvest what the schedules of mappings have come to; the harvest worker does so by itself."""
    for one in call("roadmap_harvest_due"):
        begun = "waits for the harvest under way" if one["joined"] else f"harvest job {one['job_id']}"
        state = f"not begun: {one['problem']}" if one["problem"] else begun
        click.echo(f"{one['connection']}: {', '.join(one['mappings'])}: {state}")


@click.group()
def runs() -> None:
    """Runs: every attempt to load a mapping."""


@runs.command("list")
@click.option("--mapping", help="Only the runs of this mapping.")
@click.option("--limit", type=int, default=20, show_default=True)
def list_(mapping: str | None, limit: int) -> None:
    """The newest runs."""
    for run in call("roadmap_run_list", mapping=mapping or "", limit=limit)["results"]:
        click.echo(f"{run['id']}  {run['started_at']}  {run['mapping']}  {run['outcome'] or run['phase']}")


@runs.command("held")
def held() -> None:
    """The held loads that wait for a decision, with what was found and whose word is missing."""
    found = call("roadmap_held_run_list")["results"]
    for run in found:
        sides = (" or " if run["holding"]["either"] else " and ").join(run["holding"]["missing"])
        click.echo(f"{run['id']}  {run['started_at']}  {run['mapping']}  waits for {sides}")
        for finding in run["findings"] or []:
            click.echo(f"  {finding['message']}")
    click.echo(f"{len(found)} held")


@runs.command()
def reconcile() -> None:
    """End the runs that a crash left open."""
    ended = call("roadmap_run_reconcile")
    for run in ended:
        click.echo(f"{run['id']}  {run['mapping']}  {run['outcome']}")
    click.echo(f"{len(ended)} ended")


@runs.command()
@click.argument("id")
def cancel(id: str) -> None:
    """End the load of run ID; nothing is changed."""
    call("roadmap_run_cancel", id=id)
    click.echo("asked; it stops within seconds")


@runs.command()
def prune() -> None:
    """Take away what has outlived its rule: old versions, rows of the change log, runs."""
    found = call("roadmap_run_prune")
    click.echo(
        ", ".join(f"{found[name]} {name}" for name in ("versions", "changes", "runs", "held")) + " taken away"
    )


def _watch(job_id: str, wait: int) -> None:
    until = time.monotonic() + wait
    state = call("roadmap_harvest_progress", job_id=job_id)
    while not state["finished"] and time.monotonic() < until:
        time.sleep(STEP)
        state = call("roadmap_harvest_progress", job_id=job_id)
    for text in state["errors"]:
        click.echo(text, err=True)
    for row in state["mappings"]:
        click.echo(_line(row))
    if not state["finished"]:
        click.echo(f"not finished after {wait} s; are the workers running?", err=True)
    good = state["finished"] and not state["errors"]
    if not good or any(row["outcome"] not in ("applied", "unchanged") for row in state["mappings"]):
        sys.exit(1)


def _line(row: dict[str, Any]) -> str:
    if row["error"]:
        return f"{row['name']}: {row['outcome']}: {row['error']}"
    if not row["finished"]:
        return f"{row['name']}: not finished"
    run = row["run"]
    return f"{row['name']}: {row['outcome']} ({run['rows_in']} rows, {run['rows_changed']} changed)"

"""`ckan roadmap load …`: a mapping or a file, now, in this process; or only what would change."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from ckan import model

from ckanext.roadmap import jobs
from ckanext.roadmap.domain.errors import RoadmapError
from ckanext.roadmap.loading import engine
from ckanext.roadmap.loading.plan import LoadPlan, SourceAccess
from ckanext.roadmap.loading.report import LoadReport, Outcome
from ckanext.roadmap.model.columns import new_id
from ckanext.roadmap.model.mapping import Mapping
from ckanext.roadmap.model.run import Run
from ckanext.roadmap.services import clock, connections, mappings, rehearsals, schedules, tickets

from .calls import call
from .progress import load_bar


@click.command()
@click.argument("source")
@click.option("--dry-run", is_flag=True, help="Show what would change; nothing is changed or left behind.")
@click.option("--resource", help="Id of the resource that a FILE is loaded into.")
@click.option("--key", default="", help="Columns of a FILE that tell its rows apart, with commas between.")
def load(source: str, dry_run: bool, resource: str | None, key: str) -> None:
    """Load SOURCE: the name of a mapping, or a CSV file.

    A value that does not fit is told with its row, its column and what to do.
    """
    mapping = model.Session.scalars(Mapping.by_name(source)).first()
    try:
        if mapping is not None and not dry_run:
            _load_mapping(mapping)
            return
        plan, access = _mapped(mapping) if mapping is not None else _file(source, resource, key)
        with load_bar(None) as tell:
            report = engine.run(plan, access, connections.target(), clock.now, tell, dry=dry_run)
    except RoadmapError as error:
        raise click.ClickException(str(error)) from None
    if dry_run:
        _tell_plan(plan, report)
    else:
        _show_table(plan, report)
        click.echo(f"{report.outcome}: {_counts(report)}")


def _load_mapping(mapping: Mapping) -> None:
    expected = model.Session.scalar(Run.last_rows(mapping.id))
    with load_bar(expected) as tell:
        outcome = jobs.load_mapping(mapping.id, watch=tell)
    run = call("roadmap_run_list", mapping=mapping.name, limit=1)["results"][0]
    if run["error"]:
        raise click.ClickException(f"{outcome}: {run['error']['message']} {run['error']['remedy']}")
    click.echo(f"{outcome}: {run['rows_in']} rows, {run['rows_changed']} differ (run {run['id']})")
    if outcome not in (Outcome.APPLIED, Outcome.UNCHANGED):
        sys.exit(1)


def _mapped(mapping: Mapping) -> tuple[LoadPlan, SourceAccess]:
    schedules.refuse_closed(mapping.connection, mapping.definition, clock.now())
    plan = tickets.with_tickets(model.Session(), mappings.plan_of(mapping, new_id()), mapping)
    return plan, connections.access(mapping.connection)


def _file(source: str, resource: str | None, key: str) -> tuple[LoadPlan, SourceAccess]:
    path = Path(source)
    if not path.is_file():
        raise click.ClickException(
            f"There is neither a mapping nor a file {source}. `ckan roadmap mapping list` names the mappings."
        )
    if not resource:
        raise click.ClickException("Name the resource that the file is loaded into: --resource ID.")
    call("resource_show", id=resource)
    if model.Session.scalars(Mapping.of_resource(resource)).first():
        raise click.ClickException("This resource is filled by a mapping; load that instead.")
    names = tuple(name.strip() for name in key.split(",") if name.strip())
    plan = rehearsals.file_plan(path, resource, names)
    if unknown := [name for name in names if name not in plan.names]:
        raise click.ClickException(
            f"The file has no column {', '.join(unknown)}. Its columns: {', '.join(plan.names)}."
        )
    return plan, rehearsals.file_access(path)


def _show_table(plan: LoadPlan, report: LoadReport) -> None:
    if report.outcome == Outcome.APPLIED:
        call("resource_patch", id=plan.resource_id, datastore_active=True, last_modified=report.published_at)


def _tell_plan(plan: LoadPlan, report: LoadReport) -> None:
    """What would change, and how."""
    if report.held:
        click.echo(f"would be held: {report.held['message']} {report.held['remedy']}")
        sys.exit(1)
    if report.outcome == Outcome.UNCHANGED:
        click.echo(f"nothing would change ({report.rows_in or report.rows_before} rows)")
        return
    choice = report.choice or {"code": ""}
    click.echo(f"would change by {report.strategy} ({choice['code']}): {_counts(report)}")
    shape = rehearsals.shape_change(connections.target().url, plan.resource_id, report)
    for name in shape.added:
        click.echo(f"  new column {name}")
    for name in shape.removed:
        click.echo(f"  column {name} would go")
    for name, before, after in shape.retyped:
        click.echo(f"  column {name}: {before} would become {after}")
    for kind, keys in (report.sample or {}).items():
        for key in keys:
            click.echo(f"  {kind}: {json.dumps(key, ensure_ascii=False)}")
    if not plan.key:
        click.echo("  (no key: rows cannot be told apart, so only counts are known)")
    click.echo("Nothing was changed.")


def _counts(report: LoadReport) -> str:
    return (
        f"{report.rows_in} rows read, {report.rows_before} before; {report.rows_inserted} added, "
        f"{report.rows_updated} changed, {report.rows_deleted} removed"
    )

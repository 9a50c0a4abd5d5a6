"""`ckan roadmap list …`."""

from __future__ import annotations

import click

from .calls import call, counted, upload


@click.group("list")
def list_() -> None:
    """The approved list."""


@list_.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False))
@click.option("--year", type=int, required=True, help="Year of the list.")
@click.option("--number", type=int, default=1, show_default=True, help="Number of the revision in the year.")
def import_(file: str, year: int, number: int) -> None:
    """Import FILE (CSV or XLSX) as the draft of a year; the same file twice changes nothing."""
    result = call("roadmap_list_import", upload=upload(file), year=year, number=number)
    click.echo(f"list {year}/{number}: {counted(result, 'items', 'created', 'updated', 'unchanged')}")


@list_.command("approve")
@click.argument("year", type=int)
@click.option("--number", type=int, default=1, show_default=True, help="Number of the revision in the year.")
@click.option("--decision", required=True, help="Number of the commission's decision.")
@click.option("--date", "day", required=True, help="Date of the decision, YYYY-MM-DD.")
@click.option("--in-force-from", help="First day in force; the decision's date if not given.")
def approve(year: int, number: int, decision: str, day: str, in_force_from: str | None) -> None:
    """Record the commission's decision on the list of YEAR; obligations and deadlines follow from it."""
    result = call(
        "roadmap_list_version_approve",
        year=year,
        number=number,
        decision_number=decision,
        decision_date=day,
        **({"in_force_from": in_force_from} if in_force_from else {}),
    )
    click.echo(
        f"list {year}/{number} in force from {result['in_force_from']}: "
        f"{counted(result, 'obligations', 'deadlines')}"
    )


@list_.command("show")
def show() -> None:
    """List the versions, newest first."""
    for version in call("roadmap_list_version_list"):
        decision = f"decision {version['decision_number']}" if version["decision_number"] else "no decision"
        click.echo(f"{version['year']}/{version['number']}  {version['status']}  {decision}")

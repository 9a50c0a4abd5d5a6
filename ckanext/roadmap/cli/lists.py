"""`ckan roadmap list …`."""

from __future__ import annotations

import click

from .calls import call, choices, choose, counted, upload
from .progress import progress_bar


@click.group("list")
def list_() -> None:
    """The approved list."""


@list_.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False))
@click.option("--year", type=int, required=True, help="Year of the list.")
@click.option("--number", type=int, default=1, show_default=True, help="Number of the revision in the year.")
@choose
def import_(file: str, year: int, number: int, choose: tuple[str, ...]) -> None:
    """Import FILE (CSV or XLSX) as the draft of a year; the same file twice changes nothing."""
    asked = {"upload": upload(file), "year": year, "number": number, "choices": choices(choose)}
    with progress_bar("items") as tell:
        result = call("roadmap_list_import", tell, **asked)
    click.echo(f"list {year}/{number}: {counted(result, 'items', 'created', 'updated', 'unchanged')}")


@list_.command("approve")
@click.argument("year", type=int)
@click.option("--number", type=int, default=1, show_default=True, help="Number of the revision in the year.")
@click.option("--decision", required=True, help="Number of the commission's decision.")
@click.option("--date", "day", required=True, help="Date of the decision, YYYY-MM-DD.")
@click.option("--document", help="Address of the decision's text.")
@click.option("--in-force-from", help="First day in force; the decision's date if not given.")
@click.option("--override-act", help="Decision to revise the list a second time in one year.")
@click.option("--override-reason", help="Why the once-a-year rule is set aside.")
def approve(
    year: int,
    number: int,
    decision: str,
    day: str,
    document: str | None,
    in_force_from: str | None,
    override_act: str | None,
    override_reason: str | None,
) -> None:
    """Record the commission's decision on the list of YEAR; obligations and deadlines follow from it."""
    maybe = {
        "decision_document": document,
        "in_force_from": in_force_from,
        "override_act": override_act,
        "override_reason": override_reason,
    }
    result = call(
        "roadmap_list_version_approve",
        year=year,
        number=number,
        decision_number=decision,
        decision_date=day,
        **{name: value for name, value in maybe.items() if value},
    )
    click.echo(
        f"list {year}/{number} in force from {result['in_force_from']}: "
        f"{counted(result, 'obligations', 'deadlines')}"
    )


@list_.command("create")
@click.argument("year", type=int)
def create(year: int) -> None:
    """Begin the next draft of YEAR as a copy of the list in force."""
    version = call("roadmap_list_version_create", year=year)
    click.echo(f"list {version['year']}/{version['number']}: {version['status']}")


@list_.command("submit")
@click.argument("year", type=int)
@click.option("--number", type=int, default=1, show_default=True, help="Number of the revision in the year.")
def submit(year: int, number: int) -> None:
    """Hand the draft of YEAR to the commission; from then on it stands still."""
    call("roadmap_list_version_submit", year=year, number=number)
    click.echo(f"list {year}/{number}: submitted")


@list_.command("reject")
@click.argument("year", type=int)
@click.option("--number", type=int, default=1, show_default=True, help="Number of the revision in the year.")
@click.option("--reason", required=True, help="Why the commission turned it down.")
def reject(year: int, number: int, reason: str) -> None:
    """Record that the commission turned the submitted list of YEAR down."""
    call("roadmap_list_version_reject", year=year, number=number, reason=reason)
    click.echo(f"list {year}/{number}: rejected")


@list_.command("diff")
@click.argument("before")
@click.argument("after")
def diff(before: str, after: str) -> None:
    """Tell what changed from list BEFORE to list AFTER, each given as YEAR/NUMBER."""
    (from_year, from_number), (year, number) = _version(before), _version(after)
    found = call(
        "roadmap_list_version_diff",
        from_year=from_year,
        from_number=from_number,
        year=year,
        number=number,
    )
    for change in ("added", "removed"):
        for code in found[change]:
            click.echo(f"{change}  {code}")
    for code, fields in found["changed"].items():
        for field in fields:
            click.echo(f'changed  {code}  {field["field"]}: "{field["before"]}" -> "{field["after"]}"')
    click.echo(", ".join(f"{len(found[change])} {change}" for change in ("added", "removed", "changed")))


@list_.command("show")
def show() -> None:
    """List the versions, newest first."""
    for version in call("roadmap_list_version_list"):
        decision = f"decision {version['decision_number']}" if version["decision_number"] else "no decision"
        click.echo(f"{version['year']}/{version['number']}  {version['status']}  {decision}")


def _version(value: str) -> tuple[int, int]:
    year, _, number = value.partition("/")
    if not (year.isdecimal() and (number or "1").isdecimal()):
        raise click.BadParameter(f'"{value}" is no list. Write YEAR/NUMBER, for example 2026/1.')
    return int(year), int(number or "1")

"""`ckan roadmap ledger …`."""

from __future__ import annotations

import json
from typing import Any, TextIO

import click

from .calls import call, counted
from .progress import progress_bar


@click.group()
def ledger() -> None:
    """The ledger of deadlines and data events."""


@ledger.command("extend")
def extend() -> None:
    """Write the deadlines missing until the end of next year."""
    result = call("roadmap_ledger_extend")
    click.echo(f"{counted(result, 'deadlines')} written, until {result['until']}; {result['moved']} moved")


@ledger.command("head")
def head() -> None:
    """Print the newest row of each chain as JSON; keep it where nobody of the portal can change it."""
    click.echo(json.dumps(call("roadmap_ledger_head"), indent=2))


@ledger.command("verify")
@click.option("--noted", type=click.File(), help="Heads noted earlier by `ledger head`: shows rows cut off.")
def verify(noted: TextIO | None) -> None:
    """Check the hash chains; exit code 1 if one does not hold."""
    result = call("roadmap_ledger_verify", **({"noted": _heads(noted)} if noted else {}))
    for table, breaks in result["tables"].items():
        click.echo(f"{table}: {'intact' if not breaks else f'{len(breaks)} breaks'}")
        for found in breaks:
            click.echo(f"  {_in_words(found)}")
    if not result["intact"]:
        raise click.ClickException(
            "The ledger was changed behind the portal; keep a copy and tell the auditor."
        )


_WORDS = {
    "content": "row {seq} holds something else than was written",
    "order": "row {seq} does not follow the row before it: rows were put in, taken out or moved here",
    "missing": "row {seq} is missing",
    "cut": "row {seq}, whose head was noted, was cut off the end",
    "rewritten": "row {seq} is another now than when its head was noted",
    "unguarded": "the database no longer refuses to edit the table: triggers are off, changed or gone round",
    "altered": "sealed by row {seq} and other now: {what}",
    "removed": "sealed by row {seq} and gone now: {what}",
    "slipped_in": "says that it is older than its seal in row {seq} can be: {what}",
}


def _in_words(found: dict[str, Any]) -> str:
    """What a break means; its code stands beside it."""
    return f"{_WORDS[found['code']].format(**{'what': '', **found})} [{found['code']}]"


def _heads(noted: TextIO) -> Any:
    try:
        return json.load(noted) or []  # of an empty note nothing can be said to hold
    except json.JSONDecodeError as error:
        raise click.ClickException(
            f"{noted.name} is no JSON: {error}. Give what `ledger head` wrote."
        ) from error


@ledger.command("rebuild")
@click.option(
    "--days",
    metavar="FROM..TO",
    help="Keep what the country's page told at the end of these past days (an end may be left out).",
)
def rebuild(days: str | None) -> None:
    """Make all stored results again from the ledger; say whether any differed."""
    if days is not None:
        _keep_days(days)
        return
    with progress_bar("obligations") as tell:
        result = call("roadmap_ledger_rebuild", tell)
    click.echo(f"{counted(result, 'obligations', 'deadlines')} made again.")
    found = result["differing"]
    click.echo(f"{found} obligations differed and were put right." if found else "Nothing differed.")


def _keep_days(days: str) -> None:
    first, dots, last = days.partition("..")
    if not (dots and (first or last)):
        raise click.BadParameter("Give two days, for example 2024-01-01..2024-12-31.", param_hint="--days")
    given = {name: day for name, day in (("days_from", first), ("days_to", last)) if day}
    with progress_bar("days") as tell:
        result = call("roadmap_ledger_rebuild", tell, **given)
    click.echo(f"{counted(result, 'days')} kept.")


@ledger.command("exempt")
@click.option("--since", help="First due day that is freed (YYYY-MM-DD).")
@click.option("--until", help="Last due day that is freed (YYYY-MM-DD).")
@click.option("--outage", help="Beginning of the outage that is the reason, as `health outages` tells it.")
@click.option("--decision", "decision_number", required=True, help="Number of the decision.")
@click.option("--date", "decision_date", required=True, help="Date of the decision (YYYY-MM-DD).")
@click.option("--reason", required=True, help="Why, for example an outage of the portal.")
@click.option("--document", "document_url", help="Where the decision or the proof can be read.")
@click.option("--body", help="Only deadlines of this body.")
@click.option("--item", help="Only deadlines of this item.")
def exempt(**data: str | None) -> None:
    """Record a decision that frees all deadlines due between two days."""
    given = {name: value for name, value in data.items() if value is not None}
    click.echo(f"Exemption {call('roadmap_exemption_create', **given)['id']} is recorded.")

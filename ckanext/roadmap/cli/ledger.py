"""`ckan roadmap ledger …`."""

from __future__ import annotations

import click

from .calls import call, counted


@click.group()
def ledger() -> None:
    """The ledger of deadlines and data events."""


@ledger.command("extend")
def extend() -> None:
    """Write the deadlines missing until the end of next year."""
    result = call("roadmap_ledger_extend")
    click.echo(f"{counted(result, 'deadlines')} written, until {result['until']}")


@ledger.command("verify")
def verify() -> None:
    """Check the hash chains; exit code 1 if one does not hold."""
    result = call("roadmap_ledger_verify")
    for table, breaks in result["tables"].items():
        click.echo(f"{table}: {'intact' if not breaks else f'{len(breaks)} breaks'}")
        for found in breaks:
            click.echo(f"  row {found['seq']}: {found['code']}")
    if not result["intact"]:
        raise click.ClickException(
            "The ledger was changed behind the portal; keep a copy and tell the auditor."
        )

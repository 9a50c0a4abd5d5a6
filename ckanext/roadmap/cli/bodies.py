"""`ckan roadmap body …`."""

from __future__ import annotations

import click

from .calls import call, counted, upload


@click.group()
def body() -> None:
    """The register of obliged bodies."""


@body.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False))
@click.option("--successions", type=click.Path(exists=True, dir_okay=False), help="What became of bodies.")
def import_(file: str, successions: str | None) -> None:
    """Import the register from FILE (CSV or XLSX); the same file twice changes nothing."""
    uploads = {"upload": upload(file)}
    if successions:
        uploads["successions"] = upload(successions)
    result = call("roadmap_body_import", **uploads)
    click.echo(f"bodies: {counted(result, 'created', 'updated', 'unchanged')}")
    if "successions" in result:
        click.echo(f"successions: {counted(result['successions'], 'created', 'unchanged')}")

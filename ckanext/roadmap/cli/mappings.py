"""`ckan roadmap mapping …` and `ckan roadmap connection …`."""

from __future__ import annotations

import click

from .calls import call, counted, upload


@click.group()
def mapping() -> None:
    """Which table of which connection is published as which item."""


@mapping.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False))
def import_(file: str) -> None:
    """Import the mappings of FILE (YAML); the same file twice changes nothing."""
    result = call("roadmap_mapping_import", upload=upload(file))
    click.echo(f"mappings: {counted(result, 'created', 'updated', 'unchanged')}")


@mapping.command("list")
def list_() -> None:
    """Names of the mappings, with item, body and table."""
    for row in call("roadmap_mapping_list"):
        click.echo(
            f"{row['name']}  {row['item']}  {row['body']}  {row['connection']}:{row['schema']}.{row['table']}"
        )


@click.group()
def connection() -> None:
    """Connections to ministries' systems, by name."""


@connection.command("list")
def list_connections() -> None:
    """Names of the connections that the configuration holds; nothing else of them is shown."""
    for name in call("roadmap_connection_list"):
        click.echo(name)

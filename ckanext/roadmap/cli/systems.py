"""`ckan roadmap system …`."""

from __future__ import annotations

from pathlib import Path

import click

from ckanext.roadmap.presentation import csv_file, xlsx_text
from ckanext.roadmap.presentation.systems import REGISTER

from .calls import call, counted, upload


@click.group()
def system() -> None:
    """The register of information systems."""


@system.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False))
def import_(file: str) -> None:
    """Import the register from FILE (CSV or XLSX); rows without a code declare new systems."""
    result = call("roadmap_system_import", upload=upload(file))
    click.echo(f"systems: {counted(result, 'created', 'updated', 'unchanged')}")


@system.command("export")
@click.argument("file", type=click.Path(dir_okay=False))
def export(file: str) -> None:
    """Write the register with its technical fields to FILE, CSV or XLSX by its ending."""
    rows = call("roadmap_system_list")["systems"]
    if file.lower().endswith(".xlsx"):
        Path(file).write_bytes(xlsx_text.workbook(REGISTER, rows))
    elif file.lower().endswith(".csv"):
        Path(file).write_text("".join(csv_file.lines(REGISTER, rows)), encoding="utf-8")
    else:
        raise click.BadParameter("Give a name that ends with .csv or .xlsx.")
    click.echo(f"systems: {len(rows)}")


@system.command("next")
def next_() -> None:
    """Tell which systems to connect next, and what each brings."""
    for row in call("roadmap_integration_show")["dividend"]:
        click.echo(
            f"{row['code']}  {row['body']['name']}  {row['stage']}  "
            f"{row['frees']} obligations, {row['deadlines']} deadlines a year -> {row['share']['percent']} %"
        )

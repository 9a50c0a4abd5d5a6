"""`ckan roadmap list check`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import click

from .calls import call, choices, choose, upload


@click.command("check")
@click.argument("file", type=click.Path(exists=True, dir_okay=False))
@choose
def check(file: str, choose: tuple[str, ...]) -> None:
    """Tell everything in FILE (CSV or XLSX) that would stop its import; nothing is written."""
    found = call("roadmap_list_check", upload=upload(file), choices=choices(choose))
    troubles = [*map(_fault, found["faults"]), *_unmatched(found["bodies"])]
    for line in troubles:
        click.echo(line)
    click.echo(f"list: {found['items']} items can be read, {len(troubles)} things to mend")
    if troubles:
        raise SystemExit(1)


def _fault(fault: dict[str, Any]) -> str:
    return f"row {fault['row']}, column {fault['column']}: {fault['problem']} {fault['remedy']}"


def _unmatched(bodies: list[dict[str, Any]]) -> Iterator[str]:
    for body in bodies:
        rows = ", ".join(map(str, body["rows"]))
        meant = ", ".join(candidate["name"] for candidate in body["candidates"])
        guess = f" Perhaps: {meant}." if meant else ""
        yield f"row {rows}, column responsible: no single body is called {body['word']}.{guess}"

"""`ckan roadmap body …`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import click

from .calls import call, counted, upload

_FILE = click.Path(exists=True, dir_okay=False)


def _given(command: Callable[..., None]) -> Callable[..., None]:
    """What the check and the import are both told."""
    for option in (
        click.option("--act", help="The act that changes bodies."),
        click.option("--effective", help="Day from which changes hold, YYYY-MM-DD; today if not given."),
        click.option("--successions", type=_FILE, help="What became of bodies."),
    ):
        command = option(command)
    return command


@click.group()
def body() -> None:
    """The register of obliged bodies."""


@body.command("check")
@click.argument("file", type=_FILE)
@_given
def check(file: str, **given: str | None) -> None:
    """Tell what an import of FILE (CSV or XLSX) would change, or all that stops it; nothing is written."""
    found = call("roadmap_body_check", **_asked(file, given))
    for fault in found["faults"]:
        place = f"{fault['file']}: row {fault['row']}, column {fault['column']}"
        click.echo(f"{place}: {fault['problem']} {fault['remedy']}")
    if found["faults"]:
        raise click.ClickException(f"{len(found['faults'])} things to mend")
    for line in _changes(found):
        click.echo(line)
    counts = ", ".join(f"{len(found[change])} {change}" for change in ("added", "changed", "ended"))
    click.echo(f"bodies: {counts}, {found['unchanged']} unchanged; successions: {len(found['successions'])}")
    click.echo(f"register: {found['basis']}")


@body.command("import")
@click.argument("file", type=_FILE)
@_given
@click.option("--basis", help="Hash of the register that the check told; refused if it has changed since.")
def import_(file: str, **given: str | None) -> None:
    """Import the register from FILE (CSV or XLSX); the same file twice changes nothing."""
    result = call("roadmap_body_import", **_asked(file, given))
    click.echo(f"bodies: {counted(result, 'created', 'updated', 'unchanged')}")
    if "successions" in result:
        found = result["successions"]
        click.echo(f"successions: {counted(found, 'created', 'unchanged')}")
        click.echo(
            f"obligations: {counted(found, 'passed', 'ended', 'begun')}; {found['datasets']} datasets moved"
        )


@body.command("officers")
def officers() -> None:
    """Tell who speaks for each body, and who of the portal's own people is a member of it in vain."""
    found = call("roadmap_officer_list")
    for one in found:
        idle = f"  (not, since they run the portal: {', '.join(one['idle'])})" if one["idle"] else ""
        named = ", ".join(one["officers"]) or "nobody"
        click.echo(f"{one['body']['code']}  {one['body']['name']}  {named}{idle}")
    click.echo(f"bodies: {len(found)}, {sum(not one['officers'] for one in found)} without officers")


@body.command("release")
def release() -> None:
    """Take the portal's own people out of the bodies' organizations: they speak for no body."""
    done = call("roadmap_officer_release")
    click.echo(f"memberships: {done['released']} ended, of {done['bodies']} bodies")


def _asked(file: str, given: dict[str, str | None]) -> dict[str, Any]:
    asked: dict[str, Any] = {name: value for name, value in given.items() if value}
    if successions := asked.get("successions"):
        asked["successions"] = upload(successions)
    return {"upload": upload(file), **asked}


def _changes(found: dict[str, Any]) -> Iterator[str]:
    for name in found["added"]:
        yield f"added  {name}"
    for change in ("changed", "ended"):
        for name, fields in found[change].items():
            for field in fields:
                yield f'{change}  {name}  {field["field"]}: "{field["before"]}" -> "{field["after"]}"'
    for one in found["successions"]:
        act = f", {one['act']}" if one["act"] else ""
        yield f"{one['kind']}  {one['from_body']} -> {one['body'] or 'nobody'}, {one['effective']}{act}"

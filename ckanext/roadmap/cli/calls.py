"""Calls actions for commands, and shows refusals as a command should."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
from werkzeug.datastructures import FileStorage

import ckan.plugins.toolkit as tk

from ckanext.roadmap.services.progress import Progress


def call(action: str, progress: Progress | None = None, /, **data: Any) -> Any:
    """Call an action as the site's own user; a refusal ends the command with its text and exit code 1.

    :param progress: is told how far an action that takes long has come
    """
    user = tk.get_action("get_site_user")({"ignore_auth": True}, {})
    context: Any = {"user": user["name"]} | ({"progress": progress} if progress else {})
    try:
        return tk.get_action(action)(context, data)
    except tk.ValidationError as error:
        raise click.ClickException(_readable(error.error_dict)) from error
    except (tk.ObjectNotFound, tk.NotAuthorized) as error:
        raise click.ClickException(str(error)) from error


def upload(path: str) -> FileStorage:
    """A file as an action takes it."""
    file = Path(path)
    return FileStorage(file.open("rb"), filename=file.name)


def choices(given: tuple[str, ...]) -> dict[str, str]:
    """WORD=BODY as often as given; a word may hold "=" itself."""
    found = {word.strip(): body.strip() for word, _, body in (one.rpartition("=") for one in given)}
    if bad := next((one for one in given if not all(map(str.strip, one.rpartition("=")))), None):
        raise click.BadParameter(
            f'"{bad}" chooses no body. Write WORD=BODY, for example "Min. Finance=1-003".'
        )
    return found


choose = click.option(
    "--choose", multiple=True, metavar="WORD=BODY", help="The body meant by a word that does not match."
)


def counted(result: dict[str, Any], *names: str) -> str:
    """Counts of a result in words: "3 created, 0 updated"."""
    return ", ".join(f"{result[name]} {name}" for name in names if name in result)


def _readable(errors: Any) -> str:
    if isinstance(errors, dict):
        return "\n".join(f"{field}: {_readable(text)}" for field, text in errors.items())
    return " ".join(map(str, errors)) if isinstance(errors, list) else str(errors)

"""Connections by name: where the operator keeps the address and the secret of a ministry's system.

A connection is named in the portal's configuration and nowhere else; what is stored, shown or logged is
the name alone. The secret is read anew at each use, so that it can be changed without a restart.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from .errors import ConnectionUnknownError, SourceError

NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,62}")
OPTION_PREFIX = "ckanext.roadmap.connection."
VARIABLE = re.compile(r"CKANEXT__ROADMAP__CONNECTION__(?P<name>[A-Z0-9_-]+?)__(?P<field>URL|URL_FILE)")


@dataclass(frozen=True, slots=True, repr=False)
class ConnectionSetting:
    """Where the secret of one connection is to be found."""

    name: str
    url: str = ""
    url_file: str = ""

    def __repr__(self) -> str:
        """The name alone: a setting can be printed without harm."""
        return f"ConnectionSetting({self.name!r})"

    def read(self) -> str:
        """The connection's URL with its secret."""
        return self.url or self._from_file()

    def _from_file(self) -> str:
        try:
            return Path(self.url_file).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise SourceError(
                "secret_file",
                f"The secret file of the connection {self.name!r} cannot be read.",
                "Check that it exists and that the portal's user may read it.",
                name=self.name,
            ) from error


def settings(options: Mapping[str, str], environment: Mapping[str, str]) -> dict[str, ConnectionSetting]:
    """The connections that options and environment name; the environment wins."""
    found: dict[str, dict[str, str]] = {}
    for key, value in options.items():
        name, _, field = key.removeprefix(OPTION_PREFIX).rpartition(".")
        if key.startswith(OPTION_PREFIX) and field in ("url", "url_file") and value:
            found.setdefault(name, {})[field] = str(value)
    for key, value in environment.items():
        match = VARIABLE.fullmatch(key)
        if match and value:
            found[_spelled(match["name"], found)] = {match["field"].lower(): value}
    return {name: ConnectionSetting(name, **fields) for name, fields in sorted(found.items())}


def _spelled(name: str, known: Collection[str]) -> str:
    """A variable's name in capitals as the configuration spells it; `_` may stand for `-`."""
    lower = name.lower()
    dashed = lower.replace("_", "-")
    return dashed if dashed in known and lower not in known else lower


def secret_url(name: str, known: Mapping[str, ConnectionSetting]) -> str:
    """The URL of a connection, secret included; keep it in local variables only."""
    if name not in known:
        raise ConnectionUnknownError(name)
    return known[name].read()

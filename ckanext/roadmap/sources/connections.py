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
FIELDS = (
    "url", "auth", "token", "api_key", "api_key_header", "api_key_parameter", "client_id", "client_secret",
    "token_url", "scope", "certificate_file", "certificate_key_file", "ca_file",
)  # fmt: skip
"""What can be said of a connection; each may stand in a file of its own instead (`token_file`)."""
PATHS = ("certificate_file", "certificate_key_file", "ca_file")
KNOWN = frozenset(FIELDS) | {f"{name}_file" for name in FIELDS if name not in PATHS}
VARIABLE = re.compile(
    rf"CKANEXT__ROADMAP__CONNECTION__(?P<name>[A-Z0-9_-]+?)__(?P<field>{'|'.join(sorted(KNOWN)).upper()})"
)


@dataclass(frozen=True, slots=True, repr=False)
class ConnectionSetting:
    """Where the secret of one connection is to be found."""

    name: str
    fields: Mapping[str, str]

    def __repr__(self) -> str:
        """The name alone: a setting can be printed without harm."""
        return f"ConnectionSetting({self.name!r})"

    def read(self) -> str:
        """The connection's URL with its secret."""
        return self._value("url")

    def options(self) -> dict[str, str]:
        """What is said beside the URL, secrets included."""
        found = {name: self._value(name) for name in FIELDS if name != "url"}
        return {name: value for name, value in found.items() if value}

    def _value(self, name: str) -> str:
        path = "" if name in PATHS else self.fields.get(f"{name}_file", "")
        return self.fields.get(name) or (self._from_file(path) if path else "")

    def _from_file(self, path: str) -> str:
        try:
            return Path(path).read_text(encoding="utf-8").strip()
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
        if key.startswith(OPTION_PREFIX) and field in KNOWN and value:
            found.setdefault(name, {})[field] = str(value)
    for key, value in environment.items():
        match = VARIABLE.fullmatch(key)
        if match and value:
            _set(found.setdefault(_spelled(match["name"], found), {}), match["field"].lower(), value)
    named = {name: fields for name, fields in found.items() if fields.get("url") or fields.get("url_file")}
    return {name: ConnectionSetting(name, fields) for name, fields in sorted(named.items())}


def _set(fields: dict[str, str], field: str, value: str) -> None:
    """A variable wins over either form of its option."""
    bare = field if field in PATHS else field.removesuffix("_file")
    fields.pop(bare, None)
    fields.pop(f"{bare}_file", None)
    fields[field] = value


def _spelled(name: str, known: Collection[str]) -> str:
    """A variable's name in capitals as the configuration spells it; `_` may stand for `-`."""
    lower = name.lower()
    dashed = lower.replace("_", "-")
    return dashed if dashed in known and lower not in known else lower


def secret_url(name: str, known: Mapping[str, ConnectionSetting]) -> str:
    """The URL of a connection, secret included; keep it in local variables only."""
    return known_setting(name, known).read()


def known_setting(name: str, known: Mapping[str, ConnectionSetting]) -> ConnectionSetting:
    """The setting of a connection.

    :raises ConnectionUnknownError: there is none of that name
    """
    if name not in known:
        raise ConnectionUnknownError(name)
    return known[name]

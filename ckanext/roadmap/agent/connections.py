"""The ways to the sources in `agent.toml`: the portal's own fields, each secret in a file or a variable."""

from __future__ import annotations

import stat
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from ckanext.roadmap.agent.errors import ConfigError
from ckanext.roadmap.sources.connections import (
    KNOWN,
    NAME,
    OPTION_PREFIX,
    ConnectionSetting,
    known_setting,
    settings,
)

SECRETS = ("token", "api_key", "client_secret")
PUBLIC = ("certificate_file", "ca_file")


def connections(found: object, environment: Mapping[str, str]) -> dict[str, ConnectionSetting]:
    """The connections of the table `[connections]`: a file with the address, or a table of fields.

    :raises ConfigError: a field is not known, or a secret stands in the open
    """
    options: dict[str, str] = {}
    for name, told in _table(found, "connections").items():
        place = f"connections.{name}"
        if not NAME.fullmatch(name):
            raise wrong(place, "is no name", "Use small letters, digits, - and _.")
        fields = {"url_file": told} if isinstance(told, str) else _table(told, place)
        for field, value in fields.items():
            _require(f"{place}.{field}", field, value)
            options[f"{OPTION_PREFIX}{name}.{field}"] = str(value)
    return settings(options, environment)


def opened(name: str, known: Mapping[str, ConnectionSetting]) -> tuple[str, dict[str, str]]:
    """The address of a connection and what is said beside it, read anew; secrets included.

    :raises ConfigError: it is missing, or one of its files can't be read, or may be read by everybody
    """
    if name not in known:
        raise wrong(
            f"connections.{name}",
            "has no address",
            "Name the file that holds it: url_file, or the name alone.",
        )
    setting = known_setting(name, known)
    for field, path in setting.fields.items():
        if field.endswith("_file"):
            label = f"connections.{name}" if field == "url_file" else f"connections.{name}.{field}"
            _require_file(Path(path), label, field)
    return setting.read(), setting.options()


def secret(path: Path, name: str) -> str:
    """A secret of a file; one that others may read is none."""
    _require_file(path, name, "")
    return path.read_text(encoding="utf-8").strip()


def wrong(name: str, problem: str, remedy: str) -> ConfigError:
    """A field of the configuration that can't be taken."""
    return ConfigError("agent_config", f"{name} {problem}.", remedy, field=name)


def _require(place: str, field: str, value: object) -> None:
    if field not in KNOWN:
        raise wrong(place, "is not known", f"Known: {', '.join(sorted(KNOWN))}.")
    if not isinstance(value, str) or not value:
        raise wrong(place, "is no text", "Write it in quotation marks.")
    if field in SECRETS or (field == "url" and _has_password(value)):
        raise wrong(
            place, "is a secret", f"Write it into a file of its own (chmod 600) and name that: {field}_file."
        )


def _has_password(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return True
    return parts.password is not None or "password=" in parts.query.lower()


def _require_file(path: Path, name: str, field: str) -> None:
    try:
        mode = path.stat().st_mode
        with path.open("rb"):
            pass
    except OSError as error:
        raise wrong(name, f"cannot be read ({error.strerror})", "Check that the file exists.") from None
    if field not in PUBLIC and mode & stat.S_IRWXO:
        raise wrong(name, "may be read by everybody", "Run chmod 600, or 640, on that file.")


def _table(found: object, name: str) -> dict[str, object]:
    if not isinstance(found, dict):
        raise wrong(name, "is no table", f"Write [{name}] and its fields below.")
    return {str(key): value for key, value in found.items()}

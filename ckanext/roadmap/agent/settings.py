"""The agent's configuration: one TOML file, secrets in files beside it."""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass, field
from ipaddress import ip_network
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from ckanext.roadmap.agent.connections import connections, opened, secret, wrong
from ckanext.roadmap.loading.plan import SourceAccess
from ckanext.roadmap.sources.connections import ConnectionSetting
from ckanext.roadmap.sources.limits import Limits
from ckanext.roadmap.sources.mapping_file import MappingDraft, parse
from ckanext.roadmap.sources.parcel import MOST_RAW
from ckanext.roadmap.sources.parcel.pieces import SIZE
from ckanext.roadmap.sources.reach import Reach

LOOPBACK = ("127.0.0.1", "::1", "localhost")
KNOWN = (
    "portal",
    "token_file",
    "queue",
    "mapping",
    "ca_file",
    "proxy",
    "timeout",
    "connections",
    "limits",
    "networks",
    "piece_bytes",
    "queue_bytes",
)
QUEUE_BYTES = 20 * 2**30


@dataclass(frozen=True, slots=True, repr=False)
class Settings:
    """What the agent works with.

    :ivar connections: where address and login of each connection are to be found
    :ivar reach: the inner networks whose interfaces and files may be read
    """

    portal: str
    token_file: Path
    queue: Path
    mapping: Path
    connections: dict[str, ConnectionSetting]
    ca_file: Path | None = None
    proxy: str = ""
    timeout: int = 60
    piece_bytes: int = SIZE
    queue_bytes: int = QUEUE_BYTES
    limits: Limits = field(default_factory=Limits)
    reach: Reach = Reach()

    def token(self) -> str:
        """The token; read anew each time, so that it can be changed."""
        return secret(self.token_file, "token_file")

    def access(self, connection: str) -> SourceAccess:
        """The way to a source, secrets included; read anew each time, so that they can be changed."""
        url, options = opened(connection, self.connections)
        return SourceAccess(url, self.limits, options=options, reach=self.reach)

    def drafts(self) -> list[MappingDraft]:
        """The mappings, as the coordinator gave them."""
        return parse(self.mapping.read_text(encoding="utf-8-sig"))


def load(path: Path) -> Settings:
    """The settings of a file.

    :raises ConfigError: a field that can't be taken, with the remedy
    """
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise wrong(str(path), f"cannot be read ({error.strerror})", "Name it with --config.") from None
    except tomllib.TOMLDecodeError as error:
        raise wrong(str(path), f"is not TOML ({error})", "Correct that line.") from None
    for name in found:
        if name not in KNOWN:
            raise wrong(name, "is not known", f"Known: {', '.join(KNOWN)}.")
    return Settings(
        portal=_portal(str(found.get("portal") or "")),
        token_file=_path(found, "token_file"),
        queue=_path(found, "queue"),
        mapping=_path(found, "mapping"),
        connections=connections(found.get("connections") or {}, os.environ),
        ca_file=_path(found, "ca_file") if found.get("ca_file") else None,
        proxy=str(found.get("proxy") or ""),
        piece_bytes=min(int(found.get("piece_bytes") or SIZE), MOST_RAW),
        queue_bytes=int(found.get("queue_bytes") or QUEUE_BYTES),
        timeout=int(found.get("timeout") or 60),
        reach=_reach(found.get("networks") or []),
        limits=Limits(**{name: int(value) for name, value in dict(found.get("limits") or {}).items()}),
    )


def _reach(written: list[str]) -> Reach:
    try:
        return Reach(tuple(ip_network(one) for one in written))
    except ValueError:
        raise wrong(
            "networks", "names something that is no network", 'Write it as ["10.1.0.0/16"].'
        ) from None


def _portal(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in LOOPBACK):
        raise wrong("portal", "is no https:// address", "A token is never sent in the clear.")
    return url.rstrip("/")


def _path(found: dict[str, Any], name: str) -> Path:
    if not found.get(name):
        raise wrong(name, "is missing", "Write it.")
    return Path(str(found[name]))

"""A ministry whose network the portal can't reach: the real command `roadmap-agent` brings its rows."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa

from ckanext.roadmap.tests import own_postgres
from ckanext.roadmap.tests.conftest import ROOT

from .base import SECRET, WRONG
from .databases import Database, let_in

SENT, UNREAD = 0, 1
"""How the command ends: all went well, or the source cannot be read."""


class Agent(Database):
    """A register of kindergartens in a closed network."""

    name, title, rows_of = (
        "agent-kindergartens",
        ("Yopiq tarmoq reyestri", "Реестр закрытой сети"),
        "kindergartens",
    )
    dbms, kind, network = "PostgreSQL", "postgresql", "closed"
    sleep = "coalesce(pg_sleep(8)::text, tuman)"
    own_faults = ("wrong password", "renamed table", "slow source", "dropped column")
    """What the command finds at the ministry, and tells the portal."""

    def __init__(self, number: int, engine: sa.Engine, folder: Path) -> None:
        self.folder = folder / "agent"
        self.folder.mkdir()
        super().__init__(number, engine, self.folder / "database.url")
        self.secret("mapping.yaml", self.mapping())

    def options(self) -> dict[str, str]:
        return {"url": "push:"}

    def secret(self, name: str, text: str) -> None:
        (self.folder / name).write_text(text, encoding="utf-8")
        (self.folder / name).chmod(0o600)

    def configure(self, portal: str, token: str) -> None:
        """What the ministry's administrator writes."""
        self.secret("token", token)
        lines = {"portal": portal, "token_file": "token", "queue": "queue", "mapping": "mapping.yaml"}
        text = [
            f'{key} = "{value if key == "portal" else self.folder / value}"' for key, value in lines.items()
        ]
        text += ["[limits]", "statement = 3", "[connections]", f'{self.name} = "{self.file}"']
        self.secret("agent.toml", "\n".join(text))

    def run(self, code: int = SENT) -> str:
        """The command, as cron would run it."""
        words = ["-m", "ckanext.roadmap.agent", "run", "--config", str(self.folder / "agent.toml")]
        done = subprocess.run(
            [sys.executable, *words], cwd=ROOT, capture_output=True, text=True, check=False, timeout=120
        )
        told = done.stdout + done.stderr
        assert done.returncode == code, told
        assert not [word for word in (SECRET, WRONG) if word in told]
        return told


@contextmanager
def agent(number: int, folder: Path) -> Iterator[Agent]:
    """A PostgreSQL that only the ministry's own machines reach."""
    with own_postgres.server("fsync=off") as server:
        engine = sa.create_engine(server.admin)
        let_in(server.data, engine)
        yield Agent(number, engine, folder)
        engine.dispose()

"""How long all stored results take, and how much memory: `python -m benchmarks.recompute URL` prints JSON."""

from __future__ import annotations

import json
import multiprocessing
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from ckan import model

from ckanext.roadmap.model import Obligation
from ckanext.roadmap.services import rebuild, results

from benchmarks import portal
from benchmarks.synthetic import NOW, TZ

PARTS = (("1x", 4), ("2x", 2), ("4x", 1))
Parts = dict[str, dict[str, float]]


def apart(url: str) -> Parts:
    """In a process of its own, so that its memory is its own."""
    command = [sys.executable, "-m", "benchmarks.recompute", url]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)  # noqa: S603 - ourselves
    return json.loads(done.stdout.splitlines()[-1])


def recompute(url: str) -> Parts:
    """All results made again into empty tables, of a quarter, a half and the whole of the country."""
    portal.choose(url)
    portal.start(NOW)
    session = model.Session()
    ids = list(session.scalars(sa.select(Obligation.id).order_by(Obligation.body_id, Obligation.id)))
    parts: Parts = {}
    memory = _Memory()
    for name, part in PARTS:
        _empty(session)
        began = time.perf_counter()
        deadlines = rebuild.make(session, ids[: len(ids) // part], TZ, rebuild.FRESH, memory.look)
        parts[name] = {"seconds": time.perf_counter() - began, "deadlines": deadlines}
    parts["memory"] = {"mb": memory.most / 1024}
    return parts


class _Memory:
    """The most that this process and those it started held together; what they share is counted once."""

    def __init__(self) -> None:
        self.most = 0

    def look(self, _done: int, _total: int) -> None:
        """Look now."""
        children = [child.pid for child in multiprocessing.active_children() if child.pid]
        self.most = max(self.most, sum(map(_held, [os.getpid(), *children])))


def _held(pid: int) -> int:
    """Kilobytes of a process, each shared page by its part."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))


def _empty(session: Any) -> None:
    for fresh, kept in zip(rebuild.FRESH, results.TABLES, strict=True):
        session.execute(sa.text(f"DROP TABLE IF EXISTS {fresh}"))
        session.execute(sa.text(f"CREATE TEMP TABLE {fresh} (LIKE {kept})"))


if __name__ == "__main__":
    print(json.dumps(recompute(sys.argv[1])))

"""The portal's clockwork: asks CKAN every few minutes to do what is due."""

from __future__ import annotations

import sys
import time

from stack import portal
from stack.errors import StackError
from stack.settings import Settings

DUTIES: tuple[tuple[int, tuple[str, ...]], ...] = (
    (120, ("harvester", "run")),
    (300, ("roadmap", "health", "beat")),
    (300, ("roadmap", "content", "measure")),
    (3600, ("roadmap", "site", "check", "--due")),
    (3600, ("roadmap", "ledger", "extend")),
    (3600, ("roadmap", "runs", "reconcile")),
    (86400, ("roadmap", "runs", "prune")),
    (86400, ("roadmap", "publication", "match")),
    (86400, ("roadmap", "ledger", "verify")),
    (86400, ("roadmap", "ledger", "head")),
)


def run(settings: Settings) -> None:
    """Run each duty at its interval (seconds), for ever; a failed one is told in the log and tried again."""
    due = {words: time.monotonic() + 60 for _, words in DUTIES}
    while True:
        for interval, words in DUTIES:
            if time.monotonic() >= due[words]:
                due[words] = time.monotonic() + interval
                _do(settings, words)
        time.sleep(5)


def _do(settings: Settings, words: tuple[str, ...]) -> None:
    try:
        portal.ckan(settings, *words)
    except StackError as error:
        print(f"{' '.join(words)}: {error.message}", file=sys.stderr, flush=True)

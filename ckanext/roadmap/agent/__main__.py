"""The command: `roadmap-agent [read|send|run|check]`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from ckanext.roadmap.agent import settings as configured
from ckanext.roadmap.agent.checking import check_portal, check_source
from ckanext.roadmap.agent.errors import FAILED, AgentError
from ckanext.roadmap.agent.portal import Portal
from ckanext.roadmap.agent.settings import Settings
from ckanext.roadmap.agent.work import alone, read, send
from ckanext.roadmap.domain.errors import RoadmapError
from ckanext.roadmap.sources.parcel import Spool

CONFIG = Path("/etc/roadmap-agent/agent.toml")


def main(words: list[str] | None = None) -> int:
    """Run one command; the exit code is 0, or that of the gravest fault."""
    parser = argparse.ArgumentParser("roadmap-agent", description="Pushes a ministry's tables to the portal.")
    parser.add_argument("command", nargs="?", choices=list(COMMANDS), default="run")
    parser.add_argument("--config", type=Path, default=CONFIG, help="default: %(default)s")
    asked = parser.parse_args(words)
    try:
        settings = configured.load(asked.config)
        with alone(settings):
            return COMMANDS[asked.command](settings)
    except RoadmapError as error:
        return _fault(error)


def _read(settings: Settings, portal: Portal | None = None) -> int:
    """Read every table into the queue; the portal, if it is given, hears of what could not be read."""
    worst = 0
    for draft in settings.drafts():
        try:
            found = read(settings, draft)
            _say(f"{draft.name}: read, {found.size} bytes in {len(found.chunks)} pieces")
        except RoadmapError as error:
            worst = max(worst, _fault(error, draft.name))
            if portal is not None and not isinstance(error, AgentError):
                _tell(portal, draft.name, error)
    return worst


def _tell(portal: Portal, mapping: str, error: RoadmapError) -> None:
    try:
        portal.fail(mapping, error)
    except AgentError as refused:
        _fault(refused, mapping)


def _send(settings: Settings) -> int:
    worst, portal = 0, Portal(settings)
    for manifest in Spool(settings.queue).waiting():
        try:
            send(settings, portal, manifest, _say)
        except RoadmapError as error:
            worst = max(worst, _fault(error, manifest.mapping))
    return worst


def _run(settings: Settings) -> int:
    return max(_read(settings, Portal(settings)), _send(settings))


def _check(settings: Settings) -> int:
    """Look at every source and at the portal; no row is read, nothing is sent."""
    worst = 0
    for draft in settings.drafts():
        for look in (check_source, check_portal):
            try:
                for line in look(settings, draft):
                    _say(f"{draft.name}: {line}")
            except RoadmapError as error:
                worst = max(worst, _fault(error, draft.name))
    return worst


COMMANDS = {"run": _run, "read": _read, "send": _send, "check": _check}


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def _fault(error: RoadmapError, about: str = "") -> int:
    sys.stderr.write(f"{about}: {error}\n" if about else f"{error}\n")
    return error.exit_code if isinstance(error, AgentError) else FAILED


if __name__ == "__main__":
    sys.exit(main())

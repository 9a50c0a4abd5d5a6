"""What can stop the agent; each has the exit code that cron and systemd see."""

from __future__ import annotations

from ckanext.roadmap.sources.errors import SourceError

FAILED, REFUSED, CONFIGURED, OFFLINE = 1, 2, 3, 75


class AgentError(SourceError):
    """The agent can't go on with one thing."""

    exit_code = FAILED


class ConfigError(AgentError):
    """The agent's configuration is wrong."""

    exit_code = CONFIGURED


class RefusedError(AgentError):
    """The portal refused: token, mapping or parcel."""

    exit_code = REFUSED


class ChangedError(AgentError):
    """A piece arrived changed; it may be sent again."""


class OfflineError(AgentError):
    """The portal can't be reached; what was read waits on disk."""

    exit_code = OFFLINE

"""Sets the portal's clock in tests, for this process and for every server that reads the same file."""

from __future__ import annotations

from pathlib import Path

from ckanext.roadmap import config


class Clock:
    """A rehearsal's clock; `set` moves it."""

    def __init__(self, path: Path, instant: str) -> None:
        self.path = path
        self.set(instant)

    def set(self, instant: str) -> None:
        """Make this instant the present."""
        self.path.write_text(instant)

    def use_in(self, ckan_config: dict[str, object]) -> None:
        """Let this process read it."""
        ckan_config[config.REHEARSAL_CLOCK] = str(self.path)

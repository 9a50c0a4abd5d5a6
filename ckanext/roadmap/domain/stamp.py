"""A source's own change stamp: the newest time that its rows tell."""

from __future__ import annotations

from datetime import datetime, tzinfo


def change_stamp(written: str | None, tz: tzinfo) -> datetime | None:
    """When the source was changed last, by its own word; None: it tells no time.

    :param written: the newest value of the column that tells it, for example `2026-03-01 10:15:00`
    :param tz: the zone of stamps that name none
    """
    if not written or not written[:4].isdigit() or "-" not in written[:8]:
        return None
    try:
        at = datetime.fromisoformat(written.strip())
    except ValueError:
        return None
    return at if at.tzinfo else at.replace(tzinfo=tz)

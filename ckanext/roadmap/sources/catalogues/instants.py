"""Days and instants as catalogues write them."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone

from ckanext.roadmap.domain.origin import Remark

TASHKENT = timezone(timedelta(hours=5))
"""What is written without a zone is told in the country's time, which knows no summer."""
_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})(?:[ ,T]+(\d{1,2}:\d{2}(?::\d{2})?))?")


def instant(value: object) -> tuple[datetime | None, tuple[Remark, ...]]:
    """An instant in UTC; None where nothing is written, or nothing that is understood, which is remarked."""
    written = str(value).strip() if value is not None else ""
    if not written or written.startswith("0001-01-01"):
        return None, ()
    try:
        at = datetime.fromisoformat(_iso(written))
    except ValueError:
        return None, (Remark("date_unknown", written[:40]),)
    return (at if at.tzinfo else at.replace(tzinfo=TASHKENT)).astimezone(UTC), ()


def _iso(written: str) -> str:
    """With dots, the day comes first; fractions are cut to what Python reads."""
    if found := _DOTTED.fullmatch(written):
        day, month, year, time = found.groups()
        return f"{year}-{int(month):02}-{int(day):02}T{(time or '00:00').zfill(5)}"
    return re.sub(r"(\.\d{6})\d+", r"\1", written)

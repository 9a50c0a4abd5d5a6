"""Refreshed beside really changed, as two bars for each quarter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ckanext.roadmap.presentation.figures import TOUCHES, meter_table
from ckanext.roadmap.presentation.marks import mark as _
from ckanext.roadmap.presentation.tables import Row, Table

from .base import INK, Chart, Spec, Words, series

_DRAWN = ("refreshed", "really_changed")


class Refresh(Chart):
    """How often data got a new date, and how often there was something new in them."""

    name = "refresh"
    title = _("Refreshed and really changed, by quarter")

    @property
    def table(self) -> Table:
        """What the touches were."""
        return meter_table()

    def rows(self, result: Mapping[str, Any]) -> Sequence[Row]:
        """The quarters, the oldest first."""
        return result["trend"]

    def drawn(self, rows: Sequence[Row], words: Words) -> Spec:
        """The number stands on each bar."""
        names = [words.say(TOUCHES[key]) for key in _DRAWN]
        values = [
            {"quarter": words.period(row["quarter"]), "what": name, "count": row["refresh"][key]}
            for row in rows
            for key, name in zip(_DRAWN, names, strict=True)
        ]
        place = {"field": "what", "type": "nominal", "sort": None, "scale": {"domain": names}}
        level = {"labelAngle": -35, "grid": False}
        return {
            "data": {"values": values},
            "height": 220,
            "encoding": {
                "x": {"field": "quarter", "type": "ordinal", "sort": None, "title": None, "axis": level},
                "xOffset": place,
                "y": {"field": "count", "type": "quantitative", "title": None, "axis": None},
            },
            "layer": [
                {"mark": {"type": "bar"}, "encoding": {"color": {"field": "what", **series(names)}}},
                {
                    "mark": {"type": "text", "dy": -7, "fontSize": 11, "color": INK},
                    "encoding": {"text": {"field": "count", "type": "quantitative"}},
                },
            ],
        }

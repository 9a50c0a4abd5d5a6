"""The shares, quarter by quarter, as lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ckanext.roadmap.presentation.bodies import SHARES
from ckanext.roadmap.presentation.figures import trend_table
from ckanext.roadmap.presentation.marks import mark as _
from ckanext.roadmap.presentation.tables import Row, Table

from .base import Chart, Spec, Words, percent_axis, series

_DRAWN = ("published", "current", "kept", "kept_on_time")
_DASHES = ([1, 0], [6, 3], [2, 2], [8, 3, 2, 3])
_SHAPES = ("circle", "square", "triangle-up", "diamond")


class Trend(Chart):
    """A line for each share, told apart by colour, dash and the shape of its points."""

    name = "trend"
    title = _("Shares by quarter")

    @property
    def table(self) -> Table:
        """All figures of each quarter."""
        return trend_table()

    def rows(self, result: Mapping[str, Any]) -> Sequence[Row]:
        """The quarters, the oldest first."""
        return result["trend"]

    def drawn(self, rows: Sequence[Row], words: Words) -> Spec:
        """A quarter in which a share is of nothing breaks its line."""
        names = [words.say(SHARES[key]) for key in _DRAWN]
        values = [
            {
                "quarter": words.period(row["quarter"]),
                "share": name,
                "percent": row[key]["percent"],
                "told": words.percent(row[key]),
            }
            for row in rows
            for key, name in zip(_DRAWN, names, strict=True)
        ]
        colour = series(names)
        same = {"field": "share", "type": "nominal", "sort": None, "legend": colour["legend"]}
        return {
            "data": {"values": values},
            "height": 260,
            "mark": {"type": "line", "strokeWidth": 2.5, "point": {"size": 70, "filled": True}},
            "encoding": {
                "x": {"field": "quarter", "type": "ordinal", "sort": None, "title": None, "axis": _LEVEL},
                "y": {"field": "percent", "type": "quantitative", **percent_axis(words)},
                "color": {"field": "share", **colour},
                "strokeDash": {**same, "scale": {"domain": names, "range": list(_DASHES)}},
                "shape": {**same, "scale": {"domain": names, "range": list(_SHAPES)}},
                "tooltip": [
                    {"field": name, "type": "nominal", "title": title}
                    for name, title in (("quarter", " "), ("share", "  "), ("told", "   "))
                ],
            },
        }


_LEVEL: Spec = {"labelAngle": -35, "grid": False}

"""The shares of each kind of body, as bars side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ckanext.roadmap.presentation.bodies import SHARES
from ckanext.roadmap.presentation.figures import kinds_table
from ckanext.roadmap.presentation.marks import mark as _
from ckanext.roadmap.presentation.tables import Row, Table

from .base import INK, Chart, Spec, Words, percent_axis, series

_DRAWN = ("published", "current", "kept")


class Kinds(Chart):
    """Three bars for each kind of body, with the percent written at their ends."""

    name = "kinds"
    title = _("Shares by kind of body")

    @property
    def table(self) -> Table:
        """All figures of each kind."""
        return kinds_table()

    def rows(self, result: Mapping[str, Any]) -> Sequence[Row]:
        """The kinds that owe anything."""
        return result.get("kinds", ())

    def drawn(self, rows: Sequence[Row], words: Words) -> Spec:
        """Bars lie, since the names of kinds are long."""
        names = [words.say(SHARES[key]) for key in _DRAWN]
        values = [
            {
                "kind": words.kind(row["kind"]),
                "share": name,
                "percent": row[key]["percent"] or 0,
                "told": words.percent(row[key]),
            }
            for row in rows
            for key, name in zip(_DRAWN, names, strict=True)
        ]
        place = {"field": "share", "type": "nominal", "sort": None, "scale": {"domain": names}}
        return {
            "data": {"values": values},
            "height": {"step": 18},
            "encoding": {
                "y": {"field": "kind", "type": "nominal", "sort": None, "title": None},
                "yOffset": place,
                "x": {"field": "percent", "type": "quantitative", **percent_axis(words)},
            },
            "layer": [
                {"mark": {"type": "bar"}, "encoding": {"color": {"field": "share", **series(names)}}},
                {
                    "mark": {"type": "text", "align": "left", "dx": 4, "fontSize": 11, "color": INK},
                    "encoding": {"text": {"field": "told", "type": "nominal"}},
                },
            ],
        }

"""A chart is one class that knows all its faces: title, table, and one Vega-Lite spec for page and paper."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from ckanext.roadmap.presentation.tables import Row, Table

Spec = dict[str, Any]
SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"
# Okabe and Ito's colours, dark to light, so that they differ for the colour-blind and on grey paper
COLOURS = ("#003f6b", "#d55e00", "#009e73", "#8c6d1f")
INK, LINE = "#222222", "#d5d9dc"


@dataclass(frozen=True, slots=True)
class Words:
    """How the reader's language says things."""

    say: Callable[[str], str]
    period: Callable[[str], str]
    percent: Callable[[Mapping[str, Any]], str]
    kind: Callable[[str], str]


class Chart(ABC):
    """One chart; a new one is a file beside these, named in `charts.CHARTS`."""

    name: ClassVar[str]
    title: ClassVar[str]

    @property
    @abstractmethod
    def table(self) -> Table:
        """The table with the very figures that are drawn."""

    @abstractmethod
    def rows(self, result: Mapping[str, Any]) -> Sequence[Row]:
        """The rows of roadmap_compliance_show that are drawn."""

    @abstractmethod
    def drawn(self, rows: Sequence[Row], words: Words) -> Spec:
        """Data, marks and scales."""

    def spec(self, result: Mapping[str, Any], words: Words, width: int | str = "container") -> Spec:
        """The whole Vega-Lite specification, with its data inside and no address to fetch."""
        title = words.say(self.title)
        return {
            "$schema": SCHEMA,
            "description": title,
            "width": width,
            "autosize": {"type": "fit-x", "contains": "padding"},
            "background": "white",
            "config": _CONFIG,
            **self.drawn(self.rows(result), words),
        }


def percent_axis(words: Words) -> Spec:
    """The axis of shares, from nothing to all."""
    return {
        "scale": {"domain": [0, 100]},
        "axis": {"values": [0, 20, 40, 60, 80, 100], "labelExpr": "datum.value + ' %'"},
        "title": None,
    }


def series(names: Sequence[str], **more: Any) -> Spec:
    """Colours of so many series, told beneath the chart."""
    return {
        "type": "nominal",
        "sort": None,
        "scale": {"domain": list(names), "range": list(COLOURS[: len(names)])},
        "legend": {"orient": "bottom", "title": None, **more},
    }


_CONFIG: Spec = {
    "font": "DejaVu Sans, sans-serif",
    "view": {"stroke": None},
    "axis": {
        "labelColor": INK,
        "titleColor": INK,
        "labelFontSize": 12,
        "gridColor": LINE,
        "domainColor": LINE,
        "tickColor": LINE,
        "labelLimit": 220,
    },
    "legend": {
        "labelColor": INK,
        "labelFontSize": 12,
        "symbolStrokeWidth": 2,
        "columns": 2,
        "labelLimit": 260,
    },
}

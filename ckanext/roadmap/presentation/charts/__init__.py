"""The charts of the portal, by name."""

from __future__ import annotations

from .base import Chart, Words
from .kinds import Kinds
from .refresh import Refresh
from .trend import Trend

__all__ = ["CHARTS", "Chart", "Words"]

CHARTS: dict[str, Chart] = {chart.name: chart for chart in (Trend(), Kinds(), Refresh())}

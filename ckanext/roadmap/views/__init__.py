"""Pages: one blueprint an area. A view calls an action, calls presentation, and renders."""

from __future__ import annotations

from .compliance import compliance

__all__ = ["compliance"]

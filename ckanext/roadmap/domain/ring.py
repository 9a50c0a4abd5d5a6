"""Arrows that lead back to where they began: a body above itself, a body that succeeds itself."""

from __future__ import annotations

from collections.abc import Collection, Mapping


def rings(arrows: Mapping[str, Collection[str]]) -> set[str]:
    """The names from which the arrows lead back to the name itself."""
    return {name for name in arrows if name in _reached(name, arrows)}


def _reached(name: str, arrows: Mapping[str, Collection[str]]) -> set[str]:
    found: set[str] = set()
    waiting = list(arrows.get(name, ()))
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting.extend(arrows.get(one, ()))
    return found

"""Attributes that a message tells once for all series that share some codes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

Values = dict[str, str]
Codes = tuple[str, ...]


@dataclass(slots=True)
class Groups:
    """By the dimensions that a group names, by their codes."""

    _by_names: dict[Codes, dict[Codes, Values]] = field(default_factory=dict[Codes, dict[Codes, Values]])
    _mixed: list[Values] = field(default_factory=list[Values])

    def add(self, key: Mapping[str, str], told: Values) -> None:
        """What is told of all that have these codes."""
        names = tuple(sorted(key))
        codes = tuple(key[name] for name in names)
        self._by_names.setdefault(names, {}).setdefault(codes, {}).update(told)

    def add_mixed(self, found: Values) -> None:
        """Codes and attributes side by side; the first observation shows which are which."""
        self._mixed.append(found)

    def of(self, key: Mapping[str, str]) -> Values:
        """What the groups tell of an observation."""
        if self._mixed:
            for one in self._mixed:
                codes = {name: code for name, code in one.items() if name in key}
                self.add(codes, {name: text for name, text in one.items() if name not in key})
            self._mixed.clear()
        told: Values = {}
        for names, known in self._by_names.items():
            if all(name in key for name in names):
                told |= known.get(tuple(key[name] for name in names), {})
        return told

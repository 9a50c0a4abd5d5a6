"""A question that a service found too large, as several smaller ones that together are the same."""

from __future__ import annotations

from collections.abc import Mapping

from .structure import Structure

LONGEST = 1500
"""Signs of one dimension's codes in an address: services take some thousands in all."""


def parts(structure: Structure, select: Mapping[str, list[str]]) -> list[dict[str, list[str]]]:
    """The dimension with the most codes, in halves or smaller; the others stay as they are."""
    wanted = {name: list(select.get(name) or structure.codes.get(name, {})) for name in structure.dimensions}
    name = max(wanted, key=lambda one: len(wanted[one]), default="")
    codes = wanted.get(name, [])
    if len(codes) < 2:
        return [dict(select)]
    return [{**select, name: piece} for piece in _cut(codes, (len(codes) + 1) // 2)]


def _cut(codes: list[str], most: int) -> list[list[str]]:
    pieces: list[list[str]] = [[]]
    signs = 0
    for code in codes:
        if pieces[-1] and (len(pieces[-1]) == most or signs + len(code) >= LONGEST):
            pieces.append([])
            signs = 0
        pieces[-1].append(code)
        signs += len(code) + 1
    return pieces

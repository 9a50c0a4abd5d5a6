"""The columns of a mapping as lines of a form: what is published, and what stays at the source."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from ckanext.roadmap.domain.text import LANGUAGES

FIRST = 99
"""The place in the key of a column that is not in it."""
_EDGES = re.compile(r"^[_\s]+|[\"\n]")
LONGEST = 63


class Sent(Protocol):
    """What a browser sends."""

    def get(self, key: str, default: str = "", /) -> str:
        """One value."""
        ...

    def getlist(self, key: str, /) -> list[str]:
        """All values of a name."""
        ...


@dataclass(frozen=True, slots=True)
class Line:
    """One column.

    :ivar use: whether it is published
    :ivar place: its place in the key as it was; columns that were not in it come after those
    :ivar kind: its type at the source, as far as somebody looked
    :ivar nulls: how many cells are empty, and `distinct` how many differ; none: not counted
    :ivar lacks: whether the source was looked at and has no such column
    """

    source: str
    name: str = ""
    use: bool = False
    key: bool = False
    place: int = FIRST
    type: str = ""
    title: Mapping[str, str] = field(default_factory=dict[str, str])
    description: Mapping[str, str] = field(default_factory=dict[str, str])
    public: tuple[str, ...] = ()
    kind: str = ""
    nulls: str = ""
    distinct: str = ""
    lacks: bool = False

    def written(self) -> dict[str, Any]:
        """The column as somebody would write it."""
        found: dict[str, Any] = {"name": self.name or self.source}
        if self.source and self.source != found["name"]:
            found["source"] = self.source
        told = {
            "type": self.type, "title": dict(self.title), "description": dict(self.description),
            "public": list(self.public),
        }  # fmt: skip
        return found | {name: value for name, value in told.items() if value}


def lines_of(definition: Mapping[str, Any]) -> list[Line]:
    """The columns of a mapping."""
    key: list[str] = definition["key"]
    return [
        Line(
            source=column["source"], name=column["name"], use=True, key=column["name"] in key,
            place=key.index(column["name"]) if column["name"] in key else FIRST,
            type=column["type"] or "", title=column["title"], description=column.get("description") or {},
            public=tuple(column.get("public") or ()),
        )
        for column in definition["columns"]
    ]  # fmt: skip


def sent_lines(form: Sent) -> Iterator[Line]:
    """The columns as a browser sends them; lines in which nothing was written are left out."""
    for number in range(int(form.get("lines") or 0)):
        line = _sent_line(form, f"column-{number}")
        if line.source or line.name:
            yield line


def _sent_line(form: Sent, at: str) -> Line:
    def said(name: str) -> str:
        return form.get(f"{at}.{name}", "").strip()

    texts = {
        name: {language: said(f"{name}.{language}") for language in LANGUAGES if said(f"{name}.{language}")}
        for name in ("title", "description")
    }
    place = said("place")
    return Line(
        source=said("source") or said("name"), name=said("name"), use=bool(said("use")),
        key=bool(said("key")),
        place=int(place) if place.isdigit() else FIRST, type=said("type"), **texts,
        public=tuple(form.getlist(f"{at}.public")), kind=said("kind"), nulls=said("nulls"),
        distinct=said("distinct"), lacks=bool(said("lacks")),
    )  # fmt: skip


def looked_at(lines: Sequence[Line], columns: Iterable[Mapping[str, Any]]) -> list[Line]:
    """The lines with what a look at the source found, and a line for each other column that it has."""
    found = {column["source"]: column for column in columns if column["kind"]}
    told = [_seen(line, found.get(line.source)) for line in lines]
    known = {line.source for line in lines}
    others = {name: column for name, column in found.items() if name not in known}
    return told + [_seen(Line(name, _name(name)), column) for name, column in others.items()]


def _seen(line: Line, column: Mapping[str, Any] | None) -> Line:
    if column is None:
        return replace(line, kind="", nulls="", distinct="", lacks=True)
    counts = {name: "" if column[name] is None else str(column[name]) for name in ("nulls", "distinct")}
    return replace(line, kind=column["kind"], lacks=False, **counts)


def _name(source: str) -> str:
    """The name under which a column may be published: as the source has it, if it can be kept."""
    return _EDGES.sub("", source)[:LONGEST]

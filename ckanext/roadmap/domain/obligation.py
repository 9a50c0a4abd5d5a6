"""Who owes an item: the responsible of the list, bound to bodies (DP-6247 annex 1, DESIGN section 5)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ckanext.roadmap.domain.body import Body, BodyKind, Succession, resolve
from ckanext.roadmap.domain.errors import ResponsibleError

_NOT_BY_ALL = frozenset({BodyKind.region, BodyKind.district, BodyKind.division})
_KIND = "kind:"
_EXCEPT = "except:"


@dataclass(frozen=True, slots=True)
class Responsible:
    """The bodies that an item names: all, by name, by kind, less exceptions."""

    all: bool = False
    bodies: tuple[str, ...] = ()
    kinds: tuple[BodyKind, ...] = ()
    exceptions: tuple[str, ...] = ()

    @classmethod
    def parse(cls, value: str) -> Responsible:
        """Read "a;b", "all", "kind:region", "all;except:central-bank"; raises ResponsibleError."""
        words = [word for part in value.split(";") if (word := part.strip())]
        if not words:
            text = 'Nobody is responsible. Write "all", names of bodies, or "kind:region", separated by ";".'
            raise ResponsibleError("responsible_empty", text, value=value)
        return cls(
            all="all" in words,
            bodies=tuple(dict.fromkeys(word for word in words if word != "all" and ":" not in word)),
            kinds=tuple(dict.fromkeys(_kind(word) for word in words if _is_kind(word))),
            exceptions=tuple(
                word.removeprefix(_EXCEPT).strip() for word in words if word.startswith(_EXCEPT)
            ),
        )

    def __str__(self) -> str:
        kinds = (f"{_KIND}{kind}" for kind in self.kinds)
        exceptions = (f"{_EXCEPT}{name}" for name in self.exceptions)
        return ";".join([*(["all"] if self.all else []), *self.bodies, *kinds, *exceptions])


class Binding:
    """The bodies of a day, to which any number of items are bound.

    `all` binds the root bodies (no parent), but regions, districts and divisions only when named or by
    their kind; an ended body is bound by none, its successor is.
    """

    def __init__(self, bodies: Iterable[Body], successions: Iterable[Succession], at: date) -> None:
        known = tuple(bodies)
        self._at = at
        self._ids = {body.name: body.id for body in known} | {body.id: body.id for body in known}
        self._lineage = [_by_id(item, self._ids) for item in successions]
        self._alive = {body.id: body for body in known if body.is_in_force(at)}
        self._living = [body for body in self._alive.values() if body.id in self._heirs(body.id)]

    def of(self, responsible: Responsible) -> list[str]:
        """Ids of the bodies that owe an item, each once, in the order of their names."""
        bound = {body.id for body in self._living if _is_bound_by_group(responsible, body)}
        for name in responsible.bodies:
            bound |= self._heirs(_id_of(name, self._ids))
        for name in responsible.exceptions:
            bound -= self._heirs(_id_of(name, self._ids))
        return sorted(bound & self._alive.keys(), key=lambda body_id: self._alive[body_id].name)

    def _heirs(self, body_id: str) -> frozenset[str]:
        return resolve(body_id, self._lineage, self._at)


def bound_bodies(
    responsible: Responsible, bodies: Iterable[Body], successions: Iterable[Succession], at: date
) -> list[str]:
    """Ids of the bodies that owe an item on a day, each once, in the order of their names."""
    return Binding(bodies, successions, at).of(responsible)


def _is_bound_by_group(responsible: Responsible, body: Body) -> bool:
    if body.kind in responsible.kinds:
        return True
    return responsible.all and body.parent is None and body.kind not in _NOT_BY_ALL


def _by_id(item: Succession, ids: dict[str, str]) -> Succession:
    to = ids.get(item.to, item.to) if item.to is not None else None
    return Succession(ids.get(item.from_, item.from_), to, item.kind, item.effective)


def _id_of(name: str, ids: dict[str, str]) -> str:
    if name not in ids:
        text = f'Body "{name}" is not in the register. Correct the name in "responsible", or add the body.'
        raise ResponsibleError("body_unknown", text, value=name)
    return ids[name]


def _is_kind(word: str) -> bool:
    if ":" in word and not word.startswith((_KIND, _EXCEPT)):
        text = f'"{word}" is not understood. Write "kind:<kind of body>" or "except:<name of body>".'
        raise ResponsibleError("responsible_unfit", text, value=word)
    return word.startswith(_KIND)


def _kind(word: str) -> BodyKind:
    try:
        return BodyKind.parse(word.removeprefix(_KIND))
    except ValueError:
        accepted = ", ".join(BodyKind)
        text = f'"{word}" names no kind of body. Write one of: {accepted}.'
        raise ResponsibleError("kind_unknown", text, value=word, accepted=accepted) from None

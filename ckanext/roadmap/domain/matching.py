"""Which obligation a dataset may answer: a score that tells its parts. It proposes; a person decides."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache

from ckanext.roadmap.domain.script import fold
from ckanext.roadmap.domain.title_index import TitleIndex

TITLE, COLUMNS, BODY = 0.60, 0.25, 0.15
"""What each part weighs; one that cannot be compared leaves its weight to the others."""
PROPOSED = 0.50
LEAST_TITLE = 0.35
WITHIN = 0.8
"""What scores less than this part of the likeliest is not worth a person's time."""
FEW_BODIES = 3
"""An item that so few bodies owe is looked for in everybody's datasets, others only in their bodies' own."""
MOST = 3
NEAR = 12


class Kinship(StrEnum):
    """How the body that publishes a dataset stands to the body that owes it."""

    same = "same"
    kin = "kin"
    other = "other"


CLOSENESS = {Kinship.same: 1.0, Kinship.kin: 0.6, Kinship.other: 0.0}


@dataclass(frozen=True, slots=True)
class Wanted:
    """An item: titles in any language, columns it requires, who owes it still (obligation by body).

    bodies - how many bodies owe it, those included whose obligation is answered already
    """

    item_id: str
    titles: tuple[str, ...]
    columns: frozenset[str]
    owed: Mapping[str, str]
    bodies: int


@dataclass(frozen=True, slots=True)
class Offered:
    """A dataset: its titles, the columns of its tables, and the bodies near its publisher."""

    dataset_id: str
    titles: tuple[str, ...]
    tables: tuple[frozenset[str], ...] = ()
    bodies: Mapping[str, Kinship] = field(default_factory=dict[str, Kinship])

    def fingerprint(self) -> str:
        """Changes when anything changes that the score looks at."""
        tables = sorted(map(sorted, self.tables))
        bodies = sorted(self.bodies.items())
        written = json.dumps([sorted(self.titles), tables, bodies], ensure_ascii=False)
        return hashlib.sha256(written.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Score:
    """How well a dataset fits, part by part; None: not to be compared."""

    title: float
    body: Kinship
    found: tuple[str, ...] | None = None
    missing: tuple[str, ...] = ()

    @property
    def columns(self) -> float | None:
        """The share of the required columns that one table has."""
        return None if self.found is None else len(self.found) / (len(self.found) + len(self.missing))

    @property
    def total(self) -> float:
        """The weighted mean of what could be compared, from 0 to 1."""
        parts = [(TITLE, self.title), (BODY, CLOSENESS[self.body])]
        if self.columns is not None:
            parts.append((COLUMNS, self.columns))
        return sum(weight * value for weight, value in parts) / sum(weight for weight, _ in parts)

    @property
    def is_enough(self) -> bool:
        """Whether a person should look at it; a title that says something else is never proposed."""
        return self.title >= LEAST_TITLE and self.total >= PROPOSED

    def to_dict(self) -> dict[str, object]:
        """As it is stored and shown."""
        return {
            "total": round(self.total, 3),
            "title": round(self.title, 3),
            "body": str(self.body),
            "columns": None if self.columns is None else round(self.columns, 3),
            "found": None if self.found is None else list(self.found),
            "missing": list(self.missing),
        }


@dataclass(frozen=True, slots=True)
class Match:
    """A dataset that may answer an obligation."""

    obligation_id: str
    dataset_id: str
    score: Score


class Matcher:
    """Every item of the lists in force, made once for many datasets."""

    def __init__(self, items: Iterable[Wanted]) -> None:
        self._items = {item.item_id: item for item in items}
        self._index = TitleIndex({id_: item.titles for id_, item in self._items.items()})
        self._of_body: dict[str, set[str]] = defaultdict(set)
        self._few: set[str] = set()
        for id_, item in self._items.items():
            for body in item.owed:
                self._of_body[body].add(id_)
            if item.bodies <= FEW_BODIES:
                self._few.add(id_)

    def best(self, offered: Offered, but: Collection[str] = ()) -> list[Match]:
        """The obligations that a dataset most likely answers, the likeliest first.

        Only bodies near the publisher are asked, and items that few bodies owe, so the work grows with the
        datasets, not with datasets times obligations.

        :param but: obligations left out, since this dataset was refused for them
        """
        near = offered.bodies
        among = set[str]().union(*(self._of_body[body] for body in near), self._few)
        found = [
            match
            for item_id, likeness in self._index.near(offered.titles, among, NEAR)
            for match in self._of_item(self._items[item_id], likeness, offered, but)
        ]
        found.sort(key=lambda match: (-match.score.total, match.obligation_id))
        return [match for match in found if match.score.total >= WITHIN * found[0].score.total][:MOST]

    def score(self, item_id: str, body_id: str, offered: Offered) -> Score:
        """The score of one pair, however low."""
        return _score(self._items[item_id], body_id, self._index.likeness(item_id, offered.titles), offered)

    def _of_item(
        self, item: Wanted, likeness: float, offered: Offered, but: Collection[str]
    ) -> Iterable[Match]:
        """Of one item only the obligations of the nearest bodies."""
        near = offered.bodies
        bodies = [body for body in item.owed if body in near] or (
            list(item.owed) if item.item_id in self._few else []
        )
        nearest = max((CLOSENESS[near.get(body, Kinship.other)] for body in bodies), default=0.0)
        for body in bodies:
            score = _score(item, body, likeness, offered)
            if CLOSENESS[score.body] == nearest and score.is_enough and item.owed[body] not in but:
                yield Match(item.owed[body], offered.dataset_id, score)


def _score(item: Wanted, body_id: str, likeness: float, offered: Offered) -> Score:
    kinship = offered.bodies.get(body_id, Kinship.other)
    if not item.columns or not offered.tables:
        return Score(likeness, kinship)
    tables = [{column_key(name) for name in table} for table in offered.tables]
    found = max((_present(item.columns, table) for table in tables), key=len)
    return Score(likeness, kinship, found, tuple(sorted(item.columns - set(found))))


def _present(required: frozenset[str], table: set[str]) -> tuple[str, ...]:
    return tuple(sorted(name for name in required if column_key(name) in table))


@lru_cache(maxsize=65536)
def column_key(name: str) -> str:
    """A column's name in any script, case and spelling of the gap between words."""
    return fold(name).replace("_", "")

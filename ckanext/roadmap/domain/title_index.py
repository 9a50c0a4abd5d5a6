"""Finds titles that are near a text among many, without comparing it with each of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping
from heapq import nlargest, nsmallest
from math import fsum, log

from ckanext.roadmap.domain.similarity import trigrams

RARE = 2
"""How many of a word's rarest trigrams lead to candidates: who shares the word shares them."""
COMMON = 0.1
"""What stands in a larger part of all titles leads to nobody, unless there are few titles."""
FEW = 100
TRIED = 2
"""How many candidates are compared for each one that is asked for."""
Grams = frozenset[str]
Weighed = tuple[Grams, float]


class TitleIndex:
    """Titles by their trigrams; what many titles share (“list”, “data on”) weighs little."""

    def __init__(self, titles: Mapping[str, Iterable[str]]) -> None:
        grams = {key: _distinct(group) for key, group in titles.items()}
        self._postings: dict[str, list[str]] = defaultdict(list)
        for key, group in grams.items():
            for gram in frozenset[str]().union(*group):
                self._postings[gram].append(key)
        self._unknown = log(1 + len(grams))
        self._weights = {gram: log(1 + len(grams) / len(keys)) for gram, keys in self._postings.items()}
        self._weighed = {key: self._weigh(group) for key, group in grams.items()}

    def likeness(self, key: str, titles: Iterable[str]) -> float:
        """How near the nearest of these titles is to one of the key's: 0 (nothing in common) to 1."""
        return self._best(key, self._weigh(_distinct(titles)))

    def near(
        self, titles: Iterable[str], among: Container[str] | None = None, limit: int = 10
    ) -> list[tuple[str, float]]:
        """The keys whose titles are nearest to any of these, nearest first, each with its likeness.

        :param among: only these keys
        """
        texts = list(titles)
        asked, found = self._weigh(_distinct(texts)), self._candidates(texts, among)
        tried = nlargest(limit * TRIED, found, key=lambda key: (found[key], key))
        rated = ((key, self._best(key, asked)) for key in tried)
        return nlargest(limit, rated, key=lambda pair: (pair[1], pair[0]))

    def _candidates(self, titles: Iterable[str], among: Container[str] | None) -> dict[str, float]:
        """Keys that share a rare trigram with a title, and how much of such they share at most."""
        best: dict[str, float] = {}
        for grams in {frozenset(self._rarest(title)) for title in titles}:
            shared: dict[str, float] = defaultdict(float)
            for gram in grams:
                weight = self._weights[gram]
                for key in self._postings[gram]:
                    if among is None or key in among:
                        shared[key] += weight
            for key, weight in shared.items():
                best[key] = max(best.get(key, 0.0), weight)
        return best

    def _rarest(self, title: str) -> Iterator[str]:
        most = max(FEW, COMMON * len(self._weighed))
        for word in title.split():
            known = [gram for gram in trigrams(word) if 0 < len(self._postings.get(gram, ())) <= most]
            yield from nsmallest(RARE, known, key=lambda gram: (len(self._postings[gram]), gram))

    def _best(self, key: str, asked: Iterable[Weighed]) -> float:
        return max((self._rate(one, own) for one in asked for own in self._weighed[key]), default=0.0)

    def _rate(self, one: Weighed, other: Weighed) -> float:
        """Shared weight: of both texts, and of the shorter one; the mean of the two."""
        shared = self._sum(one[0] & other[0])
        dice = 2 * shared / (one[1] + other[1])
        return (dice + shared / min(one[1], other[1])) / 2

    def _weigh(self, group: Iterable[Grams]) -> tuple[Weighed, ...]:
        return tuple((grams, self._sum(grams)) for grams in group)

    def _sum(self, grams: Grams) -> float:
        """The same whatever the order in which a set gives its letters."""
        return fsum(self._weights.get(gram, self._unknown) for gram in grams)


def _distinct(titles: Iterable[str]) -> tuple[Grams, ...]:
    """The trigrams of each title, those that are equal in any script once."""
    return tuple(dict.fromkeys(grams for grams in map(trigrams, titles) if grams))

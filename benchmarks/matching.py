"""The matcher at a country's size: datasets and obligations both double, the time must not quadruple.

Run as `python -m benchmarks.matching`.
"""

from __future__ import annotations

import random
import time
from itertools import pairwise

from ckanext.roadmap.domain.matching import Kinship, Matcher, Offered, Wanted

ENDINGS = ("", "lar", "lari", "ning", "ga", "dagi", "si")
COMMON = ("ro'yxati", "to'g'risida", "ma'lumotlar", "davlat", "soni", "hisoboti")
DATASETS, ITEMS, BODIES, EVERYBODY = 13_000, 2_000, 1_000, 10


def country(rng: random.Random, items: int, bodies: int) -> list[Wanted]:
    """A list: a few items that every body owes, many that one to forty bodies owe."""
    words = [_word(rng) for _ in range(4000)]
    names = [f"body-{number}" for number in range(bodies)]
    made: list[Wanted] = []
    for number in range(items):
        share = bodies if number < EVERYBODY else rng.choice((1, 1, 2, 14, 40, 40))
        owed = {body: f"{number}/{body}" for body in rng.sample(names, share)}
        titles = tuple(_title(rng, words) for _language in range(3))
        made.append(Wanted(str(number), titles, frozenset(rng.sample(words, 5)), owed, share))
    return made


def dataset(rng: random.Random, items: list[Wanted]) -> tuple[Offered, str]:
    """A dataset whose title says in its own way what some item asks for; and the obligation it answers."""
    item = rng.choice(items)
    body = rng.choice(list(item.owed))
    words = item.titles[0].split()
    rng.shuffle(words)
    kept = [word[: max(4, len(word) - rng.randint(0, 2))] + rng.choice(ENDINGS) for word in words]
    title = " ".join([*kept[: max(2, len(kept) - 1)], rng.choice(COMMON), "2023"])
    columns = frozenset(rng.sample(sorted(item.columns), 3))
    return Offered("d", (title,), (columns,), {body: Kinship.same}), item.owed[body]


def measure(datasets: int, items: int, bodies: int) -> float:
    """Seconds for all datasets; prints what was found."""
    rng = random.Random(2023)  # noqa: S311 - repeatable, not secret
    listed = country(rng, items, bodies)
    begun = time.perf_counter()
    matcher = Matcher(listed)
    built = time.perf_counter() - begun
    right = proposed = 0
    begun = time.perf_counter()
    for _ in range(datasets):
        offered, answer = dataset(rng, listed)
        best = matcher.best(offered)
        proposed += len(best)
        right += bool(best) and best[0].obligation_id == answer
    spent = time.perf_counter() - begun
    obligations = sum(item.bodies for item in listed)
    each = 1000 * spent / datasets
    print(f"{datasets} datasets x {obligations} obligations: {built:.1f} s to build, {spent:.1f} s to match")
    print(f"  {each:.1f} ms each, {proposed} proposals, the first is right in {right / datasets:.1%}")
    return spent


def main() -> None:
    """A quarter, half and the whole country, side by side."""
    times = [measure(DATASETS // part, ITEMS // part, BODIES // part) for part in (4, 2, 1)]
    growth = ", ".join(f"{later / earlier:.1f}" for earlier, later in pairwise(times))
    print(f"each step doubles both sides (quadratic work: 4.0); the time grows by {growth}")


def _word(rng: random.Random) -> str:
    return "".join(rng.choice("bdfgklmnprstvzxq") + rng.choice("aeiou") for _ in range(rng.randint(2, 4)))


def _title(rng: random.Random, words: list[str]) -> str:
    return " ".join([*rng.sample(words, rng.randint(3, 7)), rng.choice(COMMON)])


if __name__ == "__main__":
    main()

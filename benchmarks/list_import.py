"""Speed and memory of reading a national list and matching its bodies: `python -m benchmarks.list_import`.

A made-up list whose items name ten bodies each, by name, code, STIR or title in either script, against a
made-up register, all measured in one run. `--json` prints a list of `{name, value, unit, required, ok}`;
`--items` and `--bodies` set the largest of three sizes (1/4, 1/2, 1/1).
"""

from __future__ import annotations

import argparse
import csv
import gc
import io
import json
import random
import tracemalloc
from collections.abc import Iterator
from dataclasses import dataclass
from time import process_time

from ckanext.roadmap.domain.body_match import BodyNames, Directory
from ckanext.roadmap.domain.script import to_cyrillic
from ckanext.roadmap.services.bodies import Register
from ckanext.roadmap.services.responsible import settle
from ckanext.roadmap.sources.approved_list import COLUMNS, read_approved_list

NAMED = 10
TITLES = (
    *(
        "Toshkent",
        "Andijon",
        "Buxoro",
        "transport",
        "vazirligi",
        "agentligi",
        "qo‘mitasi",
        "sog‘liqni",
        "saqlash",
    ),
    *(
        "ta’lim",
        "suv",
        "xo‘jaligi",
        "soliq",
        "statistika",
        "madaniyat",
        "adliya",
        "boshqarma",
        "davlat",
        "bank",
    ),
)
TERMS = (
    ("quarterly", "15 days after period end"),
    ("har chorakda", ""),
    ("йилда бир марта", "1 мартга қадар"),
)
RATIO_ALLOWED = 2.0
GROWTH_ALLOWED = 1.5


@dataclass(frozen=True, slots=True)
class Timing:
    """One size, measured; memory is the peak of what reading and matching hold at once."""

    items: int
    bodies: int
    reading: float
    listing: float
    matching: float
    peak: int
    file: int


def main() -> None:
    """Measure, and print as asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--items", type=int, default=2_000)
    parser.add_argument("--bodies", type=int, default=1_000)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    measure(50, 50)  # what is made once, such as patterns, is made before the clock runs
    longer = [measure(options.items // part, options.bodies) for part in (4, 2, 1)]
    wider = [measure(options.items // 2, options.bodies // part) for part in (4, 1)]
    if options.json:
        print(json.dumps(list(_results(longer, wider)), indent=1))
        return
    for timing in (*longer, *wider):
        print(
            f"{timing.items:>6} items x {timing.bodies:>5} bodies: read in {timing.reading:.2f} s, "
            f"register listed in {timing.listing:.2f} s, matched in {timing.matching:.2f} s, "
            f"{timing.peak / 1e6:.1f} MB at the peak "
            f"({timing.peak / timing.file:.1f} x the file)"
        )


def measure(items: int, bodies: int) -> Timing:
    """Read a list of this size, and match its bodies with a register of this size."""
    chance = random.Random(items)  # noqa: S311 - a made-up country, no secret
    register = [_body(number, chance) for number in range(bodies)]
    content = _written(items, register, chance)
    gc.collect()
    began = process_time()
    drafts = read_approved_list(content, "list.csv")
    read = process_time()
    directory = Register((), (), Directory(register))
    listed = process_time()
    settled = [settle(draft, directory) for draft in drafts]
    matched = process_time()
    assert len(settled) == items
    del drafts, settled
    tracemalloc.start()
    settled = [settle(draft, directory) for draft in read_approved_list(content, "list.csv")]
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(settled) == items
    return Timing(items, bodies, read - began, listed - read, matched - listed, peak, len(content))


def _results(longer: list[Timing], wider: list[Timing]) -> Iterator[dict[str, object]]:
    first, last = longer[0], longer[-1]
    whole = last.reading + last.listing + last.matching
    yield {"name": "list_import.seconds", "value": round(whole, 2), "unit": "s", "required": None, "ok": True}
    yield _result("list_import.matching_to_reading", last.matching / last.reading, RATIO_ALLOWED)
    growth = ((last.reading + last.matching) / last.items) / ((first.reading + first.matching) / first.items)
    yield _result("list_import.growth_of_time_an_item_1x_to_4x", growth, GROWTH_ALLOWED)
    growth = wider[1].matching / wider[0].matching
    yield _result("list_import.growth_of_matching_1x_to_4x_bodies", growth, GROWTH_ALLOWED)
    growth = (last.peak / last.items) / (first.peak / first.items)
    yield _result("list_import.growth_of_memory_an_item_1x_to_4x", growth, GROWTH_ALLOWED)


def _result(name: str, value: float, required: float) -> dict[str, object]:
    return {
        "name": name,
        "value": round(value, 2),
        "unit": "x",
        "required": required,
        "ok": value <= required,
    }


def _body(number: int, chance: random.Random) -> BodyNames:
    title = f"{' '.join(chance.sample(TITLES, 5))} {number}".capitalize()
    code, stir = f"{number // 1000 + 1}-{number % 1000:03}", str(200_000_000 + number)
    return BodyNames(f"body-{number}", code, stir, (title,))


def _written(items: int, register: list[BodyNames], chance: random.Random) -> bytes:
    lines = io.StringIO()
    table = csv.DictWriter(lines, COLUMNS, restval="")
    table.writeheader()
    for number in range(items):
        frequency, due_rule = TERMS[number % len(TERMS)]
        table.writerow(
            {
                "code": f"1-{number // 10_000:03}-{number % 10_000:04}",
                "title_uz": f"To‘plam {number}",
                "title_ru": f"Набор {number}",
                "sphere": "Iqtisodiyot",
                "place": "portal",
                "frequency": frequency,
                "due_rule": due_rule,
                "responsible": ";".join(_called(chance.choice(register), chance) for _ in range(NAMED)),
                "columns": "code;name;amount",
            }
        )
    return lines.getvalue().encode()


def _called(body: BodyNames, chance: random.Random) -> str:
    title = body.titles[0]
    return chance.choice([body.name, body.code, body.stir or "", title, title.upper(), to_cyrillic(title)])


if __name__ == "__main__":
    main()

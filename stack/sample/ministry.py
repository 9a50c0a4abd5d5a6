"""The database of a made-up ministry of education: the same rows for the same seed and day."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

REGIONS = {
    "1703": "Andijon", "1706": "Buxoro", "1708": "Jizzax", "1710": "Qashqadaryo", "1712": "Navoiy",
    "1714": "Namangan", "1718": "Samarqand", "1722": "Surxondaryo", "1724": "Sirdaryo",
    "1726": "Toshkent sh.", "1727": "Toshkent",
    "1730": "Farg'ona",
    "1733": "Xorazm", "1735": "Qoraqalpog'iston",
}  # fmt: skip
DISTRICTS_PER_REGION = 6
SCHOOLS = 2000
QUEUE_DAYS = 30
SUBJECTS = ("algebra", "biology", "chemistry", "english", "history", "informatics", "physics", "uzbek")
SEED = 20260101

Row = tuple[object, ...]


@dataclass(frozen=True)
class Table:
    """One table: its columns with types, key, and rows."""

    name: str
    columns: str
    rows: tuple[Row, ...]

    def sql(self) -> str:
        """Return statements that make and fill the table."""
        lines = "\n".join("\t".join(map(str, row)) for row in self.rows)
        return f"CREATE TABLE {self.name} ({self.columns});\nCOPY {self.name} FROM STDIN;\n{lines}\n\\.\n"


def districts() -> list[tuple[str, str]]:
    """Region and district codes; a district's code begins with its region's."""
    return [
        (region, f"{region}{200 + number}")
        for region in REGIONS
        for number in range(1, DISTRICTS_PER_REGION + 1)
    ]


def tables(today: date, seed: int = SEED) -> list[Table]:
    """Return all tables as of a day."""
    chance = random.Random(seed)  # noqa: S311 - sample data
    return [
        Table("schools", SCHOOL_COLUMNS, tuple(_schools(chance))),
        Table("kindergarten_queue", QUEUE_COLUMNS, tuple(_queue(chance, today))),
        Table("teachers", TEACHER_COLUMNS, tuple(_teachers(chance))),
        Table("vacancies", VACANCY_COLUMNS, tuple(_vacancies(chance, today))),
        Table("new_schools", NEW_COLUMNS, tuple(_new_schools(chance))),
    ]


SCHOOL_COLUMNS = (
    "school_id integer PRIMARY KEY, region_soato text NOT NULL, district_soato text NOT NULL, "
    "name text NOT NULL, capacity integer NOT NULL, pupils integer NOT NULL, "
    "built integer NOT NULL, director_phone text NOT NULL"
)
QUEUE_COLUMNS = (
    "day date NOT NULL, region_soato text NOT NULL, district_soato text NOT NULL, waiting integer NOT NULL, "
    "PRIMARY KEY (day, district_soato)"
)
TEACHER_COLUMNS = (
    "region_soato text NOT NULL, subject text NOT NULL, teachers integer NOT NULL, "
    "PRIMARY KEY (region_soato, subject)"
)
VACANCY_COLUMNS = (
    "vacancy_id integer PRIMARY KEY, region_soato text NOT NULL, district_soato text NOT NULL, "
    "subject text NOT NULL, opened date NOT NULL"
)
NEW_COLUMNS = "region_soato text NOT NULL, district_soato text PRIMARY KEY, places integer NOT NULL"


def _schools(chance: random.Random) -> Iterator[Row]:
    places = districts()
    for number in range(1, SCHOOLS + 1):
        region, district = places[number % len(places)]
        capacity = chance.randrange(240, 1500, 30)
        pupils = int(capacity * chance.uniform(0.6, 1.4))
        phone = f"+998 71 {chance.randrange(100, 999)} {chance.randrange(1000, 9999)}"
        name = f"{REGIONS[region]} {number}-maktab"
        yield number, region, district, name, capacity, pupils, chance.randrange(1955, 2025), phone


def _queue(chance: random.Random, today: date) -> Iterator[Row]:
    for region, district in districts():
        waiting = chance.randrange(50, 900)
        for back in range(QUEUE_DAYS, 0, -1):
            waiting = max(0, waiting + chance.randrange(-15, 16))
            yield today - timedelta(days=back), region, district, waiting


def _teachers(chance: random.Random) -> Iterator[Row]:
    for region in REGIONS:
        for subject in SUBJECTS:
            yield region, subject, chance.randrange(300, 4000)


def _vacancies(chance: random.Random, today: date) -> Iterator[Row]:
    for number in range(1, 301):
        region, district = chance.choice(districts())
        yield number, region, district, chance.choice(SUBJECTS), today - timedelta(days=chance.randrange(60))


def _new_schools(chance: random.Random) -> Iterator[Row]:
    for region, district in districts()[::2]:
        yield region, district, chance.randrange(330, 990, 30)

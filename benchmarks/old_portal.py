"""The present portal, made up: bodies, and datasets in four languages with states, dates, spheres, rows."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from typing import Any

from ckanext.roadmap.domain.script import to_cyrillic
from ckanext.roadmap.domain.sphere import PORTAL
from ckanext.roadmap.tests import egov

MOST_BODIES = 1_000
STATES = {4: 70, 2: 15, 5: 10, 1: 3, 3: 2}
"""Of a hundred datasets: approved, updated, outdated, new, rejected."""
THINGS = (
    ("maktablar", "школах", "schools"), ("shifoxonalar", "больницах", "hospitals"),
    ("avtobus yo'nalishlari", "автобусных маршрутах", "bus routes"), ("dorixonalar", "аптеках", "pharmacies"),
    ("bog'chalar", "детских садах", "kindergartens"), ("yer uchastkalari", "участках", "plots of land"),
    ("davlat xaridlari", "закупках", "public procurement"), ("kutubxonalar", "библиотеках", "libraries"),
    ("suv omborlari", "водохранилищах", "reservoirs"), ("bo'sh ish o'rinlari", "вакансиях", "vacancies"),
)  # fmt: skip
SIDES = (
    ("ro'yxati", "список", "list"), ("soni", "число", "number"), ("byudjeti", "бюджет", "budget"),
    ("ish vaqti", "часы работы", "opening hours"), ("manzillari", "адреса", "addresses"),
    ("xodimlari", "персонал", "staff"), ("ta'mirlanishi", "ремонт", "repairs"),
)  # fmt: skip
HEADER = "name,code,title_uz,title_ru,title_en,kind,parent,region_soato\n"


def register(count: int) -> str:
    """The bodies of so many datasets as CSV: what the datasets' publishers are called."""
    return HEADER + "".join(
        f"old-body-{number},{_code(number)},{uz},{ru},{en},agency,,\n"
        for number, (uz, ru, en) in enumerate(map(_body, range(_bodies(count))))
    )


def datasets(count: int, with_rows: int, seed: int = 2026) -> list[dict[str, Any]]:
    """The records of its catalogue, each time the same; the first ones have rows."""
    chance = random.Random(seed)  # noqa: S311 - repeatable, not secret
    bodies = _bodies(count)
    return [_dataset(number, chance, bodies, 3 if number < with_rows else 0) for number in range(count)]


def _dataset(number: int, chance: random.Random, bodies: int, rows: int) -> dict[str, Any]:
    body = number % bodies
    thing, side = chance.choice(THINGS), chance.choice(SIDES)
    sphere = PORTAL[chance.choice(list(PORTAL))]
    created = datetime(2021, 1, 1) + timedelta(minutes=chance.randrange(1_500_000))  # noqa: DTZ001 - as there
    updated = created + timedelta(minutes=chance.randrange(900_000))
    code = _code(body)
    return egov.dataset(
        number,
        name=f"{code}-{number // bodies + 1:04}",
        dataName=_texts(
            f"{thing[0]} {side[0]}, {number}-qism", f"{side[1]} о {thing[1]}, часть {number}",
            f"{side[2]} of {thing[2]}, part {number}",
        ),
        orgName=_texts(*_body(body)),
        sphereName={"uzbText": sphere[-2], "rusText": sphere[-1], "engText": sphere[0]},
        userOrgId=f"org-{body}",
        status=chance.choices(list(STATES), list(STATES.values()))[0],
        fullCount=rows,
        createDate=created.isoformat(),
        updateDate=updated.isoformat(),
        lastUpdate=updated.isoformat(),
        fullName=f"Mas'ul {body}",
        telephone=f"+99871200{body:04}",
        email=f"data{body}@example.org",
    )  # fmt: skip


def _bodies(count: int) -> int:
    return min(MOST_BODIES, max(20, count // 13))


def _body(number: int) -> tuple[str, str, str]:
    return f"Agentlik {number}", f"Агентство {number}", f"Agency {number}"


def _code(number: int) -> str:
    return f"{number // 500 + 4}-{number % 500 + 100}"


def _texts(uz: str, ru: str, en: str) -> dict[str, str]:
    return egov.texts(uz, to_cyrillic(uz), ru, en)

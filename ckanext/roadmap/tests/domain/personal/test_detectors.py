"""Each kind of personal data: what is found, what is not, and how seldom the ministries' real tables raise a false alarm."""

from __future__ import annotations

import csv
import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ckanext.roadmap.domain.personal import (
    DETECTORS,
    GAPS,
    GROUPED,
    PREFILTER,
    closer,
    home_coordinates,
    kinds_of,
    plain,
)
from ckanext.roadmap.domain.personal.card import is_luhn
from ckanext.roadmap.domain.personal.phone import MOBILE
from ckanext.roadmap.domain.personal.pinfl import check_digit

AROUND = st.text(st.sampled_from(" ,;:.()ab—№\n"), max_size=6)
DIGITS = "0123456789"
CENTURIES = {18: "12", 19: "34", 20: "56"}


def digits(count: int) -> st.SearchStrategy[str]:
    return st.text(DIGITS, min_size=count, max_size=count)


@st.composite
def pinfls(draw: st.DrawFn) -> str:
    day = draw(st.dates(date(1800, 1, 1), date(2099, 12, 31)))
    first = draw(st.sampled_from(CENTURIES[day.year // 100]))
    thirteen = f"{first}{day:%d%m}{day.year % 100:02}{draw(digits(6))}"
    return thirteen + check_digit(thirteen)


def grouped(number: str, gap: str) -> str:
    return gap.join((number[:1], number[1:7], number[7:10], number[10:]))


@st.composite
def cards(draw: st.DrawFn) -> str:
    fifteen = draw(st.sampled_from(("8600", "9860", "5614", "4000", "5100", "2200", "6200"))) + draw(
        digits(11)
    )
    number = next(fifteen + last for last in DIGITS if is_luhn(fifteen + last))
    gap = draw(st.sampled_from(("", " ", "-")))
    return gap.join(number[at : at + 4] for at in range(0, 16, 4))


@st.composite
def phones(draw: st.DrawFn) -> str:
    code = draw(st.from_regex(rf"({MOBILE})", fullmatch=True))
    seven = draw(digits(7))
    form = draw(
        st.sampled_from(
            (
                "+998{0}{1}{2}{3}",
                "998{0}{1}{2}{3}",
                "+998 {0} {1} {2} {3}",
                "+998 ({0}) {1}-{2}-{3}",
                "00998-{0}-{1}{2}{3}",
                "+998\u00a0({0})-{1}\u2011{2}\u2011{3}",
                "{0} {1} {2} {3}",
                "8 ({0}) {1}-{2}-{3}",
            )
        )
    )
    return form.format(code, seven[:3], seven[3:5], seven[5:])


passports = st.builds(
    lambda series, gap, number: series + gap + number,
    st.from_regex(r"[A-Z]{2}", fullmatch=True) | st.sampled_from(("АА", "АВ", "АС")),
    st.sampled_from(("", " ", "-", " №", " № ")),
    digits(7),
)
emails = st.builds(
    lambda name, domain: f"{name}@{domain}",
    st.from_regex(r"[a-z][a-z0-9._-]{0,20}", fullmatch=True),
    st.sampled_from(("gmail.com", "mail.ru", "inbox.uz", "umail.uz", "firma.co.uz")),
)
tax_numbers = st.builds(str.__add__, st.sampled_from("4567"), digits(8))
FOUND = {
    "pinfl": st.builds(grouped, pinfls(), st.sampled_from(("", " ", "\u00a0", "\u200b", "-"))),
    "card": cards(),
    "phone": phones(),
    "passport": passports,
    "email": emails,
    "tax_number": tax_numbers,
}


@pytest.mark.parametrize("kind", sorted(DETECTORS))
def test_every_kind_has_values(kind: str):
    assert kind in FOUND


@pytest.mark.parametrize("kind", sorted(FOUND))
@given(data=st.data())
def test_what_is_personal_is_found_wherever_it_stands(kind: str, data: st.DataObject):
    before, value, after = data.draw(AROUND), data.draw(FOUND[kind]), data.draw(AROUND)
    gap = " " if kind in ("email", "passport") else ""
    text = f"{before}{gap}{value}{gap}{after}"
    assert DETECTORS[kind].is_in(plain(text))
    assert re.search(PREFILTER, text), "a value that the pass over the table would miss"
    closed = text.translate({ord(sign): None for sign in GAPS})
    column = "STIR" if kind == "tax_number" else "nomi"
    assert re.search(closer(column), closed) or re.search(GROUPED, text), "one that the closer look would"


@given(pinfls(), st.integers(0, 13), st.integers(1, 9))
def test_a_slip_of_one_digit_is_no_pinfl(number: str, place: int, more: int):
    weight = (7, 3, 1)[place % 3] if place < 13 else 1
    assert weight * more % 10  # each weight has an inverse, so the check digit sees every slip
    other = number[:place] + str((int(number[place]) + more) % 10) + number[place + 1 :]
    assert not DETECTORS["pinfl"].is_in(other)


@given(cards(), st.integers(4, 15), st.integers(1, 9))
def test_a_slip_of_one_digit_is_no_card(number: str, place: int, more: int):
    plain = re.sub(r"\D", "", number)
    other = plain[:place] + str((int(plain[place]) + more) % 10) + plain[place + 1 :]
    assert not DETECTORS["card"].is_in(other)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("pinfl", "39913995000001"), ("pinfl", "312345678901234567"), ("pinfl", "71501995000001"),
        ("card", "1234567890123456"), ("card", "86001234"), ("card", "20214000000004000000"),
        ("phone", "+998 71 202 02 02"), ("phone", "901234567"), ("phone", "1998901234567"), ("phone", "+99890123456"),
        ("passport", "AA123456"), ("passport", "AA12345678"), ("passport", "BAA1234567"), ("passport", "aa1234567"),
        ("phone", "2020 201 45 67"), ("phone", "90 123 456"), ("phone", "20.500,90 100 20 30"), ("phone", "1 90 100 20 30"),
        ("pinfl", "2024-01-01 - 2024-12-31"), ("email", "info@stat.gov.uz"), ("email", "maktab@edu.uz"), ("email", "a@b"), ("email", "@gmail.com"),
        ("tax_number", "201234567"), ("tax_number", "4123456789"),
    ],
)  # fmt: skip
def test_what_is_not_personal_is_left_alone(kind: str, text: str):
    assert not DETECTORS[kind].is_in(text)


def test_nine_bare_digits_are_a_telephone_where_the_column_says_so():
    is_phone = DETECTORS["phone"].is_in
    assert all(is_phone("901234567", column) for column in ("telefon", "Телефон рақами", "mobile_phone"))
    assert not is_phone("901234567", "kod")
    assert not is_phone("712020202", "telefon"), "a town's code: an office"


@pytest.mark.parametrize(
    ("column", "kinds"),
    [
        ("fio", ["person_name"]), ("F.I.Sh.", ["person_name"]), ("Familiyasi", ["person_name"]), ("ФИО", ["person_name"]),
        ("Отасининг исми", ["person_name"]), ("lastName", ["person_name"]), ("last_name", ["person_name"]),
        ("jshshir", ["identity"]), ("ЖШШИР", ["identity"]), ("PINFL", ["identity"]), ("pasport_seriyasi", ["identity"]),
        ("Туғилган санаси", ["birth"]), ("tug‘ilgan_yili", ["birth"]), ("дата_рождения", ["birth"]), ("birthDate", ["birth"]),
        ("yashash_manzili", ["home"]), ("Яшаш жойи", ["home"]), ("Адрес проживания", ["home"]),
        ("JShShIR", ["identity"]), ("ФИO", ["person_name"]), ("Пacпорт", ["identity"]), ("fuqaro_FISH", ["person_name"]),
        ("obekt_nomi", []), ("nomi", []), ("name", []), ("full_name", []), ("manzil", []), ("адрес", []), ("inn", []),
        ("tug‘ilganlar_soni", []), ("число родившихся", []), ("birth_rate", []), ("telefon", []), ("fishing", []),
        ("tashkilot_nomi", []), ("наименование", []), ("mahalla_id", []),
    ],
)  # fmt: skip
def test_names_of_columns(column: str, kinds: list[str]):
    assert kinds_of(column) == kinds


def test_coordinates_are_homes_only_beside_people():
    assert home_coordinates(["nomi", "lat", "lon"]) == []
    assert home_coordinates(["fio", "lat", "lon"]) == ["lat", "lon"]
    assert home_coordinates(["raqam", "lat", "lon"], of_people=True) == ["lat", "lon"]
    assert home_coordinates(["yashash_manzili", "koordinata"]) == ["koordinata"]


def test_tax_numbers_are_looked_for_by_name():
    fits = DETECTORS["tax_number"].fits
    assert all(map(fits, ("inn", "STIR raqami", "ИНН")))
    assert not fits("id")


TRUE_ALARMS = {"kindergartens": 2}
"""Two kindergartens are run by natural persons, under their own tax numbers."""


@pytest.mark.parametrize("name", ["schools", "kindergartens", "clinics"])
def test_false_alarms_on_real_tables(shared_data: Path, name: str):
    with (shared_data / "ministries" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [column for column in rows[0] if kinds_of(column)] == []
    found = [
        (kind, column)
        for row in rows
        for column, value in row.items()
        for kind, one in DETECTORS.items()
        if one.fits(column) and one.is_in(plain(value), column)
    ]
    assert len(rows) >= 400
    assert len(found) == TRUE_ALARMS.get(name, 0)

"""Names of columns that speak of people, in Uzbek (both scripts), Russian and English."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from ckanext.roadmap.domain.script import to_latin

PHRASES: Mapping[str, tuple[str, ...]] = {
    "person_name": (
        "fio", "f i o", "fish", "f i sh", "fi sh", "familiya", "familiyasi", "sharifi", "ism", "ismi",
        "ism sharif", "otasining ismi", "фио", "ф и о", "фамилия", "имя", "отчество", "imya", "otchestvo",
        "surname", "last name", "lastname", "first name", "firstname", "middle name", "patronymic",
    ),
    "identity": (
        "pinfl", "jshshir", "jshir", "пинфл", "жшшир", "passport", "pasport", "паспорт",
        "id karta", "identity card", "personal number",
    ),
    "birth": (
        "tugilgan sana", "tugilgan sanasi", "tugilgan kun", "tugilgan kuni", "tugilgan yili", "дата рождения",
        "год рождения", "data rojdeniya", "data rozhdeniya", "birth date", "birthdate", "birthday",
        "date of birth", "dob",
    ),
    "home": (
        "yashash manzili", "yashash joyi", "uy manzili", "propiska", "адрес проживания", "место жительства",
        "адрес прописки", "прописка", "домашний адрес", "adres projivaniya", "adres prozhivaniya",
        "home address", "residence address", "place of residence",
    ),
}  # fmt: skip
LATITUDE = ("lat", "latitude", "kenglik", "широта", "shirota", "geo lat", "y koordinata")
LONGITUDE = ("lon", "lng", "long", "longitude", "uzunlik", "долгота", "dolgota", "x koordinata")
POINT = ("koordinata", "koordinatalar", "coordinates", "координаты", "geo", "geom", "location")
APOSTROPHES = re.compile("[’‘ʻʼ'`]")
CAMEL = re.compile(r"(?<=[a-zа-я])(?=[A-ZА-Я])")


def words_of(column: str) -> list[str]:
    """The words of a column's name, in small letters, without apostrophes."""
    plain = APOSTROPHES.sub("", CAMEL.sub(" ", column)).lower()
    return [word for word in re.split(r"[\W_\d]+", plain) if word]


def kinds_of(column: str) -> list[str]:
    """The kinds of personal data of which a column's name speaks."""
    return [kind for kind, phrases in PHRASES.items() if speaks(column, phrases)]


def speaks(column: str, phrases: Iterable[str]) -> bool:
    """Whether a column's name has one of the phrases, as it is written or in Latin letters."""
    words = words_of(column)
    spelled = {" ".join(words), APOSTROPHES.sub("", to_latin(" ".join(words)))}
    return any(re.search(rf"(?:^| ){re.escape(phrase)}(?: |$)", one) for phrase in phrases for one in spelled)


def home_coordinates(columns: Iterable[str]) -> list[str]:
    """Columns with coordinates in a table that speaks of people: they are of their homes, then."""
    columns = list(columns)
    if not any(kinds_of(column) for column in columns):
        return []
    both = all(any(speaks(column, part) for column in columns) for part in (LATITUDE, LONGITUDE))
    wanted = (*POINT, *LATITUDE, *LONGITUDE) if both else POINT
    return [column for column in columns if speaks(column, wanted)]

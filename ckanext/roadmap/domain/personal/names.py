"""Names of columns that speak of people, in Uzbek (both scripts), Russian and English."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from ckanext.roadmap.domain.script import to_latin

PHRASES: Mapping[str, tuple[str, ...]] = {
    "person_name": (
        "fio", "f i o", "fish", "f i sh", "fi sh", "familiya", "familiyasi", "sharifi", "ism", "ismi",
        "ism sharif", "otasining ismi", "фио", "ф и о", "фамилия", "имя", "отчество", "imya", "otchestvo",
        "ota ismi", "фиш", "ф и ш", "surname", "last name", "lastname", "first name", "firstname",
        "middle name", "patronymic",
    ),
    "identity": (
        "pinfl", "jshshir", "jshir", "shaxsiy raqam", "shaxsiy raqami", "личный номер", "пинфл", "жшшир",
        "passport", "pasport", "паспорт", "id karta", "identity card", "personal number",
    ),
    "birth": (
        "tugilgan sana", "tugilgan sanasi", "tugilgan kun", "tugilgan kuni", "tugilgan yili",
        "дата рождения", "год рождения", "data rojdeniya", "data rozhdeniya", "birth date", "birthdate",
        "year of birth", "birth year", "birthday", "date of birth", "dob",
    ),
    "home": (
        "yashash manzili", "yashash joyi", "uy manzili", "propiska", "istiqomat manzili", "istiqomat joyi",
        "turar joy manzili", "адрес проживания", "место жительства", "адрес прописки", "прописка",
        "домашний адрес", "adres projivaniya", "adres prozhivaniya", "home address", "residence address",
        "place of residence",
    ),
}  # fmt: skip
LATITUDE = ("lat", "latitude", "kenglik", "широта", "shirota", "geo lat", "y koordinata")
LONGITUDE = ("lon", "lng", "long", "longitude", "uzunlik", "долгота", "dolgota", "x koordinata")
POINT = ("koordinata", "koordinatalar", "coordinates", "координаты", "geo", "geom", "location")
APOSTROPHES = re.compile("[’‘ʻʼ'`]")
ALIKE = str.maketrans("aceopxykmthb", "асеорхукмтнв")
"""Latin letters that stand in Cyrillic words for those that look the same."""
CAMEL = re.compile(r"(?<=[a-zа-я])(?=[A-ZА-Я])")


def words_of(column: str) -> list[str]:
    """The words of a column's name, in small letters, without apostrophes."""
    return _words(CAMEL.sub(" ", column))


def _words(text: str) -> list[str]:
    return [word for word in re.split(r"[\W_\d]+", APOSTROPHES.sub("", text).lower()) if word]


def _spellings(column: str) -> set[str]:
    """As it is written, without the parting at capitals, in letters of one script, and in Latin letters."""
    written = {" ".join(words_of(column)), " ".join(_words(column))}
    written |= {re.sub(r"\w*[а-яё]\w*", lambda word: word[0].translate(ALIKE), one) for one in written}
    return written | {APOSTROPHES.sub("", to_latin(one)) for one in written}


def kinds_of(column: str) -> list[str]:
    """The kinds of personal data of which a column's name speaks."""
    return [kind for kind, phrases in PHRASES.items() if speaks(column, phrases)]


def speaks(column: str, phrases: Iterable[str]) -> bool:
    """Whether a column's name has one of the phrases, as it is written or in Latin letters."""
    spelled = _spellings(column)
    return any(re.search(rf"(?:^| ){re.escape(phrase)}(?: |$)", one) for phrase in phrases for one in spelled)


def home_coordinates(columns: Iterable[str], of_people: bool = False) -> list[str]:
    """Columns with coordinates in a table that speaks of people: they are of their homes, then.

    :param of_people: whether it is known to, whatever the names say
    """
    columns = list(columns)
    if not of_people and not any(kinds_of(column) for column in columns):
        return []
    both = all(any(speaks(column, part) for column in columns) for part in (LATITUDE, LONGITUDE))
    wanted = (*POINT, *LATITUDE, *LONGITUDE) if both else POINT
    return [column for column in columns if speaks(column, wanted)]

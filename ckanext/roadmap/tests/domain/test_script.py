"""Uzbek over its two scripts: real words, protected pieces, and properties."""

from __future__ import annotations

import csv
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ckanext.roadmap.domain.script import APOSTROPHES, fold, spell, to_cyrillic, to_latin

SHARED = Path(os.environ.get("ROADMAP_SHARED", Path(__file__).parents[5] / "shared"))

WORDS = [
    ("O‘zbekiston", "Ўзбекистон"), ("G‘ijduvon", "Ғиждувон"), ("bog‘", "боғ"), ("Qoraqalpog‘iston", "Қорақалпоғистон"),
    ("Shahrixon", "Шаҳрихон"), ("choy", "чой"), ("SHAHAR", "ШАҲАР"), ("tong", "тонг"), ("singil", "сингил"),
    ("elektron", "электрон"), ("ekin", "экин"), ("poema", "поэма"), ("aeroport", "аэропорт"), ("mehnat", "меҳнат"),
    ("Yevropa", "Европа"), ("Yangiyer", "Янгиер"), ("yer", "ер"), ("yil", "йил"), ("yo‘l", "йўл"), ("Daryo", "Дарё"),
    ("yuz", "юз"), ("yaxshi", "яхши"), ("tayyor", "тайёр"), ("Boyovut", "Боёвут"), ("Navoiy", "Навоий"),
    ("ma’lumotlar", "маълумотлар"), ("mas’ul", "масъул"), ("e’lon", "эълон"), ("Ellikqal’a", "Элликқалъа"),
    ("is’hoq", "исҳоқ"), ("As’hob", "Асҳоб"), ("san’at", "санъат"), ("mo‘jiza", "мўъжиза"), ("ta’lim", "таълим"),
    ("litsey", "лицей"), ("militsiya", "милиция"), ("konferensiya", "конференция"), ("funksiya", "функция"),
    ("pensiya", "пенсия"), ("komissiya", "комиссия"), ("sirk", "цирк"), ("operatsiya", "операция"),
    ("meditsina", "медицина"), ("korrupsiya", "коррупция"), ("litsenziya", "лицензия"),
    ("obyekt", "объект"), ("subyektlar", "субъектлар"), ("pyesa", "пьеса"), ("kompyuter", "компьютер"),
    ("iyul", "июль"), ("aprel", "апрель"), ("sentabrdagi", "сентябрдаги"), ("oktabr", "октябрь"),
    ("parolni", "паролни"), ("filtrlash", "фильтрлаш"), ("rayon", "район"), ("ishchi", "ишчи"),
    ("Sh.Rashidov", "Ш.Рашидов"), ("o‘zgarish", "ўзгариш"), ("muddati o‘tgan", "муддати ўтган"),
]  # fmt: skip

UNTOUCHED = [
    "%(name)s", "%s", "%d", "{name}", "{{ h.url_for('x') }}", "<a href=\"/dataset\" title='x'>", "</strong>", "&nbsp;",
    "http://data.egov.uz/o'z", "https://example.org/a?b=c", "info@stat.uz", "data.egov.uz", "data.gov.uk", "roadmap://NAME", "YYYY-MM-DD", "ckanext.roadmap.load.overall_timeout", "schools.csv", "CSV", "JSON",
    "API", "URL", "CKAN", "DataStore", "PostgreSQL", "package_search", "sha256", "--year", "`datastore_search`", "WFS",
]  # fmt: skip

SUFFIXED = [
    ("%(count)s ta to‘plam", "%(count)s та тўплам"),
    ("<b>Tashkilot</b> nomi", "<b>Ташкилот</b> номи"),
    ("CSV fayl", "CSV файл"),
    ("APIga", "APIга"),
    ("JSONda {count} ta", "JSONда {count} та"),
    ("O‘zMU", "ЎзМУ"),
    ("'katalog' so'zi", "'каталог' сўзи"),
    ("STIR va SOATO", "СТИР ва СОАТО"),
    ("tashkilot STIRini", "ташкилот СТИРини"),
    ("2023-yil, 1-chorak", "2023-йил, 1-чорак"),
]

ONE_WAY = [("ketsin", "кетсин"), ("aytsa", "айтса"), ("internetsiz", "интернетсиз"), ("toshsha", "тошша")]


@pytest.mark.parametrize(("latin", "cyrillic"), WORDS)
def test_real_words_go_both_ways(latin, cyrillic):
    assert to_cyrillic(latin) == cyrillic
    assert to_latin(cyrillic) == latin


@pytest.mark.parametrize(("latin", "cyrillic"), SUFFIXED + ONE_WAY)
def test_to_cyrillic_of_texts(latin, cyrillic):
    assert to_cyrillic(latin) == cyrillic


@pytest.mark.parametrize("piece", UNTOUCHED)
def test_what_is_no_prose_stays(piece):
    assert to_cyrillic(piece) == piece
    assert to_cyrillic(f"matn {piece} matn") == f"матн {piece} матн"


@pytest.mark.parametrize("apostrophe", APOSTROPHES)
def test_every_apostrophe_is_read(apostrophe):
    assert to_cyrillic(f"o{apostrophe}g{apostrophe}il ma{apostrophe}no") == "ўғил маъно"
    assert spell(f"O{apostrophe}g{apostrophe}il ma{apostrophe}no") == "O‘g‘il ma’no"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Farg'ona viloyati", "ФАРҒОНА  ВИЛОЯТИ"), ("Farg‘ona", "Fargona"), ("Bo'ka tumani", "Бўка-тумани"),
        ("Yangiyer", "Янгиер"), ("Oktabr", "октябрь"), ("oktyabr", "Oktabr"), ("Sh. Rashidov", "Ш.Рашидов"), ("«Elektron hukumat»", "электрон ҳукумат"),
    ],
)  # fmt: skip
def test_fold_makes_spellings_of_a_name_equal(one, other):
    assert fold(one) == fold(other)


def test_fold_keeps_different_names_apart():
    assert fold("Qo'shko'pir") != fold("Qo'shtepa")
    assert fold("Toshkent") != fold("Тошлоқ")


# Canonical syllables: no pair of letters that the two alphabets write ambiguously over a syllable's border.
_ONSETS = ["b", "d", "f", "g‘", "h", "j", "k", "l", "m", "n", "p", "q", "r", "v", "x", "z", "sh", "ch"]
_NUCLEI = ["a", "i", "o", "u", "o‘", "e"]
_CODAS = ["", "", "", "m", "n", "r", "l", "k", "q", "ng", "sh"]
_STARTS = ["", "yo", "yu", "ya", "ye", "yo‘l", "yi", "e", "o‘"]
syllable = st.builds(lambda a, b, c: a + b + c, *map(st.sampled_from, (_ONSETS, _NUCLEI, _CODAS)))
word = st.builds(
    lambda s, w: s + "".join(w), st.sampled_from(_STARTS), st.lists(syllable, min_size=1, max_size=4)
)
cased = st.one_of(word, word.map(str.upper), word.map(lambda w: w[0].upper() + w[1:]))
canonical = st.lists(cased, min_size=1, max_size=6).map(" ".join)


@given(canonical)
@settings(max_examples=300)
def test_canonical_text_survives_the_round_trip(text):
    assert to_latin(to_cyrillic(text)) == text


@given(st.text(alphabet="abdefghijklmnopqrstuvxyzcwABEOSTYZ'‘’` -.,%s{}<>&1_", max_size=60))
@settings(max_examples=500)
def test_fold_is_blind_to_the_script(text):
    assert fold(to_cyrillic(text)) == fold(text)


@given(st.text(max_size=80))
def test_no_text_breaks_the_converters(text):
    assert to_cyrillic(to_cyrillic(text)) == to_cyrillic(text) or "'" in text
    assert isinstance(to_latin(text), str)
    assert isinstance(fold(text), str)


@pytest.mark.real_data
@pytest.mark.parametrize(("name", "rows"), [("regions.csv", 14), ("districts.csv", 210)])
def test_official_names_of_regions_and_districts(name, rows):
    """The files' own two spellings agree with the rules in every row (floor: all of them)."""
    path = SHARED / "data" / name
    if not path.exists():
        pytest.skip(f"{path} is not here")
    with path.open(encoding="utf-8") as file:
        pairs = [(row["name_uz"], row["name_oz"]) for row in csv.DictReader(file)]
    assert len(pairs) == rows
    assert [(a, b) for a, b in pairs if to_cyrillic(a) != b or to_latin(b) != spell(a)] == []
    assert [(a, b) for a, b in pairs if fold(a) != fold(b)] == []

"""Uzbek in its two scripts: Latin <-> Cyrillic by the official rules, and a key to match names over both.

Latin text is taken with any apostrophe in use and written with the printed ones (`o‘`, `g‘`, and `’` for the
Latin text is taken with any apostrophe in use and written with the printed ones (`o‘`, `g‘`, `’` for the
the names of formats.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from ckanext.roadmap.domain.uzbek_words import ENDINGS, LATIN_NAMES, PLAIN_S, STEMS

MARK, TUTUQ = "‘", "’"
APOSTROPHES = "'`´ʹʻʼʽˈ‘’‛′＇"
_QUOTES = '"«»“”„'
_A = f"[{re.escape(APOSTROPHES)}]"

_PROTECTED = re.compile(
    r"""
      %\(\w+\)[#0\- +]*\d*(?:\.\d+)?[a-zA-Z] | %(?:\.\d+)?[sdrif]
    | \{\{.*?\}\} | \{%.*?%\} | \$?\{[^{}\n]*\} | \[\[.*?\]\]
    | <!--.*?--> | </?[a-zA-Z][^<>]*> | &\#?\w+;
    | \]\([^)\s]*\) | (?<![^\W_])`[^`\n]+` (?![^\W_])
    | (?:[a-z][a-z0-9+.-]+://|mailto:)[^\s<>"]+ | \bwww\.[^\s<>"]+
    | [\w.+-]+@[\w-]+(?:\.[\w-]+)+
    | (?<![\w.])[\w-]+(?:\.[\w-]+)*\.(?:csv|tsv|xlsx?|json|html?|xml|ya?ml|zip|pdf|ini|py|js|sql)\b
    | (?<![\w.])[a-z0-9_-]+(?:\.[a-z0-9_-]+)+\b | \bYYYY(?:[-:][A-Za-z]+)*\b
    | (?<!\w)--[a-z][\w-]* | \b\w*_\w+ | \b[A-Za-z]+\d\w* | \\[nrt]
    """,
    re.VERBOSE | re.DOTALL | re.ASCII,
)
_WORD = re.compile(rf"[A-Za-z]+(?:{_A}+[A-Za-z]+)*(?:(?<=[OoGg]){_A})?")
_SEAM = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z]{3})(?=[a-z])")
_CYRILLIC_WORD = re.compile(r"[А-Яа-яЁёЎўҚқҒғҲҳ]+")

_LETTERS = dict(zip("abdefghijklmnopqrstuvxyz", "абдефгҳижклмнопқрстувхйз", strict=True))
_PAIRS = {"o‘": "ў", "g‘": "ғ", "sh": "ш", "ch": "ч", "yo": "ё", "yu": "ю", "ya": "я", "ye": "е", "ts": "ц"}
_UNIT = re.compile(r"o‘|g‘|sh|ch|yo(?!‘)|yu|ya|ye|ts|.")
_LATIN = {cyrillic: latin for latin, cyrillic in _LETTERS.items()} | {
    "ў": "o‘", "ғ": "g‘", "ш": "sh", "ч": "ch", "ё": "yo", "ю": "yu", "я": "ya", "э": "e", "ц": "s",
    "щ": "shch", "ы": "i", "ь": "", "ъ": "’", "х": "x",
}  # fmt: skip
_VOWELS = "аеёиоуўыэюяaeiou‘"
# Letters that go together only by their looks, put apart before the alphabet is applied: pattern -> written.
_APART = (
    (re.compile(r"s’h"), "сҳ"),
    (re.compile(r"(?<=[nkp])s(?=iya)"), "ц"),
    (re.compile(r"ts(?=h|iz|in(?:lar)?$|a(?:k|m|ng|ngiz|lar|di|ydi)?$)"), "тс"),
    (re.compile(r"(?<=[bdfghjklmnpqrstvxz])ye"), "ье"),
)
_FOLDED = _LATIN | {"ў": "o", "ғ": "g", "ъ": ""}


def to_cyrillic(text: str) -> str:
    """Uzbek text in the Cyrillic script; what is Cyrillic already, and what is no prose, stays."""
    return _over_prose(text, lambda prose: _replace_words(prose, _word_to_cyrillic))


def to_latin(text: str) -> str:
    """Uzbek text in the Latin script; what is Latin already, and what is no prose, stays."""
    return _over_prose(text, lambda prose: _CYRILLIC_WORD.sub(lambda m: _word_to_latin(m.group()), prose))


def spell(text: str) -> str:
    """Latin text with the official apostrophes in place of whatever was typed."""
    return _over_prose(text, lambda prose: _replace_words(prose, _official))


def fold(text: str) -> str:
    """A key under which one name is equal in any script, apostrophe, case, spacing and hyphenation."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    latin = "".join(_FOLDED.get(letter, letter) for letter in plain if not _is_ignored(letter))
    return re.sub("t+s", "s", re.sub("y+e", "e", latin.replace("tyabr", "tabr")))


def _over_prose(text: str, convert: Callable[[str], str]) -> str:
    """Convert what stands between the protected pieces."""
    done: list[str] = []
    start = 0
    for piece in _PROTECTED.finditer(text):
        done += [convert(text[start : piece.start()]), piece.group()]
        start = piece.end()
    return "".join([*done, convert(text[start:])])


def _replace_words(prose: str, convert: Callable[[str], str]) -> str:
    def replace(match: re.Match[str]) -> str:
        word, before = match.group(), prose[match.start() - 1 : match.start()]
        quoted = word[-1] in APOSTROPHES and before != "" and before in APOSTROPHES
        return convert(word[:-1]) + word[-1] if quoted else convert(word)

    return _WORD.sub(replace, prose)


def _official(word: str) -> str:
    """One Latin word with the official marks; a foreign word keeps its own."""
    if _is_foreign(word):
        return word
    return re.sub(_A, TUTUQ, re.sub(rf"(?<=[oOgG]){_A}", "\0", word)).replace("\0", MARK)


def _word_to_cyrillic(word: str) -> str:
    name, ending = _latin_name(word)
    if name:
        return name + (_word_to_cyrillic(ending) if ending else "")
    if _is_foreign(word):
        return word
    parts = _SEAM.split(_official(word))
    return "".join(_with_case_of(part, _spelled_in_cyrillic(part.lower())) for part in parts)


def _latin_name(word: str) -> tuple[str, str]:
    """The Latin name a word begins with and its native ending, or two empty strings."""
    for end in range(len(word), 1, -1):
        if word[:end] in LATIN_NAMES and (end == len(word) or ENDINGS.fullmatch(word[end:])):
            return word[:end], word[end:]
    return "", ""


def _is_foreign(word: str) -> bool:
    """A letter or a capital that no Uzbek word has where it stands: such a word is left alone."""
    camel = re.search(r"[a-z][A-Z]", word) is not None and not any(mark in word for mark in APOSTROPHES)
    return camel or re.search(r"w|c(?!h)", word, re.IGNORECASE) is not None


def _with_case_of(word: str, written: str) -> str:
    if word.isupper() and not (len(written) > 1 and len(word) == 1):
        return written.upper()
    return written[:1].upper() + written[1:] if word[:1].isupper() else written


def _spelled_in_cyrillic(word: str) -> str:
    """A lower-case word, by its stem if the table knows it, else letter by letter."""
    for end in range(len(word), 2, -1):
        stem, ending = STEMS.get(word[:end]), word[end:]
        if stem and ENDINGS.fullmatch(ending):
            return (stem.removesuffix("ь") if ending else stem) + _letters_to_cyrillic(ending, "т")
    return _letters_to_cyrillic(word)


def _letters_to_cyrillic(word: str, before: str = "") -> str:
    if not any(word.startswith(stem) for stem in PLAIN_S):
        for together, apart in _APART:
            word = together.sub(apart, word)
    written = ""
    for unit in _UNIT.findall(word):
        initial = (written[-1:] or before) in ("", *_VOWELS)
        written += "э" if unit == "e" and initial else _PAIRS.get(unit) or _LETTERS.get(unit) or _sign(unit)
    return written


def _sign(unit: str) -> str:
    return "ъ" if unit == TUTUQ else unit


def _word_to_latin(word: str) -> str:
    word = re.sub("(?i)(?<=т)я(?=бр)", _autumn, word)
    lower = word.lower()
    return "".join(_with_case_at(word, place, _letter_to_latin(lower, place)) for place in range(len(word)))


def _autumn(letter: re.Match[str]) -> str:
    """September and October: сентябрь, but sentabr."""
    return "А" if letter.group().isupper() else "а"


def _letter_to_latin(word: str, place: int) -> str:
    """The Latin letters of one place of a lower-case Cyrillic word; its neighbours decide."""
    letter, before, after = word[place], word[place - 1 : place], word[place + 1 : place + 2]
    if letter == "е":
        return "ye" if before in ("", *_VOWELS, "ъ", "ь") else "e"
    if letter == "ц":
        return "ts" if before and before in _VOWELS else "s"
    if letter == "ь":
        return "y" if after == "о" else ""
    if letter == "ъ" and (before == "ў" or (after and after in "еёюя" and before not in _VOWELS)):
        return ""
    return _LATIN[letter] + (TUTUQ if letter == "с" and after == "ҳ" else "")


def _with_case_at(word: str, place: int, latin: str) -> str:
    if not word[place].isupper():
        return latin
    neighbour = word[place + 1 : place + 2] or word[place - 1 : place]
    return latin.upper() if neighbour.isupper() else latin[:1].upper() + latin[1:]


def _is_ignored(letter: str) -> bool:
    return letter in APOSTROPHES + _QUOTES or letter.isspace() or unicodedata.category(letter) == "Pd"

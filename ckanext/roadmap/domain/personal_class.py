"""What the data of an item say about people, as the list classes it; open data never hold more than these."""

from __future__ import annotations

from enum import StrEnum

from ckanext.roadmap.domain.errors import PersonalClassError
from ckanext.roadmap.domain.script import fold


class PersonalClass(StrEnum):
    """Nothing about people; nothing by which one is known any more; or what a law makes public."""

    none = "none"
    depersonalised = "depersonalised"
    public = "public"


_NAMES: dict[PersonalClass, tuple[str, ...]] = {
    PersonalClass.none: ("no", "yo'q", "нет", "shaxsga doir ma'lumotlar yo'q", "персональных данных нет"),
    PersonalClass.depersonalised: (
        "depersonalized",
        "anonymised",
        "anonymized",
        "shaxssizlantirilgan",
        "обезличенные",
        "обезличено",
    ),
    PersonalClass.public: (
        "public by law",
        "hamma foydalanishi mumkin bo'lgan",
        "общедоступные",
        "общедоступные персональные данные",
    ),
}
_CLASSES = {fold(name): one for one, names in _NAMES.items() for name in (str(one), *names)}


def read_personal_class(text: str) -> PersonalClass | None:
    """The class that a word in any language and script names; an empty one names none.

    :raises PersonalClassError: nobody knows it
    """
    if not text:
        return None
    found = _CLASSES.get(fold(text))
    if found is None:
        accepted = ", ".join(PersonalClass)
        told = f'"{text}" is no class of personal data. Write one of: {accepted}.'
        raise PersonalClassError("personal_class_unknown", told, value=text, accepted=accepted)
    return found

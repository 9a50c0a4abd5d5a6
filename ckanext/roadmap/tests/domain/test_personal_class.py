"""The class of personal data, in words of any language and script."""

from __future__ import annotations

import pytest

from ckanext.roadmap.domain.errors import PersonalClassError
from ckanext.roadmap.domain.personal_class import PersonalClass, read_personal_class


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("", None),
        ("none", PersonalClass.none),
        ("йўқ", PersonalClass.none),
        ("Обезличенные", PersonalClass.depersonalised),
        ("Shaxssizlantirilgan", PersonalClass.depersonalised),
        ("шахссизлантирилган", PersonalClass.depersonalised),
        ("public", PersonalClass.public),
        ("Общедоступные", PersonalClass.public),
    ],
)
def test_read(word: str, found: PersonalClass | None):
    assert read_personal_class(word) is found


def test_refused_with_what_is_accepted():
    with pytest.raises(PersonalClassError, match="none, depersonalised, public"):
        read_personal_class("secret")

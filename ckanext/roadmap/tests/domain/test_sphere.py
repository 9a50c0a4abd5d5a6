"""Spheres are known by any of their names."""

from __future__ import annotations

import polib
import pytest

from ckanext.roadmap.domain.script import fold, to_cyrillic
from ckanext.roadmap.domain.sphere import NAMES, PORTAL, sphere_of
from ckanext.roadmap.presentation.labels import SPHERES
from ckanext.roadmap.tests.conftest import ROOT


def test_the_portal_has_nineteen_and_the_form_offers_them_all():
    assert len(PORTAL) == 19
    assert set(SPHERES) == set(NAMES)


def test_no_two_spheres_share_a_name():
    keys = [(code, key) for code, names in NAMES.items() for key in {*map(fold, names)}]
    assert len({key for _, key in keys}) == len(keys)


@pytest.mark.parametrize("code", NAMES)
def test_each_name_in_any_case_and_script_means_the_sphere(code):
    for name in (code, *NAMES[code]):
        assert {sphere_of(name), sphere_of(name.upper()), sphere_of(to_cyrillic(name))} == {code}


@pytest.mark.parametrize("lang", ["uz", "ru"])
def test_the_words_that_pages_show_are_read_back(lang):
    words = polib.pofile(str(ROOT / f"ckanext/roadmap/i18n/{lang}/LC_MESSAGES/ckanext-roadmap.po"))
    told = {entry.msgid: entry.msgstr for entry in words}
    for code, label in SPHERES.items():
        assert sphere_of(label) == sphere_of(told[label]) == code


def test_what_nobody_knows_stays_as_written():
    assert sphere_of("Astrologiya") == "Astrologiya"

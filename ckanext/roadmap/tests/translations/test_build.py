"""The folder that CKAN takes its languages from, built whole."""

from __future__ import annotations

import gettext
import os
import stat

import polib
import pytest

from ckanext.roadmap.translations import build, catalogue


@pytest.fixture(scope="module")
def own(tmp_path_factory):
    folder = tmp_path_factory.mktemp("own")
    template = polib.POFile()
    template.append(polib.POEntry(msgid="Deadline"))
    for locale, text in (("uz", "Muddat"), ("ru", "Срок")):
        po = catalogue.empty(locale, template)
        po[0].msgstr = text
        (folder / locale / "LC_MESSAGES").mkdir(parents=True)
        po.save(str(folder / locale / "LC_MESSAGES" / "ckanext-roadmap.po"))
    return folder


@pytest.fixture(scope="module")
def built(tmp_path_factory, own):
    out = tmp_path_factory.mktemp("i18n")
    build.build(out, own=own)
    return out


def translator(folder, locale, domain="ckan"):
    return gettext.translation(domain, str(folder), [locale])


@pytest.mark.parametrize(
    ("locale", "dataset", "search"),
    [
        ("uz", "Ma’lumotlar to‘plami", "Qidiruv"),
        ("uz_Cyrl", "Маълумотлар тўплами", "Қидирув"),
        ("ru", "Набор данных", "Поиск"),
        ("en", "Dataset", "Search"),
    ],
)
def test_core_strings_in_every_language(built, locale, dataset, search):
    translate = translator(built, locale).gettext
    assert (translate("Dataset"), translate("Search")) == (dataset, search)


def test_plural_forms(built):
    assert (
        translator(built, "uz")
        .ngettext("{num} Dataset", "{num} Datasets", 5)
        .startswith("{num} ta ma’lumotlar")
    )
    assert (
        translator(built, "uz_Cyrl")
        .ngettext("{num} Dataset", "{num} Datasets", 1)
        .startswith("{num} та маълумотлар")
    )


def test_what_javascript_needs_is_there(built):
    assert (built / "ckan.pot").exists()
    for locale in ("uz", "uz_Cyrl", "ru", "en"):
        po = catalogue.load(built / locale / "LC_MESSAGES" / "ckan.po")
        assert po.metadata["Plural-Forms"] == catalogue.PLURALS[locale] or locale == "ru"


def test_every_core_string_is_translated_into_uzbek(built):
    examples = "ckanext/example_"
    missing = [
        entry.msgid
        for entry in catalogue.load(built / "uz" / "LC_MESSAGES" / "ckan.po").untranslated_entries()
        if not all(path.startswith(examples) for path, _ in entry.occurrences)
    ]
    assert missing == []


def test_russian_has_every_string_of_cores_own_pages(built):
    missing = [
        entry.msgid
        for entry in catalogue.load(built / "ru" / "LC_MESSAGES" / "ckan.po").untranslated_entries()
        if entry.occurrences
        and entry.occurrences[0][0].startswith(("ckan/templates", "ckan/views", "ckan/logic"))
    ]
    assert missing == []


def test_the_derived_script_has_no_latin_prose(built):
    for entry in catalogue.load(built / "uz_Cyrl" / "LC_MESSAGES" / "ckan.po").translated_entries():
        for text in catalogue.texts(entry):
            assert "‘" not in text, text
            assert "’" not in text, text


@pytest.mark.parametrize(
    ("latin", "cyrillic"),
    [
        ('"all" yoki "kind:region", orasiga ";"', '"all" ёки "kind:region", орасига ";"'),
        ("{year}-yil {number}-chorak", "{year} йил {number}-чорак"),
        ('"yes" yoki "no" deb yozing', '"yes" ёки "no" деб ёзинг'),
        (
            '<a title="O‘chirish" href="/uz">O‘chirish</a> "{name}"',
            '<a title="O‘chirish" href="/uz">Ўчириш</a> "{name}"',
        ),
    ],
)
def test_translations_in_cyrillic(latin, cyrillic):
    assert build.in_cyrillic(latin) == cyrillic


def test_one_russian_word_for_a_dataset(built):
    translate = translator(built, "ru").gettext
    assert (translate("Datasets"), translate("Create Dataset")) == ("Наборы данных", "Создать набор данных")
    assert translate("Activity Stream") == "Лента событий"


def test_own_catalogues_are_compiled_and_derived(built, own):
    assert translator(own, "uz", "ckanext-roadmap").gettext("Deadline") == "Muddat"
    assert translator(own, "uz_Cyrl", "ckanext-roadmap").gettext("Deadline") == "Муддат"
    assert translator(own, "ru", "ckanext-roadmap").gettext("Deadline") == "Срок"


def test_the_same_sources_give_the_same_bytes(built, own, tmp_path):
    build.build(tmp_path, own=own)
    files = sorted(path.relative_to(built) for path in built.rglob("*") if path.is_file())
    assert files == sorted(path.relative_to(tmp_path) for path in tmp_path.rglob("*") if path.is_file())
    assert [path for path in files if (built / path).read_bytes() != (tmp_path / path).read_bytes()] == []


def test_a_folder_without_ckan_is_named(tmp_path):
    with pytest.raises(build.BuildError, match=r"ckan\.pot"):
        build.build(tmp_path / "out", ckan_i18n=tmp_path)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_is_named(tmp_path, capsys):
    tmp_path.chmod(stat.S_IRUSR | stat.S_IXUSR)
    assert build.main([str(tmp_path / "out")]) == 1
    assert "out" in capsys.readouterr().err


def test_the_command_tells_how_it_is_used(capsys):
    assert build.main([]) == 2
    assert "OUT_DIR" in capsys.readouterr().err

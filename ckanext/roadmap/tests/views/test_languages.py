"""Pages in the four languages, with the folder that the build step makes."""

from __future__ import annotations

import pytest

from ckan.lib import i18n

from ckanext.roadmap.translations import build

LANGUAGES = "uz uz_Cyrl ru en"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    out = tmp_path_factory.mktemp("i18n")
    build.build(out)
    return out


@pytest.fixture
def languages(folder, ckan_config, monkeypatch):
    for option, value in {
        "ckan.i18n_directory": str(folder),
        "ckan.locale_default": "uz",
        "ckan.locales_offered": LANGUAGES.split(),
        "ckan.locale_order": LANGUAGES.split(),
    }.items():
        monkeypatch.setitem(ckan_config, option, value)
    for name in ("locales", "locales_dict", "available_locales", "_non_translated_locals"):
        monkeypatch.setattr(i18n, name, None)


@pytest.mark.usefixtures("languages", "clean_db", "clean_index", "with_plugins")
class TestLanguages:
    @pytest.mark.parametrize(
        ("path", "lang", "core", "own"),
        [
            ("/dataset/", "uz", "Ma’lumotlar to‘plamlarini qidirish", "Ijro holati"),
            ("/uz_Cyrl/dataset/", "uz_Cyrl", "Маълумотлар тўпламларини қидириш", "Ижро ҳолати"),
            ("/ru/dataset/", "ru", "Поиск наборов данных", "Исполнение"),
            ("/en/dataset/", "en", "Search datasets", "Compliance"),
        ],
    )
    def test_a_page_speaks_one_language(self, make_app, path, lang, core, own):
        page = make_app().get(path).body
        assert '<html lang="' + lang.replace("_", "-") in page
        assert core in page
        assert own in page

    def test_the_switcher_names_each_language_in_itself(self, make_app):
        page = make_app().get("/about").body
        for name in ("o‘zbekcha", "ўзбекча (кирилл)", "русский", "English"):
            assert f">{name}<" in page

    def test_an_unknown_address_is_told_in_the_readers_language(self, make_app):
        assert "Бундай саҳифа йўқ" in make_app().get("/uz_Cyrl/nowhere", status=404).body

    @pytest.mark.parametrize(("lang", "confirm"), [("uz", "Tasdiqlash"), ("uz_Cyrl", "Тасдиқлаш")])
    def test_scripts_get_their_strings(self, make_app, ckan_config, tmp_path, monkeypatch, lang, confirm):
        monkeypatch.setitem(ckan_config, "ckan.storage_path", str(tmp_path))
        i18n.build_js_translations()
        assert make_app().get(f"/api/i18n/{lang}").json["Confirm"] == [None, confirm]

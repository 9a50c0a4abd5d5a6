"""Pages in the four languages, with the folder that the build step makes."""

from __future__ import annotations

import io

import pytest

from ckan.lib import i18n
from ckan.tests import factories

from ckanext.roadmap import helpers
from ckanext.roadmap.tests import country
from ckanext.roadmap.tests.presentation import canned
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

    def test_the_button_of_the_search_says_so(self, make_app):
        for lang, word in (("uz", "Qidirish"), ("uz_Cyrl", "Қидириш"), ("ru", "Найти")):
            assert f'aria-label="{word}"' in make_app().get(f"/{lang}/about").body

    def test_periods_are_named_as_each_language_does(self, make_app):
        said = {
            "uz": ("2026-yil noyabr", "2026-yil 3-chorak", "2026-yil 25-noyabr"),
            "uz_Cyrl": ("2026 йил ноябрь", "2026 йил 3-чорак", "2026 йил 25 ноябрь"),
            "ru": ("ноябрь 2026", "3-й квартал 2026 года", "25 ноября 2026 г."),
            "en": ("November 2026", "Q3 2026", "25 November 2026"),
        }
        for lang, words in said.items():
            with make_app().flask_app.test_request_context(
                f"/{lang}/", environ_overrides={"CKAN_LANG": lang}
            ):
                assert (
                    tuple(helpers.roadmap_period(code) for code in ("2026-11", "2026-Q3", "2026-11-25"))
                    == words
                )

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

    @pytest.mark.parametrize(
        ("lang", "words"),
        [
            (
                "uz",
                '2-satr, code ustuni: "x1" qabul qilinmaydi. Kodni "d-ddd" ko‘rinishida yozing, masalan, 1-002.',
            ),
            (
                "uz_Cyrl",
                '2-сатр, code устуни: "x1" қабул қилинмайди. Кодни "d-ddd" кўринишида ёзинг, масалан, 1-002.',
            ),
            ("ru", "Строка 2, столбец code: «x1» не принимается. Напишите код в виде d-ddd, например 1-002."),
            ("en", 'Row 2, column code: "x1" cannot be taken. Write the code as d-ddd, for example 1-002.'),
        ],
    )
    def test_a_refused_cell_is_told_in_the_readers_language(self, make_app, lang, words):
        wrong = country.BODIES.replace("1-001", "x1", 1)
        assert wrong != country.BODIES
        answer = make_app().post(
            f"/{lang}/api/3/action/roadmap_body_import",
            headers={"Authorization": factories.SysadminWithToken()["token"]},
            data={"upload": (io.BytesIO(wrong.encode()), "bodies.csv")},
            status=409,
        )
        assert answer.json["error"]["upload"] == [words]

    @pytest.mark.parametrize(
        ("lang", "problem", "remedy"),
        [
            ("uz", "public.schools jadvalida ustunlar yetishmaydi: name.", "Ularni manbada tiklang"),
            ("ru", "В public.schools недостаёт столбцов: name.", "Верните их в источник"),
        ],
    )
    def test_the_error_of_a_run(self, make_app, canned_results, lang, problem, remedy):
        canned_results["roadmap_run_show"] = canned.run("failed")
        page = make_app().get(f"/{lang}/compliance/run/r-1").body
        assert problem in page
        assert remedy in page

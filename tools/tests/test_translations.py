"""The check of translations, on a small package and on the real one."""

from __future__ import annotations

import polib
import pytest

from tools.translations import checking, extraction, literals, placeholders, updating
from tools.translations.__main__ import LOCALES, PACKAGE, main

TEMPLATE = """{# A comment with words. #}
{% extends "page.html" %}
<h1 class="big">{{ _('Marked') }}</h1>
{% trans name=name %}Also {{ name }} marked{% endtrans %}
<{{ 'th' if head else 'td' }} scope="row" class="cell">{{ value }}</{{ 'th' if head else 'td' }}>
<code>ckan roadmap list</code> · CSV
"""


@pytest.fixture
def package(tmp_path):
    package = tmp_path / "ckanext" / "roadmap"
    (package / "templates").mkdir(parents=True)
    (package / "schemas").mkdir()
    (package / "templates" / "page.html").write_text(TEMPLATE)
    (package / "labels.py").write_text(
        'from x import _, ngettext\nA = _("One {name}")\nB = ngettext("{count} row", "{count} rows", 2)\n'
    )
    (package / "tests").mkdir()
    (package / "tests" / "test_it.py").write_text('_("Never shown")\n')
    return package


def translate(package, locale, texts):
    updating.update(package, locale)
    path = updating.catalogue_path(package, locale)
    po = polib.pofile(str(path))
    for entry in po:
        if entry.msgid_plural:
            entry.msgstr_plural = dict.fromkeys(entry.msgstr_plural, texts.get(entry.msgid, "{count} x"))
        else:
            entry.msgstr = texts.get(entry.msgid, entry.msgid)
    po.save(str(path))


def test_strings_of_code_and_templates_are_found(package):
    found = {entry.msgid for entry in extraction.extract(package)}
    assert found == {"Marked", "Also %(name)s marked", "One {name}", "{count} row"}


def test_a_translated_package_is_green(package):
    translate(package, "uz", {})
    assert [line for line in checking.findings(package, ["uz"]) if "ckanext/roadmap/i18n" in line] == []


def test_a_percent_sign_that_a_template_would_fail_on_is_named(package):
    translate(package, "uz", {"Marked": "50 % va undan ortiq"})
    lines = list(checking.findings(package, ["uz"]))
    assert [line for line in lines if "literal %" in line and "'Marked'" in line]


def test_a_missing_translation_is_named(package):
    translate(package, "uz", {"Marked": ""})
    lines = list(checking.findings(package, ["uz"]))
    assert len(lines) == 1
    assert "'Marked'" in lines[0]
    assert "page.html" in lines[0]


def test_a_text_that_the_collector_cannot_see_is_named(package):
    (package / "hidden.py").write_text("A = f\"<b>{escape(tk._('Hidden'))}</b>\"\nB = f'{_(A)}'\n")
    lines = [line for line in checking.findings(package, []) if "hidden.py" in line]
    assert [line.split(":")[1] for line in lines] == ["1"]


def test_lost_placeholders_and_fuzzy_flags_are_named(package):
    translate(package, "uz", {"One {name}": "Bir"})
    path = updating.catalogue_path(package, "uz")
    po = polib.pofile(str(path))
    po.find("Marked").flags.append("fuzzy")
    po.save(str(path))
    lines = "\n".join(checking.findings(package, ["uz"]))
    assert "placeholders differ: 'Bir'" in lines
    assert "fuzzy: 'Marked'" in lines


def test_a_string_that_is_gone_is_named_and_dropped(package):
    translate(package, "uz", {})
    (package / "templates" / "page.html").write_text("<p>{{ value }}</p>")
    assert any("no longer used" in line for line in checking.findings(package, ["uz"]))
    updating.update(package, "uz")
    assert list(checking.findings(package, ["uz"])) == []


def test_update_keeps_translations_and_spells_uzbek(package):
    translate(package, "uz", {"Marked": "Bo'yalgan ma'no"})
    assert updating.update(package, "uz") == 0
    assert (
        polib.pofile(str(updating.catalogue_path(package, "uz"))).find("Marked").msgstr == "Bo‘yalgan ma’no"
    )


@pytest.mark.parametrize(
    ("source", "found"),
    [
        (TEMPLATE, []),
        ("<p>\nPlain words</p>", [(1, "Plain words")]),
        ("<p>{{ a }} of {{ b }}</p>", [(1, "… of …")]),
        ('<a title="Go there">{{ a }}</a>', [(1, "Go there")]),
        ('<input placeholder="{{ _(\'x\') }}" value="Free">', []),
        ("<script>var words = 1</script><style>p {}</style>", []),
        ("<p>{% if a %}Words{% endif %}</p>", [(1, "Words")]),
    ],
)
def test_literals(tmp_path, source, found):
    path = tmp_path / "a.html"
    path.write_text(source)
    assert list(literals.find(path)) == found


@pytest.mark.parametrize(
    ("source", "text", "wrong"),
    [
        ("%(count)s rows", "%(count)s ta satr", False),
        ("%(count)s rows", "satr", True),
        ("{a} of {b}", "{b} dan {a}", False),
        ("%s of %d", "%d dan %s", True),
        ("<b>Bold</b>", "<b>Qalin</b>", False),
        ("<b>Bold</b>", "Qalin</b>", True),
        ('<a href="x" title="Go">y</a>', '<a href="x" title="Bor">y</a>', False),
    ],
)
def test_placeholders(source, text, wrong):
    assert bool(list(placeholders.differences(polib.POEntry(msgid=source, msgstr=text)))) is wrong


def test_every_catalogue_of_the_project_is_ready():
    assert list(checking.findings(PACKAGE, LOCALES)) == []


def test_the_command(package, monkeypatch, capsys):
    monkeypatch.setattr("tools.translations.__main__.PACKAGE", package)
    assert main(["chek"]) == 2
    assert main(["update"]) == 0
    assert main(["check"]) == 1
    assert "not translated: 'Marked'" in capsys.readouterr().out
    for locale in LOCALES:
        translate(package, locale, {})
    assert main([]) == 0
    assert "Every string is translated." in capsys.readouterr().out

"""What a browser itself writes, in both scripts of Uzbek."""

from __future__ import annotations

import pytest

DATE = "moment('2026-11-23T10:00').locale(document.documentElement.lang).format('D MMMM')"


@pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")
@pytest.mark.parametrize(
    ("lang", "date", "chosen"),
    [
        ("uz", "23 Noyabr", "o‘zbekcha"),
        ("uz_Cyrl", "23 ноябр", "ўзбекча (кирилл)"),
        ("ru", "23 ноября", "русский"),
    ],
)
def test_dates_and_switcher(reader, lang, date, chosen):
    reader.page.goto(f"{reader.base}/{lang}/about")
    assert reader.page.evaluate(DATE) == date
    assert reader.page.locator("#field-lang-select option:checked").inner_text().strip() == chosen
    assert reader.faults == []

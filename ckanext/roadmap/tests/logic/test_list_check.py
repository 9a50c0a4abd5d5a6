"""What is wrong with a list or an item is told at once, and nothing is written."""

from __future__ import annotations

import pytest

import ckan.plugins.toolkit as tk

from ckanext.roadmap.tests import country
from ckanext.roadmap.tests.country import act, upload
from ckanext.roadmap.tests.logic.test_list_life import NEW

pytestmark = pytest.mark.usefixtures("clean_db", "with_plugins", "clean_index")


@pytest.fixture(autouse=True)
def bodies(clean_db: None, clean_index: None) -> None:
    country.import_bodies()


def test_a_sound_list_has_nothing_to_mend_and_is_not_kept():
    assert act("roadmap_list_check", upload=upload(country.ITEMS)) == {"items": 3, "faults": [], "bodies": []}
    with pytest.raises(tk.ObjectNotFound):
        act("roadmap_list_version_show", year=2023, number=1)


def test_faults_have_place_and_remedy_and_bodies_their_rows():
    text = country.ITEMS.replace("E-01,", "?,").replace("tax-committee", "tax-comitee")
    found = act("roadmap_list_check", upload=upload(text))
    [fault] = found["faults"]
    assert (fault["row"], fault["column"], fault["value"], fault["code"]) == (2, "code", "?", "code_form")
    assert fault["remedy"]
    [body] = found["bodies"]
    assert (body["word"], body["rows"]) == ("tax-comitee", [4])
    assert all(candidate["title"]["uz"] for candidate in body["candidates"])


def test_a_body_that_nobody_knows_is_told_beside_a_faulty_cell_of_its_row():
    text = country.ITEMS.replace("F-02,", "?,").replace("tax-committee", "tax-comitee")
    found = act("roadmap_list_check", upload=upload(text))
    assert [(fault["row"], fault["column"]) for fault in found["faults"]] == [(4, "code")]
    assert [(body["word"], body["rows"]) for body in found["bodies"]] == [("tax-comitee", [4])]
    assert found["items"] == 2


def test_a_body_chosen_for_a_word_is_taken_by_check_and_import():
    text = country.ITEMS.replace("tax-committee", "tax-comitee").replace(",all,", ",all;except:tax-comitee,")
    for chosen, left in (("nobody", ["tax-comitee"]), ("1-004", [])):
        found = act("roadmap_list_check", upload=upload(text), choices={"tax-comitee": chosen})
        assert [body["word"] for body in found["bodies"]] == left
    with pytest.raises(tk.ValidationError, match="nobody"):
        country.import_list(text, choices={"tax-comitee": "nobody"})
    country.import_list(text, choices='{"tax-comitee": "1-004"}')
    items = {row["code"]: row["responsible"] for row in act("roadmap_item_list", year=2023, number=1)}
    assert items["F-01"]["exceptions"] == ["tax-committee"]
    assert items["F-02"]["bodies"] == ["tax-committee", "ministry-finance"]
    with pytest.raises(tk.ValidationError, match="dictionary"):
        country.import_list(text, choices="[1]")


def test_an_item_has_every_faulty_cell_told_under_its_own_name():
    country.import_list()
    with pytest.raises(tk.ValidationError) as caught:
        act(
            "roadmap_item_create",
            year=2023,
            number=1,
            code="H-01",
            **{**NEW, "place": "paper", "frequency": "x"},
        )
    assert {"place", "frequency"} <= set(caught.value.error_dict)

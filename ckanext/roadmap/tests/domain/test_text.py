"""Texts in four languages, and errors that tell their place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ckanext.roadmap.domain.errors import ListError, RoadmapError, TermError
from ckanext.roadmap.domain.text import LANGUAGES, Text, told


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        (Text(uz="soliq", ru="налог", en="tax"), "uz", "soliq"),
        (Text(uz="soliq", ru="налог", en="tax"), "uz_Cyrl", "солиқ"),
        (Text(uz_Cyrl="солиқ", ru="налог"), "uz", "soliq"),
        (Text(uz="soliq", en="tax"), "ru", "tax"),
        (Text(ru="налог", uz="soliq"), "en", "налог"),
        (Text(uz="soliq"), "en", "soliq"),
        (Text(en="tax"), "uz", "tax"),
        (Text(ru="налог", en="tax"), "uz_Cyrl", "налог"),
        (Text(uz="soliq"), "fr", "soliq"),
        (Text(), "uz", ""),
    ],
)
def test_pick(text, lang, expected):
    assert text.pick(lang) == expected


def test_to_and_from_dict():
    stored = {"uz": "soliq", "en": "tax"}
    assert Text.from_dict({**stored, "fr": "impôt", "ru": None}) == Text(uz="soliq", en="tax")
    assert Text.from_dict(stored).to_dict() == stored
    assert Text.from_dict(None) == Text()


def test_errors_tell_their_place():
    error = ListError("empty", "The cell is empty.", row=7, column="due_rule", remedy="Write a term.")
    assert str(error) == "Row 7, column due_rule: The cell is empty. Write a term."
    assert (error.code, error.params["row"], error.column) == ("empty", 7, "due_rule")
    assert isinstance(error, RoadmapError)
    assert TermError("x", "Text.", value=1).params == {"value": 1}


@given(
    st.dictionaries(st.sampled_from([*LANGUAGES, "de"]), st.none() | st.text("ab шҳ ", max_size=4)),
    st.sampled_from([*LANGUAGES, "de"]),
)
def test_a_stored_text_is_told_as_it_is_picked(values, lang):
    assert told(values, lang) == Text.from_dict(values).pick(lang)

"""The check of a list before it is imported."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model, types

from ckanext.roadmap.domain.errors import ListError
from ckanext.roadmap.logic.errors import run_in_words
from ckanext.roadmap.logic.schema import lists as schema
from ckanext.roadmap.model import Body
from ckanext.roadmap.services import bodies, list_review


@tk.validate_action_data(schema.list_check)
def roadmap_list_check(context: types.Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Read a list without writing anything, and tell all that would stop its import.

    :param upload: CSV (UTF-8, UTF-16 or CP1251) or XLSX with the columns of docs/approved-list.md
    :type upload: FileStorage
    :param choices: the body meant by a word that does not match, {word: name, code, STIR or title} (optional)
    :type choices: dict
    :returns: items (how many can be read), faults (row, column, value, code, problem, remedy), bodies that
        are not matched (word, rows, code, candidates with name and title by language)
    :rtype: dict
    """
    tk.check_access("roadmap_list_check", context, data_dict)
    session, upload = model.Session(), data_dict["upload"]
    found = list_review.review(
        upload.read(), upload.filename, bodies.load_register(session), data_dict.get("choices")
    )
    titles = {row.name: row.title for row in session.scalars(Body.select_all())}
    return {
        "items": found.items,
        "faults": [dictize_fault(fault) for fault in found.faults],
        "bodies": [_unmatched(one, titles) for one in found.unmatched],
    }


def dictize_fault(fault: ListError) -> dict[str, Any]:
    """A fault of a file as the API gives it."""
    params = {name: value for name, value in fault.params.items() if name != "row"}
    message = str(fault).partition(": ")[2]
    told = run_in_words({"code": fault.code, "params": params, "message": message, "remedy": fault.remedy})
    value = fault.params.get("value")
    place = {"row": fault.row, "column": fault.column, "value": None if value is None else str(value)}
    return {**place, "code": fault.code, **told}


def _unmatched(one: list_review.Unmatched, titles: dict[str, dict[str, str]]) -> dict[str, Any]:
    names: Any = one.error.params.get("candidates") or []
    return {
        "word": one.word,
        "rows": list(one.rows),
        "code": one.error.code,
        "candidates": [{"name": name, "title": titles[name]} for name in names],
    }

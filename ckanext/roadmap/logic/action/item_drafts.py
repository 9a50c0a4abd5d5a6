"""Actions on the items of a draft."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model, types
from ckan.types import ErrorDict

from ckanext.roadmap.domain.errors import ListError
from ckanext.roadmap.logic.action.lists import find, hand
from ckanext.roadmap.logic.errors import as_validation_error, cell_in_words
from ckanext.roadmap.logic.schema import list_life as schema
from ckanext.roadmap.services import bodies, list_content, list_items, list_review
from ckanext.roadmap.services.bodies import Register


@tk.validate_action_data(schema.item_write)
def roadmap_item_create(context: types.Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Add an item at the end of a draft, under a code that was never issued before.

    :param year: year of the list
    :type year: int
    :param number: number within the year
    :type number: int
    :param code: the item's code, for example E-01
    :type code: string
    :param title_uz: the title in Uzbek; all other cells are named as the import names its columns
    :type title_uz: string
    :returns: the item; see :py:func:`roadmap_item_show` for the keys
    :rtype: dict
    :raises ObjectNotFound: there is no such version
    :raises ValidationError: a cell that can't be taken, no draft, or the code was issued before
    """
    tk.check_access("roadmap_item_create", context, data_dict)
    session = model.Session()
    version, register = find(context, data_dict["year"], data_dict["number"]), bodies.load_register(session)
    with faults_by_cell(_cells(data_dict), register):
        revision = list_items.create(session, hand(context), version, _cells(data_dict), register)
    session.commit()
    return list_content.row(data_dict["code"], revision)


@tk.validate_action_data(schema.item_write)
def roadmap_item_update(context: types.Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Change some cells of an item of a draft; cells left out stay as they are.

    :param year: year of the list
    :type year: int
    :param number: number within the year
    :type number: int
    :param code: the item's code; it can't be changed
    :type code: string
    :param title_uz: the title in Uzbek; all other cells are named as the import names its columns
    :type title_uz: string
    :returns: the item; see :py:func:`roadmap_item_show` for the keys
    :rtype: dict
    :raises ObjectNotFound: there is no such version
    :raises ValidationError: a cell that can't be taken, the version is no draft, or has no such item
    """
    tk.check_access("roadmap_item_update", context, data_dict)
    session = model.Session()
    version, register = find(context, data_dict["year"], data_dict["number"]), bodies.load_register(session)
    with faults_by_cell(_cells(data_dict), register):
        revision = list_items.update(
            session, hand(context), version, data_dict["code"], _cells(data_dict), register
        )
    session.commit()
    return list_content.row(data_dict["code"], revision)


@tk.validate_action_data(schema.item_retire)
def roadmap_item_retire(context: types.Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Take an item out of a draft; its code stays issued, and versions approved before keep it.

    :param year: year of the list
    :type year: int
    :param number: number within the year
    :type number: int
    :param code: the item's code
    :type code: string
    :returns: year, number, code
    :rtype: dict
    :raises ObjectNotFound: there is no such version
    :raises ValidationError: the version is no draft, or has no such item
    """
    tk.check_access("roadmap_item_retire", context, data_dict)
    version = find(context, data_dict["year"], data_dict["number"])
    with as_validation_error("code"):
        list_items.retire(model.Session(), hand(context), version, data_dict["code"])
    model.Session.commit()
    return {name: data_dict[name] for name in ("year", "number", "code")}


def _cells(data_dict: dict[str, Any]) -> dict[str, str]:
    return {name: data_dict[name].strip() for name in ("code", *schema.CELLS) if name in data_dict}


@contextmanager
def faults_by_cell(cells: dict[str, str], register: Register, other: str = "code") -> Iterator[None]:
    """Every given cell that can't be taken is told under its own name, all else under `other`."""
    try:
        with as_validation_error(other):
            yield
    except tk.ValidationError as error:
        cause = error.__cause__
        if not isinstance(cause, ListError):
            raise
        others = [fault for fault in list_review.item_faults(cells, register) if fault.column in cells]
        told: ErrorDict = {fault.column: [cell_in_words(fault)] for fault in (*others, cause)}
        raise tk.ValidationError(told) from cause

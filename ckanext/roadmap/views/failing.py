"""A request that fails leaves nothing behind that fails the next one."""

from __future__ import annotations

from flask import Flask, current_app
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import SQLAlchemyError

import ckan.plugins.toolkit as tk
from ckan import model

_NULL = "\0"


def guard(app: Flask) -> None:
    """Refuse what the database cannot keep, and free each thread of a transaction that failed."""
    app.before_request(_refuse_null)
    app.register_error_handler(SQLAlchemyError, _failed)
    app.teardown_request(_forget)


def _refuse_null() -> None:
    """No text of a person has a null character, and PostgreSQL keeps none."""
    request = tk.request
    sent = (text for _name, texts in request.values.lists() for text in texts)
    told = request.is_json and b"\\u0000" in request.get_data()
    if told or _NULL in request.path or any(_NULL in text for text in sent):
        tk.abort(400, tk._("What was sent holds a null character. Take it out and send it again."))


def _failed(error: SQLAlchemyError) -> ResponseReturnValue:
    """The error page, which asks the database itself and would fail in the transaction that failed."""
    model.Session.rollback()
    show = current_app.error_handler_spec[None][None].get(Exception)
    if show is None:
        raise error
    return show(error)  # pyright: ignore[reportReturnType] - CKAN's is no coroutine


def _forget(error: BaseException | None) -> None:
    """CKAN ends the session after an answer; where there is none, the thread would keep it for good."""
    if error is not None:
        model.Session.remove()

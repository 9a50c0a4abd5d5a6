"""Ways in which a view answers: a page or its fragment, a CSV file, a problem told with its remedy."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Mapping
from functools import wraps
from typing import Any

from flask import Response
from werkzeug.wsgi import FileWrapper

import ckan.plugins.toolkit as tk

from ckanext.roadmap import config
from ckanext.roadmap.presentation import csv_file, table_files, xlsx_file, xlsx_text
from ckanext.roadmap.presentation.tables import Row, Table

from . import queries
from .queries import BadQueryError

_PART = 65_536  # bytes that are sent at once
Answer = str | Response | tuple[str, int]


def act(name: str, /, **questions: object) -> Any:
    """Call an action as the reader; questions without a value are left out."""
    asked = {key: value for key, value in questions.items() if value is not None}
    return tk.get_action(name)({"user": tk.g.user, "auth_user_obj": tk.g.userobj}, asked)


def all_rows(read: Callable[..., Iterable[Row]], /, **questions: object) -> Iterable[Row]:
    """All rows of a list, read as the reader; questions without a value are left out."""
    asked = {key: value for key, value in questions.items() if value is not None}
    return read({"user": tk.g.user, "auth_user_obj": tk.g.userobj}, asked)


def render(page: str, fragment: str, variables: Mapping[str, Any], folder: str = "compliance") -> str:
    """The whole page, or what stands inside it when htmx asks."""
    template = fragment if is_part_asked() else page
    return tk.render(f"roadmap/{folder}/{template}", extra_vars=dict(variables))


def is_part_asked() -> bool:
    """Whether htmx asks for what stands inside the page."""
    return bool(tk.request.htmx and not tk.request.htmx.boosted)


def file_answer(table: Table, rows: Iterable[Row], name: str) -> Response:
    """The file for download that the address asks for: CSV, JSON or XLSX."""
    kind = queries.file_format() or "csv"
    file = table_files.spooled(kind, table, rows, config.timezone(), tk._)
    answer = Response(FileWrapper(file, _PART), mimetype=table_files.MIMETYPES[kind])
    answer.content_length = os.fstat(file.fileno()).st_size
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return answer


def list_answer(kind: str, table: Table, rows: Iterable[Row], name: str) -> Response:
    """A list for download as CSV or XLSX, all of it text so that it can be imported again, or as JSON."""
    if kind == "json":
        content: str | bytes = json.dumps([*rows], ensure_ascii=False, indent=1)
    else:
        content = xlsx_text.workbook(table, rows) if kind == "xlsx" else "".join(csv_file.lines(table, rows))
    answer = Response(content, mimetype=table_files.MIMETYPES[kind])
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return answer


def tells_problems(view: Callable[..., Answer]) -> Callable[..., Answer]:
    """Answer what cannot be shown with a page that says why and what to do."""

    @wraps(view)
    def guarded(**arguments: str) -> Answer:
        try:
            return view(**arguments)
        except BadQueryError as error:
            return _problem(400, tk._("This address asks for something unknown"), str(error))
        except xlsx_file.TooManyRowsError:
            return _problem(400, tk._("No workbook holds so many rows"), _too_long())
        except tk.ValidationError as error:
            return _problem(400, tk._("This address asks for something unknown"), _told(error))
        except tk.ObjectNotFound as error:
            return _problem(404, tk._("Nothing is kept under this address"), error.message or "")
        except tk.NotAuthorized as error:
            is_sent = tk.request.method == "POST"
            told = error.message if tk.g.user else _why_not(is_sent=is_sent)
            title = tk._("Nothing was written") if is_sent else tk._("You may not see this page")
            return _problem(403, title, told or "", is_sent=is_sent)

    return guarded


def _too_long() -> str:
    most = tk.h.roadmap_number(xlsx_file.MOST_ROWS)
    return tk._("It may have {most} of them. Take CSV or JSON, or narrow the table.").format(most=most)


def _why_not(*, is_sent: bool) -> str:
    if is_sent:
        return tk._("You are not logged in any more: the portal ends a login after a while.")
    return tk._("It is not public. Who may see it has to log in.")


def _told(error: tk.ValidationError) -> str:
    """What is wrong with each question, named as it stands in the address."""
    found = zip(error.error_dict, error.error_summary.values(), strict=False)
    return " ".join(f"{field}: {text}" for field, text in found)


def _problem(status: int, title: str, detail: str, *, is_sent: bool = False) -> tuple[str, int]:
    again = tk.url_for(tk.request.endpoint, **(tk.request.view_args or {}))
    variables = {"status": status, "title": title, "detail": detail, "again": again, "is_sent": is_sent}
    return tk.render("roadmap/compliance/problem.html", extra_vars=variables), status

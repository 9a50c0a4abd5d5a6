"""The cells of long tables: hundreds stand on a page, and a template takes ten times as long for each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any

from markupsafe import Markup, escape

import ckan.plugins.toolkit as tk

from ckanext.roadmap import addresses
from ckanext.roadmap.helpers import (
    roadmap_decision,
    roadmap_label,
    roadmap_period,
    roadmap_status_icon,
    roadmap_why,
)
from ckanext.roadmap.presentation.tables import Table
from ckanext.roadmap.written import (
    roadmap_covers,
    roadmap_date,
    roadmap_excerpt,
    roadmap_marks,
    roadmap_moment,
    roadmap_number,
    roadmap_percent,
    roadmap_quoted,
    roadmap_text,
)

Row = Mapping[str, Any]
Cell = Callable[[Any, Row, str], str]
_NONE = '<span class="roadmap-none">{}</span>'
_STRONG = "<strong>{}</strong>"


def roadmap_rows(table: Table, rows: Iterable[Row]) -> Markup | None:
    """The body of a table; None where a column is of a kind that only the templates know."""
    columns = table.page_columns
    if any(column.kind not in CELLS for column in columns):
        return None
    drawn = [(column, CELLS[column.kind], *_tags(column, place)) for place, column in enumerate(columns)]
    lines = [
        "".join(
            [f"{head}{cell(column.value(row), row, column.key)}{tail}" for column, cell, head, tail in drawn]
        )
        for row in rows
    ]
    return Markup("".join([f"<tr>{line}</tr>\n" for line in lines]))  # noqa: S704 - each cell escapes


def roadmap_cell_of(kind: str, value: Any, row: Row, key: str = "") -> Markup:
    """One cell of such a table."""
    return Markup(CELLS[kind](value, row, key))  # noqa: S704 - it escapes


def roadmap_is_quick(kind: str) -> bool:
    """Whether cells of a kind are written here."""
    return kind in CELLS


def roadmap_step(points: float) -> Markup:
    """How a share changed since the quarter before, in points."""
    return Markup(_step(points))  # noqa: S704 - a number


def _tags(column: Any, place: int) -> tuple[str, str]:
    tag, scope = ("td", "") if place else ("th", ' scope="row"')
    number = " roadmap-number" if column.is_numeric else ""
    return f'<{tag}{scope} class="roadmap-cell-{column.kind}{number}">', f"</{tag}>"


def _text(value: Any, _row: Row, _key: str) -> str:
    told = roadmap_text(value) if isinstance(value, Mapping) else value
    return escape("" if told is None else told)


def _number(value: Any, _row: Row, _key: str) -> str:
    return roadmap_number(value)


def _days(value: Any, _row: Row, _key: str) -> str:
    return roadmap_number(value, 1 if value % 1 else 0) if value else ""


def _date(value: Any, _row: Row, _key: str) -> str:
    return f'<time datetime="{escape(value)}">{escape(roadmap_date(value))}</time>'


def _raised(value: Any, _row: Row, _key: str) -> str:
    return f"+{roadmap_number(value)}" if value else _NONE.format(0)


def _body_kind(value: Any, _row: Row, _key: str) -> str:
    return escape(roadmap_label("kind", value))


def _light(value: Any, _row: Row, _key: str) -> str:
    word = escape(roadmap_label("light", value))
    icon = '<i class="fa" aria-hidden="true"></i>'
    return f'<span class="roadmap-light roadmap-light-{value}">{icon} {word}</span>'


def _touch(value: Any, _row: Row, _key: str) -> str:
    return f'<span class="roadmap-change">{escape(roadmap_label("touch", value))}</span>'


def _link(address: str, words: str) -> str:
    return f'<a href="{escape(address)}">{words}</a>'


def _body(value: Any, row: Row, _key: str) -> str:
    name = row.get("name") or row["body"]["name"]
    return _link(addresses.then("roadmap_compliance.body", name=name), escape(roadmap_text(value)))


def _item(value: Any, row: Row, _key: str) -> str:
    words = f'<span class="roadmap-code">{escape(value)}</span> {escape(roadmap_text(row["item"]["title"]))}'
    return _link(addresses.then("roadmap_compliance.item", code=value), words)


def _quarter(value: Any, _row: Row, _key: str) -> str:
    return _link(addresses.here(quarter=value, offset=None, page=None), escape(roadmap_period(value)))


def _kind_link(value: Any, _row: Row, _key: str) -> str:
    return _link(addresses.of_kind(value), escape(roadmap_label("kind", value)))


def _kind_bodies(value: Any, row: Row, _key: str) -> str:
    return _counted(addresses.of_kind(row["kind"]), value, roadmap_number(value))


def _late_days(value: Any, row: Row, key: str) -> str:
    return _link(addresses.behind("late", row), _days(value, row, key)) if value else ""


def _repairs(value: Any, row: Row, _key: str) -> str:
    return _counted(addresses.of_repairs(row), value, roadmap_number(value))


def _deadline_count(value: Any, row: Row, _key: str) -> str:
    return _link(addresses.of_obligation(row), roadmap_number(value)) if value else "0"


def _period(value: Any, row: Row, _key: str) -> str:
    link = _link(addresses.then("roadmap_deadline.show", id=row["id"]), escape(roadmap_period(value)))
    if row.get("kind") != "change":
        return link
    return f"{link} <small>{escape(roadmap_label('deadline_kind', 'change'))}</small>"


def _counted(address: str, count: int, words: str) -> str:
    return f'<a class="roadmap-drill" data-count="{count}" href="{escape(address)}">{words}</a>'


def _status_count(value: Any, row: Row, key: str) -> str:
    if not value:
        return _NONE.format(0)
    return _counted(addresses.of_status(key, row), value, roadmap_number(value))


def _figure(value: Any, row: Row, key: str, behind: Callable[[str, Row], str] = addresses.behind) -> str:
    return _counted(behind(key, row), value, roadmap_number(value)) if value else _NONE.format(0)


def _share(value: Any, row: Row, key: str) -> str:
    if not value["of"]:
        return _NONE.format("–")
    met, of = roadmap_number(value["met"]), roadmap_number(value["of"])
    words = f"<strong>{roadmap_percent(value)}</strong> <small>{met}/{of}</small>"
    points = (row.get("change") or {}).get(key)
    step = f' <small class="roadmap-step">{_step(points)}</small>' if points else ""
    return _counted(addresses.behind(key, row), value["of"], words) + step


def _step(points: float) -> str:
    way, sign = ("up", "+") if points > 0 else ("down", "−")
    arrow = f'<i class="fa fa-arrow-{way}" aria-hidden="true"></i>'
    return f"{arrow}{sign}{roadmap_number(abs(points), 1)}"


def _strip(_value: Any, row: Row, _key: str) -> str:
    cells = "".join([f"<li>{_mark(cell)}</li>" for cell in row.get("cells", ())])
    return f'<ol class="roadmap-strip">{cells}</ol>'


def _mark(cell: Row) -> str:
    """A period of a strip: its shape and its words tell it, its colour only as well."""
    mark = cell["mark"]
    words = escape(f"{roadmap_period(cell['period'])}: {roadmap_label('mark', mark)}")
    address = escape(addresses.then("roadmap_deadline.show", id=cell["id"]))
    icon = f'<i class="fa fa-{roadmap_status_icon(mark)}" aria-hidden="true"></i>'
    return (
        f'<a class="roadmap-mark roadmap-status-{cell["status"]}" href="{address}" title="{words}">'
        f'{icon}<span class="visually-hidden">{words}</span></a>'
    )


def _status_mark(value: Any, _row: Row, _key: str) -> str:
    icon = f'<i class="fa fa-{roadmap_status_icon(value)}" aria-hidden="true"></i>'
    word = escape(roadmap_label("status", value))
    return f'<span class="roadmap-status roadmap-status-{value}">{icon} {word}</span>'


def _status(value: Any, row: Row, key: str) -> str:
    parts = [_status_mark(value, row, key) if value else escape(tk._("No period has begun"))]
    computed, act, reason = row.get("computed"), row.get("act"), row.get("reason")
    if computed and computed != value:
        word = tk._("computed: {status}").format(status=roadmap_label("status", computed))
        parts.append(f"<small>{escape(word)}</small>")
    if act:
        grounds = f"{roadmap_decision(act['decision'])}: " if act["decision"] else ""
        words = escape(f"{grounds}{roadmap_quoted(roadmap_excerpt(act['text']))}")
        parts.append(f'<small class="roadmap-reason">{words}</small>')
    if reason and reason != "qualified":
        parts.append(
            f'<small class="roadmap-reason">{escape(roadmap_why(reason, row.get("missing")))}</small>'
        )
    return " ".join(parts)


def _dataset(_value: Any, row: Row, _key: str) -> str:
    if not (found := row.get("dataset")):
        return _NONE.format(escape(tk._("none")))
    words = escape(roadmap_text(found["title"]) or found["name"])
    where = addresses.of_dataset(found)
    return f"{_link(where, words) if where else words}{roadmap_marks(found)}"


def _evidence(value: Any, row: Row, _key: str) -> str:
    if not value:
        return _NONE.format(escape(tk._("none")))
    at = f'<time datetime="{escape(value["at"])}">{escape(roadmap_moment(value["at"]))}</time>'
    words = escape(roadmap_label("event", value["kind"]))
    return f"{words}, {at} <small>{' · '.join(_grounds(value, row))}</small>"


def _grounds(value: Row, row: Row) -> Iterable[str]:
    if not value["qualifies"]:
        yield _STRONG.format(escape(tk._("does not count")))
    if value["rows"] is not None:
        yield _size(value)
    if covers := value.get("covers"):
        yield escape(roadmap_covers(covers))
    meaning = escape(roadmap_label("grade_meaning", value["grade"]))
    yield f'<span title="{meaning}">{escape(roadmap_label("grade", value["grade"]))}</span>'
    if value.get("label"):
        yield f'<em class="roadmap-odd">{escape(roadmap_label("content_label", value["label"]))}</em>'
    if content_hash := value["content_hash"]:
        yield f'<code title="{escape(content_hash)}">{escape(content_hash[:12])}</code>'
    if found := row.get("dataset"):
        yield _dataset(None, {"dataset": {**found, "unreachable_since": None}}, "")
    if value["run_id"]:
        yield _link(addresses.then("roadmap_compliance.run", id=value["run_id"]), escape(tk._("run")))


def _size(value: Row) -> str:
    rows = tk.ungettext("{count} row", "{count} rows", value["rows"])
    words = rows.format(count=roadmap_number(value["rows"]))
    if value["rows_changed"]:
        changed = tk._("{count} of them changed").format(count=roadmap_number(value["rows_changed"]))
        words += f" ({changed})"
    return escape(words)


CELLS: dict[str, Cell] = {
    "text": _text,
    "excerpt": lambda value, _row, _key: escape(roadmap_excerpt(value or "")),
    "number": _number,
    "days": _days,
    "date": _date,
    "raised": _raised,
    "body_kind": _body_kind,
    "light": _light,
    "touch": _touch,
    "body": _body,
    "item": _item,
    "quarter": _quarter,
    "kind_link": _kind_link,
    "kind_bodies": _kind_bodies,
    "late_days": _late_days,
    "repairs": _repairs,
    "deadline_count": _deadline_count,
    "period": _period,
    "status_count": _status_count,
    "figure": _figure,
    "touch_count": partial(_figure, behind=addresses.of_touch),
    "share": _share,
    "strip": _strip,
    "status_mark": _status_mark,
    "status": _status,
    "dataset": _dataset,
    "evidence": _evidence,
}

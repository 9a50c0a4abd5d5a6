"""Pages on which a mapping is written: as a form made of what its source has, or as a text."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import yaml

import ckan.plugins.toolkit as tk

from ckanext.roadmap.domain.errors import RoadmapError
from ckanext.roadmap.logic.errors import in_words, run_in_words
from ckanext.roadmap.presentation import mapping_form as forms
from ckanext.roadmap.presentation import mappings as words
from ckanext.roadmap.presentation.mapping_form import Sheet
from ckanext.roadmap.presentation.mapping_lines import looked_at
from ckanext.roadmap.sources.mapping_file import MappingError, parse
from ckanext.roadmap.sources.mapping_text import write

from . import source_looks
from .answers import Answer, act, render, tells_problems
from .mapping_choices import choices
from .mappings import BOTH, mapping_pages
from .offers import Offer, only_for

ASKED = ("connection", "schema", "table", "body", "item")
TEXT = "text"
Row = dict[str, Any] | None


@mapping_pages.route("/new", methods=BOTH)
@tells_problems
def new() -> Answer:
    """A mapping that is not there yet: its connection, its table, then its form."""
    only_for(words.NEW.action)
    if tk.request.method == "POST":
        return _written(None)
    if look := tk.request.args.get("look"):
        return _taken_up(None, look)
    code = tk.request.args.get("system")
    system = act("roadmap_system_show", code=code) if code else None
    if tk.request.args.get("as") == TEXT:
        return _text_page(None, Offer(words.NEW, "new", {"definition": words.skeleton(system)}))
    known = words.known_of(system)
    asked = {name: tk.request.args.get(name, "").strip() or known.get(name, "") for name in ASKED}
    if not asked["table"]:
        return _choose({**asked, "system": code or ""})
    look = _survey(forms.fresh(asked, ()))
    return _form_page(None, forms.fresh(asked, look["columns"]), look)


def _taken_up(row: Row, id: str) -> str:
    """The form as it stood, with what was found at the source meanwhile."""
    form, look = source_looks.taken_up(id)
    if "tables" in look:
        return _choose({name: form.get(name, "") for name in (*ASKED, "system")}, look)
    return _form_page(row, _seen(forms.sent(form), look), look, seen=form.get("seen"))


@mapping_pages.route("/<name>/edit", methods=BOTH)
@tells_problems
def edit(name: str) -> Answer:
    """A mapping, held against its source as often as wanted, then saved."""
    only_for(words.EDIT.action)
    row = act("roadmap_mapping_show", name=name)
    if tk.request.method == "POST":
        return _written(row)
    if look := tk.request.args.get("look"):
        return _taken_up(row, look)
    if tk.request.args.get("as") == TEXT:
        begun = {"definition": write([row["definition"]]), "seen": row["definition_hash"]}
        return _text_page(row, Offer(words.EDIT, name, begun))
    return _form_page(row, forms.sheet_of(row["definition"]))


def _written(row: Row) -> Answer:
    """What was sent: to be looked at, to be shown the other way, or to be saved."""
    do = tk.request.form.get("do")
    if do == "list":
        return source_looks.ask("", {"connection": tk.request.form.get("connection", "")}, None)
    if "definition" in tk.request.form:
        offer = Offer(words.EDIT if row else words.NEW, row["name"] if row else "new").sent()
        return _text_written(row, offer, do)
    sheet = forms.sent(tk.request.form)
    if do == "wait":
        return source_looks.ask(row["name"] if row else "", _asked(sheet), _takable(sheet))
    if do == "tick":
        lines = tuple(replace(line, use=not line.lacks) for line in sheet.lines)
        return _form_page(row, replace(sheet, lines=lines))
    return _form_written(row, sheet, do)


def _text_written(row: Row, offer: Offer, do: str | None) -> Answer:
    text = offer.values["definition"]
    try:
        if do == "form":
            return _form_page(row, forms.sheet_of(_parsed(text)))
        if do == "check":
            return _text_page(row, offer, act("roadmap_mapping_check", definition=text))
        return _saved(row, text)
    except tk.ValidationError as error:
        return _text_page(row, offer.refused(error)), 400


def _form_written(row: Row, sheet: Sheet, do: str | None) -> Answer:
    try:
        text = yaml.safe_dump(forms.definition_of(sheet), allow_unicode=True, sort_keys=False, width=110)
        if do == TEXT:
            seen = {"seen": tk.request.form.get("seen", "")}
            form = words.EDIT if row else words.NEW
            return _text_page(row, Offer(form, row["name"] if row else "new", {"definition": text, **seen}))
        if do == "check":
            look = act("roadmap_mapping_check", definition=text)
            return _form_page(row, _seen(sheet, look), look)
        return _saved(row, text)
    except RoadmapError as error:
        return _form_page(row, sheet, faults=_faults(sheet, error, in_words(error))), 400
    except tk.ValidationError as error:
        faults = _faults(sheet, error.__cause__, " ".join(map(str, _texts(error))))
    look = _survey(sheet) if do == "check" else None
    return _form_page(row, _seen(sheet, look) if look else sheet, look, faults), 400


def _saved(row: Row, text: str) -> Answer:
    if row is None:
        name = act(words.NEW.action, definition=text)["name"]
    else:
        seen = tk.request.form.get("seen") or None
        name = act(words.EDIT.action, name=row["name"], definition=text, seen=seen)["name"]
    tk.h.flash_success(tk._("Recorded."))
    return tk.redirect_to("roadmap_mapping.show", name=name)


def _parsed(text: str) -> dict[str, Any]:
    try:
        return parse(text)[0].definition
    except MappingError as error:
        raise tk.ValidationError({"definition": [in_words(error)]}) from error


def _survey(sheet: Sheet) -> dict[str, Any]:
    """What the source has, whatever else of the form is still to be mended."""
    values = sheet.values
    if not (values["connection"] and values["table"]):
        return {"problem": None, "columns": [], "rows": 0, "whole": True}
    try:
        return act("roadmap_source_look", **_asked(sheet))
    except tk.ValidationError:  # told at its field
        return {"problem": None, "columns": [], "rows": 0, "whole": True}


def _asked(sheet: Sheet) -> dict[str, Any]:
    where = {name: sheet.values[name] or None for name in ("connection", "schema", "table")}
    return where | {"read": forms.rest_of(sheet).get("read")}


def _takable(sheet: Sheet) -> str | None:
    """The mapping as a text; nothing while something of it is still to be mended."""
    try:
        text = yaml.safe_dump(forms.definition_of(sheet), allow_unicode=True, sort_keys=False, width=110)
        parse(text)
    except RoadmapError:
        return None
    return text


def _seen(sheet: Sheet, look: dict[str, Any]) -> Sheet:
    if look["problem"]:
        return sheet
    return replace(sheet, lines=tuple(looked_at(sheet.lines, look["columns"])))


def _faults(sheet: Sheet, cause: BaseException | None, text: str) -> dict[str, str]:
    """What is wrong, at the field where it is mended."""
    if not isinstance(cause, RoadmapError):
        return {"": text}
    field = str(cause.params.get("field") or "")
    told = run_in_words({"code": cause.code, "message": text, "remedy": "", "params": cause.params})
    place = forms.place_of(field, sheet) if field else ""
    return {place: f"{told['problem']} {told['remedy']}".strip() if place else text}


def _texts(error: tk.ValidationError) -> list[Any]:
    found: Any = error.error_dict.get("definition")
    return found if isinstance(found, list) else [str(error)]


def _form_page(
    row: Row, sheet: Sheet, look: dict[str, Any] | None = None, faults: dict[str, str] | None = None,
    seen: str | None = None,
) -> str:  # fmt: skip
    variables = {
        "mapping": row,
        "sheet": sheet,
        "look": look,
        "faults": faults or {},
        "form": words.EDIT if row else words.NEW,
        "seen": seen or tk.request.form.get("seen") or (row["definition_hash"] if row else ""),
        "choices": choices(sheet.values),
        "labels": words.FIELDS,
    }
    return render("form.html", "form.html", variables, "mapping")


def _text_page(row: Row, offer: Offer, look: dict[str, Any] | None = None) -> str:
    variables = {"mapping": row, "offer": offer, "look": look, "table": words.LOOK}
    return render("text.html", "text.html", variables, "mapping")


def _choose(asked: dict[str, str], offered: dict[str, Any] | None = None) -> str:
    if offered is None and asked["connection"]:
        offered = act("roadmap_source_list", connection=asked["connection"])
    if offered and offered["tables"]:
        offered["tables"] = [{**asked, **one} for one in offered["tables"]]
    variables = {
        "asked": asked,
        "connections": act("roadmap_connection_list"),
        "offered": offered,
        "table": words.OFFERED,
    }
    return render("choose.html", "choose.html", variables, "mapping")

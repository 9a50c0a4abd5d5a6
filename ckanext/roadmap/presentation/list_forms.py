"""The forms with which a coordinator works on a draft of the list, and the tables beside them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from ckanext.roadmap.domain.list_life import FROM, ListStatus, Step

from .acts import Field, Form
from .approved_list import LABELS
from .labels import FREQUENCIES, PERSONAL_CLASSES, PLACES, SPHERES
from .marks import mark as _
from .tables import Column, Row, Table, at

YES_NO: dict[str, str] = {"no": _("no"), "yes": _("yes")}
BOTH_PLACES: dict[str, str] = {**PLACES, "portal;site": _("Open data portal and the body's own site")}
BY_TERM: dict[str, str] = {"": _("As is usual for the term"), **YES_NO}


def _field(name: str, kind: str = "text", hint: str = "", **more: object) -> Field:
    return Field(name, LABELS[name], kind, required=False, hint=hint, **more)  # pyright: ignore[reportArgumentType]


def _needed(name: str, kind: str = "text", hint: str = "", **more: object) -> Field:
    return Field(name, LABELS[name], kind, hint=hint, **more)  # pyright: ignore[reportArgumentType]


CODE_FIELD = _needed(
    "code", hint=_("For example E-01 or 1-002-0001. It is issued once and can't be changed later.")
)
ITEM_FIELDS = (
    _needed("title_uz"),
    _field("title_uz_cyrl"),
    _field("title_ru"),
    _field("title_en"),
    _needed("sphere", "choice", choices=SPHERES),
    _needed("place", "choice", choices=BOTH_PLACES),
    _needed("frequency", "choice", choices=FREQUENCIES),
    _needed(
        "due_rule",
        hint=_(
            "For example `15 days after period end`, `10 working days after period end`, `by 1 March` "
            "(yearly), `within 3 working days of change` (continuously), `by 2026-05-01` (once)."
        ),
    ),
    _needed(
        "responsible",
        "area",
        hint=_(
            "Bodies by name, code, STIR or title, separated by ;. `all` binds all bodies, "
            "`kind:region` a kind; `except:` and a name leaves a body out."
        ),
    ),
    _needed("territorial", "choice", choices=YES_NO, hint=_("Yes: the data must hold every region.")),
    _field("region_column", hint=_("The column that holds the SOATO code.")),
    _field(
        "unchanged_allowed",
        "choice",
        choices=BY_TERM,
        hint=_("Yes: a period in which the source did not change counts when the source was read."),
    ),
    _field(
        "columns",
        hint=_(
            "Names separated by ;, of letters, digits and _; with a type where one is asked for: "
            "`code:text`, `year:integer`, `amount:number`, `day:date`."
        ),
    ),
    _field("odin", hint=_("Numbers separated by ;.")),
    _field(
        "odin_indicators",
        hint=_(
            "ODIN's letters separated by ;, for example `COPI`; with an element, `COPI:4`; "
            "an element of a whole category, `13:4`."
        ),
    ),
    _needed("ai", "choice", choices=YES_NO),
    _field("personal_data", "choice", choices={"": _("Not classed yet"), **PERSONAL_CLASSES}),
    _field("legal_basis", "area"),
    _field("source_note", "area"),
)


def code_of(version: Row) -> str:
    """How a version is named in addresses and forms."""
    return f"{version['year']}-{version['number']}"


def _where(step: Step) -> Callable[[Row], list[str]]:
    return lambda version: [code_of(version)] if ListStatus(version["status"]) in FROM[step] else []


CREATE = Form(
    "create",
    "roadmap_list_version_create",
    _("Begin a new draft"),
    _(
        "It begins as a copy of the list in force, or empty if there is none. "
        "It binds nobody until it is approved."
    ),
    _("Begin the draft"),
    (Field("year", _("Year of the list"), "number"),),
    lambda _version: ["list"],
)
STEPS = (
    Form(
        "submit",
        "roadmap_list_version_submit",
        _("Submit to the commission"),
        _("From then on the list stands still until the commission decides."),
        _("Submit the list"),
        (),
        _where(Step.submit),
    ),
    Form(
        "approve",
        "roadmap_list_version_approve",
        _("Record the approval"),
        _(
            "The list comes into force in place of the one before, and its deadlines are written. "
            "It can't be undone."
        ),
        _("Approve"),
        (
            Field("decision_number", _("Number of the decision")),
            Field("decision_date", _("Date of the decision"), "date"),
            Field(
                "decision_document",
                _("Address of the decision's text"),
                "url",
                required=False,
                hint=_("On lex.uz or the commission's site, or of the file uploaded to this portal."),
            ),
            Field(
                "in_force_from",
                _("First day in force"),
                "date",
                required=False,
                hint=_("If it is left empty, the date of the decision."),
            ),
            Field(
                "override_act",
                _("Decision to set the once-a-year rule aside"),
                required=False,
                hint=_("Only for a second list in one calendar year."),
            ),
            Field("override_reason", _("Why the rule is set aside"), "area", required=False),
        ),
        _where(Step.approve),
    ),
    Form(
        "reject",
        "roadmap_list_version_reject",
        _("Record the rejection"),
        _("The list stays on record with the reason. To go on, begin a new draft."),
        _("Reject"),
        (Field("reason", _("Reason"), "area"),),
        _where(Step.reject),
    ),
)
IMPORT = Form(
    "import",
    "roadmap_list_import",
    _("Import a list"),
    _("CSV or XLSX. It is imported whole or not at all, and takes the place of what the draft held before."),
    _("Check and import"),
    (
        Field("year", _("Year of the list"), "number"),
        Field("number", _("Number within the year"), "number"),
        Field("upload", _("File"), "file"),
    ),
    lambda _version: ["list"],
)
IMPORT_AGAIN = replace(
    IMPORT, fields=(*IMPORT.fields[:-1], replace(IMPORT.fields[-1], label=_("Another file"), required=False))
)
_TEXTS = ("title_uz", "title_uz_cyrl", "title_ru", "title_en", "legal_basis", "source_note")
CORRECT = Form(
    "correct",
    "roadmap_list_version_correct",
    _("Correct a typing error"),
    _(
        "Texts only: terms, bodies, places and columns change with the next list. The act, the reason and "
        "the text before and after stay visible to everybody; it does not count as the yearly revision."
    ),
    _("Record the correction"),
    (
        *(field for field in ITEM_FIELDS if field.name in _TEXTS),
        Field("act", _("Act that orders the correction")),
        Field("reason", _("What was wrong"), "area"),
    ),
    lambda version: ["item"] if ListStatus(version["status"]) in FROM[Step.correct] else [],
)
NEW_ITEM = Form(
    "item",
    "roadmap_item_create",
    _("Add an item"),
    "",
    _("Save"),
    (CODE_FIELD, *ITEM_FIELDS),
    lambda _version: ["new"],
)
ITEM = Form(
    "item", "roadmap_item_update", _("Change an item"), "", _("Save"), ITEM_FIELDS, lambda _version: ["item"]
)
RETIRE = Form(
    "retire",
    "roadmap_item_retire",
    _("Take this item out of the draft"),
    _("Its code stays issued and is never given to another item. Lists approved before keep it."),
    _("Take it out"),
    (),
    lambda _version: ["item"],
)

VERSIONS = Table(
    "versions",
    _("Lists and their states"),
    (
        Column("list", _("List"), code_of, kind="draft"),
        Column("status", _("State"), at("status"), kind="list_status"),
        Column("decision_number", _("Decision"), at("decision_number")),
        Column("decision_date", _("Date of the decision"), at("decision_date"), kind="date"),
        Column("rejected_reason", _("Reason of the rejection"), at("rejected_reason")),
        Column("next", _("What can be done next"), lambda row: row, kind="next_steps"),
    ),
)
DRAFT_ITEMS = Table(
    "draft-items",
    _("Items of the draft"),
    (
        Column("item", _("Item"), at("code"), kind="draft_item"),
        Column("sphere", _("Sphere"), at("sphere"), kind="sphere"),
        Column("term", _("Term"), at("term"), kind="term"),
        Column("places", _("Published at"), at("places"), kind="places"),
        Column("responsible", _("Responsible"), at("responsible"), kind="responsible"),
    ),
)
FAULTS = Table(
    "faults",
    _("What can't be taken"),
    (
        Column("row", _("Row"), at("row"), kind="code"),
        Column("column", _("Field"), at("column"), kind="field"),
        Column("problem", _("What is wrong"), at("problem")),
        Column("remedy", _("What to do"), at("remedy")),
    ),
)
CHANGES = Table(
    "changes",
    _("Changes of the draft"),
    (
        Column("item", _("Item"), at("code"), kind="code"),
        Column("kind", _("Change"), at("kind"), kind="change"),
        Column("fields", _("What changed"), at("fields"), kind="fields"),
        Column("by", _("By"), at("by"), kind="user"),
        Column("recorded_at", _("When"), at("recorded_at"), kind="moment"),
        Column("undo", _("Undo"), at("id"), kind="undo"),
    ),
)

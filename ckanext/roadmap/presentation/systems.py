"""Words, forms and tables of the register of information systems."""

from __future__ import annotations

from collections.abc import Mapping

from .acts import Field, Form
from .marks import mark as _
from .tables import Column, Row, Table, at, share_columns, text_columns

STAGES: dict[str, str] = {
    "declared": _("Declared"),
    "guide_issued": _("Technical guide issued"),
    "agreement": _("Agreement signed"),
    "test": _("Connected in test"),
    "live": _("Publishes automatically"),
    "paused": _("Paused"),
    "retired": _("Taken out of use"),
}
STAGE_ICONS: dict[str, str] = {
    "declared": "circle",
    "guide_issued": "book",
    "agreement": "file-signature",
    "test": "flask",
    "live": "rotate",
    "paused": "pause",
    "retired": "box-archive",
}
PERSONAL: dict[str, str] = {
    "unknown": _("Not known"),
    "none": _("No data about people"),
    "some": _("Data about people"),
    "special": _("Special categories of data about people"),
}
NETWORKS: dict[str, str] = {
    "unknown": _("Not known"),
    "internet": _("Reachable over the Internet"),
    "state": _("Only inside the network of state bodies"),
    "closed": _("Closed network: the portal can't reach it"),
}
_TEXTS = ("uz", "uz_cyrl", "ru", "en")
_STORED = {"uz_cyrl": "uz_Cyrl"}


def _none(_row: Row) -> list[str]:
    return []


def cells(system: Mapping[str, object]) -> dict[str, str]:
    """A system, with its details, as the cells that a form or an import takes."""
    return {column.key: str(column.value(system) or "") for column in REGISTER.columns}


def _file(key: str, label: str, *path: str) -> Column:
    return Column(key, label, at(*path), on_page=False)


def _language(name: str, label: str) -> tuple[Column, ...]:
    return tuple(_file(f"{name}_{lang}", label, name, _STORED.get(lang, lang)) for lang in _TEXTS)


REGISTER = Table(
    "systems",
    _("Register of information systems"),
    (
        _file("code", _("Code"), "code"),
        _file("body", _("Body"), "body", "name"),
        *_language("title", _("Name")),
        *_language("purpose", _("Purpose")),
        Column("items", _("Items"), lambda row: ";".join(row["items"]), on_page=False),
        *(
            _file(key, label, "details", key)
            for key, label in (
                ("dbms", _("Database system")),
                ("dbms_version", _("Version")),
                ("volume", _("Tables and volume")),
                ("personal_data", _("Personal data")),
                ("network", _("Network")),
                ("contact_name", _("Contact")),
                ("contact_phone", _("Telephone")),
                ("contact_email", _("E-mail")),
                ("connection", _("Connection")),
            )
        ),
    ),
)
SYSTEMS = Table(
    "systems",
    _("Information systems"),
    (
        Column("code", _("System"), at("code"), kind="system"),
        *text_columns("title", "title"),
        Column("body", _("Body"), at("body", "title"), kind="body", in_file=False),
        Column("body_name", _("Body"), at("body", "name"), on_page=False),
        Column("items", _("Holds data for"), at("items"), kind="codes", in_file=False),
        Column("item_codes", _("Items"), lambda row: ";".join(row["items"]), on_page=False),
        Column("stage", _("Stage reached"), at("stage"), kind="stage", order=tuple(STAGES)),
    ),
)
BODIES = Table(
    "system-bodies",
    _("Automatic publishing by body"),
    (
        Column("body", _("Body"), at("body", "title"), kind="body", in_file=False),
        Column("body_name", _("Body"), at("body", "name"), on_page=False),
        *share_columns("systems", _("Systems that publish automatically"), "system_share"),
        *share_columns("obligations", _("Obligations they answer"), "plain_share"),
        Column("answered", _("Answered this year"), at("answered"), kind="date"),
    ),
)
TREND = Table(
    "system-trend",
    _("Automatic publishing by quarter"),
    (
        Column("quarter", _("Quarter"), at("quarter"), kind="period_name"),
        *share_columns("systems", _("Systems that publish automatically"), "plain_share"),
        *share_columns("obligations", _("Obligations they answer"), "plain_share"),
    ),
)
DIVIDEND = Table(
    "system-dividend",
    _("What to connect next"),
    (
        Column("code", _("System"), at("code"), kind="system"),
        Column("body", _("Body"), at("body", "title"), kind="body", in_file=False),
        Column("stage", _("Stage reached"), at("stage"), kind="stage", order=tuple(STAGES)),
        Column("frees", _("Obligations that then refresh themselves"), at("frees"), kind="number"),
        Column("items", _("Items"), at("items"), kind="codes", in_file=False),
        Column("deadlines", _("Deadlines a year"), at("deadlines"), kind="number"),
        *share_columns("share", _("Share of obligations after it"), "plain_share"),
    ),
)

_FIELDS = (
    Field("title_uz", _("Name in Uzbek")),
    Field("title_ru", _("Name in Russian"), required=False),
    Field("title_en", _("Name in English"), required=False),
    Field("purpose_uz", _("What it is for, in Uzbek"), "area", required=False),
    Field("purpose_ru", _("What it is for, in Russian"), "area", required=False),
    Field(
        "items",
        _("Items it holds data for"),
        required=False,
        hint=_("Codes of the approved list, for example `E-01;E-02`."),
    ),
    Field("dbms", _("Database system"), required=False, hint=_("For example `PostgreSQL`, `Oracle`, `1C`.")),
    Field("dbms_version", _("Version"), required=False),
    Field(
        "volume", _("Tables and volume"), required=False, hint=_("For example 40 tables, 12 million rows.")
    ),
    Field("personal_data", _("Personal data"), "choice", choices=PERSONAL),
    Field("network", _("Network"), "choice", choices=NETWORKS),
    Field(
        "contact_name", _("Contact"), required=False, hint=_("Whom the portal's engineers ask. Not public.")
    ),
    Field("contact_phone", _("Telephone"), required=False),
    Field("contact_email", _("E-mail"), "email", required=False),
)
_CONNECTION = Field(
    "connection",
    _("Connection"),
    required=False,
    hint=_("Its name in the portal's configuration; never an address or a password."),
)
_LEAD = _(
    "Name, purpose and items are public. Technical fields and the contact are seen by those who work with "
    "the system."
)
CREATE = Form(
    "system", "roadmap_system_create", _("Declare an information system"), _LEAD, _("Declare"), _FIELDS, _none
)
UPDATE = Form(
    "system", "roadmap_system_update", _("Change what the register tells"), _LEAD, _("Save"), _FIELDS, _none
)
UPDATE_ALL = Form(
    "system",
    "roadmap_system_update",
    _("Change what the register tells"),
    _LEAD,
    _("Save"),
    (*_FIELDS, _CONNECTION),
    _none,
)
ANSWER = Form(
    "answer",
    "roadmap_system_answer",
    _("Answer this year's survey"),
    _(
        "You state that the register holds every information system of the body. Declare what is missing "
        "first."
    ),
    _("State"),
    (Field("note", _("Remark"), "area", required=False),),
    _none,
)
IMPORT = Form(
    "import",
    "roadmap_system_import",
    _("Import a register"),
    _(
        "CSV or XLSX with the columns `body`, `title_uz`, `items` and those of the download. Rows without a "
        "code declare new systems; nothing is taken unless every row can be."
    ),
    _("Import"),
    (Field("upload", _("File"), "file"),),
    _none,
)


_STEP_LEAD = _("It stays recorded for good and counts from its day, or from today if that is later.")
_STEP_FIELDS = (
    Field("reached", _("Day"), "date"),
    Field("act", _("Number and date of the act")),
    Field("document_url", _("Address of the document"), "url", required=False),
)
ISSUE = Form(
    "issue",
    "roadmap_system_step",
    _("Record that the guide was issued"),
    _STEP_LEAD,
    _("Record"),
    _STEP_FIELDS,
    _none,
)


def step_form(stages: list[str]) -> Form:
    """The form that records a stage, with those that may follow."""
    return Form(
        "step",
        "roadmap_system_step",
        _("Record the next stage"),
        _STEP_LEAD,
        _("Record"),
        (
            Field("stage", _("Stage reached"), "choice", choices={stage: STAGES[stage] for stage in stages}),
            *_STEP_FIELDS,
        ),
        _none,
    )

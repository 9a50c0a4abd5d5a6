"""Reads the register of bodies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ckanext.roadmap.domain.body import OBLIGED_SHARE, SHARED, BodyKind
from ckanext.roadmap.domain.errors import ListError
from ckanext.roadmap.domain.text import Text

from .body_cells import CODE, EMAIL, NAME, PHONE, STIR, Cells, merged
from .sheet import read_sheet

BODY_COLUMNS = ("name", "code", "title_uz", "title_ru", "title_en", "kind", "parent", "region_soato")
CONTACT = ("name", "post", "phone", "email")
OPTIONAL_COLUMNS = (
    "title_uz_cyrl",
    "stir",
    "state_share",
    "valid_from",
    "valid_to",
    *(f"contact_{part}" for part in CONTACT),
)
_BY_PLACE = frozenset({BodyKind.region, BodyKind.district})


@dataclass(frozen=True, slots=True)
class BodyDraft:
    """A body as a register's row tells it."""

    row: int
    name: str
    code: str
    title: Text
    kind: BodyKind
    parent: str | None
    region_soato: str | None
    stir: str | None
    state_share: Decimal | None
    valid_from: date | None
    valid_to: date | None
    contact: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class BodySheet:
    """A whole file: the bodies of its sound rows, and the faults of the others."""

    drafts: tuple[BodyDraft, ...]
    faults: tuple[ListError, ...]


def read_bodies(
    content: bytes, filename: str, known: Mapping[str, Mapping[str, str]] | None = None
) -> list[BodyDraft]:
    """Read a register of bodies.

    :param known: the cells of the bodies that stand in the register, by name; what the file has no column for
        stays as it is
    :raises ListError: the first row that can't be taken, with row, column and remedy
    """
    sheet = review_bodies(content, filename, known)
    if sheet.faults:
        raise sheet.faults[0]
    return list(sheet.drafts)


def review_bodies(
    content: bytes, filename: str, known: Mapping[str, Mapping[str, str]] | None = None
) -> BodySheet:
    """Read a register to the end and tell every cell that can't be taken."""
    drafts: list[BodyDraft] = []
    faults: list[ListError] = []
    try:
        rows = read_sheet(content, filename, BODY_COLUMNS)
    except ListError as fault:
        return BodySheet((), (fault,))
    for row in rows:
        cells = Cells(merged(row, (known or {}).get(row.cells["name"], {})))
        draft = _body(cells)
        faults += cells.faults
        drafts += [draft] if draft and not cells.faults else []
    faults += _twice(drafts)
    return BodySheet(tuple(drafts), tuple(sorted(faults, key=lambda fault: fault.row)))


def _body(cells: Cells) -> BodyDraft | None:
    name = cells.required("name", NAME, "name_form", "use 2 to 100 of a-z, 0-9, - and _")
    code = cells.required("code", CODE, "body_code_form", "write the code as d-ddd, for example 1-002")
    title = cells.needed("title_uz", "give the body's name in Uzbek")
    kind, region = cells.kind(), cells.region()
    stir = cells.matching("stir", STIR, "stir_form", "write the nine digits of the STIR")
    parent, share = cells.text("parent") or None, cells.share()
    since, until, contact = cells.day("valid_from"), cells.day("valid_to"), _contact(cells)
    if kind is None:
        return None
    draft = BodyDraft(
        row=cells.row.number,
        name=name,
        code=code,
        title=Text(
            uz=title,
            uz_Cyrl=cells.text("title_uz_cyrl"),
            ru=cells.text("title_ru"),
            en=cells.text("title_en"),
        ),
        kind=kind,
        parent=parent,
        region_soato=region,
        stir=stir,
        state_share=share,
        valid_from=since,
        valid_to=until,
        contact=contact,
    )
    _check_whole(draft, cells)
    return draft


def _contact(cells: Cells) -> dict[str, str]:
    """The contact officer: a name, a post, and the public phone and address of the office."""
    cells.matching("contact_phone", PHONE, "phone_form", "write the number as +998 71 202 00 00")
    cells.matching("contact_email", EMAIL, "email_form", "write an address as office@body.uz")
    found = {part: cells.text(f"contact_{part}") for part in CONTACT}
    return {part: text for part, text in found.items() if text}


def _check_whole(draft: BodyDraft, cells: Cells) -> None:
    """What the cells of a row must be to one another."""
    if draft.valid_from and draft.valid_to and draft.valid_to <= draft.valid_from:
        cells.refuse("valid_to", "days_turned", "give a day after the first one, or leave the cell empty")
    if draft.kind is BodyKind.division and not draft.parent:
        cells.refuse("parent", "parent_needed", "name the body that the division belongs to")
    if draft.kind in _BY_PLACE and not draft.region_soato:
        cells.refuse("region_soato", "region_needed", "give the SOATO code of the place that it administers")
    if draft.state_share is not None and draft.kind not in SHARED:
        cells.refuse("state_share", "share_unfit", "leave it empty: only companies and banks have one")
    elif draft.state_share is not None and draft.state_share < OBLIGED_SHARE and draft.valid_to is None:
        remedy = "correct it, leave the company out, or give the day on which it fell below 50 as valid_to"
        cells.refuse("state_share", "share_too_small", remedy)


def _twice(drafts: Iterable[BodyDraft]) -> Iterator[ListError]:
    for column in ("name", "code", "stir"):
        first: dict[str, int] = {}
        for draft in drafts:
            value = getattr(draft, column)
            if value and first.setdefault(value, draft.row) != draft.row:
                yield ListError(
                    "twice",
                    f'"{value}" stands in row {first[value]} too.',
                    row=draft.row,
                    column=column,
                    value=value,
                    first=first[value],
                    remedy="Give each body once.",
                )

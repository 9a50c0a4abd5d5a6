"""Checks of single values."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, date, datetime, tzinfo
from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model, types
from ckan.logic import validators as core

from ckanext.roadmap import config
from ckanext.roadmap.domain import identifier
from ckanext.roadmap.domain.act import Blame, Remedy
from ckanext.roadmap.domain.body import BodyKind
from ckanext.roadmap.domain.calendar import Period, end_of_day
from ckanext.roadmap.domain.docket import Decision, Stance
from ckanext.roadmap.domain.errors import PeriodError
from ckanext.roadmap.domain.notice import NoticeKind
from ckanext.roadmap.domain.region import region_of
from ckanext.roadmap.domain.status import Status
from ckanext.roadmap.domain.system import Stage
from ckanext.roadmap.domain.text import LANGUAGES, Text
from ckanext.roadmap.services import clock, identifiers, ledger, moving_identifiers

_MOST = 2**31 - 1


def roadmap_day(value: Any) -> date:
    """A calendar day, given as YYYY-MM-DD or as a date."""
    try:
        return value if isinstance(value, date) else date.fromisoformat(str(value))
    except ValueError:
        raise tk.Invalid(tk._("Give the day as YYYY-MM-DD, for example 2026-01-20")) from None


def roadmap_instant(value: Any) -> datetime:
    """An instant with its time zone, in ISO form; a plus sign that an address lost is forgiven."""
    try:
        at = datetime.fromisoformat(str(value).strip().replace(" ", "+"))
    except ValueError:
        at = None
    if at is None or at.tzinfo is None:
        raise tk.Invalid(tk._("Give an instant with its time zone, for example 2026-01-20T09:00+05:00"))
    return at


def roadmap_heads(value: Any) -> list[dict[str, Any]]:
    """Heads of the ledger's tables as they were noted: a list, or the whole answer that held it.

    Where nothing is left to compare, nothing would be missed either: no heads are none that hold.
    """
    found = value
    for name in ("result", "heads"):  # as the address of the API wraps its answer, or as the action gives it
        found = found.get(name, found) if isinstance(found, dict) else found
    if isinstance(found, list) and found and all(map(_is_head, found)):
        return found
    raise tk.Invalid(tk._("Give the heads as roadmap_ledger_head gave them: table, seq and hash of each"))


def _is_head(value: Any) -> bool:
    if not isinstance(value, dict):
        return False
    kinds = {"table": str, "seq": int, "hash": str}
    is_whole = all(isinstance(value.get(name), kind) for name, kind in kinds.items())
    return is_whole and value["table"] in {table.__tablename__ for table in ledger.TABLES}


def roadmap_as_of(value: Any) -> datetime:
    """A past instant, or a day that is looked at as it ended; of today, the present instant."""
    now, tz = clock.now(), config.timezone()
    try:
        at = _instant(value, tz)
    except ValueError:
        raise tk.Invalid(
            tk._("Give a past day or instant, for example 2026-01-20 or 2026-01-20T09:00+05:00")
        ) from None
    if at > now and _is_day(value) and date.fromisoformat(str(value)) == now.astimezone(tz).date():
        return now
    if at > now:
        raise tk.Invalid(tk._("The future is not known; give a day or instant that has passed"))
    return at


def roadmap_since(value: Any) -> datetime:
    """An instant, or a day from its beginning."""
    tz = config.timezone()
    try:
        return _instant(f"{value}T00:00" if _is_day(value) else value, tz)
    except ValueError:
        raise tk.Invalid(
            tk._("Give a past day or instant, for example 2026-01-20 or 2026-01-20T09:00+05:00")
        ) from None


def roadmap_choices(value: Any) -> dict[str, str]:
    """A text for each of several words, as a dictionary."""
    if not isinstance(value, dict):
        raise tk.Invalid(tk._('Give a dictionary, for example {"word": "name"}'))
    return {str(word): str(name) for word, name in value.items()}


def roadmap_blame(value: str) -> str:
    """Whose fault an objection states."""
    return _one_of(value, list(Blame))


def roadmap_remedy(value: str) -> str:
    """What a ruling leads to."""
    return _one_of(value, list(Remedy))


def roadmap_ruling(value: str) -> str:
    """What an auditor rules."""
    return _one_of(value, ["upheld", "dismissed"])


def roadmap_notice_kind(value: str) -> str:
    """What a notice does."""
    return _one_of(value, list(NoticeKind))


def roadmap_body_kind(value: str) -> str:
    """A kind of body."""
    return _one_of(value, list(BodyKind))


def roadmap_status(value: str) -> str:
    """A status of a deadline."""
    return _one_of(value, list(Status))


def roadmap_system_stage(value: str) -> str:
    """A stage of an information system."""
    return _one_of(value, list(Stage))


def roadmap_quarter(value: str) -> str:
    """A calendar quarter such as 2026-Q3."""
    try:
        if Period.parse(value).code == value and "-Q" in value:
            return value
    except PeriodError:
        pass
    raise tk.Invalid(tk._("Give the quarter as YYYY-Qn, for example 2026-Q3"))


def roadmap_identifier(
    key: types.FlattenKey, data: types.FlattenDataDict, errors: Any, _context: Any
) -> None:
    """An identifier in the portal's form was issued to the body that publishes the dataset, or moved here."""
    text = data.get(key)
    if not isinstance(text, str) or identifier.parts(text) is None:
        return
    session, owner = model.Session(), data.get(("owner_org",))
    issued = identifiers.holder_of(session, text)
    holders = {issued} if issued else moving_identifiers.holders_of(session, text, clock.today())
    if not holders:
        told = tk._("{identifier} was never issued; leave the field empty, the portal fills it in")
    elif isinstance(owner, str) and owner and holders.isdisjoint((owner, _organization_id(owner))):
        told = tk._("{identifier} was issued to another body; leave the field empty, the portal fills it in")
    else:
        return
    errors[key].append(told.format(identifier=text))


def roadmap_languages(key: types.FlattenKey, data: types.FlattenDataDict, errors: Any, _context: Any) -> None:
    """A text in the portal's languages: a dictionary, or the fields `NAME-ru` … of a form; kept as JSON.

    It is kept in letters that a search finds, not in numbers of letters. A form's Uzbek is the plain field.
    """
    name, found = key[-1], data.get(key)
    typed = _typed_languages(f"{name}-", data.get((*key[:-1], "__extras")))
    if found in (None, "", tk.missing) and typed is not None:
        plain = data.get((*key[:-1], str(name).removesuffix("_translated")))
        own = {} if plain in (None, "", tk.missing, *typed.values()) else {"uz": plain}
        found = own | typed
    try:
        told = _languages_of(found)
    except tk.Invalid as error:
        errors[key].append(error.error)
        return
    if not told:
        data.pop(key, None)
        raise tk.StopOnError
    data[key] = json.dumps(told, ensure_ascii=False)


def _typed_languages(prefix: str, extras: Any) -> dict[str, str] | None:
    """What a form has of a text, taken out of its unknown fields; None where it does not ask for it."""
    asked = [name for name in (extras or {}) if name.startswith(prefix)]
    typed = {name.removeprefix(prefix): str(extras.pop(name)).strip() for name in asked}
    return {lang: text for lang, text in typed.items() if text} if asked else None


def _languages_of(found: Any) -> dict[str, str]:
    if found in (None, "", tk.missing):
        return {}
    try:
        given = json.loads(found) if isinstance(found, str) else found
    except ValueError:
        given = None
    if isinstance(given, dict) and given.keys() <= set(LANGUAGES) and _are_texts(given.values()):
        return Text.from_dict(given).to_dict()
    raise tk.Invalid(
        tk._("Give a text for each of the languages {languages}").format(languages=", ".join(LANGUAGES))
    )


def _are_texts(values: Iterable[Any]) -> bool:
    return all(value is None or isinstance(value, str) for value in values)


def _organization_id(name: str) -> str | None:
    found = model.Group.get(name)
    return found.id if found else None


def _is_day(value: Any) -> bool:
    return len(str(value)) == len("2026-01-20")


def _instant(value: Any, tz: tzinfo) -> datetime:
    if _is_day(value):
        return end_of_day(date.fromisoformat(str(value)), tz)
    at = value if isinstance(value, datetime) else datetime.fromisoformat(str(value).replace(" ", "+"))
    return (at if at.tzinfo else at.replace(tzinfo=tz)).astimezone(UTC)


def _one_of(value: str, accepted: list[str]) -> str:
    if value in accepted:
        return value
    raise tk.Invalid(tk._("Use one of: {accepted}").format(accepted=", ".join(accepted)))


def roadmap_region(value: str) -> str:
    """A SOATO code of a region, or of a place in one; empty for the whole country."""
    if not value or region_of(value):
        return value
    raise tk.Invalid(tk._("Give a SOATO code that begins with one of the 14 regions, for example 1703"))


def roadmap_stance(value: str) -> str:
    """Where a body stands on an entry of a docket."""
    return _one_of(value, list(Stance))


def roadmap_docket_decision(value: str) -> str:
    """What the commission decides on an entry."""
    return _one_of(value, list(Decision))


def roadmap_number(value: Any) -> int | None:
    """A whole number from 0 on that the database can hold."""
    found = core.natural_number_validator(value, {})
    if found is not None and found > _MOST:
        raise tk.Invalid(tk._("Give a number of at most {most}").format(most=_MOST))
    return found


def roadmap_year(value: Any) -> int | None:
    """A year in four digits."""
    found = core.int_validator(value, {})
    if found is None or 2000 <= found < 2100:
        return found
    raise tk.Invalid(tk._("Give the year in four digits, for example 2026"))


def roadmap_count(value: Any) -> int | None:
    """A whole number from 0 on; nothing is nothing."""
    written = str(value).strip()
    if not written:
        return None
    if written.isascii() and written.isdigit() and len(written) < 10:
        return int(written)
    raise tk.Invalid(tk._("Give a whole number, 0 or more"))
